import Testing

@Suite struct FreeDrugTests {
  @Test(arguments: [
    ("stock", "J1745 x35, J1745-JW x5", []),
    ("white-bag", "J1745 x35", ["zero-cost-drug"]),
    ("patient", "J1745 x35", ["zero-cost-drug"]), ("free", "J1745 x35", ["zero-cost-drug"]),
  ])
  func `a drug that was not bought has units only`(
    supply: String, lines: String, findings: [String]
  ) {
    let day = DrugDay("Remicade 350 mg from 4x100s discarded 50 supply \(supply)")
    #expect(day.lines == lines)
    #expect(day.findings == findings)
  }

  @Test func `by the policy it has no line`() {
    #expect(drugs("hospital zero_cost_line=off\nRemicade 350 mg supply white-bag") == "none")
  }
}
