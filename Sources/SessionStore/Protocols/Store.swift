/// All that a suite records: facts, audit record and outbox.
///
/// Screens and commands take `any Store`; only the code that opens one names a database.
package protocol Store: FactStore, AuditLog, Outbox {
  var mode: StoreMode { get }

  /// Checks every fact, audit entry and row of the outbox against its seal.
  ///
  /// Without heads that were written down, a chain that was cut off, or rewritten up to its end, looks
  /// whole.
  ///
  /// - Parameters:
  ///   - kept: heads that were written down earlier, outside the store.
  ///   - lines: what is wrong with a message's lines by its bytes, the end of a sentence; nil if nothing
  ///     is. The store does not know the format of a message.
  ///   - progress: gets the number of facts that are checked, and of all facts.
  func verify(
    against kept: KeptHeads, lines: (OutboxMessage) -> String?, progress: (Int, Int) -> Void
  ) throws(StoreError) -> Verification

  /// Why a head is not kept or compared outside the database, in a sentence; nil if all are. Recording goes
  /// on.
  var headFault: String? { get }

  /// Closes the connection. The store cannot be used afterwards.
  func close()
}

extension Store {
  package var headFault: String? { nil }

  package func verify(
    against kept: Head? = nil, audit: Head? = nil, outbox: Head? = nil,
    lines: (OutboxMessage) -> String? = { _ in nil }
  ) throws(StoreError) -> Verification {
    try verify(
      against: KeptHeads(facts: kept, audit: audit, outbox: outbox), lines: lines,
      progress: { _, _ in })
  }
}

package enum StoreMode: Sendable {
  case readWrite, readOnly
  /// Reads a store whatever its tables and triggers are, to report what is wrong with it.
  case examining
}
