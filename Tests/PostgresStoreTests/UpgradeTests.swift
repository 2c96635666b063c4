import Foundation
import InfusionRecord
import SessionStore
import TestServer
import TestSupport
import Testing

@testable import PostgresStore

/// Databases of earlier programs.
@Suite struct UpgradeTests {
  private static let first = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures/schema-1.sql")

  @Test func `the tables of the first version are brought up with every row`() throws {
    let server = try TestServer.shared(.c)
    try server.run("CREATE DATABASE first", in: "postgres")
    let script = try String(contentsOf: Self.first, encoding: .utf8)
    try server.run(script, in: "first")
    try server.run(
      """
      INSERT INTO chairtime.suite (number, id) VALUES (1, 'north');
      INSERT INTO chairtime.member VALUES ('test_recorder', 1), ('test_reviewer', 1),
        ('test_verifier', 1), ('nobody_any_more', 1);
      """, in: "first")
    var address = server.address(of: "north", in: "first")
    #expect { _ = try PostgresStore(address) } throws: { error in
      if case StoreError.older(_, 1) = error { true } else { false }
    }
    // A fact of that time.
    try server.run(
      """
      SET ROLE test_recorder; SET SESSION AUTHORIZATION test_recorder;
      SELECT chairtime.append(1::smallint, 0, ARRAY['s'], ARRAY[0], ARRAY[gen_random_uuid()],
        ARRAY[1]::smallint[], ARRAY[1]::bigint[], ARRAY[1]::bigint[], ARRAY[1]::smallint[],
        ARRAY['A. FICTION'], ARRAY['w'], ARRAY[NULL]::text[], ARRAY['{"family":"Fiction","given":"Ada","mrn":"9","visit":"V","chair":"1","zone":"UTC","nurse":"A. FICTION"}'],
        ARRAY[0], ARRAY['9']);
      """, in: "first")
    for _ in 0..<2 {
      try ServerSetup.run(ServerSetup.upgrade, on: server.administrator("first"))
      let store = try PostgresStore(address)
      let found = try store.verify()
      #expect(found.problems == [])
      #expect(found.head.count == 1)
    }
    let roles = try ServerConnection.open(server.administrator("first"), wanting: .any)
      .all("SELECT login::text, role FROM chairtime.member ORDER BY login") {
        "\(try $0.text("login")) \(try $0.text("role"))"
      }
    #expect(
      roles == [
        "nobody_any_more verifier", "test_recorder recorder", "test_reviewer reviewer",
        "test_verifier verifier",
      ])
    address.user = "test_recorder"
    var record = SampleRecord(session: "later", seed: 5)
    record.openWithPort()
    try PostgresStore(address).append(record.events, to: record.session, expecting: 0)
  }

  @Test
  func `a record whose last entry is a login's false word is counted by the server from then on`()
    throws
  {
    let server = try TestServer.shared(.c)
    try server.run("CREATE DATABASE second", in: "postgres")
    let script = try String(
      contentsOf: Self.first.deletingLastPathComponent().appending(path: "schema-2.sql"),
      encoding: .utf8)
    try server.run(script, in: "second")
    try server.run(
      """
      INSERT INTO chairtime.suite (number, id) VALUES (1, 'north');
      INSERT INTO chairtime.member VALUES ('test_recorder', 1, 'recorder'),
        ('test_reviewer', 1, 'reviewer');
      """, in: "second")
    // The kind of entry that a recorder's login could add to version 2.
    let row = AuditRow(
      format: 1, kind: 7, recorded: 1, actor: "N. NOBODY", workstation: "w", person: nil, facts: 0,
      body: Array(
        #"{"session":"s","people":7,"configurations":0,"restrictions":0,"persons":3,"lists":"..","failures":"0."}"#
          .utf8))
    let seal = hexadecimal(row.seal(after: Head.empty.hash, fact: Head.empty.hash))
    try server.run(
      """
      SET SESSION AUTHORIZATION test_recorder;
      SELECT chairtime.add_audit(1::smallint, 1, 1::smallint, 7::smallint, 1, 'N. NOBODY', 'w', NULL, 0,
        '\(String(decoding: row.body, as: UTF8.self))', decode('\(seal)', 'hex'));
      """, in: "second")
    try ServerSetup.run(ServerSetup.upgrade, on: server.administrator("second"))
    let store = try PostgresStore(server.address(of: "north", in: "second"))
    try store.write { connection in
      try store.insert(
        [
          AuditRow(
            AuditEntry(
              time: ServerFixture.at, actor: "N. NOBODY", workstation: "w",
              action: .viewed(SessionID("s"))))
        ], connection)
    }
    try store.enrol(
      "R. SAMPLE", as: .supervisor, pin: ServerFixture.pin, by: "account", workstation: "w",
      at: ServerFixture.at)
    #expect(try store.people()["R. SAMPLE"]?.role == .supervisor)
  }

  @Test func `tables of a later program are not brought down`() throws {
    let fixture = try ServerFixture()
    try fixture.run("UPDATE schema_version SET version = 9, reads_from = 9")
    #expect {
      try ServerSetup.run(
        ServerSetup.upgrade, on: fixture.server.administrator(fixture.database))
    } throws: { error in
      if case StoreError.newer = error { true } else { false }
    }
  }
}
