import Testing

@Suite struct RecordedDiscardTests {
  @Test(arguments: [
    ("discarded 50", "J1745 x35, J1745-JW x5", []),
    ("", "J1745 x35, J1745-JW x5 held", ["discard-not-recorded"]),
    ("discarded 40", "J1745 x35, J1745-JW x4", ["discard-mismatch"]),
    ("discarded 60", "J1745 x35, J1745-JW x5", ["discard-mismatch"]),
    ("discarded 0", "J1745-JZ x35", ["discard-mismatch"]),
  ])
  func `only what is recorded as discarded is billed`(
    discarded: String, lines: String, findings: [String]
  ) {
    let day = DrugDay("Remicade 350 mg from 4x100s \(discarded)")
    #expect(day.lines == lines)
    #expect(day.findings == findings)
  }

  @Test func `by the policy what is left over is billed without a record`() {
    let day = DrugDay(
      "hospital discard.must_be_recorded=false\nRemicade 350 mg from 4x100s")
    #expect(day.lines == "J1745 x35, J1745-JW x5")
    #expect(day.findings == [])
  }

  @Test func `a rest of less than a unit need not be recorded`() {
    #expect(drugFindings("Remicade 95 mg from 1x100s") == [])
  }
}
