import InfusionRecord

/// The audit record: appended and sealed like the facts, never changed.
package protocol AuditLog: AnyObject {
  /// Appends entries. They are on durable storage when this returns.
  func audit(_ entries: [AuditEntry]) throws(StoreError)

  /// Every entry, oldest first.
  func auditEntries(_ body: (AuditEntry) throws -> Void) throws

  /// The SHA-256 of the site's file that a supervisor accepted last; nil if none was ever accepted.
  func acceptedConfiguration() throws(StoreError) -> String?

  /// The number of entries, and the seal of the last.
  func auditHead() throws(StoreError) -> Head
}

extension AuditLog {
  package func audit(_ entry: AuditEntry) throws(StoreError) { try audit([entry]) }
}
