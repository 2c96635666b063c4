import Glibc
import InfusionRecord
import Interchange
import PlainText
import PostgresStore
import SQLiteStore
import SessionStore
import SuiteProgram
import Synchronization

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
    var named = given
    if named == nil { named = try StoreAddress.configured() }
    if let named { try StoreAddress.checkIsPath(named) }
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
      path: "\(own.folder)/servers/\(server.folder)/\(StoreFile.usualName)", trusting: trusting)
  }

  /// The store that the site's file names.
  ///
  /// If the file cannot be read, it is not known where the record is. The account's own store may be one that
  /// was left behind, and what is recorded in it would be missing.
  private static func configured() throws(StoreError) -> String? {
    do throws(DocumentError) {
      return try Site.configured().configuration.store
    } catch {
      throw .nowhere(
        what: "The site's file may name the store, and it cannot be used: \(error.description) "
          + "Nothing was read or recorded")
    }
  }

  /// Throws if a name looks like the address of a server and is none: it would be a file.
  private static func checkIsPath(_ name: String) throws(StoreError) {
    if ServerAddress.isServer(name) { return }
    let word = name.drop { $0.isWhitespace }
    let scheme = word.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "+.-".contains($0)) }
    guard scheme.first?.isLetter == true, word.dropFirst(scheme.count).hasPrefix(":/") else {
      return
    }
    throw .nowhere(
      what:
        "\(name) is neither the address of a server, which begins with postgres://, nor the path "
        + "of a file, which may begin with ./")
  }

  /// The store's name in messages.
  var name: String {
    switch place {
    case .file(let file): file.path
    case .server(let server): server.text
    }
  }

  /// The server that holds the store; nil for a file.
  var server: ServerAddress? {
    switch place {
    case .file: nil
    case .server(let server): server
    }
  }

  /// Whether the store is on a server, which may not answer for a while.
  var isServer: Bool {
    switch place {
    case .file: false
    case .server: true
    }
  }

  /// What to know of the way to the store; nil if nothing.
  var warning: String? {
    switch place {
    case .file: nil
    case .server(let server): server.warning
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
  /// The file that lists the tables of drug codes that were loaded for the store.
  var drugTables: String { StoreFile.path(of: .drugTables, of: anchor.path) + "/tables.json" }
  /// The file that a process locks while it sends the outbox.
  var outboxLock: String { anchor.path + "-outbox" }

  func open(_ mode: StoreMode, creating: Bool = false) throws(StoreError) -> any Store {
    switch place {
    case .file(let file):
      let opened = try SQLiteStore(file, mode: mode, creating: creating)
      if mode == .readWrite { StoreAddress.tell(opened.headFault) }
      return opened
    case .server(let server):
      let opened = try PostgresStore(server, mode: mode)
      if mode == .readWrite { try anchor.makeFolder() }
      return opened
    }
  }

  private static let isTold = Atomic(false)

  /// Prints a fault of the heads, once a process.
  private static func tell(_ fault: String?) {
    guard let fault, !isTold.exchange(true, ordering: .relaxed) else { return }
    ProgramExit.printError(Complaint(fault))
  }

  /// The logins of a server that have a role in the suite, as far as they may be seen, in words.
  func members() throws(StoreError) -> [String] {
    guard case .server(let server) = place else { return [] }
    return try PostgresStore(server, mode: .examining).members().map {
      "login \($0.login.printable)  \($0.role)"
    }
  }

  // MARK: Copying

  /// How long a standby may take to have what the primary had when the backup began.
  private static let standbySeconds = 10

  /// Writes a verified copy to a new file.
  ///
  /// - Parameters:
  ///   - fromStandby: whether a standby of the server is read, or the first host that answers.
  ///   - isCompared: whether the copy must hold all that the primary has now.
  func backup(
    to path: String, fromStandby: Bool, isCompared: Bool
  ) throws -> Verification {
    switch place {
    case .file(let file): return try SQLiteStore(file, mode: .readOnly).backup(to: path)
    case .server(let server):
      var kept = KeptHeads()
      if isCompared {
        let primary = try PostgresStore(server, mode: .readOnly, on: .primary)
        kept = try primary.heads()
        primary.close()
      }
      let source = try PostgresStore(
        server, mode: .readOnly, on: fromStandby ? .standby : .any)
      defer { source.close() }
      let lack = try source.lack(of: kept, within: StoreAddress.standbySeconds)
      guard lack == 0 else {
        throw Complaint(
          "The server that was read lacks the last \(lack.pluralized("entry", "entries")) of the "
            + "primary after \(StoreAddress.standbySeconds) s. No backup was written; chairtime server "
            + "health tells more.")
      }
      return try SQLiteStore.backup(of: source, at: name, to: path, against: kept)
    }
  }

  /// Opens the store to copy its record.
  func source() throws(StoreError) -> any RecordSource {
    switch place {
    case .file(let file): return try SQLiteStore(file, mode: .readOnly)
    case .server(let server): return try PostgresStore(server, mode: .readOnly)
    }
  }

  /// Throws if no new file can get that name, as for a backup.
  func checkIsNew() throws(StoreError) {
    if case .file(let file) = place { try SQLiteStore.checkBackup(file.path) }
  }

  /// Removes the file that was made for a copy which failed. A suite stays, empty as it was.
  func removeIfEmpty() {
    if case .file(let file) = place { SQLiteStore.removeIfEmpty(file) }
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
