package import InfusionRecord

/// One entry of the audit record: who did what that is no fact about a patient's treatment.
///
/// A fact names its author itself. The audit record holds the rest: who was enrolled, signed in,
/// viewed a session, exported data, changed the configuration. It names sessions, never a patient; a
/// restricted record alone is named by its number.
package struct AuditEntry: Sendable, Hashable {
  package let time: RecordedTime
  /// The signed-in person, or the account of the host if nobody is enrolled.
  package let actor: String
  package let workstation: String
  package let action: AuditAction

  package init(time: RecordedTime, actor: String, workstation: String, action: AuditAction) {
    self.time = time
    self.actor = actor
    self.workstation = workstation
    self.action = action
  }
}
