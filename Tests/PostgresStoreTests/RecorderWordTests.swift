import InfusionRecord
import SessionStore
import TestServer
import TestSupport
import Testing

@testable import PostgresStore

/// What a recorder's login can say with SQL of its own: the server decides what it can, and refuses the rest.
@Suite struct RecorderWordTests {
  private let fixture: ServerFixture
  private let number: Int64

  init() throws {
    fixture = try ServerFixture()
    try fixture.fillOutbox()
    number = try fixture.open().suiteNumber
  }

  private func state(_ sql: String, as login: String = "test_recorder") throws -> String? {
    let connection = try ServerConnection.open(
      fixture.server.address(of: "any", in: fixture.database, as: login), wanting: .primary)
    do {
      try connection.execute(sql)
      return nil
    } catch {
      if case .refused(let state, _) = error { return state }
      return "lost"
    }
  }

  private func entry(_ kind: Int, person: String = "NULL", _ body: String) throws -> String? {
    try state(
      """
      SELECT chairtime.add_audit(\(number)::smallint, \(kind)::smallint, 1795500000123, 'N. NOBODY', 'w',
        \(person), '\(body)')
      """)
  }

  private func fact(
    _ session: String, after version: Int, _ kind: Int, _ body: String, minute: Int = 29_925_000,
    day: String = "NULL", mrn: String = "NULL"
  ) throws -> String? {
    let rights = try fixture.open().auditHead().count > 0 ? 1 : 0
    return try state(
      """
      SELECT chairtime.append(\(number)::smallint, \(rights), ARRAY['\(session)'], ARRAY[\(version)],
        ARRAY[gen_random_uuid()], ARRAY[\(kind)]::smallint[], ARRAY[\(minute)]::bigint[],
        ARRAY[1795500000123]::bigint[], ARRAY[1]::smallint[], ARRAY['N. NOBODY'], ARRAY['w'],
        ARRAY['because of it'], ARRAY['\(body)'], ARRAY[\(day)]::int[], ARRAY[\(mrn)]::text[])
      """)
  }

  /// Everything that one entry or fact could stop.
  private func expectThatAllGoesOn() throws {
    let store = try fixture.open()
    #expect(try store.verify().problems == [])
    try store.checkChains()
    #expect(
      try store.signIn("R. SAMPLE", ServerFixture.pin, workstation: "w", at: ServerFixture.at)
        == .signedIn(Person(name: "R. SAMPLE", role: .supervisor), pin: 1))
    #expect(try store.outboxDoubt() == nil)
    _ = try store.board()
    try store.auditEntries { _ in }
  }

  @Test func `an entry of a recorder carries what the server counts, whatever it says`() throws {
    for body in [
      "{}", #"{"session":1}"#, #"{"session":"s1","people":9}"#,
      #"{"session":"s1","failures":"3.abab"}"#,
      #"{"session":"s1","outbox":"999:abab"}"#, #"{"session":"s1","lists":".."}"#,
      #"{"session":"s1","persons":1}"#, #"{"session":"s1","session":"s2"}"#,
      #"{ "session":"s1"}"#, #"{"session":"s\u0031"}"#, #"{"session":null}"#, "[]", "{", "",
    ] {
      #expect(try entry(7, body) == "CT002", "\(body)")
    }
    #expect(try entry(7, person: "'R. SAMPLE'", #"{"session":"s1"}"#) == "CT002")
    // A name that nobody has: programs could compare its letters otherwise than the server.
    #expect(try entry(6, person: "'A. FICTION'", "{}") == "CT002")
    #expect(try entry(5, "{}") == "CT002")
    #expect(try entry(11, #"{"act":"anything"}"#) == "CT002")
    #expect(try entry(17, "{}") == "CT002")
    #expect(try entry(1, person: "'A. FICTION'", #"{"role":"supervisor"}"#) == "42501")
    try expectThatAllGoesOn()
    #expect(try entry(7, #"{"session":"s1"}"#) == nil)
    #expect(try entry(6, person: "'R. SAMPLE'", "{}") == nil)
    #expect(try entry(6, "{}") == nil)
    #expect(try entry(14, #"{"mrn":"9","session":"s1","reason":"help at the chair"}"#) == nil)
    try expectThatAllGoesOn()
  }

  @Test func `an opening is listed on its own day and under its own number`() throws {
    func body(_ mrn: String = "90000999", zone: String = "UTC") -> String {
      #"{"family":"Zed","given":"Q","mrn":"\#(mrn)","visit":"V","chair":"9","zone":"\#(zone)","#
        + #""nurse":"N. NOBODY"}"#
    }
    // 2026-11-23 20:00 UTC.
    let minute = 29_924_000 / 1440 * 1440 + 1200
    let day = minute / 1440
    for (body, day, mrn) in [
      (body(), "5", "'90000999'"), (body(), "\(day + 1)", "'90000999'"),
      (body(), "NULL", "'90000999'"),
      (body(), "\(day)", "'90000417'"), (body(), "\(day)", "NULL"),
      (body("AB-1"), "\(day)", "'AB-1'"), (body(zone: "Asia/Tokyo"), "\(day)", "'90000999'"),
    ] {
      #expect(
        try fact("zz", after: 0, 1, body, minute: minute, day: day, mrn: mrn) == "CT002",
        "\(body) \(day) \(mrn)")
    }
    #expect(
      try fact(
        "tokyo", after: 0, 1, body(zone: "Asia/Tokyo"), minute: minute, day: "\(day + 1)",
        mrn: "'90000999'")
        == nil)
    #expect(
      try fact("ab", after: 0, 1, body("AB-1"), minute: minute, day: "\(day)", mrn: "'ab-1'") == nil
    )
    try expectThatAllGoesOn()
  }

  @Test func `what was signed is changed by a reviewer's login alone`() throws {
    let reviewer = try fixture.open()
    var record = SampleRecord(session: "signed", seed: 7)
    record.actor = "R. SAMPLE"
    record.openWithPort()
    record.start("a1", "drug", at: "08:00")
    record.stop("a1", at: "09:00")
    record.add(.sessionClosed(answers: []), at: "12:00")
    let review = Review(statementHash: "ab", rulebook: "x", policy: [], reviewer: "R. SAMPLE")
    record.add(.sessionReviewed(review), at: "13:00")
    try reviewer.append(record.events, to: record.session, expecting: 0)
    let ids = record.events.map(\.id.text)
    let count = ids.count
    for (kind, body, wanted) in [
      (19, "{}", "42501"), (20, "{}", "42501"),
      (21, #"{"statement":"ab","rulebook":"x","policy":[],"by":"x"}"#, "42501"),
      (18, #"{"event":"\#(ids[count - 1])"}"#, "42501"), (18, #"{"event":"\#(ids[2])"}"#, "42501"),
      (5, #"{"adm":"a1"}"#, "42501"), (25, #"{"chair":"77"}"#, "42501"), (40, "{}", "42501"),
    ] as [(Int, String, String)] {
      #expect(try fact("signed", after: count, kind, body) == wanted, "\(kind) \(body)")
    }
    #expect(try fact("signed", after: count, 15, #"{"text":"x"}"#) == nil)
    #expect(try reviewer.log(of: record.session)?.status == .reviewed)
    try expectThatAllGoesOn()
  }

  @Test func `a correction is of a fact of its session, by one of its kind`() throws {
    let reviewer = try fixture.open()
    var record = SampleRecord(session: "mine", seed: 8)
    record.actor = "R. SAMPLE"
    record.openWithPort()
    record.start("a1", "drug", at: "08:00")
    record.add(.sessionClosed(answers: []), at: "12:00")
    record.add(.sessionReopened, at: "12:10")
    try reviewer.append(record.events, to: record.session, expecting: 0)
    let ids = record.events.map(\.id.text)
    let count = ids.count
    let other = try #require(try reviewer.log(of: SessionID("s1"))?.events.last).id.text
    for body in [
      #"{"event":"\#(ids[count - 1])"}"#, #"{"event":"\#(ids[count - 2])"}"#,
      #"{"event":"\#(ids[0])"}"#,
      #"{"event":"\#(other)"}"#, #"{"event":"x"}"#, "{}",
      #"{"event":"\#(ids[2])","kind":"sessionClosed","fact":{}}"#,
      #"{"event":"\#(ids[2])","kind":"sessionReviewed","fact":{}}"#,
      #"{"event":"\#(ids[2])","kind":"eventSuperseded","fact":{}}"#,
      #"{"event":"\#(ids[0])","kind":"sessionOpened","fact":{}}"#,
      #"{"event":"\#(ids[2])","kind":"sessionOpened","fact":{"family":"Zed","given":"Q","mrn":"9","visit":"V","chair":"9","zone":"UTC","nurse":"N"}}"#,
    ] {
      #expect(
        try fact("mine", after: count, 18, body, minute: 1, day: "0", mrn: "'9'") == "CT002",
        "\(body)")
      #expect(try fact("mine", after: count, 18, body) == "CT002", "\(body)")
    }
    #expect(try fact("mine", after: count, 18, #"{"event":"\#(ids[2])"}"#) == nil)
    try expectThatAllGoesOn()
  }
}
