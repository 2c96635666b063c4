import InfusionRecord
package import PlainText

/// A JSON value as a tree, for the few places that take any value.
///
/// Each value keeps its byte offset, so that a later error can name its place.
package struct JSONValue: Sendable {
  package enum Content: Sendable {
    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([(key: String, value: JSONValue)])
  }

  package var content: Content
  /// Byte offset in the document.
  package var at: Int

  package init(_ content: Content, at: Int = 0) {
    self.content = content
    self.at = at
  }

  /// Reads a whole JSON document.
  package init(_ bytes: [UInt8], file: String) throws(DocumentError) {
    var json = try JSONReader(bytes, file: file)
    self = try json.value()
    try json.finish()
  }

  /// The value of a key; nil if this is no object or does not have it.
  package subscript(key: String) -> JSONValue? {
    guard case .object(let members) = content else { return nil }
    return members.first { $0.key == key }?.value
  }

  package var text: String? {
    if case .text(let text) = content { text } else { nil }
  }

  package var number: Double? {
    if case .number(let number) = content { number } else { nil }
  }

  package var list: [JSONValue]? {
    if case .list(let list) = content { list } else { nil }
  }
}

extension JSONReader {
  /// Reads the next value of any kind.
  mutating func value() throws(DocumentError) -> JSONValue {
    skipSpace()
    let start = at
    switch next {
    case UInt8(ascii: "{"):
      var found: [(key: String, value: JSONValue)] = []
      try members("a value") { (reader, name, _) throws(DocumentError) in
        reader.path.append(.key(shown(name)))
        found.append((name, try reader.value()))
        reader.path.removeLast()
      }
      return JSONValue(.object(found), at: start)
    case UInt8(ascii: "["):
      var found: [JSONValue] = []
      try array("a value") { (reader, _, _) throws(DocumentError) in
        found.append(try reader.value())
      }
      return JSONValue(.list(found), at: start)
    case UInt8(ascii: "\""):
      return JSONValue(.text(try string()), at: start)
    case UInt8(ascii: "t"), UInt8(ascii: "f"):
      return JSONValue(.flag(try flag()), at: start)
    case UInt8(ascii: "n") where takesNull():
      return JSONValue(.null, at: start)
    default:
      return JSONValue(.number(try number("a value")), at: start)
    }
  }
}

extension JSONWriter {
  /// Writes a finite number. JSON has no others; they are written as 0.
  package mutating func value(_ number: Double) { literal((number.isFinite ? number : 0).plain) }

  /// Writes a key and a number, or nothing if the number is nil.
  mutating func member(_ name: String, _ number: Double?) {
    guard let number else { return }
    key(name)
    value(number)
  }

  package mutating func value(_ value: JSONValue) {
    switch value.content {
    case .null: null()
    case .flag(let flag): self.value(flag)
    case .number(let number): self.value(number)
    case .text(let text): self.value(text)
    case .list(let list): self.list(list) { $0.value($1) }
    case .object(let members):
      object { writer in
        for member in members {
          writer.key(member.key)
          writer.value(member.value)
        }
      }
    }
  }
}
