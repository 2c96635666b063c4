/// A configured identifier of a system or an authority: a name, or a name with its universal id (HL7
/// v2.5.1, 2.A.33: HD).
///
/// ```
/// HOSPITAL                      a name
/// HOSPITAL&1.2.840.1&ISO        name, universal id, type
/// &1.2.840.1&ISO                universal id and type alone
/// ```
///
/// In a field of its own (MSH-3 to MSH-6) the parts are components, in PID-3.4 subcomponents. A name may
/// hold an ampersand between blanks: `North & South`.
package struct HL7Identifier: Sendable, Equatable {
  /// Types of a universal id (HL7 table 0301).
  package static let types = [
    "DNS", "GUID", "HCD", "HL7", "ISO", "L", "M", "N", "Random", "URI", "UUID", "x400", "x500",
  ]

  /// One part, or three: name, universal id, type.
  package let parts: [String]

  /// Reads a configured text; nil if its parts are not those of an identifier.
  package init?(_ text: String) {
    let bare = text.replacing(" & ", with: "")
    guard bare.utf8.contains(0x26) || bare.utf8.contains(0x5E) else {
      guard !text.utf8.contains(where: { "|~\\".utf8.contains($0) }) else { return nil }
      parts = [text]
      return
    }
    let parts = text.split(separator: "&", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, HL7Identifier.types.contains(parts[2]),
      HL7Identifier.isID(parts[1], of: parts[2]),
      !parts.contains(where: { $0.utf8.contains { "|^~\\".utf8.contains($0) } })
    else { return nil }
    self.parts = parts
  }

  /// A text that is no identifier is a name.
  init(lenient text: String) {
    self = HL7Identifier(text) ?? HL7Identifier(name: text)
  }

  private init(name: String) {
    parts = [name]
  }

  private static func isID(_ id: String, of type: String) -> Bool {
    guard !id.isEmpty, !id.contains(where: \.isWhitespace) else { return false }
    guard type == "ISO" else { return true }
    let arcs = id.split(separator: ".", omittingEmptySubsequences: false)
    return arcs.count > 1
      && arcs.allSatisfy { arc in
        !arc.isEmpty && arc.utf8.allSatisfy { (0x30...0x39).contains($0) }
          && (arc == "0" || arc.first != "0")
      }
  }

  /// The parts as components of a field.
  var components: [String] { parts }

  /// The parts as subcomponents of one component, escaped.
  var subcomponents: String { parts.map(HL7Segment.escaped).joined(separator: "&") }
}
