import InfusionRecord
import SessionStore
import TestServer
import TestSupport
import Testing

@testable import PostgresStore

/// What a login can do to others on the server, and what its role in each suite is.
@Suite struct LoginTests {
  private func connection(_ fixture: ServerFixture, _ login: String) throws -> ServerConnection {
    try ServerConnection.open(
      fixture.server.address(of: "any", in: fixture.database, as: login), wanting: .primary)
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

  @Test func `locks that any login can take hold nobody up`() throws {
    let fixture = try ServerFixture(in: "record")
    try fixture.fill()
    let number = try fixture.open().suiteNumber
    let other = try connection(fixture, "test_verifier")
    try other.execute(
      """
      BEGIN; SELECT pg_advisory_lock(1128555105, \(number)), pg_advisory_lock(1128555105);
      LOCK TABLE chairtime.suite IN ACCESS SHARE MODE
      """)
    for sql in [
      "SELECT 1 FROM chairtime.suite FOR UPDATE", "SELECT 1 FROM chairtime.suite FOR KEY SHARE",
      "BEGIN; LOCK TABLE chairtime.suite IN ROW EXCLUSIVE MODE",
    ] {
      #expect(state(try connection(fixture, "test_recorder"), sql) == "42501", "\(sql)")
    }
    var address = fixture.server.address(of: fixture.suite)
    address.patience = 5
    var record = SampleRecord(session: "free", seed: 7)
    record.openWithPort()
    let store = try PostgresStore(address)
    try store.append(record.events, to: record.session, expecting: 0)
    try store.audit(
      AuditEntry(
        time: ServerFixture.at, actor: "R. SAMPLE", workstation: "w",
        action: .viewed(record.session)))
    try fixture.server.addSuite("beside-\(fixture.suite)")
  }

  @Test func `a login without a suite does not even connect`() throws {
    let fixture = try ServerFixture()
    try fixture.server.run("CREATE ROLE passer_by LOGIN")
    #expect(throws: StoreError.self) { _ = try connection(fixture, "passer_by") }
    #expect(state(try connection(fixture, "test_recorder"), "SELECT lo_creat(-1)") == "42501")
  }

  @Test func `a recorder cannot spoil the chain of the outbox`() throws {
    let fixture = try ServerFixture()
    try fixture.fillOutbox()
    let number = try fixture.open().suiteNumber
    let recorder = try connection(fixture, "test_recorder")
    let reviewer = try connection(fixture, "test_reviewer")
    let end = try recorder.number("SELECT outbox AS number FROM chairtime.suite")
    let seal = "decode(repeat('ab', 32), 'hex')"
    func add(_ kind: Int, _ row: Int) -> String {
      """
      BEGIN; SELECT chairtime.hold(\(number)::smallint);
      SELECT chairtime.add_outbox_seal(\(number)::smallint, \(end + 1), \(kind)::smallint, \(row), \(seal));
      COMMIT
      """
    }
    for kind in 1...4 { #expect(state(recorder, "ROLLBACK; " + add(kind, 999)) == "42501") }
    // A reviewer's seal needs its row at the end of the transaction; one of a checkpoint is the server's.
    for kind in 1...3 { #expect(state(reviewer, "ROLLBACK; " + add(kind, 999)) == "CT001") }
    #expect(state(reviewer, "ROLLBACK; " + add(4, 999)) == "CT002")
    _ = state(reviewer, "ROLLBACK")
    _ = state(recorder, "ROLLBACK")
    // Entries that are not there, and a list of sessions that nobody computed.
    for (values, code) in [
      ("1, 1000000, NULL", "CT002"), ("1000000, 1, NULL", "CT002"), ("1, 1, '{}'", "42501"),
    ] {
      #expect(
        state(recorder, "SELECT chairtime.add_checkpoint(\(number)::smallint, \(values))") == code)
    }
    #expect(
      state(recorder, "SELECT chairtime.add_checkpoint(\(number)::smallint, 1, 1, NULL)") == nil)
    let store = try fixture.open()
    #expect(try store.verify().problems == [])
    try store.checkChains()
  }

  @Test func `the role of a login is that of the suite, and can be lowered and taken away`() throws
  {
    let fixture = try ServerFixture()
    let other = "elsewhere"
    try fixture.run(try ServerSetup.adding(suite: other))
    func give(_ role: ServerSetup.TerminalRole, in suite: String) throws {
      try fixture.run(try ServerSetup.adding(terminal: "chair8", to: suite, as: role))
    }
    try give(.recorder, in: fixture.suite)
    try give(.reviewer, in: other)
    var record = SampleRecord(session: "mine", seed: 7)
    record.openWithPort()
    let store = try fixture.open(as: "chair8")
    try store.append(record.events, to: record.session, expecting: 0)
    func isForbidden(_ error: any Error) -> Bool {
      if case StoreError.forbidden = error { true } else { false }
    }
    func enrol() throws {
      try store.enrol(
        "R. SAMPLE", as: .supervisor, pin: ServerFixture.pin, by: "account", workstation: "w",
        at: ServerFixture.at)
    }
    #expect { try enrol() } throws: { isForbidden($0) }
    try give(.verifier, in: fixture.suite)
    let note = record.event(.noteAdded(text: "x", administration: nil), at: "09:00")
    #expect {
      try store.append([note], to: record.session, expecting: 2)
    } throws: { isForbidden($0) }
    #expect(try store.log(of: record.session)?.version == 2)
    try give(.reviewer, in: fixture.suite)
    try enrol()
    try fixture.run(try ServerSetup.removing(terminal: "chair8", from: fixture.suite))
    #expect(try store.log(of: record.session) == nil)
    // What a login without a role does not see is not taken for a record without people.
    #expect { _ = try store.people() } throws: { isForbidden($0) }
    #expect { _ = try store.restrictions() } throws: { isForbidden($0) }
    #expect { _ = try store.auditHead() } throws: { isForbidden($0) }
    #expect { _ = try store.head() } throws: { isForbidden($0) }
    #expect(throws: StoreError.self) {
      try fixture.run(try ServerSetup.removing(terminal: "chair8", from: fixture.suite))
    }
  }

  @Test func `a recorder sets no PIN and reopens nothing that was signed`() throws {
    let fixture = try ServerFixture()
    let reviewer = try fixture.open()
    var record = SampleRecord(session: "signed", seed: 7)
    record.openWithPort()
    record.add(.sessionClosed(answers: []), at: "12:00")
    let review = Review(statementHash: "ab", rulebook: "x", policy: [], reviewer: "R. SAMPLE")
    record.add(.sessionReviewed(review), at: "13:00")
    try reviewer.append(record.events, to: record.session, expecting: 0)
    let recorder = try fixture.open(as: "test_recorder")
    func isForbidden(_ error: any Error) -> Bool {
      if case StoreError.forbidden = error { true } else { false }
    }
    let reopening = record.event(.sessionReopened, at: "13:10")
    #expect {
      try recorder.append([reopening], to: record.session, expecting: record.events.count)
    } throws: { isForbidden($0) }
    #expect(
      state(
        try connection(fixture, "test_recorder"),
        """
        SELECT chairtime.add_audit(\(reviewer.suiteNumber)::smallint, 2::smallint, 1,
          'R. SAMPLE', 'w', 'R. SAMPLE', '{}')
        """) == "42501")
    try reviewer.append([reopening], to: record.session, expecting: record.events.count)
  }

  @Test func `a day comes with an opening and with nothing else`() throws {
    let fixture = try ServerFixture()
    try fixture.fill()
    let store = try fixture.open()
    #expect(
      state(
        try connection(fixture, "test_recorder"),
        """
        SELECT chairtime.append(\(store.suiteNumber)::smallint, 0, ARRAY['s1'], ARRAY[8],
          ARRAY[gen_random_uuid()], ARRAY[15]::smallint[], ARRAY[1]::bigint[], ARRAY[1]::bigint[],
          ARRAY[1]::smallint[], ARRAY['A. FICTION'], ARRAY['w'], ARRAY[NULL]::text[],
          ARRAY['{"text":"x"}'], ARRAY[5], ARRAY[NULL]::text[])
        """) == nil)
    #expect(try store.verify().problems == [])
    try store.checkChains()
  }

  @Test(arguments: ["chairtime_verifier", "chairtime_owner", "postgres", "PUBLIC", "pg_monitor"])
  func `a role of the server is no login of a machine`(name: String) throws {
    let fixture = try ServerFixture()
    #expect(throws: StoreError.self) {
      try ServerSetup.run(
        try ServerSetup.adding(terminal: name, to: fixture.suite, as: .reviewer),
        on: fixture.server.administrator(fixture.database))
    }
  }

  @Test func `rows that a rule swallows are not called recorded`() throws {
    let fixture = try ServerFixture()
    try fixture.fill()
    let store = try fixture.open()
    try fixture.run("CREATE RULE silent AS ON INSERT TO audit DO INSTEAD NOTHING")
    #expect(throws: StoreError.self) {
      try store.audit(
        AuditEntry(
          time: ServerFixture.at, actor: "R. SAMPLE", workstation: "w",
          action: .viewed(SessionID("s1"))))
    }
    try fixture.run(
      "DROP RULE silent ON audit; CREATE RULE silent AS ON INSERT TO fact DO INSTEAD NOTHING")
    var record = SampleRecord(session: "swallowed", seed: 9)
    record.openWithPort()
    #expect(throws: StoreError.self) {
      try store.append(record.events, to: record.session, expecting: 0)
    }
  }

  @Test func `a notification tells nobody how many facts there are`() throws {
    let fixture = try ServerFixture(in: "record")
    let store = try fixture.open()
    let listener = try connection(fixture, "test_verifier")
    try listener.execute("LISTEN chairtime_\(store.suiteNumber)")
    var record = SampleRecord(session: "s", seed: 5)
    record.openWithPort()
    try store.append(record.events, to: record.session, expecting: 0)
    _ = try store.head()
    let payloads = try (0..<100).lazy.compactMap { _ -> [String]? in
      let found = try listener.payloads()
      return found.isEmpty ? nil : found
    }.first
    #expect(payloads == [""])
  }
}

extension ServerConnection {
  /// The payloads of the notifications that came, after a short wait.
  fileprivate func payloads() throws -> [String] {
    guard let descriptor else { return [] }
    _ = Deadline(milliseconds: 100).wait(for: descriptor, reading: true)
    _ = try number("SELECT 1 AS number")
    return takePayloads()
  }
}
