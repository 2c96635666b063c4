import Testing

@Suite struct NothingGivenTests {
  @Test(arguments: [
    ("1.6", "J1745 x1 review, J1745-JW x39 review"), ("0", "none"),
  ])
  func `a drop of the drug has a line, and nothing has none`(mg: String, lines: String) {
    let waste = mg == "0" ? "400" : "398.4"
    #expect(drugs("infliximab \(mg) mg from 4x100s discarded \(waste) stopped") == lines)
  }

  @Test func `what was prepared and not given is found`() {
    #expect(drugFindings("infliximab 0 mg from 1x100s discarded 100") == ["prepared-not-given"])
    #expect(drugFindings("infliximab 0 mg") == [])
  }
}
