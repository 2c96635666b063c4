import PlainText

/// Why a document could not be read.
///
/// One sentence with the file, the place (line, column and the path of keys) and what was expected.
/// Texts of the document itself stay out of it, because they may name a patient or a drug; only
/// unknown keys are named, since nobody could find them otherwise.
package struct DocumentError: Error, Sendable, Hashable {
  /// The file's name as the user gave it, or `standard input`.
  package var file: String
  /// Counted from 1; nil where the fault belongs to no place.
  package var line: Int?
  /// Counted in characters from 1; nil where only the line is known.
  package var column: Int?
  /// The keys that lead to the place: `administrations[3].stop`. Empty for the whole document.
  package var path: String
  /// What was found there, without the text itself.
  package var found: String
  /// What belongs there.
  package var expected: String

  package init(
    file: String, line: Int? = nil, column: Int? = nil, path: String = "", found: String,
    expected: String
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.path = path
    self.found = found
    self.expected = expected
  }
}

extension DocumentError: CustomStringConvertible {
  /// `visit.json:12:17: administrations[3].stop: the stop is before the start; expected …`
  package var description: String {
    var text = file.printable
    if let line { text += ":\(line)" }
    if line != nil, let column { text += ":\(column)" }
    text += ": "
    if !path.isEmpty { text += "\(path): " }
    return text + "\(found); expected \(expected)."
  }
}

/// The word of a list that was probably meant, for the end of a sentence.
///
/// - Returns: ` (did you mean "stop"?)`, or nothing when no word is near.
package func suggestion(for word: String, among words: some Sequence<String>) -> String {
  guard word.utf8.count <= 40 else { return "" }
  let folded = word.lowercased()
  var best: (word: String, distance: Int)?
  for candidate in words {
    let distance = editDistance(Array(folded.utf8), Array(candidate.lowercased().utf8))
    guard distance <= max(1, candidate.utf8.count / 3) else { continue }
    if distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  guard let best else { return "" }
  return " (did you mean \"\(best.word)\"?)"
}

/// Inserted, removed and exchanged letters between two words (Levenshtein).
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var previous = Array(0...right.count)
  for (row, a) in left.enumerated() {
    var current = [row + 1]
    for (column, b) in right.enumerated() {
      current.append(
        min(previous[column + 1] + 1, current[column] + 1, previous[column] + (a == b ? 0 : 1)))
    }
    previous = current
  }
  return previous[right.count]
}
