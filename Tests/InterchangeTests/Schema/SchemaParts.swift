package import Interchange
import PlainText

// JSON Schemas written as literals, and the parts that the two schemas share.

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(stringLiteral text: String) { self.init(.text(text)) }
  package init(booleanLiteral flag: Bool) { self.init(.flag(flag)) }
  package init(integerLiteral number: Int) { self.init(.number(Double(number))) }
  package init(arrayLiteral elements: JSONValue...) { self.init(.list(elements)) }
  package init(dictionaryLiteral members: (String, JSONValue)...) {
    self.init(.object(members.map { (key: $0.0, value: $0.1) }))
  }
}

extension JSONValue {
  static func texts(_ texts: [String]) -> JSONValue {
    JSONValue(.list(texts.map { JSONValue(.text($0)) }))
  }

  /// This value with further members.
  func with(_ more: JSONValue) -> JSONValue {
    guard case .object(let members) = content, case .object(let added) = more.content else {
      return self
    }
    return JSONValue(.object(members + added))
  }

  /// Indented, with a line feed at the end, as a file.
  var page: String {
    var writer = JSONWriter(.indented)
    writer.value(self)
    writer.endLine()
    return writer.text
  }
}

enum SchemaPart {
  static let dialect = "https://json-schema.org/draft/2020-12/schema"

  /// An object with these keys and no others.
  static func object<Key: CaseIterable & RawRepresentable<String>>(
    _ keys: Key.Type, required: [Key], _ schema: (Key) -> JSONValue
  ) -> JSONValue {
    [
      "type": "object",
      "required": .texts(required.map(\.rawValue)),
      "properties": JSONValue(
        .object(Key.allCases.map { (key: $0.rawValue, value: schema($0)) })),
      "additionalProperties": false,
    ]
  }

  static func list(of schema: JSONValue) -> JSONValue { ["type": "array", "items": schema] }

  static func words(_ words: [String]) -> JSONValue { ["enum": .texts(words)] }

  static func words<Word: RawRepresentable<String> & CaseIterable>(_ type: Word.Type) -> JSONValue {
    words(type.allCases.map(\.rawValue))
  }

  static func orNull(_ schema: JSONValue) -> JSONValue { ["anyOf": [schema, ["type": "null"]]] }

  static func reference(_ name: String) -> JSONValue {
    ["$ref": JSONValue(.text("#/$defs/\(name)"))]
  }

  // MARK: Shared definitions

  /// Not blank, without a character that steers a terminal, of 1024 characters at most.
  static var text: JSONValue {
    [
      "type": "string", "maxLength": 1024, "pattern": "\\S",
      "not": ["pattern": JSONValue(.text("[\(steering)]"))],
    ]
  }

  /// A date and time of day, with or without an offset from UTC.
  static let time: JSONValue = [
    "type": "string",
    "pattern": JSONValue(
      .text(
        "^((19|20|21)[0-9]{2}|2200)-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
          + "T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?"
          + "(Z|-(0[0-9]|1[01]):[0-5][0-9]|-12:00|\\+(0[0-9]|1[0-3]):[0-5][0-9]|\\+14:00)?$")),
  ]

  /// A day in the years that a session's times may have.
  static let day: JSONValue = [
    "type": "string",
    "pattern": "^((19|20|21)[0-9]{2}|2200)-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
  ]

  /// A decimal number by its digits, best as a text.
  static let decimal: JSONValue = [
    "anyOf": [
      ["type": "string", "pattern": "^(0|[1-9][0-9]{0,8})(\\.[0-9]{1,6})?$"],
      ["type": "number", "minimum": 0, "maximum": 999_999_999],
    ]
  ]

  /// A decimal number as a text, which may be negative.
  static let balance: JSONValue = [
    "type": "string", "pattern": "^-?(0|[1-9][0-9]*)(\\.[0-9]+)?$",
  ]

  static let date: JSONValue = [
    "type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
  ]

  /// The characters of `Unicode.Scalar.steersOutput` as ranges of a regular expression.
  private static let steering: String = {
    func written(_ value: UInt32) -> String {
      guard value > 0xFFFF, let scalar = Unicode.Scalar(value) else {
        let digits = String(value, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
      return String(Character(scalar))
    }
    var text = ""
    var first: UInt32?
    for value in UInt32(0)...0xE0080 {
      let steers = Unicode.Scalar(value)?.steersOutput ?? false
      if steers, first == nil { first = value }
      guard !steers, let start = first else { continue }
      text += written(start) + (start < value - 1 ? "-" + written(value - 1) : "")
      first = nil
    }
    return text
  }()
}
