import InfusionRecord
import SessionStore
import Synchronization
import TestServer
import TestSupport
import Testing

@testable import PostgresStore

/// Each way in which a person who owns the server could change the record.
@Suite struct ServerTamperTests {
  @Test func `an untouched record is whole`() throws {
    let fixture = try ServerFixture()
    let head = try fixture.fill()
    let found = try fixture.open(.examining).verify(against: head)
    #expect(found.problems == [])
    #expect(found.head == head)
    #expect(found.head.count == 24)
  }

  @Test func `an altered fact is named`() throws {
    let fixture = try ServerFixture()
    try fixture.fill()
    for change in [
      "minute = minute + 1", "recorded = recorded + 1", "basis = 6", "kind = 4",
      "actor = 'N. NOBODY'", "workstation = 'w'", "reason = 'because'", "body = '{\"adm\":\"a9\"}'",
      "id = gen_random_uuid()", "seal = sha256(seal)",
    ] {
      try fixture.tamper(
        """
        CREATE TABLE kept AS SELECT * FROM fact; UPDATE fact SET \(change) WHERE position = 12
        """)
      let first = try fixture.open(.examining).verify().problems.first
      #expect(first?.kind == .altered, "\(change)")
      #expect(first?.position == 12, "\(change)")
      try fixture.tamper(
        "DELETE FROM fact; INSERT INTO fact SELECT * FROM kept; DROP TABLE kept")
    }
    #expect(try fixture.open(.examining).verify().problems == [])
  }

  @Test(arguments: [
    ("DELETE FROM fact WHERE position IN (12, 13)", Verification.Problem.Kind.removed, 12),
    (
      "DELETE FROM fact WHERE position = 12; UPDATE fact SET position = -position WHERE position > 12;",
      .removed, 12
    ),
    (
      "UPDATE fact SET position = 99 WHERE position = 12; UPDATE fact SET position = 12 WHERE position = 13; UPDATE fact SET position = 13 WHERE position = 99",
      .reordered, 12
    ),
    ("UPDATE fact SET session = 2, number = 99 WHERE position = 12", .removed, 12),
    ("UPDATE session SET id = 'other' WHERE number = 2", .altered, 3),
  ])
  func `facts that were removed, moved or given to another session are named`(
    sql: String, kind: Verification.Problem.Kind, position: Int
  ) throws {
    let fixture = try ServerFixture()
    try fixture.fill()
    try fixture.tamper(
      sql.contains("-position")
        ? "ALTER TABLE fact DROP CONSTRAINT fact_position_check; " + sql
          + "UPDATE fact SET position = -position - 1 WHERE position < 0" : sql)
    let first = try fixture.open(.examining).verify().problems.first
    #expect(first?.kind == kind)
    #expect(first?.position == position)
  }

  @Test func `a cut tail is found by the suite's row, and behind that by a head written down`()
    throws
  {
    let fixture = try ServerFixture()
    let head = try fixture.fill()
    try fixture.tamper("DELETE FROM fact WHERE position > 22")
    #expect { _ = try fixture.open() } throws: { error in
      if case StoreError.endMissing(_, .facts, 22, 24) = error { true } else { false }
    }
    try fixture.tamper(
      """
      UPDATE suite SET facts = 22, seal = (SELECT seal FROM fact WHERE position = 22);
      UPDATE session AS s
        SET version = (SELECT max(fact.number) FROM fact WHERE fact.session = s.number)
      """)
    let store = try fixture.open(.examining)
    #expect(try store.verify().problems == [])
    let first = try store.verify(against: head).problems.first
    #expect(first?.kind == .tailCut)
    #expect(first?.position == 23)
  }

  @Test(arguments: [
    "UPDATE session SET day = day + 1 WHERE number = 2",
    "UPDATE suite SET sessions = 0",
    "UPDATE session SET status = 1 WHERE number = 2",
    "UPDATE session SET version = 9 WHERE number = 2",
    "UPDATE visit SET mrn = 'other' WHERE session = 2",
    "DELETE FROM visit WHERE session = 2",
  ])
  func `a list that does not agree with the facts is found, and nothing is exported`(sql: String)
    throws
  {
    let fixture = try ServerFixture()
    try fixture.fill()
    try fixture.tamper(sql)
    #expect(try fixture.open(.examining).verify().problems.map(\.kind) == [.index])
    if !sql.contains("mrn"), !sql.contains("suite") {
      #expect(throws: StoreError.self) { try fixture.open().checkChains() }
    }
  }

  @Test(arguments: [
    "UPDATE audit SET kind = 5 WHERE kind = 1", "UPDATE audit SET recorded = recorded + 1",
    "UPDATE audit SET person = NULL WHERE position = 1", "DELETE FROM audit WHERE position = 1",
    "UPDATE audit SET body = replace(body, 'supervisor', 'nurse')", "UPDATE audit SET facts = 0",
    "UPDATE message SET content = '\\x00'", "UPDATE message SET state = 3",
    "UPDATE message_step SET note = 'AE'", "UPDATE posting SET units = 9",
    "UPDATE outbox_filling SET facts = 1",
    "UPDATE checkpoint SET facts = facts - 1 WHERE facts > 0",
    "UPDATE outbox_seal SET seal = sha256(seal) WHERE position = 2",
    "DELETE FROM checkpoint WHERE number = 1",
  ])
  func `a change of the audit record or of the outbox is found`(sql: String) throws {
    let fixture = try ServerFixture()
    try fixture.fillOutbox()
    try fixture.tamper(sql)
    #expect(try !fixture.open(.examining).verify().isWhole)
  }

  @Test(arguments: [
    "UPDATE audit SET person = 'R. SAMPLE' WHERE position IN (4, 5, 6)",
    "UPDATE audit SET person = 'N. NOBODY' WHERE position = 4",
    "UPDATE audit SET kind = 7 WHERE position IN (4, 5, 6)",
    "UPDATE audit SET person = 'M. OTHER' WHERE position = 7",
    """
    UPDATE audit SET position = 99 WHERE position = 2; UPDATE audit SET position = 2 WHERE position = 5;
    UPDATE audit SET position = 5 WHERE position = 99
    """,
  ])
  func `wrong PINs that do not count for a moment stop the sign-in`(sql: String) throws {
    let fixture = try ServerFixture()
    let store = try fixture.open()
    let at = ServerFixture.at
    let wrong = PIN(typed: "135790")
    try store.enrol(
      "R. SAMPLE", as: .supervisor, pin: ServerFixture.pin, by: "account", workstation: "w", at: at)
    try store.audit(
      AuditEntry(
        time: at, actor: "R. SAMPLE", workstation: "w", action: .viewed(SessionID("s1"))))
    try store.enrol(
      "M. OTHER", as: .nurse, pin: PIN(typed: "975318"), by: "R. SAMPLE", workstation: "w", at: at)
    for _ in 0..<3 { _ = try store.signIn("M. OTHER", wrong, workstation: "w", at: at) }
    _ = try store.signIn("R. SAMPLE", ServerFixture.pin, workstation: "w", at: at)
    let later = RecordedTime(milliseconds: at.milliseconds + 6_000)
    #expect(try store.signIn("M. OTHER", wrong, workstation: "w", at: later) == .wrong)
    #expect(try store.signIn("M. OTHER", wrong, workstation: "w", at: later) == .wait(seconds: 15))
    store.close()
    try fixture.tamper(sql)
    #expect(throws: StoreError.self) {
      _ = try fixture.open().signIn("M. OTHER", wrong, workstation: "w", at: later)
    }
    #expect(throws: StoreError.self) { try fixture.open().auditEntries { _ in } }
  }

  @Test func `without its audit record a store enrols nobody and exports nothing`() throws {
    let fixture = try ServerFixture()
    try fixture.fillOutbox()
    try fixture.tamper(
      "DELETE FROM audit; UPDATE suite SET audit = 0, audit_seal = decode(repeat('00', 32), 'hex')")
    let store = try fixture.open()
    func isAltered(_ error: any Error) -> Bool {
      if case StoreError.altered = error { true } else { false }
    }
    #expect { _ = try store.people() } throws: { isAltered($0) }
    #expect { try store.checkChains() } throws: { isAltered($0) }
  }

  @Test func `without its outbox a store exports nothing, and records on`() throws {
    let fixture = try ServerFixture()
    try fixture.fillOutbox()
    try fixture.tamper(
      """
      DELETE FROM checkpoint; DELETE FROM outbox_filling; DELETE FROM message_step;
      DELETE FROM posting; DELETE FROM message; DELETE FROM outbox_seal;
      UPDATE suite SET outbox = 0, outbox_seal = decode(repeat('00', 32), 'hex')
      """)
    let store = try fixture.open()
    #expect(throws: StoreError.self) { try store.checkChains() }
    #expect(try store.outboxDoubt()?.contains("of the outbox") == true)
    var record = SampleRecord(session: "s1", seed: 2)
    record.actor = "R. SAMPLE"
    let note = record.add(.noteAdded(text: "seen", administration: nil), at: "07:10")
    try store.append([note], to: record.session, expecting: 2)
  }

  @Test(arguments: [
    ("ALTER TABLE fact DISABLE TRIGGER fact_is_kept", "trigger fact_is_kept of fact"),
    ("ALTER TABLE fact ENABLE TRIGGER fact_is_kept", "trigger fact_is_kept of fact"),
    ("DROP TRIGGER audit_is_appended ON audit", "trigger audit_is_appended of audit"),
    (
      "CREATE OR REPLACE FUNCTION never() RETURNS trigger LANGUAGE plpgsql SET search_path = chairtime, pg_temp AS 'BEGIN RETURN NEW; END'",
      "function never"
    ),
    ("GRANT UPDATE ON fact TO chairtime_recorder", "right of chairtime_recorder to fact"),
    ("GRANT EXECUTE ON FUNCTION hold TO PUBLIC", "right of everybody to call hold"),
    ("ALTER TABLE fact DISABLE ROW LEVEL SECURITY", "row-level security of fact"),
    ("CREATE POLICY all_of_it ON fact USING (true)", "policy all_of_it of fact"),
    ("ALTER FUNCTION append SECURITY INVOKER", "function append"),
    // Triggers that still stand, and guard nothing.
    (
      "DROP TRIGGER fact_is_kept ON fact; CREATE TRIGGER fact_is_kept BEFORE UPDATE OR DELETE ON fact FOR EACH ROW WHEN (false) EXECUTE FUNCTION never(); ALTER TABLE fact ENABLE ALWAYS TRIGGER fact_is_kept",
      "trigger fact_is_kept of fact"
    ),
    (
      "DROP TRIGGER audit_is_kept ON audit; CREATE TRIGGER audit_is_kept BEFORE TRUNCATE ON audit EXECUTE FUNCTION never(); ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_is_kept",
      "trigger audit_is_kept of audit"
    ),
    (
      "CREATE SCHEMA evil; CREATE FUNCTION evil.never() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; DROP TRIGGER fact_is_kept ON fact; CREATE TRIGGER fact_is_kept BEFORE UPDATE OR DELETE ON fact FOR EACH ROW EXECUTE FUNCTION evil.never(); ALTER TABLE fact ENABLE ALWAYS TRIGGER fact_is_kept",
      "trigger fact_is_kept of fact"
    ),
    // Who may see and do what.
    (
      "DROP POLICY own ON fact; CREATE POLICY own ON fact FOR SELECT USING (true)",
      "policy own of fact"
    ),
    ("GRANT UPDATE (body, seal) ON fact TO chairtime_recorder", "to the column body of fact"),
    (
      "GRANT CREATE ON SCHEMA chairtime TO chairtime_recorder",
      "right of chairtime_recorder to the schema"
    ),
    ("GRANT USAGE ON SCHEMA chairtime TO PUBLIC", "right of everybody to the schema"),
    ("ALTER TABLE fact OWNER TO test_recorder", "table fact"),
    ("ALTER FUNCTION never() OWNER TO test_recorder", "function never"),
    (
      "DO $$ BEGIN EXECUTE format('GRANT CONNECT ON DATABASE %I TO PUBLIC', current_database()); END $$",
      "right of everybody to the database"
    ),
    // What lies between the record and its readers.
    ("CREATE VIEW looked AS SELECT * FROM fact", "view looked"),
    ("CREATE RULE silent AS ON INSERT TO audit DO INSTEAD NOTHING", "rule silent of audit"),
    ("CREATE TABLE more () INHERITS (fact)", "descendant chairtime.more of fact"),
    (
      "CREATE FUNCTION append(a int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
      "second function append"
    ),
    // What a row may hold.
    ("ALTER TABLE fact ALTER login SET DEFAULT 'chair9'", "column login of fact"),
    ("ALTER TABLE fact ALTER reason TYPE varchar(9)", "column reason of fact"),
    ("ALTER TABLE fact ALTER actor DROP NOT NULL", "column actor of fact"),
    ("ALTER TABLE fact ADD spare int", "column spare of fact"),
    ("ALTER TABLE fact DROP CONSTRAINT fact_kind_check", "constraint fact_kind_check of fact"),
    (
      "ALTER TABLE fact DROP CONSTRAINT fact_kind_check; ALTER TABLE fact ADD CONSTRAINT fact_kind_check CHECK (kind > 0)",
      "constraint fact_kind_check of fact"
    ),
    ("ALTER TABLE fact DROP CONSTRAINT fact_pkey", "constraint fact_pkey of fact"),
    ("ALTER TABLE posting DISABLE TRIGGER ALL", "constraint posting_suite_message_fkey of posting"),
    ("ALTER TABLE posting SET UNLOGGED", "table posting"),
    ("DROP INDEX session_open", "index session_open"),
    ("ALTER FUNCTION my_suites() IMMUTABLE", "function my_suites"),
    ("ALTER FUNCTION allow(smallint, text) STRICT", "function allow"),
  ])
  func `a guard that was taken off, weakened or got round is named`(sql: String, part: String)
    throws
  {
    let fixture = try Self.guarded.get()
    // One after the other, and undone: a database of its own for each takes long.
    let sentences = try Self.turn.withLock { _ in
      let connection = try ServerConnection.open(
        fixture.server.administrator(fixture.database), wanting: .primary)
      defer { connection.close() }
      try connection.execute("BEGIN; SET LOCAL search_path = chairtime; \(sql)")
      return try SchemaParts(connection).differences(from: .wanted(on: true))
    }
    #expect(
      sentences.contains { $0.contains(part) && $0.hasPrefix("The ") }, "\(sentences)")
  }

  private static let guarded = Result { try ServerFixture() }
  private static let turn = Mutex(())

  @Test(arguments: [
    "ALTER TABLE fact DISABLE TRIGGER fact_is_kept",
    "DROP POLICY own ON fact; CREATE POLICY own ON fact FOR SELECT USING (true)",
  ])
  func `with a guard off verify tells, and no program records or reads`(sql: String) throws {
    let fixture = try ServerFixture()
    try fixture.fill()
    try fixture.run(sql)
    let problems = try fixture.open(.examining).verify().problems
    #expect(problems.map(\.kind) == [.schema])
    for mode in [StoreMode.readWrite, .readOnly] {
      #expect { _ = try fixture.open(mode) } throws: { error in
        if case StoreError.altered = error { true } else { false }
      }
    }
  }

  @Test func `a terminal's login that may do more than its role is named`() throws {
    let fixture = try ServerFixture()
    try fixture.fill()
    let administrator = fixture.server.administrator(fixture.database)
    func problems() throws -> [String] {
      try SchemaParts(ServerConnection.open(administrator, wanting: .any))
        .differences(from: .wanted(on: true))
    }
    #expect(try problems() == [])
    try fixture.run(
      "CREATE ROLE climber LOGIN; INSERT INTO member VALUES ('climber', $suite, 'recorder')")
    #expect(try problems() == [])
    let part =
      "The right of the login climber beyond its role is not part of this program's database."
    for (given, taken) in [
      ("ALTER ROLE climber BYPASSRLS", "ALTER ROLE climber NOBYPASSRLS"),
      ("ALTER ROLE climber SUPERUSER", "ALTER ROLE climber NOSUPERUSER"),
      ("GRANT chairtime_owner TO climber", "REVOKE chairtime_owner FROM climber"),
    ] {
      try fixture.run(given)
      #expect(try problems() == [part])
      try fixture.run(taken)
    }
    #expect(try problems() == [])
  }
}
