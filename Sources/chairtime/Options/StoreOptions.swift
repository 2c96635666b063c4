import ArgumentParser
import Glibc
import SessionStore
import SQLiteStore

/// Where the store is, for every command that needs it.
struct StoreOptions: ParsableArguments {
  @Option(
    name: .customLong("store"),
    help: ArgumentHelp(
      "The store to use; else $CHAIRTIME_STORE, else chairtime/chairtime.store in $XDG_DATA_HOME.",
      valueName: "file"),
    completion: .file())
  var file: String?

  @Flag(help: "Accept a store or folder that others may read or write.")
  var trustPermissions = false

  /// What the options say, apart from how they were read.
  struct Values: Hashable {
    var file: String?
    var trustPermissions = false
  }

  var values: Values { Values(file: file, trustPermissions: trustPermissions) }

  var place: StorePlace { values.place }

  func open(_ mode: StoreMode, creating: Bool = false) throws(StoreError) -> SQLiteStore {
    try values.open(mode, creating: creating)
  }
}

extension StoreOptions.Values {
  var place: StorePlace {
    StorePlace.standard(option: file, environment: variable, trusting: trustPermissions)
  }

  func open(_ mode: StoreMode, creating: Bool = false) throws(StoreError) -> SQLiteStore {
    try SQLiteStore(place, mode: mode, creating: creating)
  }
}

/// The value of an environment variable, or nil where it is not set.
func variable(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }
}
