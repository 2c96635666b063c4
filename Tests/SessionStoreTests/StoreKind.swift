import SQLiteStore
import SessionStore
import TestSupport
import Testing

/// Every store there is. The conformance tests run on each; a new store is added here.
enum StoreKind: String, CaseIterable, CustomTestStringConvertible {
  case memory, file

  var testDescription: String { rawValue }

  /// Opens the store that a folder holds. A second one sees what the first recorded.
  func open(_ folder: TemporaryFolder) throws -> any Store {
    switch self {
    case .memory: MemoryStore.shared(folder.path)
    case .file: try SQLiteStore(StorePlace(path: folder.file("s.store")))
    }
  }
}
