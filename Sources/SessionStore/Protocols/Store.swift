/// All that a suite records, in one place: facts, audit log, people and outbox.
///
/// Screens and commands take `any Store`; only the code that opens one names a database.
package protocol Store: FactStore, AuditLog, PeopleStore, Outbox {
  var mode: StoreMode { get }

  /// Where the store is, as messages name it: a path or an address.
  var location: String { get }

  /// Checks every fact, audit entry and message against its seal.
  ///
  /// `kept` and `keptAudit` are heads that were written down outside the store earlier. Without them
  /// a truncated chain, or one that was rewritten to its end, looks whole. `progress` is called with
  /// the number of facts checked and the number of all facts.
  func verify(
    against kept: Head?, audit keptAudit: Head?, progress: (Int, Int) -> Void
  ) throws(StoreError) -> Verification

  /// Closes the connection. The store cannot be used afterwards.
  func close()
}

package enum StoreMode: Sendable { case readWrite, readOnly }
