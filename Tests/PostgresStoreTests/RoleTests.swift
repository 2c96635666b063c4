import InfusionRecord
import SessionStore
import TestServer
import TestSupport
import Testing

@testable import PostgresStore

/// What each role of the server may do, and that nobody may do more.
@Suite struct RoleTests {
  private static let roles = ServerSetup.TerminalRole.allCases

  private func connection(_ login: String) throws -> ServerConnection {
    let address = try TestServer.shared(.c).address(of: "any", as: login)
    return try ServerConnection.open(address, wanting: .primary)
  }

  private func state(_ connection: ServerConnection, _ sql: String) -> String? {
    do {
      try connection.execute(sql)
      return nil
    } catch {
      if case .refused(let state, _) = error { return state }
      return "lost"
    }
  }

  @Test(arguments: roles)
  func `no role writes a table, whatever the statement`(role: ServerSetup.TerminalRole) throws {
    let connection = try connection("test_\(role.rawValue)")
    for table in ServerSchema.suiteTables.map(\.name) + ["member", "schema_version"] {
      let column = table == "member" || table == "fact" ? "login = login" : ""
      for sql in [
        "INSERT INTO chairtime.\(table) DEFAULT VALUES", "DELETE FROM chairtime.\(table)",
        "TRUNCATE chairtime.\(table)", "ALTER TABLE chairtime.\(table) DISABLE TRIGGER ALL",
        "DROP TABLE chairtime.\(table)",
        "DO $$ BEGIN LOCK TABLE chairtime.\(table) IN EXCLUSIVE MODE; END $$",
      ] + (column.isEmpty ? [] : ["UPDATE chairtime.\(table) SET \(column)"]) {
        #expect(state(connection, sql) == "42501", "\(sql)")
      }
    }
  }

  @Test(arguments: roles)
  func `a role calls the functions that are given to it`(role: ServerSetup.TerminalRole) throws {
    let connection = try connection("test_\(role.rawValue)")
    for function in ServerSchema.functions {
      let isAllowed =
        function.callers.contains { $0.rawValue == "chairtime_\(role.rawValue)" }
        || role == .reviewer && function.callers.contains(.recorder)
      let found = try connection.first(
        """
        SELECT has_function_privilege(oid, 'EXECUTE') AS may FROM pg_proc
        WHERE pronamespace = 'chairtime'::regnamespace AND proname = $1::text
        """, [.text(function.name)]
      ) { try $0.flag("may") }
      #expect(found == isAllowed, "\(function.name)")
    }
  }

  @Test(arguments: roles)
  func `no role makes anything in the database`(role: ServerSetup.TerminalRole) throws {
    let connection = try connection("test_\(role.rawValue)")
    for sql in [
      "CREATE TEMP TABLE suite (number int)", "CREATE TABLE chairtime.other (number int)",
      "CREATE TABLE public.other (number int)", "CREATE SCHEMA other",
      "CREATE FUNCTION chairtime.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
      "COPY chairtime.fact TO PROGRAM 'true'", "SET ROLE chairtime_owner",
      "SET session_replication_role = replica",
    ] {
      #expect(state(connection, sql) == "42501", "\(sql)")
    }
  }

  @Test func `a suite is invisible to the login of another`() throws {
    let fixture = try ServerFixture(in: "record")
    try fixture.fill()
    try fixture.server.run(
      """
      CREATE ROLE stranger LOGIN; GRANT chairtime_reviewer TO stranger;
      INSERT INTO chairtime.suite (number, id) SELECT max(number) + 1000, 'elsewhere'
        FROM chairtime.suite;
      INSERT INTO chairtime.member (login, suite, role)
        SELECT 'stranger', number, 'reviewer' FROM chairtime.suite WHERE id = 'elsewhere';
      """)
    let stranger = try connection("stranger")
    for table in ServerSchema.suiteTables where table.name != "suite" {
      let count = try stranger.number("SELECT count(*) AS number FROM chairtime.\(table.name)")
      #expect(count == 0, "\(table.name)")
    }
    let suites = try stranger.all("SELECT id FROM chairtime.suite") { try $0.text("id") }
    #expect(suites == ["elsewhere"])
    #expect { _ = try fixture.open(as: "stranger") } throws: { error in
      if case StoreError.missing = error { true } else { false }
    }
    let number = try fixture.open().suiteNumber
    for call in [
      "hold(\(number)::smallint)",
      "add_audit(\(number)::smallint, 5::smallint, 1, 'a', 'w', NULL, '{}')",
      "append(\(number)::smallint, 0, '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', "
        + "'{}', '{}', '{}')",
    ] {
      #expect(state(stranger, "SELECT chairtime.\(call)") == "42501", "\(call)")
    }
  }

  @Test func `a recorder records and does not sign off, a verifier only reads`() throws {
    let fixture = try ServerFixture(in: "record")
    try fixture.fill()
    var record = SampleRecord(session: "mine", seed: 7)
    record.openWithPort()
    let recorder = try fixture.open(as: "test_recorder")
    try recorder.append(record.events, to: record.session, expecting: 0)
    let review = Review(statementHash: "ab", rulebook: "x", policy: [], reviewer: "R. SAMPLE")
    let signature = record.event(.sessionReviewed(review), at: "13:00")
    func isForbidden(_ error: any Error) -> Bool {
      if case StoreError.forbidden = error { true } else { false }
    }
    #expect {
      try recorder.append([signature], to: record.session, expecting: 2)
    } throws: { isForbidden($0) }
    let verifier = try fixture.open(as: "test_verifier")
    #expect(try verifier.verify().isWhole)
    #expect(try verifier.log(of: record.session)?.version == 2)
    let note = record.event(.noteAdded(text: "x", administration: nil), at: "09:00")
    #expect {
      try verifier.append([note], to: record.session, expecting: 2)
    } throws: { isForbidden($0) }
    #expect {
      try verifier.audit(
        AuditEntry(
          time: ServerFixture.at, actor: "R. SAMPLE", workstation: "w",
          action: .viewed(record.session)))
    } throws: { isForbidden($0) }
  }
}
