/// On which line each key of a TOML document stands.
///
/// The library that reads the document gives values without their places, and a fault in a site's
/// file must name its line. So the lines are walked once more, only for keys: table headers, keys
/// before an equals sign, dotted and quoted ones; texts and lists over several lines are skipped.
struct TOMLLines {
  private var lines: [[String]: Int] = [:]

  init(_ text: String) {
    var table: [String] = []
    var scan = Scan()
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let isContinued = scan.isInsideValue
      var characters = Substring(line)
      if !isContinued {
        characters = characters.drop { $0 == " " || $0 == "\t" }
        guard let first = characters.first, first != "#", first != "\r" else { continue }
        if first == "[" {
          characters = characters.drop { $0 == "[" }
          table = TOMLLines.path(&characters)
          note(table, index + 1)
          continue
        }
        note(table + TOMLLines.path(&characters), index + 1)
        guard characters.first == "=" else { continue }
        characters.removeFirst()
      }
      scan.read(characters)
    }
  }

  /// The line of a key, or of the nearest table around it.
  func line(of path: [String]) -> Int? {
    var path = path
    while !path.isEmpty {
      if let line = lines[path] { return line }
      path.removeLast()
    }
    return nil
  }

  private mutating func note(_ path: [String], _ line: Int) {
    for count in 1...max(1, path.count) where lines[Array(path.prefix(count))] == nil {
      lines[Array(path.prefix(count))] = line
    }
  }

  /// Reads `a . "b.c"` and leaves what follows.
  private static func path(_ text: inout Substring) -> [String] {
    var parts: [String] = []
    while true {
      text = text.drop { $0 == " " || $0 == "\t" }
      guard let first = text.first else { return parts }
      if first == "\"" || first == "'" {
        text.removeFirst()
        let word = text.prefix { $0 != first }
        parts.append(String(word))
        text = text.dropFirst(word.count + 1)
      } else {
        let word = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
        guard !word.isEmpty else { return parts }
        parts.append(String(word))
        text = text.dropFirst(word.count)
      }
      text = text.drop { $0 == " " || $0 == "\t" }
      guard text.first == "." else { return parts }
      text.removeFirst()
    }
  }

  /// Whether a value goes on past the end of a line.
  private struct Scan {
    private var depth = 0
    /// The three quotes that close a text over several lines.
    private var closing: String?

    var isInsideValue: Bool { depth > 0 || closing != nil }

    mutating func read(_ text: Substring) {
      var rest = text
      while let sign = rest.first {
        if let end = closing {
          if rest.hasPrefix(end) {
            rest = rest.dropFirst(3)
            closing = nil
          } else {
            rest = rest.dropFirst(sign == "\\" && end == "\"\"\"" ? 2 : 1)
          }
          continue
        }
        if rest.hasPrefix("\"\"\"") || rest.hasPrefix("'''") {
          closing = String(rest.prefix(3))
          rest = rest.dropFirst(3)
          continue
        }
        rest.removeFirst()
        switch sign {
        case "#": return
        case "[", "{": depth += 1
        case "]", "}": depth = max(0, depth - 1)
        case "\"", "'":
          while let next = rest.popFirst(), next != sign {
            if next == "\\", sign == "\"" { rest = rest.dropFirst() }
          }
        default: break
        }
      }
    }
  }
}
