/// How a column that holds a whole name is split, as the site's file declares it.
///
/// Nothing is guessed: a name that does not fit the rule is a fault of its row.
package enum NameRule: String, Sendable, CaseIterable {
  /// `SMITH, ANNA M`: what follows the comma are the given names.
  case familyCommaGiven = "LAST, FIRST M"
  /// `SMITH^ANNA^M`, as HL7 writes names.
  case familyCaretGiven = "LAST^FIRST^M"
  /// `Anna M Smith`: the last word is the family name.
  case givenThenFamily = "FIRST M LAST"

  /// Family and given names; nil if the text does not fit.
  func split(_ text: String) -> (family: String, given: String)? {
    let parts: [String]
    switch self {
    case .familyCommaGiven:
      parts = text.split(separator: ",", omittingEmptySubsequences: false).map(\.trimmed)
      guard parts.count == 2 else { return nil }
    case .familyCaretGiven:
      let names = text.split(separator: "^", omittingEmptySubsequences: false).map(\.trimmed)
      guard names.count >= 2 else { return nil }
      // Family, given, further given names; suffix and prefix follow.
      let given = names.dropFirst().prefix(2).filter { !$0.isEmpty }
      parts = [names[0], given.joined(separator: " ")]
    case .givenThenFamily:
      let words = text.split(separator: " ").map(String.init)
      guard words.count >= 2, !text.utf8.contains(0x2C) else { return nil }
      parts = [words[words.count - 1], words.dropLast().joined(separator: " ")]
    }
    guard parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    return (parts[0], parts[1])
  }
}
