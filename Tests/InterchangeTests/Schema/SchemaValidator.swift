import Foundation
import Interchange

/// Validates JSON against a JSON Schema (draft 2020-12), for the keywords that our schemas use.
///
/// A keyword that it does not know stops the test, so that none is ignored by mistake.
final class SchemaValidator {
  private let root: JSONValue
  private var expressions: [String: NSRegularExpression] = [:]

  init(_ root: JSONValue) {
    self.root = root
  }

  /// The definition of this name as a schema of its own.
  func definition(_ name: String) -> JSONValue {
    ["$ref": JSONValue(.text("#/$defs/\(name)"))]
  }

  /// What is wrong with a document, a line for each fault; empty if it is valid.
  func faults(of value: JSONValue) -> [String] {
    faults(of: value, root, "")
  }

  func faults(of value: JSONValue, _ schema: JSONValue, _ path: String = "") -> [String] {
    guard case .object(let keywords) = schema.content else {
      if case .flag(let isValid) = schema.content, isValid { return [] }
      return ["\(path): not allowed"]
    }
    return keywords.flatMap { keyword, operand in
      faults(of: value, keyword, operand, in: schema, path)
    }
  }

  private func faults(
    of value: JSONValue, _ keyword: String, _ operand: JSONValue, in schema: JSONValue,
    _ path: String
  ) -> [String] {
    func check(_ isValid: Bool) -> [String] { isValid ? [] : ["\(path): \(keyword)"] }
    func isValid(_ schema: JSONValue) -> Bool { faults(of: value, schema, path).isEmpty }
    let members: [(key: String, value: JSONValue)]? =
      if case .object(let members) = value.content { members } else { nil }
    switch keyword {
    case "$schema", "$id", "$defs", "title", "description", "then", "else": return []
    case "$ref":
      guard let name = operand.text, name.hasPrefix("#/$defs/"),
        let target = root["$defs"]?[String(name.dropFirst(8))]
      else { preconditionFailure("no definition \(operand)") }
      return faults(of: value, target, path)
    case "type": return check(value.kinds.contains(operand.text ?? ""))
    case "const": return check(value.isSame(as: operand))
    case "enum": return check((operand.list ?? []).contains { value.isSame(as: $0) })
    case "allOf": return (operand.list ?? []).flatMap { faults(of: value, $0, path) }
    case "anyOf": return check((operand.list ?? []).contains(where: isValid))
    case "not": return check(!isValid(operand))
    case "if":
      return schema[isValid(operand) ? "then" : "else"].map { faults(of: value, $0, path) } ?? []
    case "required":
      let names = members?.map(\.key)
      return check(
        names.map { names in (operand.list ?? []).allSatisfy { names.contains($0.text ?? "") } }
          ?? true)
    case "properties":
      return (members ?? []).flatMap { member in
        operand[member.key].map { faults(of: member.value, $0, "\(path).\(member.key)") } ?? []
      }
    case "additionalProperties":
      return (members ?? []).filter { schema["properties"]?[$0.key] == nil }
        .flatMap { faults(of: $0.value, operand, "\(path).\($0.key)") }
    case "items":
      return (value.list ?? []).enumerated().flatMap {
        faults(of: $0.element, operand, "\(path)[\($0.offset)]")
      }
    case "maxItems": return check(Double(value.list?.count ?? 0) <= operand.number ?? 0)
    case "uniqueItems":
      let items = value.list ?? []
      return check(
        items.indices.allSatisfy { index in
          !items[..<index].contains { $0.isSame(as: items[index]) }
        })
    case "maxLength":
      return check(Double(value.text?.unicodeScalars.count ?? 0) <= operand.number ?? 0)
    case "minimum": return check(value.number ?? .infinity >= operand.number ?? 0)
    case "maximum": return check(value.number ?? -.infinity <= operand.number ?? 0)
    case "pattern": return check(value.text.map { matches($0, operand.text ?? "") } ?? true)
    default: preconditionFailure("the keyword \(keyword) is not implemented")
    }
  }

  private func matches(_ text: String, _ pattern: String) -> Bool {
    if expressions[pattern] == nil {
      expressions[pattern] = try? NSRegularExpression(pattern: pattern)
    }
    guard let expression = expressions[pattern] else {
      preconditionFailure("no pattern \(pattern)")
    }
    return expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
  }
}

extension JSONValue {
  /// The types of draft 2020-12 that the value has.
  fileprivate var kinds: [String] {
    switch content {
    case .null: ["null"]
    case .flag: ["boolean"]
    case .number(let number): number == number.rounded() ? ["number", "integer"] : ["number"]
    case .text: ["string"]
    case .list: ["array"]
    case .object: ["object"]
    }
  }

  /// Whether two scalars are equal; lists and objects are in no `enum` or `const` of ours.
  fileprivate func isSame(as other: JSONValue) -> Bool {
    switch (content, other.content) {
    case (.null, .null): true
    case (.flag(let left), .flag(let right)): left == right
    case (.number(let left), .number(let right)): left == right
    case (.text(let left), .text(let right)): left == right
    default: false
    }
  }
}
