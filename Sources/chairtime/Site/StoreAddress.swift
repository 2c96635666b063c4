import Glibc
import SQLiteStore
import SessionStore

/// The store of a command, not opened yet.
///
/// Only this file names a database: commands and screens take `any Store`. A second kind of store is a
/// second kind of address.
struct StoreAddress: Sendable {
  private let place: StorePlace

  /// The store that an option names; without it, `$CHAIRTIME_STORE`, or the account's own store.
  init(option: String?, trusting: Bool = false) throws(StoreError) {
    place = try .standard(option: option, environment: variable, trusting: trusting)
  }

  /// The store's name in messages.
  var name: String { place.path }
  /// Whether there is a store. Throws if the account may not look for one.
  func isFound() throws(StoreError) -> Bool { try place.isFound() }
  /// The folder of the store; exports go to a folder in it. A whole path, from / on, if the folder
  /// exists.
  var folder: String {
    guard let whole = realpath(place.folder, nil) else { return place.folder }
    defer { free(whole) }
    return String(cString: whole)
  }
  /// The folder of the store's appointments.
  var schedule: String { StoreFile.path(of: .schedule, of: place.path) }
  /// The file of the edit tables that were loaded for the store.
  var editTables: String { StoreFile.path(of: .editTables, of: place.path) }
  /// The file that a process locks while it sends the outbox.
  var outboxLock: String { place.path + "-outbox" }

  func open(_ mode: StoreMode, creating: Bool = false) throws(StoreError) -> any Store {
    try openFile(mode, creating: creating)
  }

  /// Opens the store as the file that it is, for what only a file can do.
  func openFile(_ mode: StoreMode, creating: Bool = false) throws(StoreError) -> SQLiteStore {
    try SQLiteStore(place, mode: mode, creating: creating)
  }
}
