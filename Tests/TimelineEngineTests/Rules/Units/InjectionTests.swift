import Testing

@Suite struct FurtherInjectionTests {
  private static let three = """
    b12-1 drug im 08:00
    ketorolac drug im 09:00
    b12-2 drug im 10:00
    fulvestrant hormonal im 10:00
    bortezomib chemo sc 10:00
    """

  @Test func `injections of one code are units of one line by default`() {
    #expect(codes(Self.three) == "96372x3 96401 96402")
  }

  @Test(arguments: ["59", "XS", "76"])
  func `by policy each after the first of its code and date carries the modifier`(
    modifier: String
  ) {
    expect(
      """
      policy modifier.further_injection=\(modifier)
      \(Self.three)
      """,
      """
      final
      96372 02-Mar b12-1 (injection)
      96372-\(modifier) x2 02-Mar ketorolac+b12-2 (injection)
      96401 02-Mar bortezomib (injection)
      96402 02-Mar fulvestrant (injection)
      minutes b12-1 0/0, ketorolac 0/0, b12-2 0/0, bortezomib 0/0, fulvestrant 0/0
      """)
  }

  @Test func `the first is the first by the clock, and each date has its own`() {
    expect(
      """
      policy modifier.further_injection=59
      second drug im 23:59
      first drug im 23:00
      third drug im 24:00
      """,
      """
      final
      96372 02-Mar first (injection)
      96372-59 02-Mar second (injection)
      96372 03-Mar third (injection)
      minutes first 0/0, second 0/0, third 0/0
      """)
  }

  @Test func `syringes of one dose are one injection, so no further one`() {
    #expect(
      codes(
        """
        policy modifier.further_injection=59
        b12-1 drug im 08:00 dose d1
        b12-2 drug im 08:01 dose d1
        """) == "96372")
  }
}

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
