import Testing

@Suite struct UnlistedDrugTests {
  @Test(arguments: [
    ("chemotherapy", "J9999-JZ x1 review"), ("complex-biologic", "J3590-JZ x1 review"),
    ("therapeutic", "J3490-JZ x1 review"),
  ])
  func `the class decides which unlisted code`(drugClass: String, lines: String) {
    #expect(drugs("fictitious_drug 5 mg class \(drugClass) from 1x5s") == lines)
  }

  @Test(arguments: [("one", 1), ("containers", 3)])
  func `the policy decides what the one unit is`(policy: String, units: Int) {
    #expect(
      drugs("hospital noc.units=\(policy)\nfictitious_drug 15 mg class chemotherapy from 3x5s")
        == "J9999-JZ x\(units) review")
  }

  @Test func `waste under an unlisted code is found and not billed`() {
    let day = DrugDay("fictitious_drug 4 mg class chemotherapy from 1x5s discarded 1")
    #expect(day.lines == "J9999 x1 review")
    #expect(day.findings == ["no-code-on-date", "noc-code", "noc-discard"])
  }
}
