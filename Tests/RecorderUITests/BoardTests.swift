import InfusionRecord
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

@Suite struct BoardTests {
  /// A suite of so many chairs, two running doses each, every fifth past its plan.
  static func suite(_ chairs: Int) -> MemoryStore {
    let store = MemoryStore()
    let families = ["Tester", "Sample", "Fiction", "Nobody", "Demo", "Invented", "Placeholder"]
    for number in 1...chairs {
      let session = SessionID("2026-11-23-\(number)")
      let patient = PatientIdentity(
        family: families[number % families.count] + String(UnicodeScalar(UInt8(65 + number % 26))),
        given: "Case\(number)",
        dateOfBirth: CivilDate(dayNumber: Int32(-3000 + number * 41)), sex: .unknown,
        mrn: "9000\(1000 + number)", visitNumber: "")
      let opening = SessionOpening(
        patient: patient, chair: "\(number)", zone: "America/Chicago",
        nurse: number % 3 == 0 ? "J. Okafor" : "T. Kowalski")
      let start = Driver.morning + Int64(-60 * (30 + number % 60))
      store.add(.sessionOpened(opening), to: session, at: start)
      store.add(
        .siteOpened(SiteOpening(site: "port", kind: .port)), to: session, at: start)
      for (index, drug) in ["paclitaxel", "sodium chloride 0.9%"].enumerated() {
        var facts = AdministrationFacts(
          administration: "a\(index + 1)", drug: drug, technique: .infusion, site: "port")
        facts.hydrationFacts = .all
        facts.plannedMinutes = number % 5 == 0 ? 25 : Double(90 + number)
        store.add(.drugStarted(facts), to: session, at: start)
      }
    }
    return store
  }

  @Test func `sessions that need attention come first`() {
    let it = Driver(chairs: 20, store: BoardTests.suite(20))
    let shown = it.state.boardItems.prefix(4).compactMap { item -> String? in
      guard case .session(let id) = item else { return nil }
      return it.state.reading(of: id)?.opening.chair
    }
    #expect(Set(shown) == ["5", "10", "15", "20"])
    #expect(it.words.contains("PACLitaxel past planned end"))
  }

  @Test func `an end on another day names the day, on screen and in plain sentences`() {
    var it = Driver(chairs: 2)
    it.seat()
    it.start("pacli", planned: "2700")
    it.press("Esc")
    #expect(it.shows("04:00"))
    #expect(it.shows("25-Nov-2026"))
    it.state.isPlain = true
    #expect(it.words.contains("planned to end 25-Nov-2026 04:00"))
    it.state.isPlain = false
    it.press("Enter", "u", "1", "Enter", "Enter")
    it.start("pacli", planned: "60")
    it.press("Esc")
    #expect(!it.shows("25-Nov-2026"))
  }

  @Test func `a missing date of birth is shown as not recorded`() {
    for columns in [60, 80, 120] {
      let store = MemoryStore()
      let patient = PatientIdentity(
        family: "Nobody", given: "Grace", dateOfBirth: nil, sex: .unknown, mrn: "1", visitNumber: ""
      )
      store.add(
        .sessionOpened(
          SessionOpening(
            patient: patient, chair: "1", zone: "America/Chicago", nurse: "J. Okafor")),
        to: SessionID("2026-11-23-1"), at: Driver.morning)
      let it = Driver(size: Size(columns: columns, rows: 24), store: store)
      #expect(it.shows("recorded") && !it.shows("unknown"), "\(columns)")
    }
  }

  @Test func `the bar names no key that does nothing on a free chair`() {
    var it = Driver(size: Size(columns: 120, rows: 24), chairs: 2)
    #expect(!it.shows("e explain"))
    #expect(it.shows("n new"))
    it.seat()
    it.press("Esc")
    #expect(it.shows("e explain"))
  }

  @Test func `a session left open from the day before says so with its age, whatever still runs`() {
    var it = Driver(chairs: 2)
    it.seat()
    it.press("Esc")
    it.at("23:59")
    #expect(it.shows("0 need you"))
    it.at("24:00")
    #expect(it.words.contains("opened 23-Nov-2026 and not closed, 17 hours ago"))
    #expect(it.shows("1 needs you"))
    it.start("pacli")
    #expect(it.words.contains("and not closed"))
  }

  @Test func `on a wide window the minutes stay near their drug`() {
    var it = Driver(size: Size(columns: 200, rows: 50), chairs: 2)
    it.seat()
    it.start("pacli", planned: "60")
    it.press("Esc")
    let row = it.screen.split(separator: "\n").first { $0.contains("PACLitaxel") } ?? ""
    #expect(row.contains(/PACLitaxel {1,45}0min 08:00/), "\(row)")
  }

  @Test func `rows do not move under the finger`() {
    var it = Driver(chairs: 20, store: BoardTests.suite(20))
    it.press("j", "j", "j")
    let order = it.state.boardItems
    let selected = it.state.board.cursor.selected
    // Facts arrive and the minute changes; the order and the selection stay.
    it.store.add(
      .drugStopped(DrugStop(administration: "a1")), to: SessionID("2026-11-23-5"),
      at: Driver.morning)
    it.follow(it.store)
    it.at("07:01")
    #expect(it.state.boardItems == order)
    #expect(it.state.board.cursor.selected == selected)
    it.press("o", "o")
    #expect(it.state.board.cursor.selected == selected)
  }

  @Test func `rows are sorted when the user is idle, and never at a key`() {
    var it = Driver(chairs: 20, store: BoardTests.suite(20))
    it.press("j", "j")
    let before = it.state.boardItems
    let selected = it.state.board.cursor.selected
    it.at("08:05")
    let after = it.state.boardItems
    #expect(after != before)
    #expect(it.state.board.cursor.selected == selected)
    it.press("j")
    it.at("08:06")
    it.press("k")
    #expect(it.state.boardItems == after)
  }

  @Test func `a hundred and fifty chairs are found by typing`() {
    var it = Driver(chairs: 150, store: BoardTests.suite(150))
    #expect(it.shows("more"))
    it.press("/", "case137")
    #expect(it.state.boardMatches.count == 1)
    // Those that need a person stay below.
    #expect(it.state.boardItems.count == 31)
    it.press("Enter", "Enter")
    #expect(it.shows("Case137"))
    it.press("q", "Esc")
    #expect(it.state.boardItems.count == 150)
  }

  @Test func `the selection is always on the screen`() {
    var it = Driver(chairs: 60, store: BoardTests.suite(60))
    for step in 0..<400 {
      it.press(["j", "k", "PgDn", "PgUp", "G", "g", "j", "j", "j"][step * 7 % 9])
      guard let cursor = it.frame.cursor else {
        Testing.Issue.record("no cursor")
        return
      }
      #expect(cursor.row >= 3 && cursor.row < 21)
      #expect(it.frame.cell(3, cursor.row)?.style.emphasis.contains(.selected) == true)
    }
  }

  @Test func `free chairs are offered, and a new patient takes the row`() {
    var it = Driver()
    it.press("j", "j", "Enter")
    #expect(it.state.prompt?.value(.chair) == "3")
    it.press("90000417", "Enter", "Tester", "Enter", "Amara", "Enter", "04-Feb-1961", "C-s")
    it.press("q")
    #expect(it.state.currentSession?.opening.chair == "3")
  }

  @Test func `two terminals on one record follow each other`() {
    var one = Driver(actor: "J. Okafor")
    one.seat()
    var two = Driver(actor: "T. Kowalski", store: one.store, seed: 8)
    two.press("Enter")
    one.start("pacli")
    two.follow(one.store)
    #expect(two.shows("PACLitaxel"))
    two.at("07:40")
    two.press("x", "Enter")
    one.follow(two.store)
    one.at("07:41")
    #expect(one.shows("07:00–07:40"))
  }

  @Test func `a session that another terminal closes leaves no other patient chosen`() throws {
    let store = BoardTests.suite(3)
    var it = Driver(chairs: 0, store: store)
    let first = try #require(it.state.currentSession)
    store.add(.sessionClosed(answers: []), to: first.id, at: Driver.morning)
    it.follow(store)
    #expect(it.state.boardItems.count == 2 && it.state.currentSession == nil, "\(it)")
    for key in ["s", "x", "f", "c"] {
      it.press(key)
      #expect(it.state.prompt == nil && it.state.screen == .board, "\(key)\n\(it)")
    }
    it.press("j")
    #expect(it.state.currentSession != nil)
  }

  @Test func `a drug that is withdrawn elsewhere leaves no other drug chosen`() throws {
    let store = BoardTests.suite(1)
    var it = Driver(chairs: 1, store: store)
    it.press("Enter")
    let chosen = try #require(it.state.selectedAdministration(in: it.state.currentSession?.id))
    let log = try #require(store.logs.values.first)
    let start = try #require(
      log.events.first { $0.fact.beginning?.administration == chosen })
    store.add(
      .eventSuperseded(replaces: start.id, replacement: nil), to: log.session, at: Driver.morning)
    it.follow(store)
    #expect(it.state.session.given.selected == nil, "\(it)")
    it.press("j")
    #expect(it.state.session.given.selected != nil)
  }

  @Test func `an idle screen locks, hides everything and drops blind keys`() {
    var it = Driver(idleMinutes: 10)
    it.seat()
    it.start("pacli")
    it.at("07:11")
    #expect(it.state.isLocked)
    for text in ["TESTER", "Amara", "PACLitaxel", "90000417", "1961"] { #expect(!it.shows(text)) }
    it.press("s", "x", "q", "Esc")
    #expect(it.state.isLocked && !it.hasQuit && it.state.prompt == nil)
    it.at("07:45")
    it.press("Enter")
    #expect(it.shows("45min"))
    it.press("C-l")
    #expect(!it.shows("TESTER"))
  }

  @Test func `leaving asks nothing and loses nothing`() {
    var it = Driver()
    it.seat()
    it.start("pacli")
    it.press("q")
    #expect(!it.hasQuit)
    it.press("q")
    #expect(it.hasQuit)
    let again = Driver(store: it.store)
    #expect(again.shows("PACLitaxel"))
  }
}
