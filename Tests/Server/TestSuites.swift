import Foundation
package import PostgresStore
import Synchronization

/// Suites by the names that tests give them, each made once in this process.
package enum TestSuites {
  private static let made = Mutex<[String: String]>([:])

  /// The address of the suite that stands for a key, for example a test's folder.
  package static func address(_ key: String, _ locale: TestServer.Locale) throws -> ServerAddress {
    let server = try TestServer.shared(locale)
    let name = try made.withLock { made in
      if let known = made[locale.rawValue + key] { return known }
      let name = "t\(made.count + 1)"
      try server.addSuite(name)
      made[locale.rawValue + key] = name
      return name
    }
    return server.address(of: name)
  }
}
