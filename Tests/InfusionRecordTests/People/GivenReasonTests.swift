import InfusionRecord
import Testing

/// What a reason must say.
@Suite struct GivenReasonTests {
  @Test(arguments: [
    ("", false, false), (" ", false, false), (".", false, false), ("x", false, false),
    ("xxxxxxxx", false, false), ("- . -", false, false), ("1", false, false),
    ("\u{200B}", false, false),
    ("typo", true, false), ("moved", true, false), ("because", true, false),
    ("abababab", true, false),
    ("no no", true, false), ("emergency", true, true), ("wrong drug", true, true),
    ("aa bb", false, false), ("to sign", true, true), ("急救", true, true),
    ("помощь врача", true, true),
    ("chair 41", true, true),
  ])
  func `a reason has a word, and two words or eight letters for what is opened`(
    text: String, says: Bool, isFull: Bool
  ) {
    #expect(GivenReason.saysSomething(text) == says, "\(text)")
    #expect(GivenReason.isFull(text) == isFull, "\(text)")
  }
}
