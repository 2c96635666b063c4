package import InfusionRecord
package import Interchange
import PlainText
package import SessionReview
package import SessionStore

extension AuditPacket {
  /// The packet of a session, with the result of verifying the whole record.
  package init(_ log: EventLog, _ found: Verification, by derivation: inout SessionDerivation) {
    self.init(
      session: derivation.session(log), log: log, formulary: derivation.formulary,
      chain: ChainProof(
        head: found.head.description, facts: found.head.count,
        problems: found.problems.map(\.sentence)))
  }

  /// Reads a session and verifies the whole record; `names` are those of the messages.
  package static func read(
    _ session: SessionID, of store: any Store, names: HL7Names,
    by derivation: inout SessionDerivation
  ) throws -> AuditPacket {
    // One moment, so that what is written is what was verified.
    try store.reading {
      guard let log = try store.log(of: session) else {
        throw Complaint("There is no session \(session.text.printable); nothing was written.")
      }
      return AuditPacket(
        log, try store.verify(lines: { $0.difference(names: names) }), by: &derivation)
    }
  }
}
