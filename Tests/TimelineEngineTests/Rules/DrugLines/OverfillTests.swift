import Testing

@Suite struct OverfillTests {
  @Test(arguments: [(100, []), (103, ["more-than-labelled"])])
  func `no more is billed than the label holds`(mg: Int, findings: [String]) {
    let day = DrugDay("Remicade \(mg) mg from 1x100s")
    #expect(day.lines == "J1745-JZ x10")
    #expect(day.findings == findings)
  }
}
