import Testing

@Suite struct InjectionTests {
  @Test(arguments: [
    ("drug", "96372"), ("chemo", "96401"), ("biologic", "96401"), ("hormonal", "96402"),
    ("fluid", "96372"), ("other", ""),
  ])
  func `the class decides the code, under the skin and in the muscle`(
    drugClass: String, expected: String
  ) {
    #expect(codes("agent \(drugClass) sc 08:00") == expected)
    #expect(codes("agent \(drugClass) im 08:00") == expected)
  }

  @Test func `each row is an injection`() {
    expect(
      """
      ketorolac-1 drug im 08:00
      ketorolac-2 drug im 08:05
      """,
      """
      final
      96372 x2 02-Mar ketorolac-1+ketorolac-2 (injection)
      minutes ketorolac-1 0/0, ketorolac-2 0/0
      """)
  }

  @Test func `rows of one dose, drug, technique and site are one`() {
    expect(
      """
      fulvestrant-1 hormonal im 08:00 dose d
      fulvestrant-2 hormonal im 08:05 dose d
      ketorolac drug im 08:10 dose d
      """,
      """
      final
      96372 02-Mar ketorolac (injection)
      96402 02-Mar fulvestrant-1+fulvestrant-2 (injection)
      minutes fulvestrant-1 0/0, fulvestrant-2 0/0, ketorolac 0/0
      """)
  }

  @Test(arguments: [
    "fulvestrant-1 hormonal im 08:00 dose d\nfulvestrant-2 hormonal sc 08:00 dose d",
    "fulvestrant-1 hormonal im 08:00 dose d at left\nfulvestrant-2 hormonal im 08:00 dose d at right",
    "fulvestrant-1 hormonal im 08:00 dose d\nfulvestrant-2 hormonal im 08:00 dose e",
  ])
  func `another technique, site or dose is another injection`(rows: String) {
    #expect(codes(rows) == "96402x2")
  }

  @Test func `injections are charged with an infusion`() {
    expect(
      """
      iron drug infusion 08:00+60
      denosumab chemo sc 09:00
      """,
      """
      final
      96365 02-Mar iron 60 min (initial-service)
      96401 02-Mar denosumab (injection)
      minutes iron 60/60, denosumab 0/0
      """)
  }

  @Test func `what still runs does not make an injection provisional`() {
    expect(
      """
      as-of 09:00
      iron drug infusion 08:00-
      denosumab chemo sc 08:10
      """,
      """
      provisional
      96365 02-Mar iron 60 min provisional (initial-service)
      96401 02-Mar denosumab (injection)
      minutes iron 60/60, denosumab 0/0
      """)
  }

  @Test func `an injection needs no access site`() {
    expect(
      """
      denosumab chemo sc 09:00 no-site
      """,
      """
      final
      96401 02-Mar denosumab (injection)
      minutes denosumab 0/0
      """)
  }
}
