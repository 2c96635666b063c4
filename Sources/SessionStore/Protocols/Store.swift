/// All that a suite records: facts, audit record and outbox.
///
/// Screens and commands take `any Store`; only the code that opens one names a database.
package protocol Store: FactStore, AuditLog, Outbox {
  var mode: StoreMode { get }

  /// Checks every fact, audit entry and message against its seal.
  ///
  /// `kept` and `keptAudit` are heads that were written down earlier, outside the store. Without them
  /// a chain that was cut off, or rewritten up to its end, looks whole. `progress` gets the number of
  /// facts that are checked, and of all facts.
  func verify(
    against kept: Head?, audit keptAudit: Head?, progress: (Int, Int) -> Void
  ) throws(StoreError) -> Verification

  /// Closes the connection. The store cannot be used afterwards.
  func close()
}

extension Store {
  package func verify(
    against kept: Head? = nil, audit keptAudit: Head? = nil
  ) throws(StoreError) -> Verification {
    try verify(against: kept, audit: keptAudit) { _, _ in }
  }
}

package enum StoreMode: Sendable { case readWrite, readOnly }
