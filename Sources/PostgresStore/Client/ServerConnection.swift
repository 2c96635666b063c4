import Glibc

/// One connection to a server, with its prepared statements.
///
/// Only the calls of libpq that do not wait are used, each request has one deadline, and nothing is ever
/// cancelled: cancelling an append that waits for a standby makes the server call it done. When the
/// deadline is over the connection is closed, and the outcome of the request is unknown.
///
/// ```swift
/// let rows = try connection.query(
///   "SELECT minute FROM chairtime.fact WHERE suite = $1::smallint", [.integer(7)])
/// ```
///
/// A connection belongs to one thread at a time.
final class ServerConnection {
  let library: PostgresLibrary
  private var handle: OpaquePointer?
  private let warnings = Warnings()
  private var prepared: [String: String] = [:]
  /// Statements that ran once. A command runs most of its statements once, and preparing is a round trip.
  private var seen: Set<String> = []
  /// Whether statements may be prepared; a pooler gives the next one to another connection.
  private let isPreparing: Bool
  /// Milliseconds without a byte from the server after which a request is given up.
  private let patience: Int

  /// What the server says besides results. libpq would write it to the terminal.
  private final class Warnings {
    /// The code of the last one.
    var last: String?
  }

  /// Takes over a connection that libpq made; nothing here can fail, so `deinit` ends it exactly once.
  init(_ handle: OpaquePointer, _ library: PostgresLibrary, isPreparing: Bool, patience: Int) {
    self.library = library
    self.handle = handle
    self.isPreparing = isPreparing
    self.patience = patience
    silence()
  }

  deinit { close() }

  func close() {
    if let handle { library.finish(handle) }
    handle = nil
    prepared = [:]
    seen = []
  }

  var isOpen: Bool { handle != nil }

  /// The version of the server as libpq counts it: 150004 for 15.4.
  var serverVersion: Int { handle.map { Int(library.serverVersion($0)) } ?? 0 }

  /// For poll(2); nil after the connection was closed.
  var descriptor: Int32? { handle.map { library.socket($0) } }

  /// Whether the server waits for the next statement outside of a transaction.
  var isIdle: Bool {
    handle.map { library.transactionStatus($0) == PostgresLibrary.Number.transactionIsIdle }
      ?? false
  }

  // MARK: Requests

  /// Runs one statement; `$1` and so on stand for the arguments.
  @discardableResult
  func query(_ sql: String, _ arguments: [Argument] = []) throws(ServerFailure) -> QueryResult? {
    let handle = try connected()
    let sent = arguments.map(\.sent)
    if isPreparing, !seen.insert(sql).inserted {
      let name = try prepare(sql, handle)
      try check(
        sent.withTexts { texts in
          name.withCString {
            library.sendQueryPrepared(handle, $0, CInt(arguments.count), texts, nil, nil, 1)
          }
        }, handle)
    } else {
      try check(
        sent.withTexts { texts in
          sql.withCString {
            library.sendQueryParams(handle, $0, CInt(arguments.count), nil, texts, nil, nil, 1)
          }
        }, handle)
    }
    return try result(handle)
  }

  /// Runs any number of statements without arguments, and drops what they give.
  func execute(_ script: String) throws(ServerFailure) {
    let handle = try connected()
    try check(script.withCString { library.sendQuery(handle, $0) }, handle)
    _ = try result(handle)
  }

  /// Sends a statement and does not wait; the next request takes its result first.
  func post(_ script: String) {
    guard let handle, (try? drain(handle)) != nil else { return }
    guard script.withCString({ library.sendQuery(handle, $0) }) == 1 else { return }
    isOwed = true
    _ = library.flush(handle)
  }

  /// Whether a posted statement has not been answered yet.
  private var isOwed = false

  private func drain(_ handle: OpaquePointer) throws(ServerFailure) {
    guard isOwed else { return }
    isOwed = false
    _ = try? result(handle)
    guard self.handle != nil else { throw .lost }
  }

  private func connected() throws(ServerFailure) -> OpaquePointer {
    guard let handle else { throw .lost }
    try drain(handle)
    return handle
  }

  /// The name of the prepared statement.
  private func prepare(_ sql: String, _ handle: OpaquePointer) throws(ServerFailure) -> String {
    if let known = prepared[sql] { return known }
    let name = "s\(prepared.count + 1)"
    try check(
      name.withCString { name in
        sql.withCString { library.sendPrepare(handle, name, $0, 0, nil) }
      }, handle)
    _ = try result(handle)
    prepared[sql] = name
    return name
  }

  private func check(_ isSent: CInt, _ handle: OpaquePointer) throws(ServerFailure) {
    if isSent != 1 {
      close()
      throw .lost
    }
  }

  /// Waits for the last result of what was sent; the first error is thrown.
  private func result(_ handle: OpaquePointer) throws(ServerFailure) -> QueryResult? {
    let socket = library.socket(handle)
    var deadline = Deadline(milliseconds: patience)
    while case let state = library.flush(handle), state != 0 {
      guard state == 1 else { throw lost() }
      guard deadline.wait(for: socket, reading: true, writing: true) else { throw unanswered() }
      guard library.consumeInput(handle) == 1 else { throw lost() }
    }
    var found: QueryResult?
    var failure: ServerFailure?
    while true {
      while library.isBusy(handle) == 1 {
        guard deadline.wait(for: socket, reading: true) else { throw unanswered() }
        guard library.consumeInput(handle) == 1 else { throw failure ?? lost() }
        deadline = Deadline(milliseconds: patience)
      }
      guard let next = library.getResult(handle) else { break }
      switch library.resultStatus(next) {
      case PostgresLibrary.Number.tuplesOK: found = QueryResult(next, library)
      case PostgresLibrary.Number.commandOK: library.clear(next)
      default:
        failure = failure ?? self.failure(of: next)
        library.clear(next)
      }
    }
    if let failure {
      if library.status(handle) != PostgresLibrary.Number.isConnected { close() }
      throw failure
    }
    return found
  }

  private func failure(of result: OpaquePointer) -> ServerFailure {
    func field(_ code: CInt) -> String? {
      library.resultErrorField(result, code).map { String(cString: $0) }
    }
    // 57P: the server ends the connection, and says so before it does.
    guard let state = field(PostgresLibrary.Number.fieldState), !state.hasPrefix("57P") else {
      return .lost
    }
    return .refused(state: state, detail: field(PostgresLibrary.Number.fieldDetail))
  }

  private func lost() -> ServerFailure {
    close()
    return .lost
  }

  private func unanswered() -> ServerFailure {
    close()
    return .unanswered
  }

  // MARK: Rows

  /// The result of `body` for each row.
  func all<Made>(
    _ sql: String, _ arguments: [Argument] = [], _ body: (QueryResult.Row) throws -> Made
  ) throws -> [Made] {
    guard let result = try query(sql, arguments) else { return [] }
    return try result.rows.map(body)
  }

  /// The result of `body` for the first row; nil if there is none.
  func first<Made>(
    _ sql: String, _ arguments: [Argument] = [], _ body: (QueryResult.Row) throws -> Made
  ) throws -> Made? {
    try query(sql, arguments)?.first.map(body)
  }

  /// The only number that the statement gives.
  func number(_ sql: String, _ arguments: [Argument] = []) throws -> Int64 {
    try first(sql, arguments) { try $0.integer("number") } ?? 0
  }

  // MARK: What the server says by itself

  /// Drops warnings and notices, which libpq would write over the screen.
  private func silence() {
    guard let handle else { return }
    _ = library.setNonblocking(handle, 1)
    _ = library.setNoticeReceiver(
      handle,
      { warnings, result in
        guard let warnings, let result,
          case .success(let library) = PostgresLibrary.loaded,
          let code = library.resultErrorField(result, PostgresLibrary.Number.fieldState)
        else { return }
        Unmanaged<Warnings>.fromOpaque(warnings).takeUnretainedValue().last = String(cString: code)
      }, Unmanaged.passUnretained(warnings).toOpaque())
  }

  /// The code of the last warning since this was asked; nil if there was none.
  func takeWarning() -> String? {
    defer { warnings.last = nil }
    return warnings.last
  }

  /// Reads what arrived, and drops notifications. Throws if the connection is gone.
  func takeNotifications() throws(ServerFailure) {
    let handle = try connected()
    guard library.consumeInput(handle) == 1 else { throw lost() }
    _ = takeReadNotifications()
  }

  /// Drops the notifications that came with the answers of requests; returns whether there were any.
  func takeReadNotifications() -> Bool { !takePayloads().isEmpty }

  /// The texts of the notifications that were read.
  func takePayloads() -> [String] {
    var found: [String] = []
    while let handle, let notification = library.notifies(handle) {
      // struct pgNotify: relname, be_pid, extra.
      let extra = notification.load(fromByteOffset: 16, as: UnsafePointer<CChar>?.self)
      found.append(extra.map { String(cString: $0) } ?? "")
      library.freeMemory(notification)
    }
    return found
  }
}

/// Why a request gave no result. No text of the server is kept, because it may quote values of the record.
enum ServerFailure: Error, Equatable {
  /// The server answered with an error: its five characters, and what our own functions add.
  case refused(state: String, detail: String?)
  /// The connection ended; whether the request was done is not known.
  case lost
  /// The deadline passed; whether the request was done is not known.
  case unanswered
}

extension [[UInt8]?] {
  /// Calls `body` with the texts as an array of C.
  func withTexts<Result>(_ body: (PostgresLibrary.Texts) -> Result) -> Result {
    let sizes = map { $0?.count ?? 0 }
    let all = UnsafeMutablePointer<CChar>.allocate(capacity: sizes.reduce(1, +))
    defer { all.deallocate() }
    var texts: [UnsafePointer<CChar>?] = []
    var place = all
    for one in self {
      guard let one else {
        texts.append(nil)
        continue
      }
      texts.append(UnsafePointer(place))
      for byte in one {
        place.pointee = CChar(bitPattern: byte)
        place += 1
      }
    }
    texts.append(nil)
    return texts.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { preconditionFailure("the array is not empty") }
      return body(base)
    }
  }
}
