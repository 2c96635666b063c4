/// One segment of an HL7 v2 message: fields of repetitions of components of texts.
///
/// Texts are escaped as chapter 2 of the standard says (2.7, "use of escape sequences"), with the
/// delimiters `|^~\&` that MSH-2 names. Control characters, which would end a segment or a frame, are
/// written as `\X..\`. Other characters are not escaped, because readers disagree on whether the bytes
/// of `\X..\` are characters or UTF-8, and a name must come back as it was.
///
/// ```
///  Smith & Sons|Co   →   Smith \T\ Sons\F\Co
///  two\nlines        →   two\X0A\lines
/// ```
struct HL7Segment {
  let name: String
  /// By number; a field that is not set is empty.
  private var fields: [Int: String] = [:]

  init(_ name: String) {
    self.name = name
  }

  /// A field of one text.
  mutating func set(_ field: Int, _ text: String) {
    set(field, components: [text])
  }

  mutating func set(_ field: Int, components: [String]) {
    set(field, repetitions: [components])
  }

  mutating func set(_ field: Int, repetitions: [[String]]) {
    let text = repetitions.map { components in
      HL7Segment.trimmed(components).map(HL7Segment.escaped).joined(separator: "^")
    }.joined(separator: "~")
    fields[field] = text.isEmpty ? nil : text
  }

  /// A field of components that are escaped already.
  mutating func set(_ field: Int, escaped components: [String]) {
    let text = HL7Segment.trimmed(components).joined(separator: "^")
    fields[field] = text.isEmpty ? nil : text
  }

  /// A field that is not escaped: the delimiters of MSH-2.
  mutating func set(_ field: Int, raw text: String) {
    fields[field] = text
  }

  /// The segment with the carriage return that ends it.
  var text: String {
    // Of the header segments the first field is the delimiter itself.
    let first = ["MSH", "FHS", "BHS"].contains(name) ? 2 : 1
    var parts = [name]
    if let last = fields.keys.max(), last >= first {
      for field in first...last { parts.append(fields[field] ?? "") }
    }
    return parts.joined(separator: "|") + "\r"
  }

  /// A written segment with its field `number` replaced by bytes that are escaped already.
  static func replacing(_ number: Int, of line: String, by text: String) -> String {
    // We search bytes, because a combining mark after a delimiter would hide it in a `String`.
    var fields = line.utf8.split(separator: 0x7C, omittingEmptySubsequences: false).map(Array.init)
    guard fields.indices.contains(number) else { return line }
    fields[number] = Array(text.utf8)
    return String(decoding: Array(fields.joined(separator: [0x7C])), as: UTF8.self)
  }

  /// The bytes of a field of a written segment; empty if the segment is shorter.
  static func field(_ number: Int, of line: String) -> Substring {
    // Bytes, for the reason above.
    let fields = line.utf8.split(separator: 0x7C, omittingEmptySubsequences: false)
    guard fields.indices.contains(number) else { return "" }
    let field = fields[number]
    return Substring(field.last == 0x0D ? field.dropLast() : field)
  }

  /// The first component of a field.
  static func component(_ number: Int, of line: String) -> String {
    let field = field(number, of: line).utf8
    return String(Substring(field.prefix { $0 != 0x5E }))
  }

  private static func trimmed(_ components: [String]) -> [String] {
    var components = components
    while components.count > 1, components.last == "" { components.removeLast() }
    return components
  }

  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "|": result += "\\F\\"
      case "^": result += "\\S\\"
      case "&": result += "\\T\\"
      case "~": result += "\\R\\"
      case "\\": result += "\\E\\"
      default:
        guard scalar.value < 0x20 || scalar.value == 0x7F else {
          result.unicodeScalars.append(scalar)
          continue
        }
        result += "\\X" + (scalar.value < 16 ? "0" : "")
        result += String(scalar.value, radix: 16, uppercase: true) + "\\"
      }
    }
    return result
  }
}
