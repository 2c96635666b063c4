import Testing

@Suite struct SmallWasteTests {
  @Test(arguments: [
    ("Remicade 7 mg from 1x10s discarded 3", "J1745-JZ x1"),
    ("Opdivo 7 mg from 1x10s discarded 3", "J9299 x7, J9299-JW x3"),
  ])
  func `waste smaller than a unit is inside the rounded unit`(row: String, lines: String) {
    #expect(drugs(row) == lines)
  }
}
