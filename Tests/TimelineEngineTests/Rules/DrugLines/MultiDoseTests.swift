import Testing

@Suite struct MultiDoseTests {
  @Test(arguments: [
    ("from 1x440m", "J9355 x19"), ("from 2x150s discarded 112", "J9355 x19, J9355-JW x11"),
  ])
  func `the label of the container decides`(containers: String, lines: String) {
    #expect(drugs("Herceptin 188 mg \(containers)") == lines)
  }

  @Test func `what is thrown away of a multi-dose container does not matter`() {
    #expect(drugs("office\nondansetron 8 mg push from 1x40m discarded 32") == "J2405 x8")
  }
}
