/// Whether a reason says anything.
///
/// A person will read the reason. A point, a blank or one letter held down says nothing and is refused
/// everywhere. A supervisor reads why a record was opened or hidden, so that reason has two words, or one of
/// eight letters.
package enum GivenReason {
  /// What a reason must be that opens, hides or takes over something, in words.
  package static let rule = "at least two words, or one of eight letters"

  /// For a correction, a signature, a second session: one word, of two different letters.
  package static func saysSomething(_ text: String) -> Bool { !words(text).isEmpty }

  /// For opening, hiding or taking over something: two different words, or one of at least eight letters of
  /// which four differ.
  package static func isFull(_ text: String) -> Bool {
    let words = words(text)
    return words.count > 1 || words.contains { $0.count >= 8 && Set($0).count >= 4 }
      || words.contains { $0.contains(where: isIdeograph) }
  }

  /// The different words of at least two different letters or digits.
  private static func words(_ text: String) -> Set<String> {
    let all = text.lowercased().split { !$0.isLetter && !$0.isNumber }
    return Set(all.filter { Set($0).count > 1 || $0.contains(where: isIdeograph) }.map(String.init))
  }

  /// A character that is a word by itself.
  private static func isIdeograph(_ character: Character) -> Bool {
    character.unicodeScalars.contains { $0.properties.isIdeographic }
  }
}
