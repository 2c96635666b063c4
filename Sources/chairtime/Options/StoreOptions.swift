import ArgumentParser
import Glibc
import SessionStore

/// Where the store is.
struct StoreOptions: ParsableArguments {
  @Option(
    name: .customLong("store"),
    help: ArgumentHelp(
      "The store, a file or postgres://host/database?suite=name; without it, $CHAIRTIME_STORE, the "
        + "site's file, or chairtime/chairtime.store in $XDG_DATA_HOME.",
      valueName: "file"),
    completion: .file())
  var file: String?

  @Flag(help: "Accept a store or folder that other users may read or write.")
  var trustPermissions = false

  var address: StoreAddress {
    get throws(StoreError) { try StoreAddress(option: file, trusting: trustPermissions) }
  }

  func open(_ mode: StoreMode, creating: Bool = false) throws(StoreError) -> any Store {
    try address.open(mode, creating: creating)
  }
}

/// The value of an environment variable, or nil if it is not set.
func variable(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }
}
