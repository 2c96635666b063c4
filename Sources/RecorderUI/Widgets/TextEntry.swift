/// One line of text being typed, with its cursor.
///
/// Positions count grapheme clusters, so that one backspace deletes a whole accented letter. Line breaks
/// and control characters of pasted text become blanks, since they cannot be typed either.
package struct TextEntry: Hashable, Sendable {
  /// The longest text: a name or a note, not a document.
  package static let limit = 400

  package private(set) var text: String
  /// Characters left of the cursor.
  package private(set) var cursor: Int

  package init(_ text: String = "") {
    self.text = text
    self.cursor = text.count
  }

  package var isEmpty: Bool { text.isEmpty }

  package mutating func insert(_ addition: String) {
    // Scanners part the values of a barcode by this character, which is no blank there.
    let clean = addition.replacing("\u{1D}", with: "<GS>").map { character -> Character in
      character.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F } ? character : " "
    }
    let room = TextEntry.limit - text.count
    guard room > 0 else { return }
    let count = text.count
    text.insert(contentsOf: clean.prefix(room), at: index)
    cursor += max(0, text.count - count)
  }

  package mutating func deleteBackward() {
    guard cursor > 0 else { return }
    cursor -= 1
    text.remove(at: index)
  }

  package mutating func deleteForward() {
    guard cursor < text.count else { return }
    text.remove(at: index)
  }

  /// Deletes the word left of the cursor, as Ctrl-W does in a shell.
  package mutating func deleteWord() {
    while cursor > 0, character(before: cursor) == " " { deleteBackward() }
    while cursor > 0, character(before: cursor) != " " { deleteBackward() }
  }

  package mutating func clear() {
    self = TextEntry()
  }

  package mutating func moveLeft() { cursor = max(0, cursor - 1) }
  package mutating func moveRight() { cursor = min(text.count, cursor + 1) }
  package mutating func moveToStart() { cursor = 0 }
  package mutating func moveToEnd() { cursor = text.count }

  private var index: String.Index { text.index(text.startIndex, offsetBy: cursor) }

  private func character(before position: Int) -> Character {
    text[text.index(text.startIndex, offsetBy: position - 1)]
  }
}
