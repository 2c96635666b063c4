import InfusionRecord
import SessionReview
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// The supervisor's day, by keys.
@Suite struct ReviewTests {
  /// Five sessions of a morning: one clean, one with a question, one signed, one changed since it was
  /// signed, one open; and one of the day before.
  static func day(
    glyphs: Glyphs = .unicode, size: Size = Size(columns: 80, rows: 24), supervisors: [String] = [],
    hasVisits: Bool = true
  ) -> Driver {
    let store = MemoryStore()
    func session(
      _ name: String, _ family: String, _ given: String, chair: String, from: Int,
      minutes: Int?, day: Int64 = 0, isSeen: Bool = true
    ) {
      let id = SessionID(name)
      func at(_ minute: Int) -> Instant {
        Driver.morning + (Int64(from + minute) * 60 + day * 86_400)
      }
      store.add(
        .sessionOpened(
          SessionOpening(
            patient: PatientIdentity(
              family: family, given: given,
              dateOfBirth: CivilDate(dayNumber: Int32(-4000 - from * 31)), sex: .unknown,
              mrn: "9000\(1000 + from)", visitNumber: hasVisits ? "V\(from)" : ""), chair: chair,
            zone: "America/Chicago", nurse: "T. Kowalski")), to: id, at: at(0))
      store.add(.siteOpened(SiteOpening(site: "port", kind: .port)), to: id, at: at(0))
      store.add(
        .drugStarted(
          AdministrationFacts(
            administration: "a1", drug: "PACLitaxel", technique: .infusion, site: "port")),
        to: id, at: at(5))
      guard let minutes else { return }
      store.add(
        .drugStopped(DrugStop(administration: "a1", isNotObserved: !isSeen)), to: id,
        at: at(5 + minutes))
      store.add(.sessionClosed(answers: []), to: id, at: at(10 + minutes))
    }
    session("2026-11-23-aaaaaa", "Fiction", "Olu", chair: "1", from: 0, minutes: 95)
    session(
      "2026-11-23-bbbbbb", "Tester", "Amara", chair: "2", from: 10, minutes: 60, isSeen: false)
    session("2026-11-23-cccccc", "Sample", "Björn 王小明", chair: "3", from: 20, minutes: 95)
    session("2026-11-23-dddddd", "Nobody", "Ines", chair: "4", from: 30, minutes: 95)
    session("2026-11-23-eeeeee", "Placeholder", "Wu", chair: "5", from: 200, minutes: nil)
    session("2026-11-22-ffffff", "Invented", "Yesterday", chair: "1", from: 0, minutes: 95, day: -1)
    for name in ["2026-11-23-cccccc", "2026-11-23-dddddd"] {
      let id = SessionID(name)
      store.add(
        .sessionReviewed(store.review(of: id, by: "R. Quell")), to: id,
        at: Driver.morning + 10_000, actor: "R. Quell")
    }
    let changed = SessionID("2026-11-23-dddddd")
    store.add(
      .sessionReopened, to: changed, at: Driver.morning + 11_000, reason: "a stop was wrong")
    let stop = store.logs[changed]?.events.first { $0.fact.kind == .drugStopped }
    if let stop {
      // Ten minutes earlier, so that the second hour is lost.
      store.add(
        .eventSuperseded(replaces: stop.id, replacement: stop.fact), to: changed,
        at: stop.clinicalTime + -600, reason: "a stop was wrong")
    }
    store.add(.sessionClosed(answers: []), to: changed, at: Driver.morning + 11_400)
    var it = Driver(size: size, actor: "S. Visor", glyphs: glyphs, store: store)
    it.state.suite.supervisors = supervisors
    it.state.exportFolder = "/srv/exports"
    it.at("10:42")
    return it
  }

  @Test func `a plain review that is not read yet says so`() {
    var it = ReviewTests.day(glyphs: .plain)
    it.state.isPlain = true
    it.press("d")
    let day = CivilDate(dayNumber: 20_000)
    it.state.review?.turn(to: day...day)
    let text = it.frame.snapshot
    #expect(text.contains("Reading the days."))
    #expect(!text.contains("0 sessions"))
    it.state.take(DayReview(days: day...day))
    let read = it.frame.snapshot
    #expect(read.contains("No session was opened on these days."))
    #expect(read.contains("0 sessions, 0 need you."))
  }

  private func status(_ it: Driver, _ name: String) -> EventLog.Status? {
    it.store.logs[SessionID(name)]?.status
  }

  @Test func `those that need a person stand first, the rest by time`() {
    var it = ReviewTests.day()
    it.press("d")
    #expect(it.state.screen == .review)
    let families = it.state.review?.shownRows.map { $0.patient.prefix(5) } ?? []
    #expect(families == ["TESTE", "NOBOD", "FICTI", "SAMPL", "PLACE"])
    #expect(it.shows("5 sessions  ·  2 need you  ·  1 clean  ·  1 reviewed  ·  1 open"))
    #expect(it.words.contains("It was reopened and closed again."))
    #expect(it.words.contains("96415 on 23-Nov-2026 fell from 1 to 0: Its minutes no longer"))
  }

  @Test func `plain mode says from when to when, or since when`() {
    var it = ReviewTests.day(glyphs: .plain, size: Size(columns: 120, rows: 40))
    it.state.isPlain = true
    it.press("d")
    #expect(it.words.contains("needs you. 07:10 to 08:20, chair 2, nurse T. Kowalski"))
    #expect(it.words.contains("open. since 10:20, chair 5"))
  }

  @Test func `one clean session is signed off with its hash, rulebook, policy and name`() throws {
    var it = ReviewTests.day()
    let due = it.store.review(of: SessionID("2026-11-23-aaaaaa"), by: "S. Visor")
    it.press("d", "/", "fiction", "Enter", "y", "Read")
    #expect(
      it.words.contains(
        "Will sign off: FICTION, Olu, 2 units, statement \(due.statementHash.prefix(12)), "
          + "rulebook 2026.1, the default policy, by S. Visor"))
    #expect(it.frame.text(row: 0).contains("FICTION, Olu"))
    #expect(status(it, "2026-11-23-aaaaaa") == .closed)
    it.press("Enter")
    #expect(status(it, "2026-11-23-aaaaaa") == .reviewed)
    #expect(it.store.logs[SessionID("2026-11-23-aaaaaa")]?.review == due)
    #expect(it.shows("Recorded: signed off FICTION, Olu, 2 units."))
    #expect(it.state.review?.page.count(.reviewed) == 2)
    it.press("y", "Read")
    #expect(it.shows("It is signed off already, by S. Visor; r reopens it."))
  }

  @Test func `a session with a question is signed only with a reason`() {
    var it = ReviewTests.day()
    it.press("d", "y", "Read")
    #expect(it.frame.text(row: 0).contains("TESTER, Amara"))
    it.press("Esc")
    #expect(status(it, "2026-11-23-bbbbbb") == .closed)
    it.press("y", "looked", "Enter")
    #expect(it.words.contains("Will sign off: TESTER, Amara"))
    it.press("Read", "Enter")
    #expect(status(it, "2026-11-23-bbbbbb") == .reviewed)
    #expect(
      it.store.logs[SessionID("2026-11-23-bbbbbb")]?.events.last?.reason
        == "looked into with the nurse")
  }

  @Test func `all clean ones are signed at once, and the rest are left`() {
    var it = ReviewTests.day()
    it.press("d", "Y")
    #expect(
      it.words.contains(
        "1 session without a question, 2 units; 4 others that are shown stay as they are."))
    #expect(it.words.contains("1 session: rulebook 2026.1, the default policy"))
    it.press("Enter")
    #expect(it.shows("Signed off 1 session."))
    #expect(status(it, "2026-11-23-aaaaaa") == .reviewed)
    #expect(status(it, "2026-11-23-bbbbbb") == .closed)
    it.press("Y")
    #expect(it.words.contains("None of those shown is closed without a question."))
    it.press("Enter")
    #expect(it.state.prompt != nil)
  }

  @Test(arguments: [true, false])
  func `a signed session without an account number does not read reviewed`(isPlain: Bool) {
    var it = ReviewTests.day(glyphs: isPlain ? .plain : .unicode, hasVisits: false)
    it.state.isPlain = isPlain
    it.press("d")
    #expect(
      it.words.contains(isPlain ? "reviewed, 2 units not posted" : "unposted"), "\(it.screen)")
    let row = it.state.review?.row(of: SessionID("2026-11-23-cccccc"))
    #expect(row?.need == .reviewed)
    #expect(row?.unposted.words == "2 units without an account number (96413 96415)")
  }

  @Test func `a filter narrows what is signed, and the prompt says so`() {
    var it = ReviewTests.day()
    it.press("d", "/", "zzz", "Enter", "Y")
    #expect(it.words.contains("None of those shown is closed without a question."))
    it.press("Esc", "Esc")
    #expect(it.state.review?.filter.isEmpty == true)
    it.press("/", "fiction", "Enter", "Y")
    #expect(it.words.contains("The filter holds."))
  }

  @Test func `two supervisors on one session: the second is told, and nothing is lost`() {
    var it = ReviewTests.day()
    it.press("d", "/", "fiction", "Enter", "y", "Read")
    let id = SessionID("2026-11-23-aaaaaa")
    // Another terminal signs between the prompt and Enter; this one has not followed yet.
    it.store.add(
      .sessionReviewed(it.store.review(of: id, by: "R. Quell")), to: id,
      at: Driver.morning + 13_400, actor: "R. Quell")
    it.press("Enter")
    #expect(
      it.words.contains(
        "This session changed meanwhile (session reviewed by R. Quell, 10:43): nothing is signed off"
      ))
    it.press("Enter", "Esc", "y", "Read")
    #expect(it.words.contains("It is signed off already, by R. Quell; r reopens it."))
    #expect(it.store.logs[id]?.events.filter { $0.fact.kind == .sessionReviewed }.count == 1)
  }

  @Test func `of many, those that changed meanwhile are named and the others signed`() {
    var it = ReviewTests.day()
    it.press("d", "Y")
    it.store.add(
      .sessionReopened, to: SessionID("2026-11-23-aaaaaa"), at: Driver.morning + 13_400,
      reason: "a drug was missing")
    it.press("Enter")
    #expect(it.words.contains("Signed off 0 sessions. Not signed: FICTION, Olu changed meanwhile"))
    #expect(it.words.contains("(session reopened by T. Kowalski)"))
    #expect(status(it, "2026-11-23-aaaaaa") == .open)
  }

  @Test func `reopening needs a reason, and shows as changed since review`() {
    var it = ReviewTests.day()
    it.press("d", "/", "sample", "Enter", "r")
    it.press("drug was", "Enter")
    #expect(it.words.contains("Will record: session reopened 10:42: a drug was missing"))
    it.press("Enter")
    #expect(status(it, "2026-11-23-cccccc") == .open)
    #expect(it.state.review?.row(of: SessionID("2026-11-23-cccccc"))?.isChanged == true)
    #expect(it.shows("changed"))
  }

  @Test func `a session is looked into and left again on the same row`() {
    var it = ReviewTests.day()
    it.press("d", "j", "j", "j")
    let chosen = it.state.review?.cursor.selected
    #expect(chosen == SessionID("2026-11-23-cccccc"))
    it.press("Enter")
    #expect(it.state.screen == .session(SessionID("2026-11-23-cccccc")))
    #expect(it.frame.text(row: 0).contains("SAMPLE"))
    it.press("e")
    #expect(it.shows("Why these units"))
    it.press("q", "q")
    #expect(it.state.screen == .review)
    #expect(it.state.review?.cursor.selected == chosen)
  }

  @Test func `a session is signed off where it is read`() {
    var it = ReviewTests.day()
    it.press("d", "/", "fiction", "Enter", "e", "y", "Read")
    #expect(it.words.contains("Will sign off: FICTION, Olu"))
    it.press("Enter")
    #expect(status(it, "2026-11-23-aaaaaa") == .reviewed)
  }

  @Test func `other days are reached by arrows and by typing them, several too`() {
    var it = ReviewTests.day()
    it.press("d", "Left")
    #expect(it.shows("Review   Sun 22-Nov-2026"))
    #expect(it.shows("INVENTED, Yesterday"))
    it.press("Right")
    #expect(it.shows("Review   Mon 23-Nov-2026"))
    it.press("g", "-1", "Tab", "today")
    #expect(it.words.contains("Will show: 22-Nov-2026 to 23-Nov-2026"))
    it.press("Enter")
    #expect(it.state.review?.shownRows.count == 6)
    #expect(it.words.contains("22-Nov-2026 INVENTED,"))
    #expect(it.shows("PLACEHOLDER, Wu"))
    it.feed(.resize(Size(columns: 160, rows: 40)))
    #expect(it.shows("22-Nov-2026 07:00-08:45"))
    it.feed(.resize(Size(columns: 80, rows: 24)))
    it.press("g", "01-Jan-2026", "Tab", "01-Nov-2026", "Enter")
    #expect(it.words.contains("At most 31 days at once; chairtime review reads more."))
    it.press("Esc", "Left")
    #expect(it.state.review?.days.upperBound.display == "21-Nov-2026")
    #expect(it.shows("No session was opened on these days."))
  }

  @Test func `only those that need a person, and all again`() {
    var it = ReviewTests.day()
    it.press("d", "n")
    #expect(it.state.review?.shownRows.count == 2)
    #expect(it.shows("only those that need you"))
    it.press("Esc")
    #expect(it.state.review?.shownRows.count == 5)
    #expect(it.state.screen == .review)
    it.press("Esc")
    #expect(it.state.screen == .board)
  }

  @Test func `rows keep their places while they are on screen`() {
    var it = ReviewTests.day()
    it.press("d")
    let before = it.state.review?.shownRows.map(\.id)
    it.press("Y", "Enter")
    let store = it.store
    store.add(
      .sessionReopened, to: SessionID("2026-11-23-aaaaaa"), at: Driver.morning + 13_500,
      reason: "a drug was missing")
    it.follow(store)
    #expect(it.state.review?.shownRows.map(\.id) == before)
    it.press(ReviewState.Order.allCases.map { _ in "o" })
    #expect(it.state.review?.order == .needsPerson)
    #expect(it.state.review?.shownRows.map(\.id) != before)
  }

  @Test func `while days are read the first row stays chosen until the user moves`() throws {
    var it = ReviewTests.day()
    it.press("d")
    let whole = try #require(it.state.review).page
    var part = DayReview(days: whole.days, sessions: whole.sessions)
    for row in whole.sorted.suffix(2) { part.add(row) }
    var review = ReviewState(days: whole.days)
    review.take(part)
    #expect(review.cursor.selected == part.sorted[0].id)
    review.take(whole)
    #expect(review.cursor.selected == whole.sorted[0].id)
    review = ReviewState(days: whole.days)
    review.take(part)
    review.isChosen = true
    review.take(whole)
    #expect(review.cursor.selected == part.sorted[0].id)
  }

  @Test func `the name of a file stays while its form is open`() {
    var it = ReviewTests.day()
    it.press("d", "x")
    it.at("10:44")
    #expect(it.words.contains("chairtime-2026-11-23-104212.csv"), "\(it.screen)")
    it.press("Esc", "x")
    #expect(it.words.contains("chairtime-2026-11-23-104412.csv"), "\(it.screen)")
  }

  @Test func `files are written to a named folder, and refused where there is nothing for them`() {
    var it = ReviewTests.day()
    it.press("d", "x")
    #expect(
      it.words.contains(
        "Will write: /srv/exports/chairtime-2026-11-23-104212.csv: 5 sessions, 1 signed off"))
    it.press("Enter")
    let day = it.state.review?.days.lowerBound ?? CivilDate(dayNumber: 0)
    #expect(
      it.written == [
        .days(day...day, format: "csv", file: "/srv/exports/chairtime-2026-11-23-104212.csv")
      ])
    it.press("Left", "x", "hl7", "Enter")
    #expect(
      it.words.contains(
        "Nothing on these days is signed off; HL7 holds what was signed off, no more."))
    it.press("Esc", "Left", "x")
    #expect(it.words.contains("There is no session on these days; nothing to export."))
  }

  @Test func `a folder must be a whole path`() {
    var it = ReviewTests.day()
    it.press("d", "p", "Tab", "C-u", "exports", "Enter")
    #expect(it.words.contains("Name the folder by its whole path, from / on."))
    #expect(it.written.isEmpty)
  }

  @Test func `who is no supervisor of the site signs nothing off`() {
    var it = ReviewTests.day(supervisors: ["R. Quell"])
    it.press("d", "/", "fiction", "Enter", "y", "Read")
    #expect(it.state.prompt == nil)
    #expect(
      it.words.contains("S. Visor is not among the site's supervisors; nothing can be signed off."))
    it.press("Y")
    #expect(it.state.prompt == nil)
    it.press("e", "y", "Read")
    #expect(it.state.prompt == nil)
    #expect(status(it, "2026-11-23-aaaaaa") == .closed)
  }

  @Test func `a screen that only looks signs nothing and still exports`() {
    var it = ReviewTests.day()
    it.state.isReadOnly = true
    it.press("d", "Y")
    #expect(it.state.prompt == nil)
    it.press("x", "Enter")
    #expect(it.written.count == 1)
  }

  @Test func `a length that far more infusions have than expected is marked`() throws {
    var it = ReviewTests.day(size: Size(columns: 100, rows: 60))
    it.press("d")
    var review = DayReview(days: try #require(it.state.review?.days))
    var derivation = SessionDerivation(
      formulary: SampleRecord.formulary, now: it.state.now.instant)
    for number in 0..<6 {
      var record = SampleRecord(session: "2026-11-23-\(number)")
      record.openWithPort()
      record.start("a1", "paclitaxel", at: "08:00")
      record.stop("a1", at: "09:31")
      record.add(.sessionClosed(answers: []), at: "10:00")
      review.add(ReviewRow(derivation.session(record.log)))
    }
    it.state.take(review)
    it.press("i")
    #expect(it.words.contains("91 6 0.0 many: first minute of a further hour"))
    #expect(it.words.contains("90 0 0.0 round, last minute before a further hour"))
  }

  @Test func `the palette reaches every act of the review`() {
    var it = ReviewTests.day()
    it.press("d", ":", "all that are clean", "Enter")
    #expect(it.state.prompt?.form == .signOffClean)
    it.press("Esc", ":", "times were", "Enter")
    #expect(it.state.screen == .integrity)
    #expect(it.shows("never a person"))
  }

  @Test func `a session of another day says so, and so do the times that are recorded in it`() {
    var it = ReviewTests.day()
    it.press("d", "Left", "Enter")
    #expect(it.frame.text(row: 0).contains("INVENTED, Yesterday"))
    #expect(it.words.contains("opened 22-Nov-2026"))
    it.press("e")
    #expect(it.words.contains("opened 22-Nov-2026"))
    it.press("Esc", "r", "a stop was wrong", "Enter", "Enter")
    #expect(it.words.contains("session reopened 23-Nov-2026 10:42"))
    it.press("a", "BTab", "stopped", "Enter")
    it.focus(.time)
    it.press("0830", "Tab", "Tab", "typed", "Enter")
    #expect(it.words.contains("22-Nov-2026 08:30 (late entry) instead of 22-Nov-2026 08:40"))
    it.press("Esc", "t")
    #expect(it.shows("23-Nov-2026 10:42"))
  }

  @Test(arguments: [false, true])
  func `a session of another day that was closed today names its day`(isPlain: Bool) {
    let store = MemoryStore()
    let session = SessionID("2026-11-22-aaaaa1")
    let opened = Driver.morning + Int64(-16 * 3600)
    let patient = PatientIdentity(
      family: "Invented", given: "Lee", dateOfBirth: CivilDate(dayNumber: -3000), sex: .unknown,
      mrn: "90001234", visitNumber: "V1")
    store.add(
      .sessionOpened(
        SessionOpening(
          patient: patient, chair: "2", zone: "America/Chicago", nurse: "J. Okafor")),
      to: session, at: opened)
    var it = Driver(store: store)
    it.state.isPlain = isPlain
    it.press("d")
    #expect(it.words.contains("22-Nov-2026"), "\(it)")
    it.press("Enter", "c", "C-s")
    #expect(it.store.all[0].status == .closed && it.state.screen == .review, "\(it)")
    #expect(it.words.contains("22-Nov-2026"), "\(it)")
    it.press("Y")
    #expect(it.words.contains("22-Nov-2026 15:00-"), "\(it)")
  }

  @Test func `a session of today need not say so`() {
    var it = ReviewTests.day()
    it.press("d", "Enter")
    #expect(!it.words.contains("opened 23-Nov-2026"))
  }
}
