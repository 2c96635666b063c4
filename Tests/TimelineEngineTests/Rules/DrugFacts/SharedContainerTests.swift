import Testing

@Suite struct SharedContainerTests {
  @Test(arguments: [
    ("120 units from 1x200s shared", "J0585-JZ x120"),
    ("60 units from 1x200s discarded 20 shared", "J0585 x60, J0585-JW x20"),
    ("120 units from 1x200s discarded 80 shared", "J0585 x120, J0585-JW x80"),
  ])
  func `the rest belongs to the patient for whom it was discarded`(row: String, lines: String) {
    let day = DrugDay("onabotulinumtoxina \(row)")
    #expect(day.lines == lines)
    #expect(day.findings == [])
  }

  @Test func `without the mark the rest is missing`() {
    #expect(
      drugFindings("onabotulinumtoxina 120 units from 1x200s")
        == ["discard-not-recorded", "avoidable-discard"])
  }
}
