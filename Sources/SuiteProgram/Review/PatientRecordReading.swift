package import InfusionRecord
package import Interchange
import PlainText
package import SessionReview
package import SessionStore

extension PatientRecord {
  /// Reads all visits of a patient and who looked at them, and takes the proof from a verification of the
  /// whole record.
  package init(
    of mrn: String, visits: [EventLog], in store: any Store, verified found: Verification,
    by derivation: inout SessionDerivation, clock: LocalClock
  ) throws {
    let days = visits.compactMap { log in log.openedAt.map { log.clock.date(at: $0) } }
    let sessions = Set(visits.map(\.session))
    var accesses: [Access] = []
    try store.auditEntries { entry in
      guard entry.action.concerns(sessions, of: mrn, on: days) else { return }
      accesses.append(
        Access(
          time: entry.time, actor: entry.actor, workstation: entry.workstation,
          words: entry.action.words))
    }
    var packets: [AuditPacket] = []
    for log in visits { packets.append(AuditPacket(log, found, by: &derivation)) }
    self.init(
      mrn: mrn, restriction: try store.restrictions()[mrn]?.reason, visits: packets,
      accesses: accesses, clock: clock)
  }
}

extension AuditAction {
  /// Whether it is about one of a patient's sessions, or about all of a day on which there was one.
  fileprivate func concerns(
    _ sessions: Set<SessionID>, of mrn: String, on days: [CivilDate]
  ) -> Bool {
    switch self {
    case .viewed(let session): return sessions.contains(session)
    case .restricted(let number, _), .released(let number, _), .glassBroken(let number, _, _):
      return PatientNumber.areSame(number, mrn)
    case .imported(let what):
      // An appointment of the day may be another patient's.
      return what.split(separator: " ").contains { sessions.contains(SessionID(String($0))) }
    case .exported("backup", _), .exported("copy", _): return true
    case .exported(let what, _):
      // A session is named; the other exports are of days.
      if let exported = ExportedDays(what) { return days.contains { exported.days.contains($0) } }
      return what.split(separator: " ").contains { sessions.contains(SessionID(String($0))) }
    default: return false
    }
  }
}
