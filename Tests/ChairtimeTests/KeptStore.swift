import Foundation

/// The stores that each format was left in, which the tests of the store read too.
enum KeptStore {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "SQLiteStoreTests/Fixtures")

  /// Puts the one of a format at `path`, and gives its bytes.
  @discardableResult
  static func copy(version: Int, to path: String) throws -> Data {
    let bytes = try Data(contentsOf: folder.appending(path: "version-\(version).store"))
    try bytes.write(to: URL(filePath: path))
    chmod(path, 0o600)
    return bytes
  }
}
