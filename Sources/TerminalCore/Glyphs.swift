/// The characters for lines, bars and marks.
///
/// There is one set for UTF-8 locales and one of ASCII. Every character in both is one column wide.
package struct Glyphs: Hashable, Sendable {
  package var horizontal: Character
  package var vertical: Character
  package var topLeft: Character
  package var topRight: Character
  package var bottomLeft: Character
  package var bottomRight: Character
  package var teeDown: Character
  package var teeUp: Character

  /// Marks what needs a person.
  package var needsPerson: Character
  /// Points at the choice that the next key acts on.
  package var pointer: Character
  /// Marks a unit that may still change.
  package var provisional: Character
  package var dash: Character
  package var times: Character
  package var ellipsis: Character
  package var bullet: Character
  package var up: Character
  package var down: Character
  package var check: Character

  /// A cell of a bar, filled from its left edge by 0 to 8 eighths. ASCII has only empty and full.
  package var leftEighths: [Character]
  /// A cell filled in its right half.
  package var rightHalf: Character
  /// A period in which the drug was paused.
  package var paused: Character
  /// A period that ran and is in no unit.
  package var uncharged: Character
  /// A whole hour within a bar in units.
  package var hourInBar: Character
  /// A planned period.
  package var planned: Character
  /// The end of a bar if the drug is still running.
  package var runningEnd: Character
  /// A push or an injection, which has no length.
  package var tick: Character
  /// The now-line.
  package var now: Character
  /// The planned end of a running drug.
  package var plannedEnd: Character
  package var isASCII: Bool

  package static let unicode = Glyphs(
    horizontal: "─", vertical: "│", topLeft: "┌", topRight: "┐", bottomLeft: "└",
    bottomRight: "┘", teeDown: "┬", teeUp: "┴", needsPerson: "▌", pointer: "▸", provisional: "◌",
    dash: "–", times: "×", ellipsis: "…", bullet: "·", up: "↑", down: "↓", check: "✓",
    leftEighths: [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"], rightHalf: "▐", paused: "░",
    uncharged: "▒", hourInBar: "▉", planned: "┄", runningEnd: "▶", tick: "╷", now: "╎",
    plannedEnd: "▕", isASCII: false)

  package static let ascii = Glyphs(
    horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+",
    bottomRight: "+", teeDown: "+", teeUp: "+", needsPerson: "!", pointer: ">", provisional: "~",
    dash: "-", times: "x", ellipsis: ".", bullet: "-", up: "^", down: "v", check: "*",
    leftEighths: [" ", " ", " ", " ", "#", "#", "#", "#", "#"], rightHalf: "#", paused: ".",
    uncharged: "=", hourInBar: "|", planned: "-", runningEnd: ">", tick: "'", now: ":",
    plannedEnd: "]", isASCII: true)

  /// For a screen reader: blanks instead of lines, and no marks that would be read aloud.
  package static let plain: Glyphs = {
    var glyphs = Glyphs.ascii
    glyphs.horizontal = " "
    glyphs.vertical = " "
    glyphs.needsPerson = " "
    glyphs.pointer = " "
    glyphs.bullet = ","
    return glyphs
  }()
}

extension Glyphs {
  /// The ASCII character that replaces `scalar` on an ASCII terminal, one column wide.
  ///
  /// Accented Latin letters lose their accent; a character without a stand-in becomes `?`.
  package static func asciiStandIn(for scalar: Unicode.Scalar) -> UInt8 {
    if scalar.isASCII { return UInt8(scalar.value) }
    if let known = standIns[scalar] { return known }
    switch scalar.value {
    case 0xA0, 0x2000...0x200A, 0x3000: return UInt8(ascii: " ")
    case 0x2010...0x2015, 0x2500, 0x2212: return UInt8(ascii: "-")
    case 0xC0...0x24F:
      return standInLetters[Int(scalar.value - 0xC0)]
    default: return UInt8(ascii: "?")
    }
  }

  private static let standIns: [Unicode.Scalar: UInt8] = {
    var table: [Unicode.Scalar: UInt8] = [
      "×": UInt8(ascii: "x"), "·": UInt8(ascii: "-"), "…": UInt8(ascii: "."),
      "\u{2018}": UInt8(ascii: "'"), "\u{2019}": UInt8(ascii: "'"),
      "\u{201C}": UInt8(ascii: "\""), "\u{201D}": UInt8(ascii: "\""),
      "°": UInt8(ascii: "o"), "µ": UInt8(ascii: "u"),
    ]
    let pairs: [any KeyPath<Glyphs, Character> & Sendable] = [
      \.horizontal, \.vertical, \.topLeft, \.topRight, \.bottomLeft, \.bottomRight, \.teeDown,
      \.teeUp, \.needsPerson, \.pointer, \.provisional, \.up, \.down, \.check, \.rightHalf,
      \.paused, \.uncharged, \.planned, \.runningEnd, \.tick, \.now, \.plannedEnd,
    ]
    for path in pairs {
      guard let from = Glyphs.unicode[keyPath: path].unicodeScalars.first,
        let to = Glyphs.ascii[keyPath: path].asciiValue
      else { continue }
      table[from] = to
    }
    for (from, to) in zip(Glyphs.unicode.leftEighths, Glyphs.ascii.leftEighths) {
      guard let from = from.unicodeScalars.first, let to = to.asciiValue, table[from] == nil
      else { continue }
      table[from] = to
    }
    return table
  }()

  /// The base letters of U+00C0 to U+024F.
  private static let standInLetters: [UInt8] = Array(
    ("AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTsaaaaaaaceeeeiiiidnooooo/ouuuuytyAaAaAaCcCcCcCcDd"
      + "DdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLlNnNnNn?NnOoOoOoOoRrRrRrSsSsSs"
      + "SsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs????????????????????????????????Oo?????????????U"
      + "u???????????????????DDdLLlNNnAaIiOoUuUuUuUuUu?AaAa????GgKkOoOo??jDDdGg??NnAa????"
      + "AaAaEeEeIiIiOoOoRrRrUuUuSsTt??Hh??????AaEeOoOoOoOoYy????????????????????????????")
      .utf8)
}
