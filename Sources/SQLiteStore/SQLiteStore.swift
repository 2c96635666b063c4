import InfusionRecord
import InfusionRecord
package import SessionStore

/// A store in one SQLite file on a local disk. Any number of processes may write to it.
///
/// An append is one immediate transaction in write-ahead mode with full synchronisation; it returns
/// when the log is on the disk. The settings are read back whenever a store is opened, because a setting
/// that did not take would go unnoticed until a power failure.
///
/// A store belongs to one thread; each thread opens its own.
package final class SQLiteStore: Store {
  package let place: StorePlace
  package let mode: StoreMode
  package var location: String { place.path }
  /// Whether the store was opened without its lock files, because the disk does not allow any.
  package private(set) var isImmutable = false

  private var database: Database
  /// A failed sync leaves the cached pages in doubt: the next access opens a new connection.
  private var mustReopen = false
  let schema: Schema
  /// The file that was opened, whatever its name is by now.
  private let identity: FileIdentity?

  var names = NameTable()
  /// `PRAGMA data_version` and the head when changes were last asked for.
  var lastSeen: (version: Int64, head: Head)?
  /// The head after this connection's own last append.
  var lastAppended = Head.empty
  /// Whether the event loop moves the write-ahead log into the file, so that appends need not.
  var isMaintainedWhenIdle = false
  var appendsSinceTransfer = 0
  /// `PRAGMA schema_version` when the tables and triggers were last compared; nil before that.
  var checkedSchema: Int64?
  /// What this connection verified.
  var progress = VerificationProgress()
  /// What was wrong with the end of the outbox when the store was opened.
  private(set) var outboxFault: String?
  /// The end of the outbox's chain after this connection's last row in it.
  var lastSealed: Head?

  /// Opens the store at `place`. A missing store is created if `creating` and `mode` allow it.
  package convenience init(
    _ place: StorePlace, mode: StoreMode = .readWrite, creating: Bool = true
  ) throws(StoreError) {
    try self.init(place, mode: mode, creating: creating, schema: .current)
  }

  init(
    _ place: StorePlace, mode: StoreMode, creating: Bool = true, schema: Schema
  ) throws(StoreError) {
    self.place = place
    self.mode = mode
    self.schema = schema
    if mode == .readWrite && creating { try place.make() }
    guard try place.isFound() else { throw .missing(path: place.path) }
    try place.check()
    if mode == .readWrite { place.openCompanions() }
    identity = FileStatus(path: place.path)?.identity
    (database, isImmutable) = try SQLiteStore.connect(place, mode)
    try prepare()
    for chain in ChainName.allCases where chain != .outbox { try check(chain) }
    outboxFault = try faultOfOutbox()
    if mode == .readWrite { ReserveFile(place).create() }
  }

  package func close() { database.close() }

  /// Why a head next to the store is not kept or compared; nil if all are.
  package var headFault: String? { place.headFault }

  // MARK: Connecting

  static let busySeconds = 10

  private static func connect(
    _ place: StorePlace, _ mode: StoreMode
  ) throws(StoreError) -> (Database, isImmutable: Bool) {
    let access: Database.Access = mode == .readWrite ? .readWrite : .readOnly
    do {
      return (try open(place, access), false)
    } catch .full where ReserveFile(place).delete() {
      return (try open(place, access), false)
    } catch {
      // Without room or permission for lock files, a store whose log is empty can still be read.
      guard mode != .readWrite, FileStatus(path: place.path + "-wal")?.size ?? 0 == 0 else {
        throw error
      }
      switch error {
      case .full, .readOnly, .io: return (try open(place, .immutable), true)
      default: throw error
      }
    }
  }

  private static func open(
    _ place: StorePlace, _ access: Database.Access
  ) throws(StoreError) -> Database {
    do {
      let database = try Database(place.path, access, busySeconds: busySeconds)
      // None runs before it was compared with ours.
      database.enableTriggers(false)
      // Reading the schema maps the lock files, so it reports what is wrong with them.
      _ = try database.first("SELECT type FROM sqlite_master LIMIT 1") { _ in }
      return database
    } catch {
      throw StoreError(error, at: place)
    }
  }

  // MARK: Access

  /// Throws if the open file is no longer the one with the store's name.
  ///
  /// SQLite goes on in a file that was moved or deleted. Facts recorded there are lost to every process
  /// that opens the store later.
  private func checkIdentity() throws(StoreError) {
    guard FileStatus(path: place.path)?.identity == identity else {
      throw .replaced(path: place.path)
    }
  }

  /// Runs `body` on the connection and translates its errors.
  ///
  /// The result counts only if the store is in its place before and after.
  func access<Result>(_ body: (Database) throws -> Result) throws(StoreError) -> Result {
    try checkIdentity()
    if mustReopen {
      (database, isImmutable) = try SQLiteStore.connect(place, mode)
      mustReopen = false
      names = NameTable()
      lastSeen = nil
      checkedSchema = nil
      progress.compared = nil
      try prepare()
    }
    do {
      if checkedSchema != nil { try checkSchema(database) }
      let result = try body(database)
      try checkIdentity()
      return result
    } catch {
      // Names that were read inside a transaction that failed may not exist.
      names = NameTable()
      let error = StoreError(error, at: place)
      if case .io = error { mustReopen = true }
      throw error
    }
  }

  package func reading<Result>(_ body: () throws -> Result) throws -> Result {
    try checkIdentity()
    do {
      return try database.snapshot(body)
    } catch let error as DatabaseError {
      throw StoreError(error, at: place)
    }
  }

  /// Runs `body` in a transaction that writes, for what the store does by itself.
  func write<Result>(_ body: (Database) throws -> Result) throws(StoreError) -> Result {
    guard mode == .readWrite else { throw .readOnly(path: place.path) }
    let before = progress
    do throws(StoreError) {
      return try access { database in
        let result = try database.transaction(.writing) {
          try checkSchema(database)
          return try body(database)
        }
        transferLogIfLong(database)
        return result
      }
    } catch {
      // What the transaction added, and may have verified, is not there.
      progress = before
      lastSealed = nil
      throw error
    }
  }

  /// Runs `body` in a transaction that writes, if the same transaction finds that `right` allows it.
  ///
  /// The transaction records a refusal instead; it is thrown afterwards. Every write that a person asks for
  /// goes through here.
  ///
  /// - Parameters:
  ///   - right: nil for what needs no act.
  ///   - time: when the write, or its refusal, is recorded.
  ///   - scope: how much is verified first; nil verifies nothing. The long part comes before the
  ///     transaction, so that other processes need not wait for it.
  func write<Result>(
    under right: Right?, at time: RecordedTime?, verifying scope: VerificationScope? = nil,
    need: (Database) throws -> RightNeed, _ body: (Database) throws -> Result
  ) throws(StoreError) -> Result {
    if let scope { try checkChains(for: scope) }
    let outcome = try write { database -> WriteOutcome<Result> in
      if let right {
        let need = try need(database)
        if let refusal = try refusal(of: right, needing: need) {
          let row = AuditRow(refusing: refusal, of: right, at: time)
          return .refused(refusal, auditHead: try insert([row], database))
        }
      }
      if let scope { try verifyTail(scope, database) }
      return .written(try body(database))
    }
    switch outcome {
    case .written(let result): return result
    case .refused(let refusal, let head):
      HeadFile(of: .audit, at: place).write(head)
      throw .refused(refusal)
    }
  }
}

/// What a transaction under a right did: the write, or the record of its refusal.
private enum WriteOutcome<Result> {
  case written(Result)
  case refused(RightRefusal, auditHead: Head)
}
