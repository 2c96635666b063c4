import PostgresStore
import SQLiteStore
import SessionStore
import TestServer
import TestSupport
import Testing

/// Every store there is. The conformance tests run on each; a new store is added here.
enum StoreKind: String, CaseIterable, CustomTestStringConvertible {
  case memory, file
  /// A server that compares texts byte by byte, and one that compares them as a dictionary does.
  case server
  case serverICU = "server-icu"

  var testDescription: String { rawValue }

  /// The stores that other processes can change behind the program's back.
  static let onDisk = [StoreKind.file, .server, .serverICU]

  /// Opens the store that a folder holds. A second one sees what the first recorded.
  func open(_ folder: TemporaryFolder) throws -> any Store {
    switch self {
    case .memory: MemoryStore.shared(folder.path)
    case .file: try SQLiteStore(StorePlace(path: folder.file("s.store")))
    case .server: try PostgresStore(TestSuites.address(folder.path, .c))
    case .serverICU: try PostgresStore(TestSuites.address(folder.path, .icu))
    }
  }
}
