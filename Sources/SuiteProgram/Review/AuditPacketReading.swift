package import InfusionRecord
package import Interchange
import PlainText
package import SessionStore

extension AuditPacket {
  /// The packet of a session, with what a check of the whole record found.
  package init(_ log: EventLog, _ found: Verification, by reviewing: inout Reviewing) {
    self.init(
      session: reviewing.session(log), log: log, formulary: reviewing.formulary,
      chain: ChainProof(
        head: found.head.description, facts: found.head.count,
        problems: found.problems.map(\.sentence)))
  }

  /// Reads a session and checks the whole record.
  package static func read(
    _ session: SessionID, of store: any Store, by reviewing: inout Reviewing
  ) throws -> AuditPacket {
    guard let log = try store.log(of: session) else {
      throw Complaint("There is no session \(session.text.printable); nothing was written.")
    }
    return AuditPacket(log, try store.verify(against: nil, audit: nil) { _, _ in }, by: &reviewing)
  }
}
