import InfusionRecord
import Interchange
import RecorderUI
import ScriptedProgram
import SQLiteStore
import SessionReview
import SessionStore
import TestSupport
import Testing

@testable import SuiteProgram

/// What goes into the outbox, and when it comes out again.
@Suite struct OutboxFillingTests {
  private let folder = TemporaryFolder()
  private let store: SQLiteStore

  init() throws {
    store = try SQLiteStore(StorePlace(path: folder.file("s.store")))
  }

  private static let at = RecordedTime(milliseconds: start.seconds * 1000)

  private func fill(_ days: ClosedRange<CivilDate>? = nil) throws -> OutboxFilling {
    var filling = try OutboxFilling(
      store, site: site, formulary: SampleRecord.formulary,
      under: .now(of: "R. SAMPLE", in: store, to: .export), at: Self.at)
    try filling.fill(days)
    return filling
  }

  /// Signs off the one session of the day by keys.
  private func signOff() throws {
    var program = try ScriptedProgram(on: store)
    program.press("d", "y", "Read", "Enter")
    #expect(program.loop.state.review?.page.count(.reviewed) == 1, "\(program)")
  }

  /// A session of 100 minutes, closed and signed off.
  private func signedSession() throws -> SampleRecord {
    let record = SampleRecord.closed("2026-11-23-one")
    try store.append(record.events, to: record.session, expecting: 0)
    try signOff()
    return record
  }

  /// Moves the stop to 08:50, and signs off again.
  private func correct(_ record: inout SampleRecord) throws {
    let version = try #require(try store.log(of: record.session)).version
    let stop = try #require(record.events.first { $0.fact.kind == .drugStopped })
    let events = [
      record.event(.sessionReopened, at: "15:00", reason: "stop misread"),
      record.event(
        .eventSuperseded(replaces: stop.id, replacement: stop.fact), at: "08:50",
        recorded: "15:01", reason: "stop misread"),
      record.event(.sessionClosed(answers: []), at: "15:02"),
    ]
    try store.append(events, to: record.session, expecting: version)
    try signOff()
  }

  @Test func `what is not signed off is left out`() throws {
    let record = SampleRecord.closed("2026-11-23-one")
    try store.append(record.events, to: record.session, expecting: 0)
    let filling = try fill(today...today)
    #expect(filling.held == [])
    #expect(filling.leftOut.unsigned == 1)
  }

  @Test func `a signed session is held once, however often it is filled`() throws {
    let record = try signedSession()
    let first = try fill(today...today)
    #expect(first.held.count == 1)
    #expect(first.leftOut == LeftOut())
    let again = try fill(today...today)
    #expect(again.held == [])
    #expect(again.withdrawn == 0)
    let entry = try #require(try store.entries(of: record.session).first)
    #expect(entry.message.postings.map(\.code) == ["96413", "96415"])
    #expect(entry.message.postings.allSatisfy { !$0.isCredit })
  }

  @Test func `a correction replaces what waits`() throws {
    var record = try signedSession()
    let first = try fill(today...today).held
    try correct(&record)
    // Without days, too: the session has a message.
    let second = try fill()
    #expect(second.withdrawn == 1)
    #expect(second.held.count == 1)
    #expect(second.held != first)
    let entries = try store.entries(of: record.session)
    #expect(entries.map(\.state) == [.withdrawn, .held])
    #expect(entries.last?.message.postings.map(\.code) == ["96413"])
  }

  @Test(arguments: [OutboxState.sent, .acknowledged])
  func `a correction of what was sent is a credit, whether it was answered or not`(
    state: OutboxState
  ) throws {
    var record = try signedSession()
    let first = try #require(try fill(today...today).held.first)
    try store.record(OutboxStep(.sent, at: Self.at, actor: "R. SAMPLE"), of: first, expecting: 1)
    if state == .acknowledged {
      try store.record(OutboxStep(state, at: Self.at, actor: "R. SAMPLE"), of: first, expecting: 2)
    }
    try correct(&record)
    let second = try fill()
    #expect(second.withdrawn == 0)
    #expect(second.held.count == 1)
    let entry = try #require(try store.entries(of: record.session).last)
    #expect(entry.message.postings.filter(\.isCredit).map(\.code).contains("96415"))
    #expect(try fill().held == [])
  }

  @Test func `a session reopened after it was held takes its message back`() throws {
    var record = try signedSession()
    _ = try fill(today...today)
    try store.append(
      [record.event(.sessionReopened, at: "15:00", reason: "stop misread")], to: record.session,
      expecting: try #require(try store.log(of: record.session)).version)
    let filling = try fill()
    #expect(filling.withdrawn == 1)
    #expect(filling.held == [])
  }
}
