import Foundation
import InfusionRecord
import Interchange
import RecorderUI
import SQLiteStore
import ScriptedProgram
import SessionReview
import SessionStore
import TerminalCore
import TestSupport
import Testing
import TimelineEngine

@testable import SuiteProgram

/// The review by keys, on a real store and with a driven clock.
struct ReviewScreenTests {
  /// The program on a store on disk, driven by a script.
  final class Table {
    let folder: TemporaryFolder
    let store: SQLiteStore
    let site: Site
    var program: ScriptedProgram
    /// 23-Nov-2026, 16:00 UTC.
    static let now = Instant(seconds: 1_795_449_600)

    init(
      folder: TemporaryFolder = TemporaryFolder(), actor: String = "R. Quell",
      site text: String = ""
    ) throws {
      self.folder = folder
      let place = StorePlace(path: folder.file("chair.store"))
      store = try SQLiteStore(place)
      site = Site(
        configuration: try SiteConfiguration(Array(text.utf8), file: "site.toml"), clock: .utc)
      let now = RecordedTime(milliseconds: Table.now.seconds * 1000)
      var state = RecorderState(
        suite: site.suite, formulary: .starter, actor: Actor(name: actor, workstation: "ws-1"),
        size: Size(columns: 80, rows: 24), glyphs: .unicode, now: now, seed: 7)
      state.exportFolder = folder.file("exports")
      let files = FileOrders(
        site: site, formulary: .starter, workstation: Workstation(name: "ws-1") { now }
      ) { try SQLiteStore(place, mode: .readOnly) }
      program = ScriptedProgram(
        state: state, store: store, audit: store, site: site,
        jobs: BackgroundJobs(start: { $0() }, perform: files.write))
      try program.loop.start()
    }

    var state: RecorderState { program.loop.state }
    var words: String { program.words }

    func press(_ keys: String...) { program.press(keys) }

    /// Waits until the loop has looked for what other processes recorded.
    func follow() { program.wait(.seconds(10)) }

    /// A closed session of `minutes` of a drug, opened at 8.
    @discardableResult
    func session(
      _ name: String, minutes: Int, drug: String = "paclitaxel", payer: String? = nil
    ) throws -> SessionID {
      var record = SampleRecord(
        session: name, zone: "UTC", seed: name.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
      var opening = SampleRecord.opening
      opening.payer = payer
      record.add(.sessionOpened(opening), at: "08:00")
      record.add(.siteOpened(SiteOpening(site: "port", kind: .port)), at: "08:00")
      record.start("a1", drug, at: "08:10")
      record.stop("a1", at: clock(8 * 60 + 10 + minutes))
      record.add(.sessionClosed(answers: []), at: clock(8 * 60 + 20 + minutes))
      try store.append(record.events, to: record.session, expecting: 0)
      return record.session
    }

    private func clock(_ minute: Int) -> String {
      String(format: "%02d:%02d", minute / 60, minute % 60)
    }

    /// A fact from another workstation, which this screen has not followed yet.
    func add(
      _ fact: Fact, to session: SessionID, at moment: Instant = Table.now,
      actor: String = "T. Sample",
      reason: String? = nil
    ) throws {
      guard let log = try store.log(of: session) else { return }
      var numbers = SystemRandomNumberGenerator()
      let recorded = RecordedTime(milliseconds: Table.now.seconds * 1000 + Int64(log.version))
      let event = Event(
        id: Event.ID(at: recorded, using: &numbers), session: session, clinicalTime: moment,
        recordedTime: recorded, actor: actor, workstation: "ws-2", reason: reason, fact: fact)
      try store.append([event], to: session, expecting: log.version)
    }

    /// What a reviewer would sign of a session now, worked out as the command does.
    func due(_ session: SessionID) throws -> Review? {
      guard let log = try store.log(of: session) else { return nil }
      var derivation = SessionDerivation(
        formulary: .starter, policies: site.policies, now: Table.now)
      return SignOffOffer(derivation.statement(of: log.withoutReviews)).review(by: state.actor.name)
    }

    func review(_ session: SessionID) throws -> Review? { try store.log(of: session)?.review }
  }

  @Test func `what is signed is what the command would sign, and stands`() throws {
    let it = try Table()
    let id = try it.session("2026-11-23-one", minutes: 160)
    let due = try #require(try it.due(id))
    it.press("d")
    #expect(it.words.contains("1 session · 0 need you · 1 clean · 0 reviewed · 0 open"))
    it.press("y", "Read")
    #expect(it.words.contains("statement \(due.statementHash.prefix(12)), rulebook 2026.1"))
    it.press("Enter")
    #expect(try it.review(id) == due)
    #expect(it.state.review?.page.count(.reviewed) == 1)
    #expect(it.state.review?.page.totals.lines.map(\.postable) == [1, 2])
    var derivation = SessionDerivation(
      formulary: .starter, policies: it.site.policies, now: Table.now)
    let log = try #require(try it.store.log(of: id))
    #expect(derivation.session(log).standing.isSignedOff)
    // What is read after is what was signed.
    it.press("e")
    #expect(it.state.currentSession?.statement.rulebook == due.rulebook)
    #expect(
      try #require(it.state.currentSession).statement.digest == due.statementHash)
  }

  @Test func `days nobody looks at take up a fact when there is time, those on screen at once`()
    throws
  {
    let it = try Table()
    let id = try it.session("2026-11-23-one", minutes: 100)
    var desk = ReviewDesk(store: it.store, site: it.site, formulary: .starter, now: Table.now)
    let day = CivilDate(dayNumber: 20_780)
    try desk.open(day...day, now: Table.now, budget: .seconds(60))
    try it.add(.sessionReopened, to: id, reason: "a drug was missing")
    let logs = try [id].compactMap { try it.store.log(of: $0) }
    desk.refresh(logs, isLookedAt: false)
    #expect(desk.isBusy)
    #expect(desk.page?.rows.map(\.need) == [.clean])
    #expect(try desk.work(now: Table.now, budget: .seconds(60)))
    #expect(desk.page?.rows.map(\.need) == [.open])
    #expect(desk.page?.sessions == 1)
    try it.add(.sessionClosed(answers: []), to: id)
    desk.refresh(try [id].compactMap { try it.store.log(of: $0) }, isLookedAt: true)
    #expect(desk.page?.rows.map(\.need) == [.clean])
  }

  @Test func `all clean ones are signed each under its own hash; a conflict leaves the others`()
    throws
  {
    let it = try Table()
    let ids = try ["a", "b", "c"].enumerated().map {
      try it.session("2026-11-23-\($0.element)", minutes: 100 + $0.offset * 60)
    }
    let dues = try ids.map { try it.due($0) }
    it.press("d", "Y")
    #expect(it.words.contains("3 sessions without a question"))
    try it.add(.sessionReopened, to: ids[1], reason: "a drug was missing")
    it.press("Enter")
    #expect(it.words.contains("Signed off 2 sessions. Not signed: TESTER, Amara changed meanwhile"))
    #expect(try it.review(ids[0]) == dues[0])
    #expect(try it.review(ids[1]) == nil)
    #expect(try it.review(ids[2]) == dues[2])
    #expect(Set(dues.compactMap { $0?.statementHash }).count == 3)
    #expect(it.state.review?.row(of: ids[1])?.need == .open)
  }

  @Test func `a session changed since its review shows the difference in units`() throws {
    let it = try Table()
    let id = try it.session("2026-11-23-one", minutes: 160)
    it.press("d", "y", "Read", "Enter", "r", "time", "Enter", "Enter")
    let log = try #require(try it.store.log(of: id))
    #expect(log.status == .open)
    let stop = try #require(log.events.first { $0.fact.kind == .drugStopped })
    try it.add(
      .eventSuperseded(replaces: stop.id, replacement: stop.fact), to: id,
      at: stop.clinicalTime + -80 * 60, reason: "stop misread")
    try it.add(.sessionClosed(answers: []), to: id)
    it.follow()
    let row = try #require(it.state.review?.row(of: id))
    #expect(row.isChanged)
    #expect(row.standing.text == "changed since review")
    #expect(
      row.standing.changes.contains { $0.contains("fell from 2 to 0") },
      "\(row.standing.changes)")
    #expect(it.words.contains("It was reopened and closed again."))
    let first = try #require(try it.store.log(of: id)).events.filter {
      $0.fact.kind == .sessionReviewed
    }
    it.press("y", "Read", "Enter")
    #expect(try it.review(id)?.statementHash != nil)
    let both = try #require(try it.store.log(of: id)).events.filter {
      $0.fact.kind == .sessionReviewed
    }
    #expect(both.count == 2 && both.first == first.first)
  }

  @Test func `who was slower on one session is told who was faster`() throws {
    let it = try Table()
    let id = try it.session("2026-11-23-one", minutes: 160)
    let due = try #require(try it.due(id))
    it.press("d", "y", "Read")
    var others = due
    others.reviewer = "S. Visor"
    try it.add(.sessionReviewed(others), to: id, actor: "S. Visor")
    it.press("Enter")
    #expect(
      it.words.contains("This session changed meanwhile (session reviewed by S. Visor, 16:00)"))
    it.press("Esc", "y", "Read")
    #expect(it.words.contains("It is signed off already, by S. Visor"))
    #expect(try it.store.log(of: id)?.events.count { $0.fact.kind == .sessionReviewed } == 1)
  }

  @Test func `each session is derived and signed under the policy of its payer`() throws {
    let it = try Table(
      site: """
        [payers.plan-a.policy]
        "complex_biologic.codes_as" = "TPD"
        """)
    let plain = try it.session("2026-11-23-p", minutes: 100, drug: "infliximab")
    let agreed = try it.session(
      "2026-11-23-q", minutes: 100, drug: "infliximab", payer: "Plan-A")
    it.press("d")
    let rows = [plain, agreed].map { it.state.review?.row(of: $0) }
    #expect(rows[0]?.offer?.policy == [])
    #expect(rows[1]?.offer?.policy == ["complex_biologic.codes_as=TPD"])
    #expect(rows[0]?.units.map(\.code) != rows[1]?.units.map(\.code))
    for id in [plain, agreed] {
      it.program.loop.perform([.visit(id, .screen(.session(id)))])
      let shown = it.state.reading(of: id)?.statement.charges.map(\.code.number)
      #expect(shown == it.state.review?.row(of: id)?.units.map(\.code.number))
    }
    #expect(it.state.suite.policies["plan-a"] != it.state.suite.policies[nil])
  }

  @Test(arguments: ["csv", "json", "fhir", "hl7", "text"])
  func `a file written from the screen is the one the command writes`(format: String) throws {
    let it = try Table()
    try it.session("2026-11-23-one", minutes: 160)
    try it.session("2026-11-23-two", minutes: 60)
    it.press("d", "y", "Read", "Enter", "x")
    if format != "csv" { it.press(format, "Enter") }
    it.press("Enter")
    #expect(it.words.contains("Written: "), "\(it.words)")
    let files = try FileManager.default.contentsOfDirectory(atPath: it.folder.file("exports"))
    let file = it.folder.file("exports") + "/" + (try #require(files.first))
    #expect(files.count == 1)
    let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let command = try BuiltProgram.run(
      [
        "export", "--date", "2026-11-23", "--format", format, "--store",
        it.folder.file("chair.store"),
      ],
      input: Data(), folder: nil)
    let written = try String(contentsOfFile: file, encoding: .utf8)
    // The time of the export is the only thing that differs.
    #expect(timeless(written) == timeless(command.output))
    #expect(written.count > 200)
    it.press("x")
    if format != "csv" { it.press(format, "Enter") }
    it.press("Enter")
    #expect(it.words.contains("is there already; it was left so."))
  }

  private func timeless(_ text: String) -> String {
    text.replacing(/20\d{12}(\.\d+)?([+-]\d{4})?/, with: "T")
      .replacing(/20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/, with: "T")
      .replacing(/\|[0-9A-Z]{20}\|/, with: "|I|")
      .replacing(/2026-11-23\|\|[0-9A-Z]{12}/, with: "N")
  }

  @Test func `a packet is written for the session the selection is on`() throws {
    let it = try Table()
    try it.session("2026-11-23-one", minutes: 160)
    it.press("d", "p", "Enter")
    #expect(it.words.contains("Written: "))
    let files = try FileManager.default.contentsOfDirectory(atPath: it.folder.file("exports"))
    let text = try String(
      contentsOfFile: it.folder.file("exports") + "/" + files[0], encoding: .utf8)
    #expect(text.hasPrefix("AUDIT PACKET  session 2026-11-23-one"))
    #expect(text.contains("PROOF OF THE RECORD"))
  }

  @Test func `a day is read a slice at a time and comes out the same`() throws {
    let it = try Table()
    for number in 0..<60 { try it.session("2026-11-23-\(number)", minutes: 20 + number) }
    var slow = ReviewDesk(store: it.store, site: it.site, formulary: .starter, now: Table.now)
    let day = CivilDate(dayNumber: 20_780)
    try slow.open(day...day, now: Table.now, budget: .zero)
    #expect(slow.page?.rows.isEmpty == true)
    #expect(slow.page?.sessions == 60)
    #expect(slow.page?.isWhole == false)
    var slices = 0
    while slow.isBusy {
      try slow.work(now: Table.now, budget: .microseconds(1))
      slices += 1
    }
    #expect(slices >= 60)
    it.press("d")
    #expect(slow.page?.rows == it.state.review?.page.rows)
    #expect(slow.page?.totals == it.state.review?.page.totals)
    #expect(slow.page?.integrity == it.state.review?.page.integrity)
    #expect(slow.page?.isWhole == true)
  }

  @Test func `a session moved to another day leaves this one`() throws {
    let it = try Table()
    let id = try it.session("2026-11-23-one", minutes: 60)
    it.press("d")
    #expect(it.state.review?.shownRows.count == 1)
    let opening = try #require(try it.store.log(of: id)).events[0]
    try it.add(.sessionReopened, to: id, reason: "wrong day")
    try it.add(
      .eventSuperseded(replaces: opening.id, replacement: opening.fact), to: id,
      at: opening.clinicalTime + -86_400, reason: "wrong day")
    // An open session stays in today's review, whatever its day.
    try it.add(.sessionClosed(answers: []), to: id)
    it.follow()
    it.press("Left")
    #expect(it.state.review?.shownRows.map(\.id) == [id])
    it.press("Right")
    #expect(it.state.review?.shownRows.isEmpty == true)
  }
}
