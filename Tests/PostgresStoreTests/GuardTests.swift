import SessionStore
import TestServer
import TestSupport
import Testing

@testable import PostgresStore

/// What the database refuses to its owner and to a superuser.
@Suite struct GuardTests {
  private static let changes =
    [
      "fact", "visit", "audit", "outbox_seal", "posting", "message_step", "outbox_filling",
      "checkpoint",
    ]
    .flatMap { ["DELETE FROM \($0)", "TRUNCATE \($0) CASCADE", "UPDATE \($0) SET suite = suite"] }
    + [
      "DELETE FROM session", "TRUNCATE session CASCADE", "UPDATE session SET id = 'other'",
      "DELETE FROM suite", "TRUNCATE suite CASCADE", "UPDATE suite SET number = number + 1",
      "DELETE FROM message", "TRUNCATE message CASCADE", "UPDATE message SET content = ''",
      "UPDATE message SET state = 3", "UPDATE message SET control = 'M9'",
    ]

  @Test func `the superuser cannot change or remove a row, and a replica's session neither`() throws
  {
    let fixture = try ServerFixture()
    try fixture.fillOutbox()
    for before in ["", "SET session_replication_role = replica; "] {
      for sql in Self.changes {
        #expect(throws: (any Error).self, "\(before)\(sql)") { try fixture.run(before + sql) }
      }
    }
    #expect(try fixture.open().verify().problems == [])
  }

  @Test(arguments: [
    "position + 2, seal", "position + 1, seal", "position, seal",
    "position + 1, decode(repeat('00', 32), 'hex')",
  ])
  func `a fact comes in only at the end, with the seal that follows`(columns: String) throws {
    let fixture = try ServerFixture(in: "record")
    try fixture.fill()
    #expect(throws: (any Error).self) {
      try fixture.run(
        """
        INSERT INTO fact (position, seal, session, minute, recorded, id, number, suite, format, kind,
            basis, actor, workstation, body)
          SELECT \(columns), session, minute, recorded, gen_random_uuid(), number + 1, suite, format,
            kind, basis, actor, workstation, body
          FROM fact WHERE suite = $suite ORDER BY position DESC LIMIT 1
        """)
    }
    #expect(try fixture.open().verify().problems == [])
  }

  @Test(arguments: [
    "INSERT INTO message (suite, number, session, made, state, control, hash, content) SELECT suite, 2, session, made, 1, 'M2', hash, content FROM message",
    "INSERT INTO posting SELECT suite, message, 2, units, credit, 'U2', unit, code FROM posting",
    "INSERT INTO message_step SELECT suite, 3, message, at, 3, actor, note, seal FROM message_step WHERE number = 2",
    "INSERT INTO outbox_filling SELECT suite, number + 1, facts + 1, at, actor FROM outbox_filling",
    "INSERT INTO outbox_seal SELECT suite, position + 2, number, kind, seal FROM outbox_seal ORDER BY position DESC LIMIT 1",
    "INSERT INTO checkpoint SELECT suite, number + 1, facts, audit, messages, steps, fillings FROM checkpoint ORDER BY number DESC LIMIT 1",
    "INSERT INTO audit (suite, position, recorded, facts, format, kind, actor, workstation, body, seal) SELECT suite, position + 1, recorded, facts, 1, 5, actor, workstation, '{}', seal FROM audit ORDER BY position DESC LIMIT 1",
  ])
  func `a row that was not sealed before is refused`(sql: String) throws {
    let fixture = try ServerFixture()
    try fixture.fillOutbox()
    #expect(throws: (any Error).self) { try fixture.run(sql) }
    #expect(try fixture.open().verify().problems == [])
  }

  @Test func `a commit that would not wait for the disk is made to wait`() throws {
    let fixture = try ServerFixture(in: "record")
    let connection = try ServerConnection.open(
      fixture.server.address(of: fixture.suite), wanting: .primary)
    let number = try fixture.open().suiteNumber
    try connection.execute("SET synchronous_commit = off")
    try connection.execute("BEGIN")
    try connection.query("SELECT chairtime.hold($1::smallint)", [.integer(number)])
    let setting = try connection.first("SHOW synchronous_commit") {
      try $0.text("synchronous_commit")
    }
    #expect(setting == "on")
  }

  @Test func `values that a table refuses are refused before the server can write them to its log`()
    throws
  {
    let fixture = try ServerFixture(in: "record")
    let connection = try ServerConnection.open(
      fixture.server.address(of: fixture.suite), wanting: .primary)
    let number = try fixture.open().suiteNumber
    func append(_ kind: Int, actor: String, body: String) -> ServerFailure? {
      do {
        try connection.query(
          """
          SELECT chairtime.append($1::smallint, 0, ARRAY['s'], ARRAY[0],
            ARRAY[gen_random_uuid()], ARRAY[$2]::smallint[], ARRAY[1]::bigint[], ARRAY[1]::bigint[],
            ARRAY[1]::smallint[], ARRAY[$3], ARRAY['w'], ARRAY[NULL]::text[], ARRAY[$4],
            ARRAY[0], ARRAY['9'])
          """, [.integer(number), .integer(kind), .text(actor), .text(body)])
        return nil
      } catch {
        return error
      }
    }
    for (kind, actor, body) in [
      (0, "A. FICTION", "{}"), (64, "A. FICTION", "{}"), (1, "", "{}"),
      (1, String(repeating: "x", count: 257), "{}"), (1, "A. FICTION", "{\"mrn\":}"),
      (1, "A. FICTION", String(repeating: " ", count: 70_000) + "{}"),
      // An opening that cannot be read would be in the way of every list.
      (1, "A. FICTION", "{}"), (1, "A. FICTION", "[]"), (1, "A. FICTION", "{\"family\":1}"),
      (1, "A. FICTION", opening("\"born\":\"4 Feb\"")),
      (1, "A. FICTION", opening("\"born\":\"1961-02-30\"")),
      (1, "A. FICTION", opening("\"sex\":\"x\"")),
      (1, "A. FICTION", opening("\"inpatient\":-1")),
      (1, "A. FICTION", opening("\"payer\":1")),
      // What `CompactJSON` does not read, or reads otherwise than the server.
      (1, "A. FICTION", opening("\"family\":\"Other\"")),
      (1, "A. FICTION", opening("\"note\": 1")), (15, "A. FICTION", "{\"text\":null}"),
      (15, "A. FICTION", "{\"text\":\"\\ud800\"}"), (15, "A. FICTION", "{\"text\":\"\\n\"}"),
      (15, "A. FICTION", "{\"text\":\"\\u0000\"}"), (15, "A. FICTION", "{\"text\":1e999}"),
      (15, "A. FICTION", "{\"text\":[[[[[[[1]]]]]]]}"), (15, "A. FICTION", "{\"text\":\"x\"} }"),
    ] {
      #expect(
        append(kind, actor: actor, body: body) == .refused(state: "CT002", detail: nil), "\(body)")
    }
    #expect(append(1, actor: "A. FICTION", body: opening("\"born\":\"1961-02-28\"")) == nil)
    #expect(try fixture.open().board().count == 1)
  }

  private func opening(_ more: String) -> String {
    "{\"family\":\"Fiction\",\"given\":\"Ada\",\"mrn\":\"9\",\"visit\":\"V\",\"chair\":\"1\",\"zone\":\"UTC\","
      + "\"nurse\":\"A. FICTION\",\(more)}"
  }
}
