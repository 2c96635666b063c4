import Testing

@Suite struct AddOnNeedsPrimaryTests {
  @Test func `a concurrent drug has no primary if a push is the initial, and is kept`() {
    expect(
      """
      vincristine chemo push 07:00
      vancomycin drug infusion 08:00+60
      cefepime drug infusion 08:00+50
      """,
      """
      review
      96409 02-Mar vincristine (initial-service)
      96367 02-Mar vancomycin 60 min (sequential-infusion)
      96368 02-Mar cefepime 50 min review (concurrent-infusion)
      minutes vincristine 0/0, cefepime 50/50, vancomycin 60/60
      finding addon-without-primary cefepime 96368
      """)
  }

  @Test func `a further hour of the other drug is a primary`() {
    expect(
      """
      vincristine chemo push 07:00
      vancomycin drug infusion 08:00+91
      cefepime drug infusion 08:00+50
      """,
      """
      final
      96409 02-Mar vincristine (initial-service)
      96366 02-Mar vancomycin 91 min (further-hours)
      96367 02-Mar vancomycin 91 min (sequential-infusion)
      96368 02-Mar cefepime 50 min (concurrent-infusion)
      minutes vincristine 0/0, cefepime 50/50, vancomycin 91/91
      """)
  }

  @Test(arguments: [("", true), ("visit 2", false)])
  func `a prolonged pump of the same encounter is a primary`(visit: String, isEnough: Bool) {
    let found = findings(
      """
      vincristine chemo push 07:00
      vancomycin drug infusion 08:00+60
      cefepime drug infusion 08:00+50
      fluorouracil chemo pump 10:00- planned 2760 \(visit)
      """)
    #expect(found == (isEnough ? [] : ["addon-without-primary cefepime 96368"]))
  }

  @Test func `Medicare's own pump code is none`() {
    let found = findings(
      """
      session payer medicare
      vincristine chemo push 07:00
      vancomycin drug infusion 08:00+60
      cefepime drug infusion 08:00+50
      fluorouracil chemo pump 10:00- planned 2760 owner practice goes-home
      """)
    #expect(found == ["addon-without-primary cefepime 96368"])
  }

  @Test func `a code is found once an encounter, even on several dates`() {
    expect(
      """
      vincristine chemo push 07:00
      vancomycin-1 drug infusion 08:00+60
      cefepime-1 drug infusion 08:00+50
      ampicillin drug infusion 32:00+60
      cefepime-2 drug infusion 32:00+50
      """,
      """
      review
      96409 02-Mar vincristine (initial-service)
      96367 02-Mar vancomycin-1 60 min (sequential-infusion)
      96367 03-Mar ampicillin 60 min (sequential-infusion)
      96368 02-Mar cefepime-1 50 min review (concurrent-infusion)
      96368 03-Mar cefepime-2 50 min review (concurrent-infusion)
      minutes vincristine 0/0, cefepime-1 50/50, vancomycin-1 60/60, ampicillin 60/60, cefepime-2 50/50
      finding addon-without-primary cefepime-1 96368
      """)
  }

  @Test func `a primary on another date of the stay is enough`() {
    #expect(
      findings(
        """
        iron drug infusion 08:00+60
        ondansetron drug push 32:00
        """) == [])
  }

  @Test(arguments: [
    "saline fluid infusion 08:00+60\nondansetron drug push 09:00",
    "saline fluid infusion 08:00+60\nondansetron drug infusion 09:00+30",
  ])
  func `96360 is never charged with a push or a drug infusion`(rows: String) {
    #expect(!codes(rows).contains("96360"))
    #expect(findings(rows) == [])
  }
}
