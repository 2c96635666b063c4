import Testing

@Suite struct SelfAdministeredTests {
  @Test(arguments: [
    ("ustekinumab_iv 390 mg from 3x130s brand Stelara", "J3358-JZ x390", []),
    ("ustekinumab_sc 90 mg sc from 1x90s brand Stelara", "J3357 x90", ["self-administered"]),
  ])
  func `a drug that patients take themselves is found, and its line stays`(
    row: String, lines: String, findings: [String]
  ) {
    let day = DrugDay(row)
    #expect(day.lines == lines)
    #expect(day.findings == findings)
  }
}
