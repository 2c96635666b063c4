import Testing

@Suite struct UnlikelyDrugUnitsTests {
  @Test(arguments: [(1500, []), (1501, ["above-mue"])])
  func `150 units of infliximab are likely, 151 are not`(mg: Int, findings: [String]) {
    #expect(drugFindings("Remicade \(mg) mg from 1x\(mg)s") == findings)
  }

  @Test func `given and discarded units add up`() {
    #expect(drugFindings("Remicade 1500 mg from 1x1510s discarded 10") == ["above-mue"])
  }

  @Test func `no unit is taken away`() {
    #expect(drugs("Remicade 1501 mg from 1x1501s") == "J1745-JZ x151")
  }
}
