import InfusionRecord

/// The audit record: who did what that is no fact about a treatment. Appended and sealed like the facts.
///
/// People, their roles and their PINs are what its entries add up to: see `People.swift`.
package protocol AuditLog: AnyObject {
  /// Where the store is, as messages name it: a path or an address.
  var location: String { get }

  /// Appends rows if `condition`, evaluated in the same transaction, holds; returns whether it did.
  ///
  /// The rows are on durable storage when this returns. The store fills in their `facts`.
  @discardableResult
  func append(
    _ rows: [AuditRow], if condition: () throws -> Bool
  ) throws(StoreError) -> Bool

  /// Calls `body` with every entry, oldest first.
  func auditEntries(_ body: (AuditEntry) throws -> Void) throws

  /// The rows that enrol or retire a person or change a role or PIN, oldest first.
  func enrolmentRows() throws(StoreError) -> [AuditRow]

  /// The rows about a person, oldest first.
  func auditRows(about person: String) throws(StoreError) -> [AuditRow]

  /// The SHA-256 of the site's file that was accepted last; nil if none was ever accepted.
  func acceptedConfiguration() throws(StoreError) -> String?

  /// The number of entries, and the seal of the last.
  func auditHead() throws(StoreError) -> Head
}

extension AuditLog {
  /// Appends entries. They are on durable storage when this returns.
  package func audit(_ entries: [AuditEntry]) throws(StoreError) {
    try append(entries.map { AuditRow($0) }) { true }
  }

  package func audit(_ entry: AuditEntry) throws(StoreError) { try audit([entry]) }
}
