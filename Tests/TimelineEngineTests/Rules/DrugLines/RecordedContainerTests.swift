import Testing

@Suite struct RecordedContainerTests {
  @Test(arguments: [
    ("office", "Remicade 400 mg from 4x100s", "J1745-JZ x40", []),
    ("office", "Remicade 400 mg", "J1745 x40 held", ["container-missing"]),
    ("office", "Remicade 400 mg from 4x100?", "J1745 x40 held", ["container-missing"]),
    ("office", "Remicade 400 mg from 4xs", "J1745 x40 held", ["container-missing"]),
    ("hospital", "ondansetron 4 mg push", "J2405 x4", []),
  ])
  func `a line that needs JW or JZ is held without its containers`(
    setting: String, row: String, lines: String, findings: [String]
  ) {
    let day = DrugDay("\(setting)\n\(row)")
    #expect(day.lines == lines)
    #expect(day.findings == findings)
  }

  @Test func `the package code tells kind and amount`() {
    #expect(drugs("Keytruda 200 mg from 2x?/0006-3026-02") == "J9271-JZ x200")
  }
}
