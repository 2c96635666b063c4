import Testing

@Suite struct LeastWasteTests {
  @Test(arguments: [
    ("Rituxan 150 mg from 1x500s discarded 350", ["avoidable-discard"]),
    ("Rituxan 150 mg from 2x100s discarded 50", []),
    ("Alimta 850 mg from 2x500s discarded 150", ["avoidable-discard"]),
    ("Alimta 850 mg from 1x500s from 4x100s discarded 50", []),
    ("Opdivo 207 mg from 1x240s discarded 33", ["avoidable-discard"]),
    ("Orencia 800 mg from 4x250s discarded 200", []),
  ])
  func `a better choice of containers is found`(row: String, findings: [String]) {
    #expect(drugFindings(row) == findings)
  }

  @Test func `the better choice is said`() {
    #expect(
      DrugDay("Opdivo 207 mg from 1x240s discarded 33").sentences == [
        "33 mg are left over; 1 × 120 mg + 1 × 100 mg would have left 13 mg."
      ])
  }

  @Test(arguments: [
    ("warn", "J9299 x207, J9299-JW x33"), ("cap", "J9299 x207, J9299-JW x13"),
    ("off", "J9299 x207, J9299-JW x33"),
  ])
  func `by the policy no more waste is billed than the best choice leaves`(
    policy: String, lines: String
  ) {
    #expect(
      drugs("hospital minimum_waste=\(policy)\nOpdivo 207 mg from 1x240s discarded 33") == lines)
  }
}
