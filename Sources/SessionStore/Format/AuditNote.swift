import InfusionRecord

/// The end of the audit record, as the fact that notes it knew it.
///
/// The audit record and the outbox name each other's ends, and both can be removed, for good or for the
/// moment of an act. A patient's record is not removed with them without a trace, so each fact notes how many
/// audit entries there were, and the seal of the last. The store adds the member when it appends the fact; a
/// reader of the event ignores it.
package struct AuditNote: Sendable, Hashable {
  package let count: Int
  /// The seal of that entry, or its first 8 bytes.
  package let seal: [UInt8]

  private static let length = 8

  init(_ head: Head) {
    count = head.count
    seal = Array(head.hash.prefix(AuditNote.length))
  }

  /// Reads `1234:9f3c…`; nil for anything else. Openings of a program before this one noted the whole seal.
  init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let count = Int(parts[0]), count > 0,
      let seal = bytes(hexadecimal: parts[1]), [AuditNote.length, 32].contains(seal.count)
    else { return nil }
    self.count = count
    self.seal = seal
  }

  var text: String { "\(count):\(hexadecimal(seal))" }

  /// Whether the entry at that place, whose seal is given, is the one that was noted.
  package func isOf(_ entry: [UInt8]?) -> Bool { entry?.starts(with: seal) ?? false }

  /// The sentence about a fact that knew more of the audit record than there is.
  package func lacking(session: String) -> String {
    "A fact of session \(session) was recorded when the audit record had "
      + "\(count.pluralized("entry", "entries")), and they were removed or replaced."
  }
}

extension FactRow {
  private static let key = "audit"

  /// The same fact with a note of the audit record's head; unchanged if the record is empty.
  package func noting(audit head: Head) -> FactRow {
    guard head.count > 0, body.last == UInt8(ascii: "}") else { return self }
    var noted = self
    noted.body.removeLast()
    if noted.body.last != UInt8(ascii: "{") { noted.body.append(UInt8(ascii: ",")) }
    noted.body += Array("\"\(FactRow.key)\":\"\(AuditNote(head).text)\"}".utf8)
    return noted
  }

  /// What was noted; nil if nothing was.
  package var auditNote: AuditNote? {
    guard case .object(let members)? = try? CompactJSON.read(body),
      case .text(let text)? = members.last(where: { $0.key == FactRow.key })?.value
    else { return nil }
    return AuditNote(text)
  }
}

/// Checks what the facts note of the audit record, in their order.
package struct AuditNoteCheck {
  private var last: AuditNote?
  /// Whether each fact has a note from here on. In a store of a program before this one openings alone had.
  private var isEveryFactNoted = false

  package init() {}

  /// Checks the next fact.
  ///
  /// - Parameter seal: the seal of the audit entry at a place; nil if there is none.
  package mutating func check(
    _ fact: FactRow, at position: Int, seal: (Int) throws -> [UInt8]?
  ) throws {
    let session = SessionID(fact.session)
    guard let note = fact.auditNote else {
      guard isEveryFactNoted else { return }
      throw Verification.Problem(
        .altered, position, session, sentence: AuditNoteCheck.sentence(position, session))
    }
    if note != last {
      guard note.isOf(try seal(note.count)) else {
        throw Verification.Problem(
          .tailCut, position, session, sentence: note.lacking(session: fact.session))
      }
      if let last, note.count < last.count {
        throw Verification.Problem(
          .altered, position, session, sentence: AuditNoteCheck.sentence(position, session))
      }
      last = note
    }
    if fact.kind != FactBody.number(of: .sessionOpened) { isEveryFactNoted = true }
  }

  private static func sentence(_ position: Int, _ session: SessionID) -> String {
    "Fact \(position) (session \(session)) was recorded while the audit record was shorter than an earlier "
      + "fact knew it."
  }
}
