import Testing

@Suite struct CombinationProductTests {
  @Test(arguments: [
    ("piperacillin-tazobactam", "3.375 g", "J2543 x3"),
    ("piperacillin-tazobactam", "3.376 g", "J2543 x4"),
    ("piperacillin-tazobactam", "4.5 g", "J2543 x4"),
    ("ceftazidime-avibactam", "2.5 g", "J0714 x4 held"),
    ("imipenem-cilastatin-relebactam", "1.25 g", "J0742 x125"),
    ("ceftolozane-tazobactam", "1.5 g", "J0695 x20 held"),
    ("nivolumab-relatlimab", "480 mg", "J9298 x160 held"),
  ])
  func `a combination is one amount`(drug: String, amount: String, lines: String) {
    #expect(drugs("\(drug) \(amount)") == lines)
  }
}
