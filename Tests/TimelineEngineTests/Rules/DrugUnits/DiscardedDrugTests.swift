import Testing

@Suite struct DiscardedDrugTests {
  @Test(arguments: [
    ("100", "0", "J1745-JZ x10"), ("95", "5", "J1745-JZ x10"), ("91", "9", "J1745-JZ x10"),
    ("90", "10", "J1745 x9, J1745-JW x1"), ("83", "17", "J1745 x9, J1745-JW x1"),
    ("81", "19", "J1745 x9, J1745-JW x1"), ("80", "20", "J1745 x8, J1745-JW x2"),
    ("7", "93", "J1745 x1, J1745-JW x9"), ("0", "100", "none"),
  ])
  func `the dose is rounded up and the waste down`(
    given: String, discarded: String, lines: String
  ) {
    #expect(drugs("Remicade \(given) mg from 1x100s discarded \(discarded)") == lines)
  }

  @Test(arguments: [("108", "J1745 x8, J1745-JW x2"), ("110", "J1745 x8, J1745-JW x3")])
  func `both together never exceed the labels`(labelled: String, lines: String) {
    let waste = labelled == "108" ? "33" : "35"
    #expect(drugs("Remicade 75 mg from 1x\(labelled)s discarded \(waste)") == lines)
  }
}
