package import InfusionRecord
package import SessionStore

/// The machine the program runs on: its name in the record, and its clock.
package struct Workstation: Sendable {
  package let name: String
  private let clock: @Sendable () -> RecordedTime

  package init(name: String, clock: @escaping @Sendable () -> RecordedTime) {
    self.name = name
    self.clock = clock
  }

  package var now: RecordedTime { clock() }

  /// An audit entry made on this machine.
  package func entry(
    _ actor: String, _ action: AuditAction, at time: RecordedTime
  ) -> AuditEntry {
    AuditEntry(time: time, actor: actor, workstation: name, action: action)
  }
}
