import Testing

@Suite struct LinesPerPackageTests {
  @Test(arguments: [
    (155, "1x100s/57894-0030-01 from 1x55s/57894-0030-02", "J1745-JZ x10, J1745-JZ x6"),
    (152, "1x76s/57894-0030-01 from 1x76s/57894-0030-02", "J1745-JZ x8, J1745-JZ x8"),
  ])
  func `the lines together have the units of the dose`(
    mg: Int, containers: String, lines: String
  ) {
    let row = "Remicade \(mg) mg from \(containers)"
    #expect(drugs("hospital drug.line_per_ndc=true\n\(row)") == lines)
    #expect(drugs(row) == "J1745-JZ x16")
  }
}
