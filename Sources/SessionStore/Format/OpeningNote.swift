import InfusionRecord

/// The head of the audit record, noted in the fact that opens a session.
///
/// The audit record and the outbox name each other's ends, and both can be deleted. A patient's record is
/// not deleted with them without a trace, so each opening names who was enrolled by then: the head of the
/// audit record. The store adds the member when it appends the fact; a reader of the event ignores it.
extension FactRow {
  private static let key = "audit"

  /// Whether the fact opens a session.
  package var isOpening: Bool { kind == FactBody.number(of: .sessionOpened) }

  /// The same fact with a note of the audit record's head; unchanged if it opens no session, or the
  /// record is empty.
  package func noting(audit head: Head) -> FactRow {
    guard isOpening, head.count > 0, body.last == UInt8(ascii: "}") else { return self }
    var noted = self
    noted.body.removeLast()
    if noted.body.last != UInt8(ascii: "{") { noted.body.append(UInt8(ascii: ",")) }
    noted.body += Array("\"\(FactRow.key)\":\"\(head)\"}".utf8)
    return noted
  }

  /// The head that was noted; nil if there is none.
  package var notedAudit: Head? {
    guard isOpening, case .object(let members)? = try? CompactJSON.read(body),
      case .text(let text)? = members.last(where: { $0.key == FactRow.key })?.value
    else { return nil }
    return Head(text)
  }

  /// The sentence about an opening that knew more of the audit record than there is.
  package static func lacking(_ audit: Head, session: String) -> String {
    "Session \(session) was opened when the audit record had "
      + "\(audit.count.pluralized("entry", "entries")), and they were removed or replaced."
  }
}
