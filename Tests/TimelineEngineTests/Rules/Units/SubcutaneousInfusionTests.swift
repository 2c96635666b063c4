import Testing

@Suite struct SubcutaneousInfusionTests {
  @Test(arguments: [
    (15, "96372"), (16, "96369"), (90, "96369"), (91, "96369 96370"), (150, "96369 96370"),
    (151, "96369 96370x2"), (211, "96369 96370x3"),
  ])
  func `the borders are those of an infusion, and 15 minutes are an injection`(
    minutes: Int, expected: String
  ) {
    #expect(codes("globulin drug sc-infusion 08:00+\(minutes)") == expected)
  }

  @Test func `91 minutes are a first block and an hour`() {
    expect(
      """
      globulin drug sc-infusion 08:00+91
      """,
      """
      final
      96369 02-Mar globulin 91 min (subcutaneous-infusion)
      96370 02-Mar globulin 91 min (subcutaneous-infusion)
      minutes globulin 91/91
      """)
  }

  @Test func `15 minutes are an injection`() {
    expect(
      """
      globulin drug sc-infusion 08:00+15
      """,
      """
      final
      96372 02-Mar globulin 15 min (injection)
      minutes globulin 15/15
      """)
  }

  @Test func `a running one of 15 minutes is pending`() {
    expect(
      """
      as-of 08:15
      globulin drug sc-infusion 08:00-
      """,
      """
      provisional
      uncharged globulin 15 min pending
      minutes globulin 0/15
      finding pending globulin (15)
      """)
  }

  @Test func `two doses of one drug are one, on two sites with a new-site unit`() {
    expect(
      """
      globulin-1 drug sc-infusion 08:00+60 at left
      globulin-2 drug sc-infusion 08:30+91 at right
      """,
      """
      final
      96369 02-Mar at left globulin-1+globulin-2 121 min (subcutaneous-infusion)
      96370 02-Mar at left globulin-1+globulin-2 121 min (subcutaneous-infusion)
      96371 02-Mar at right globulin-1+globulin-2 91 min (subcutaneous-infusion)
      minutes globulin-1 60/60, globulin-2 91/91
      """)
  }

  @Test func `a further drug earns only its hours less one`() {
    expect(
      """
      globulin drug sc-infusion 08:00+60
      morphine drug sc-infusion 10:00+91
      """,
      """
      final
      96369 02-Mar globulin 60 min (subcutaneous-infusion)
      96370 02-Mar morphine 91 min (subcutaneous-infusion)
      minutes globulin 60/60, morphine 91/91
      finding second-sc-infusion morphine
      """)
  }

  @Test func `a further drug of 90 minutes earns nothing`() {
    expect(
      """
      globulin drug sc-infusion 08:00+60
      morphine drug sc-infusion 10:00+90
      """,
      """
      final
      96369 02-Mar globulin 60 min (subcutaneous-infusion)
      uncharged morphine 90 min second-sc-infusion
      minutes globulin 60/60, morphine 0/90
      finding second-sc-infusion morphine
      """)
  }

  @Test func `each encounter starts again`() {
    #expect(
      codes(
        """
        globulin-1 drug sc-infusion 08:00+60
        globulin-2 drug sc-infusion 18:00+60 visit 2
        """) == "96369 96369-59")
  }

  @Test func `with an intravenous initial it is a second initial that needs review`() {
    expect(
      """
      iron drug infusion 08:00+60 at port
      globulin drug sc-infusion 08:00+60 at belly
      """,
      """
      review
      96365 02-Mar at port iron 60 min (initial-service)
      96369-59 02-Mar at belly globulin 60 min review (subcutaneous-infusion)
      minutes globulin 60/60, iron 60/60
      finding sc-infusion-with-iv globulin
      """)
  }

  @Test(arguments: [
    ("59", "96365 96369-59"), ("XS", "96365 96369-XS"), ("XU", "96365 96369-XU"),
    ("", "96365 96369"),
  ])
  func `its modifier is that of a second site`(value: String, expected: String) {
    #expect(
      codes(
        """
        policy modifier.second_site=\(value)
        iron drug infusion 08:00+60
        globulin drug sc-infusion 08:00+60
        """) == expected)
  }

  @Test func `it needs no reason and does not use an intravenous site`() {
    #expect(
      findings(
        """
        globulin drug sc-infusion 07:00+60 at belly
        iron drug infusion 08:00+60 at port
        """) == ["sc-infusion-with-iv globulin"])
  }

  @Test func `it overlaps nothing`() {
    expect(
      """
      vancomycin drug infusion 08:00+60
      globulin drug sc-infusion 08:00+30
      """,
      """
      review
      96365 02-Mar vancomycin 60 min (initial-service)
      96369-59 02-Mar globulin 30 min review (subcutaneous-infusion)
      minutes globulin 30/30, vancomycin 60/60
      finding sc-infusion-with-iv globulin
      """)
  }

  @Test(arguments: [
    ("drug", "08:00-?", "96372"), ("drug", "?-09:00", "96372"), ("drug", "?", "96372"),
    ("chemo", "08:00-?", "96401"), ("hormonal", "08:00-?", "96402"), ("fluid", "08:00-?", ""),
  ])
  func `without both times it is an injection, and hydration nothing`(
    drugClass: String, times: String, expected: String
  ) {
    #expect(codes("agent \(drugClass) sc-infusion \(times)") == expected)
  }

  @Test func `a missing stop says so`() {
    expect(
      """
      globulin drug sc-infusion 08:00-?
      """,
      """
      review
      96372 02-Mar globulin (injection)
      minutes globulin 0/0
      finding missing-stop globulin
      """)
  }

  @Test func `a stop is computed for it too`() {
    expect(
      """
      globulin drug sc-infusion 08:00-? mL 50 mL/h 20
      """,
      """
      final
      96369 02-Mar globulin 150 min (subcutaneous-infusion)
      96370 02-Mar globulin 150 min (subcutaneous-infusion)
      minutes globulin 150/150
      finding computed-stop globulin
      """)
  }

  @Test func `hold leaves an injection`() {
    expect(
      """
      policy missing_stop=hold
      globulin drug sc-infusion 08:00-? mL 50 mL/h 20
      """,
      """
      review
      96372 02-Mar globulin (injection)
      minutes globulin 0/0
      finding missing-stop globulin
      """)
  }
}
