import Glibc
import Interchange
import PostgresStore
import SQLiteStore
import SessionStore
import SuiteProgram

/// The store of a command, not opened yet.
///
/// Only this file names a database: commands and screens take `any Store`. Another kind of store is another
/// kind of address.
struct StoreAddress: Sendable {
  private enum Place: Sendable {
    case file(StorePlace)
    case server(ServerAddress)
  }

  private let place: Place
  /// The file to which the companions belong: the store itself, or a name in a folder for the server.
  private let anchor: StorePlace

  /// The store that an option names; without it, `$CHAIRTIME_STORE`, the one that the site's file names, or
  /// the account's own.
  init(option: String?, trusting: Bool = false) throws(StoreError) {
    let given = option ?? variable("CHAIRTIME_STORE").flatMap { $0.isEmpty ? nil : $0 }
    // A fault in the site's file is told by whatever needs the rest of it.
    let named = given ?? (try? Site.configured())?.configuration.store
    guard let named, ServerAddress.isServer(named) else {
      let file = try StorePlace.standard(
        option: named, environment: variable, trusting: trusting)
      (place, anchor) = (.file(file), file)
      return
    }
    let server = try ServerAddress(named)
    let own = try StorePlace.standard(
      option: nil, environment: { $0 == "CHAIRTIME_STORE" ? nil : variable($0) }, trusting: trusting
    )
    place = .server(server)
    anchor = StorePlace(
      path: "\(own.folder)/servers/\(server.fileName)/\(StoreFile.usualName)", trusting: trusting)
  }

  /// The store's name in messages.
  var name: String {
    switch place {
    case .file(let file): file.path
    case .server(let server): server.text
    }
  }

  /// Whether the store is on a server, which may not answer for a while.
  var isServer: Bool {
    switch place {
    case .file: false
    case .server: true
    }
  }

  /// Whether there is a store. Throws if the account may not look for one.
  func isFound() throws(StoreError) -> Bool {
    switch place {
    case .file(let file): return try file.isFound()
    // Opening it tells why it cannot be opened.
    case .server: return true
    }
  }

  /// The folder of the store; exports go to a folder in it. A whole path, from / on, if the folder
  /// exists.
  var folder: String {
    guard let whole = realpath(anchor.folder, nil) else { return anchor.folder }
    defer { free(whole) }
    return String(cString: whole)
  }
  /// The folder of the store's appointments.
  var schedule: String { StoreFile.path(of: .schedule, of: anchor.path) }
  /// The file of the edit tables that were loaded for the store.
  var editTables: String { StoreFile.path(of: .editTables, of: anchor.path) }
  /// The file that a process locks while it sends the outbox.
  var outboxLock: String { anchor.path + "-outbox" }

  func open(_ mode: StoreMode, creating: Bool = false) throws(StoreError) -> any Store {
    switch place {
    case .file(let file): return try SQLiteStore(file, mode: mode, creating: creating)
    case .server(let server):
      let opened = try PostgresStore(server, mode: mode)
      if mode == .readWrite { try anchor.makeFolder() }
      return opened
    }
  }

  /// Opens the store as the file that it is, for what only a file can do.
  func openFile(_ mode: StoreMode) throws(StoreError) -> SQLiteStore {
    switch place {
    case .file(let file): return try SQLiteStore(file, mode: mode)
    case .server(let server):
      throw .nowhere(
        what: "\(server.text) is a server, and a backup copies a file; use chairtime copy")
    }
  }

  // MARK: Copying

  /// Opens the store to copy its record.
  func source() throws(StoreError) -> any RecordSource {
    switch place {
    case .file(let file): return try SQLiteStore(file, mode: .readOnly)
    case .server(let server): return try PostgresStore(server, mode: .readOnly)
    }
  }

  /// Throws if there is a file of that name.
  func checkIsNew() throws(StoreError) {
    if case .file(let file) = place, try file.isFound() {
      throw .unsafe(path: file.path, what: "there is a file of that name already; name a new one")
    }
  }

  /// Opens the store to take a record: a new file, or an empty suite.
  func target() throws(StoreError) -> any RecordTarget {
    try checkIsNew()
    switch place {
    case .file(let file): return try SQLiteStore(file, mode: .readWrite, creating: true)
    case .server(let server): return ServerTarget(server)
    }
  }
}
