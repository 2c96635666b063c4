internal import GRDB
import InfusionRecord
package import SessionStore

/// Facts in one SQLite file, on a local disk, written by any number of processes.
///
/// An append is one immediate transaction in write-ahead mode with full synchronisation; it returns
/// when the log is on the disk. The connection's settings are read back at every start, because a
/// setting that did not take would not be noticed until a power cut.
///
/// Not for two threads at once: each thread opens its own.
package final class SQLiteStore: Store {
  package let place: StorePlace
  package let mode: StoreMode
  package var location: String { place.path }
  /// Whether the store was opened without its lock files, because the disk allows no others.
  package private(set) var isImmutable = false

  var queue: DatabaseQueue
  /// The texts of the `name` table read so far, by number; numbers begin with 1 and have no gaps.
  var names: [String?] = []
  var numbers: [String: Int64] = [:]
  /// What other connections had committed when changes were last asked for.
  var lastSeen: (version: Int64, head: Head)?
  /// The head after this connection's own last append.
  var lastAppended = Head.empty
  /// Whether somebody tidies the log, so that a fact need not.
  var isTidied = false
  /// How long the log grows before a fact takes it into the file. A short one soon starts over, and a
  /// commit that writes over it costs a third less than one that makes it longer; but the commit that
  /// takes it into the file costs five.
  var logPages: Int { isTidied ? 1000 : 250 }
  /// How many times this connection appended since the log was tidied.
  var untidied = 0
  /// A failed sync leaves doubt about this connection's pages: the next use opens a new one.
  private var mustReopen = false
  let schema: Schema
  /// Which file it is, whatever name that has.
  private let identity: FileIdentity?

  /// Opens the store at `place`; one that is missing is made if `creating`, and `mode` writes.
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
    guard AddressSpace.hasRoom else {
      throw .io(
        path: place.path, code: 12, what: "this process has too little memory, see ulimit -v")
    }
    if mode == .readWrite && creating { try place.make() }
    guard place.exists else { throw .missing(path: place.path) }
    try place.check()
    let acknowledged = HeadFile(path: place.headPath).read()
    identity = FileIdentity(path: place.path)
    (queue, isImmutable) = try SQLiteStore.connect(place, mode)
    try prepare()
    if let acknowledged { try check(against: acknowledged, table: "fact") }
    if let acknowledged = HeadFile(path: place.auditHeadPath).read() {
      try check(against: acknowledged, table: "audit")
    }
    if mode == .readWrite { place.keepReserve() }
  }

  deinit {
    // Closing is what matters. Winding the queue down too would start a thread at every command's end.
    try? queue.close()
    _ = Unmanaged.passRetained(queue)
  }

  // MARK: Connecting

  static let busySeconds = 10

  private static func configuration(_ mode: StoreMode) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = mode == .readOnly
    configuration.busyMode = .timeout(Double(busySeconds))
    configuration.label = "chairtime"
    // SQLite's messages may quote values; they stay out of every error.
    configuration.publicStatementArguments = false
    // Set with the other settings, and read back.
    configuration.foreignKeysEnabled = false
    return configuration
  }

  private static func connect(
    _ place: StorePlace, _ mode: StoreMode
  ) throws(StoreError) -> (DatabaseQueue, isImmutable: Bool) {
    do {
      return (try open(place, place.path, mode), false)
    } catch .full where place.releaseReserve() {
      return (try open(place, place.path, mode), false)
    } catch {
      // No room or no right to make lock files: a store whose log is empty can still be read.
      guard mode == .readOnly, isLogEmpty(place) else { throw error }
      switch error {
      case .full, .readOnly, .io:
        return (try open(place, "file:\(escaped(place.path))?immutable=1", mode), true)
      default: throw error
      }
    }
  }

  private static func open(
    _ place: StorePlace, _ path: String, _ mode: StoreMode
  ) throws(StoreError) -> DatabaseQueue {
    do {
      // It reads the schema, which maps the lock files: what is wrong with them is said here.
      return try DatabaseQueue(path: path, configuration: configuration(mode))
    } catch {
      throw StoreError(error, at: place)
    }
  }

  private static func isLogEmpty(_ place: StorePlace) -> Bool {
    FileSize.of(place.path + "-wal").map { $0 == 0 } ?? true
  }

  private static func escaped(_ path: String) -> String {
    var text = ""
    for byte in path.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x2f, 0x5f:
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default: text += "%" + hexadecimal([byte])
      }
    }
    return text
  }

  // MARK: Access

  /// Throws where the file that is open is no longer the one of that name.
  ///
  /// SQLite goes on in a file that was moved or removed, and what is recorded there is lost to
  /// everybody who opens the store afterwards.
  private func checkIdentity() throws(StoreError) {
    guard FileIdentity(path: place.path) == identity else { throw .replaced(path: place.path) }
  }

  /// Runs `body` on the connection, and says what failed in our words.
  ///
  /// What it did counts only if the store was in its place before and after.
  func access<Result>(_ body: (Database) throws -> Result) throws(StoreError) -> Result {
    try checkIdentity()
    if mustReopen {
      (queue, isImmutable) = try SQLiteStore.connect(place, mode)
      mustReopen = false
      names = []
      numbers = [:]
      lastSeen = nil
      try prepare()
    }
    do {
      let result = try queue.inDatabase(body)
      try checkIdentity()
      return result
    } catch {
      let error = StoreError(error, at: place)
      if case .io = error { mustReopen = true }
      // What was read inside a transaction that failed may not be there.
      numbers = [:]
      names = []
      throw error
    }
  }

  static func integer(_ database: Database, _ sql: String) throws -> Int64 {
    let rows = try Rows(database, sql)
    defer { rows.finish() }
    return try rows.step() ? try rows.integer(0) : 0
  }

  static func text(_ database: Database, _ sql: String) throws -> String {
    let rows = try Rows(database, sql)
    defer { rows.finish() }
    return try rows.step() ? try rows.text(0) : ""
  }

  /// Lets go of the file; nothing may be asked afterwards.
  package func close() {
    try? queue.close()
  }
}
