import Foundation
import TestServer
import Testing

@testable import PostgresStore

/// The parts of a new database, as the server words them.
@Suite struct KnownPartsTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources/PostgresStore/Schema/KnownParts.swift")

  /// Those that the program does not make from data of its own.
  private static let kinds = [
    "schema", "table", "column", "constraint", "index", "trigger", "policy",
  ]

  @Test func `the known parts are those of a new database`() throws {
    for locale in TestServer.Locale.allCases {
      let connection = try ServerConnection.open(
        try TestServer.shared(locale).administrator("record"), wanting: .any)
      let parts = try SchemaParts(connection).parts.filter { part in
        Self.kinds.contains { part.key.hasPrefix($0 + " ") }
      }
      let lines = parts.map { "    \($0.key): \($0.value)" }.sorted()
      let text = """
        extension ServerSchema {
          /// The tables with their columns, constraints, indexes, triggers and policies, as PostgreSQL 15 words them.
          /// `CHAIRTIME_WRITE_DOCS=1 swift test --filter KnownPartsTests` writes them again.
          // swift-format-ignore
          static let knownParts = \"\"\"
        \(lines.joined(separator: "\n"))
            \"\"\"
        }

        """
      if ProcessInfo.processInfo.environment["CHAIRTIME_WRITE_DOCS"] != nil {
        try Data(text.utf8).write(to: Self.file)
      }
      #expect(try String(contentsOf: Self.file, encoding: .utf8) == text)
    }
  }

  @Test func `a new database has no difference, and the hash of it is known`() throws {
    for locale in TestServer.Locale.allCases {
      let connection = try ServerConnection.open(
        try TestServer.shared(locale).administrator("record"), wanting: .any)
      let found = try SchemaParts(connection)
      #expect(found.differences(from: .wanted(on: true)) == [])
      #expect(found.differences(from: .wanted(on: false)) == [])
      // The text of a function is compared whole on every version of the server.
      var changed = found
      let name = try #require(found.parts.keys.first { $0.hasPrefix("function append") })
      changed.parts[name, default: ""] += " "
      #expect(changed.differences(from: .wanted(on: false)).count == 1)
      #expect(try SchemaParts.hash(connection) == SchemaParts.wantedHash)
    }
  }
}
