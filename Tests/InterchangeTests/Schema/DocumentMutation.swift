import Interchange
import PlainText

/// A document with one change, for asking a reader and a schema whether both refuse it.
struct DocumentMutation: CustomStringConvertible {
  let description: String
  let document: JSONValue

  var bytes: [UInt8] {
    var writer = JSONWriter()
    writer.value(document)
    return writer.bytes
  }

  /// Every change of every key and element: another value, the key left out, a key that is not known.
  ///
  /// - Parameter words: values to try in addition at every place, such as the words of every enum.
  static func all(of document: JSONValue, words: [String]) -> [DocumentMutation] {
    let values = usualValues + words.map { JSONValue(.text($0)) }
    return changes(of: document, values, "").map { DocumentMutation(description: $0, document: $1) }
  }

  private static let usualValues: [JSONValue] = [
    JSONValue(.null), true, false, 0, -1, 1, 7, JSONValue(.number(1.5)), 1_000_001, 10_000_001,
    96366,
    "", " ", "nonsense", "a\u{7}b", "a\u{E0001}b", "11", "1x",
    JSONValue(.text(String(repeating: "é", count: 1024))),
    JSONValue(.text(String(repeating: "é", count: 1025))), "2026-03-02", "2026-03-02T09:10",
    "2026-03-02T09:10:30-06:00", "2026-03-02T24:10", "2026-13-02T09:10", "02-Mar-2026 09:10",
    "America/Chicago", "../zone", "96413", "96413 ", "59", [], ["nonsense"], [7], [[]], [:],
    ["nonsense": 1],
  ]

  private static func changes(
    of value: JSONValue, _ values: [JSONValue], _ path: String
  ) -> [(String, JSONValue)] {
    var found: [(String, JSONValue)] = []
    switch value.content {
    case .object(let members):
      found.append(("\(path): a key more", value.with(["nonsense": 1])))
      for (index, member) in members.enumerated() {
        let place = "\(path).\(member.key)"
        var without = members
        without.remove(at: index)
        found.append(("\(place): left out", JSONValue(.object(without))))
        var renamed = members
        renamed[index].key += "s"
        found.append(("\(place): renamed", JSONValue(.object(renamed))))
        for (what, inner) in changes(of: member.value, values, place) + replaced(values, place) {
          var changed = members
          changed[index].value = inner
          found.append((what, JSONValue(.object(changed))))
        }
      }
    case .list(let elements):
      for (index, element) in elements.enumerated() {
        let place = "\(path)[\(index)]"
        for (what, inner) in changes(of: element, values, place) + replaced(values, place) {
          var changed = elements
          changed[index] = inner
          found.append((what, JSONValue(.list(changed))))
        }
      }
    case .null, .flag, .number, .text: break
    }
    return found
  }

  private static func replaced(
    _ values: [JSONValue], _ place: String
  ) -> [(String, JSONValue)] {
    values.map { value in
      var writer = JSONWriter()
      writer.value(value)
      return ("\(place) = \(writer.text.prefix(60))", value)
    }
  }
}
