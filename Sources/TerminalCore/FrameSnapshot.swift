extension Frame {
  /// One row as text without trailing blanks.
  package func text(row: Int) -> String {
    guard row >= 0, row < size.rows else { return "" }
    var line = ""
    for column in 0..<size.columns {
      line += text(of: cells[row * size.columns + column])
    }
    while line.last == " " { line.removeLast() }
    return line
  }

  /// The screen as text, one line a row, for tests and documentation.
  package var snapshot: String {
    (0..<size.rows).map { text(row: $0) }.joined(separator: "\n")
  }

  /// The screen as roles: one letter a cell, in upper case if the cell is selected.
  package var styleSnapshot: String {
    (0..<size.rows).map { row in
      var line = ""
      for column in 0..<size.columns {
        let style = cells[row * size.columns + column].style
        let letter = style.role.letter
        if style.emphasis.contains(.selected) {
          line += letter == " " ? "*" : letter.uppercased()
        } else {
          line.append(letter)
        }
      }
      while line.last == " " { line.removeLast() }
      return line
    }
    .joined(separator: "\n")
  }

  /// Whether a row contains the text.
  package func shows(_ text: String) -> Bool {
    (0..<size.rows).contains { self.text(row: $0).contains(text) }
  }
}
