import InfusionRecord
import ScriptedProgram
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// A drug that comes to its planned end: rows turn, the terminal rings once, one sentence asks.
@Suite struct PlannedEndTests {
  /// Dexamethasone from 07:00 in chair 1, planned to end at 07:30; the board is shown.
  private static func world(
    _ alerts: EndAlerts = EndAlerts(), chairs: Int = 2
  ) -> Driver {
    let store = MemoryStore()
    add("1", to: store, planned: 30)
    if chairs == 3 { add("3", to: store, planned: 30) }
    var it = Driver(chairs: chairs, store: store)
    it.state.suite.endAlerts = alerts
    it.at("07:01")
    return it
  }

  private static func add(_ chair: String, to store: MemoryStore, planned: Double) {
    let session = SessionID("2026-11-23-aaaaa\(chair)")
    let patient = PatientIdentity(
      family: "Fiction", given: "Olu", dateOfBirth: CivilDate(dayNumber: -4000), sex: .unknown,
      mrn: "9000100\(chair)", visitNumber: "V1")
    store.add(
      .sessionOpened(
        SessionOpening(
          patient: patient, chair: chair, zone: "America/Chicago", nurse: "T. Kowalski")),
      to: session, at: Driver.morning)
    store.add(
      .siteOpened(SiteOpening(site: "port", kind: .port)), to: session, at: Driver.morning)
    var facts = AdministrationFacts(
      administration: "a\(chair)", drug: "dexamethasone", technique: .infusion, site: "port")
    facts.plannedMinutes = planned
    store.add(.drugStarted(facts), to: session, at: Driver.morning)
  }

  private static let asked = "Chair 1: dexAMETHasone is at its planned end. Has it ended?"

  @Test func `the bell rings once, in the minute of the planned end`() {
    var it = Self.world()
    it.at("07:29")
    #expect(it.program.screen.signals.isEmpty)
    #expect(!it.words.contains(Self.asked))
    it.at("07:30")
    #expect(it.program.screen.signals == [.bell])
    #expect(it.words.contains(Self.asked), "\(it)")
    for time in ["07:31", "07:40", "08:30"] { it.at(time) }
    #expect(it.program.screen.signals == [.bell])
    it.press("j")
    it.at("08:31")
    #expect(!it.words.contains(Self.asked), "\(it)")
    #expect(it.words.contains("dexAMETHasone past planned end 1hr 1min"), "\(it)")
  }

  @Test func `a minute in which a key came rings as well`() {
    var it = Self.world()
    it.at("07:29")
    it.program.screen.feed([.key(KeyPress(.character("j")))])
    it.at("07:30")
    #expect(it.program.screen.signals == [.bell])
  }

  @Test func `an end that passed before the program started does not ring`() {
    let store = MemoryStore()
    Self.add("1", to: store, planned: -10)
    var it = Driver(chairs: 2, store: store)
    it.at("07:01")
    it.at("07:02")
    #expect(it.program.screen.signals.isEmpty)
    #expect(it.words.contains("past planned end"), "\(it)")
  }

  @Test(arguments: [
    (EndAlerts(signal: .visual), [EndAlerts.Signal.visual]), (EndAlerts(signal: .off), []),
    (EndAlerts(signal: .bell, minutesBefore: 5), [.bell, .bell]),
  ])
  func `the site decides how, and how long before`(
    alerts: EndAlerts, signals: [EndAlerts.Signal]
  ) {
    var it = Self.world(alerts)
    it.at("07:25")
    #expect(it.words.contains("dexAMETHasone ends in 5 min.") == (alerts.minutesBefore == 5))
    it.at("07:26")
    it.at("07:30")
    #expect(it.program.screen.signals == signals)
    #expect(it.words.contains(Self.asked), "\(it)")
  }

  @Test func `the board counts down, and the row turns at the planned end`() {
    var it = Self.world()
    it.at("07:19")
    #expect(it.shows("07:30") && !it.shows("in 1"), "\(it)")
    it.at("07:20")
    #expect(it.shows("in 10") && !it.shows("07:30"), "\(it)")
    #expect(it.state.reading(of: SessionID("2026-11-23-aaaaa1"))?.concerns.isEmpty == true)
    it.at("07:29")
    #expect(it.shows("in 1"), "\(it)")
    it.at("07:30")
    #expect(it.shows("07:30") && it.words.contains("dexAMETHasone at planned end"), "\(it)")
  }

  @Test func `the session says the planned end, what is left and what is past`() {
    var it = Self.world()
    it.press("Enter")
    #expect(it.words.contains("planned end 07:30, 29min left"), "\(it)")
    it.at("07:30")
    #expect(it.words.contains("planned end 07:30, now"), "\(it)")
    it.at("07:42")
    #expect(it.words.contains("planned end 07:30, 12min past"), "\(it)")
    it.press("q")
    it.state.isPlain = true
    #expect(it.words.contains("planned to end 07:30, 12min past"), "\(it)")
  }

  @Test func `a paused drug has no planned end yet`() {
    var it = Self.world()
    it.press("Enter", "z", "Enter")
    #expect(it.words.contains("paused"), "\(it)")
    it.at("07:40")
    #expect(it.program.screen.signals.isEmpty && !it.words.contains("planned end"), "\(it)")
    it.press("z", "Enter")
    it.at("07:41")
    #expect(it.words.contains("planned end 08:09, 28min left"), "\(it)")
    it.at("08:09")
    #expect(it.program.screen.signals == [.bell], "\(it)")
  }

  @Test func `an end that passed before the pause stays passed`() {
    var it = Self.world()
    it.at("07:31")
    it.press("Enter", "z", "Enter", "q")
    it.at("07:35")
    #expect(it.words.contains("past planned end 5min") && !it.shows("07:34"), "\(it)")
    it.press("Enter")
    #expect(it.words.contains("planned end 07:30, 5min past"), "\(it)")
  }

  @Test func `two ends in one minute ring once and name the chairs`() {
    var it = Self.world(chairs: 3)
    it.at("07:30")
    #expect(it.program.screen.signals == [.bell])
    #expect(it.words.contains("2 drugs are at their planned end: chairs 1 and 3."), "\(it)")
  }

  @Test func `a locked screen rings and names no drug`() {
    var it = Self.world()
    it.press("C-l")
    it.at("07:30")
    #expect(it.program.screen.signals == [.bell])
    #expect(!it.words.lowercased().contains("dexamethasone"), "\(it)")
  }

  /// Planned for 60 min from 07:00; the rate is changed at 07:20, when two thirds of the volume are left.
  @Test(
    arguments: [
      (200.0, 200.0, 100.0, "08:40", true), (200, nil, 100, "08:40", true),
      (200, 200, 400, "07:40", true), (nil, 200, 100, "08:00", false), (200, 200, 0, "08:00", true),
    ] as [(Double?, Double?, Double, String, Bool)])
  func
    `a new rate moves the planned end if the volume is charted, otherwise the form says that it stays`(
      volume: Double?, rate: Double?, changed: Double, end: String, moves: Bool
    )
  {
    let store = MemoryStore()
    let id = SessionID("2026-11-23-rate")
    store.add(
      .sessionOpened(
        SessionOpening(
          patient: SampleRecord.opening.patient, chair: "1", zone: "America/Chicago",
          nurse: "J. Okafor")), to: id, at: Driver.morning)
    store.add(.siteOpened(SiteOpening(site: "port", kind: .port)), to: id, at: Driver.morning)
    var facts = AdministrationFacts(
      administration: "a1", drug: "dexamethasone", technique: .infusion, site: "port")
    facts.plannedMinutes = 60
    facts.volumeML = volume
    facts.rateMLPerHour = rate
    store.add(.drugStarted(facts), to: id, at: Driver.morning)
    var it = Driver(chairs: 2, store: store)
    it.at("07:20")
    it.press("Enter", ":", "rate", "Enter", changed == 0 ? "0" : String(Int(changed)))
    #expect(it.words.contains("The planned end stays as it is") != moves, "\(it)")
    it.press("Enter")
    #expect(it.words.contains("planned end \(end)"), "\(it)")
  }
}
