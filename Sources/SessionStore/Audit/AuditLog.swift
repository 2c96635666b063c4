import InfusionRecord

/// The audit record: who did what that is no fact about a treatment. Appended and sealed like the facts.
///
/// People, their roles and their PINs are what its entries add up to: see `People.swift`.
package protocol AuditLog: AnyObject {
  /// Where the store is, as messages name it: a path or an address.
  var location: String { get }

  /// Appends rows if `right` allows it and `condition` holds; returns whether `condition` held.
  ///
  /// Both are evaluated in the transaction that appends. A refusal is recorded in that transaction and
  /// thrown as `refused`. The rows are on durable storage when this returns. The store fills in their
  /// `facts`.
  ///
  /// - Parameter right: nil for rows that need no act: sign-ins, failed ones, and refusals.
  @discardableResult
  func append(
    _ rows: [AuditRow], under right: Right?, if condition: () throws -> Bool
  ) throws(StoreError) -> Bool

  /// Calls `body` with every entry, oldest first. Throws at the first that is not as it was sealed, and
  /// if the end is missing; callers show nothing then.
  func auditEntries(_ body: (AuditEntry) throws -> Void) throws

  /// The rows that enrol or retire a person or change a role or PIN, oldest first.
  func enrolmentRows() throws(StoreError) -> [AuditRow]

  /// The rows about a person from the last right PIN, new PIN or enrolment on, oldest first. Earlier ones do
  /// not count, and a person may have thousands.
  func auditRows(about person: String) throws(StoreError) -> [AuditRow]

  /// The rows that restrict or release a patient, or open something with a reason; oldest first.
  func restrictionRows() throws(StoreError) -> [AuditRow]

  /// The SHA-256 of the site's file that was accepted last; nil if none was ever accepted.
  func acceptedConfiguration() throws(StoreError) -> String?

  /// What is wrong with the outbox as far as the audit record and the head file next to the store tell;
  /// nil if nothing is. Recording goes on, and nothing is signed, exported, filled or sent.
  func outboxDoubt() throws(StoreError) -> String?

  /// The number of entries, and the seal of the last.
  func auditHead() throws(StoreError) -> Head
}

extension AuditLog {
  /// The sentence for users about what is wrong with the outbox; nil if nothing is.
  package func outboxWarning() throws(StoreError) -> String? {
    try outboxDoubt().map {
      "THE OUTBOX IS DAMAGED: \($0) Recording goes on; nothing is signed off, exported, filled or sent. "
        + "Tell the supervisor: chairtime verify names what differs."
    }
  }

  /// Appends entries if `right` allows it. They are on durable storage when this returns.
  package func audit(_ entries: [AuditEntry], under right: Right?) throws(StoreError) {
    try append(entries.map { AuditRow($0) }, under: right) { true }
  }

  package func audit(_ entry: AuditEntry, under right: Right?) throws(StoreError) {
    try audit([entry], under: right)
  }
}
