import Testing

@Suite struct MixedContainersTests {
  @Test(arguments: [
    ("from 2x4s", "J2405-JZ x8", []),
    ("from 1x4s from 1x4m", "J2405-JZ x4, J2405 x4", ["mixed-containers"]),
  ])
  func `JZ is for the units of single-dose containers`(
    containers: String, lines: String, findings: [String]
  ) {
    let day = DrugDay("office\nondansetron 8 mg push \(containers)")
    #expect(day.lines == lines)
    #expect(day.findings == findings)
  }

  @Test func `JW is for what was discarded of them`() {
    #expect(
      drugs("office\nTaxotere 92 mg from 1x80m from 1x20s discarded 8")
        == "J9171 x92, J9171-JW x8")
  }
}
