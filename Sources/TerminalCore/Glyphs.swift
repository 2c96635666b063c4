/// The characters for lines, bars and marks.
///
/// There is one set for UTF-8 locales and one of ASCII. Every character in both is one column wide.
public struct Glyphs: Hashable, Sendable {
  public var horizontal: Character
  public var vertical: Character
  public var topLeft: Character
  public var topRight: Character
  public var bottomLeft: Character
  public var bottomRight: Character
  public var teeDown: Character
  public var teeUp: Character

  /// Marks what needs a person.
  public var needsPerson: Character
  /// Points at the choice that the next key acts on.
  public var pointer: Character
  /// Marks a unit that may still change.
  public var provisional: Character
  public var dash: Character
  public var times: Character
  public var ellipsis: Character
  public var bullet: Character
  public var up: Character
  public var down: Character
  public var check: Character

  /// A cell of a bar, filled from its left edge by 0 to 8 eighths. ASCII has only empty and full.
  public var leftEighths: [Character]
  /// A cell filled in its right half.
  public var rightHalf: Character
  /// A period in which the drug was paused.
  public var paused: Character
  /// A planned period.
  public var planned: Character
  /// The end of a bar if the drug is still running.
  public var runningEnd: Character
  /// A push or an injection, which has no length.
  public var tick: Character
  /// The now-line.
  public var now: Character
  /// The planned end of a running drug.
  public var plannedEnd: Character
  public var isASCII: Bool

  public static let unicode = Glyphs(
    horizontal: "─", vertical: "│", topLeft: "┌", topRight: "┐", bottomLeft: "└",
    bottomRight: "┘", teeDown: "┬", teeUp: "┴", needsPerson: "▌", pointer: "▸", provisional: "◌",
    dash: "–", times: "×", ellipsis: "…", bullet: "·", up: "↑", down: "↓", check: "✓",
    leftEighths: [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"], rightHalf: "▐", paused: "░",
    planned: "┄", runningEnd: "▶", tick: "╷", now: "╎", plannedEnd: "▕", isASCII: false)

  public static let ascii = Glyphs(
    horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+",
    bottomRight: "+", teeDown: "+", teeUp: "+", needsPerson: "!", pointer: ">", provisional: "~",
    dash: "-", times: "x", ellipsis: ".", bullet: "-", up: "^", down: "v", check: "*",
    leftEighths: [" ", " ", " ", " ", "#", "#", "#", "#", "#"], rightHalf: "#", paused: ".",
    planned: "-", runningEnd: ">", tick: "'", now: ":", plannedEnd: "]", isASCII: true)

  /// For a screen reader: blanks instead of lines, and no marks that would be read aloud.
  public static let plain: Glyphs = {
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
  public static func asciiStandIn(for scalar: Unicode.Scalar) -> UInt8 {
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
      \.paused, \.planned, \.runningEnd, \.tick, \.now, \.plannedEnd,
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
