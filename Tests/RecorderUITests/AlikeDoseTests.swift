import InfusionRecord
import ScriptedProgram
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// Two doses of one drug that run at two sites look different wherever one of them is chosen.
@Suite struct AlikeDoseTests {
  /// Paclitaxel at the port since 07:00 and at a peripheral site since 07:10.
  private static func world() -> Driver {
    var it = Driver()
    it.seat()
    it.press("v", "port", "Enter", "Enter", "v", "peri", "Enter", "Enter")
    it.press("s", "pacli", "Enter", "1", "Enter", "Enter")
    it.at("07:10")
    it.press("s", "pacli", "Enter")
    it.focus(.site)
    it.press("2", "Enter", "Enter")
    it.at("08:00")
    return it
  }

  private static let doses = [
    "PACLitaxel (Port, since 07:00)", "PACLitaxel (Peripheral IV, since 07:10)",
  ]

  @Test(arguments: ["x", "z"])
  func `site and start tell them apart, and none is chosen`(key: String) {
    var it = Self.world()
    it.press(key)
    let labels = it.state.prompt?.focused?.options.map(\.label) ?? []
    #expect(labels.prefix(2) == Self.doses[...], "\(it)")
    #expect(Set(labels).count == labels.count, "\(labels)")
    for dose in Self.doses { #expect(it.words.contains(dose), "\(it)") }
    for typed in ["", "pacli", "taxol", "010030361755123217271231"] {
      it.press("C-u", typed)
      #expect(it.state.prompt?.focused?.current == nil, "\(typed) \(it)")
      it.press("Enter")
      #expect(it.state.prompt?.value(.drug) == "", "\(typed) \(it)")
    }
    it.press("C-u", "2", "Enter")
    #expect(it.words.contains("Will record: \(Self.doses[1])"), "\(it)")
    it.press("Enter")
    #expect(it.store.all[0].events.last?.fact.administration == "a2", "\(it)")
    #expect(it.words.contains("Recorded: \(Self.doses[1])"), "\(it)")
  }

  @Test(arguments: [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40)])
  func `what runs shows the site of each`(size: Size) {
    var it = Self.world()
    it.feed(.resize(size))
    for key in ["", "x", "z", "c"] {
      it.press(key)
      #expect(it.words.contains("1 PACLitaxel, Port"), "\(key) \(it)")
      #expect(it.words.contains("2 PACLitaxel, Peripheral IV"), "\(key) \(it)")
      it.press("Esc")
      if it.state.screen == .board { it.press("Enter") }
    }
  }

  @Test(arguments: [
    Size(columns: 60, rows: 20), Size(columns: 80, rows: 24), Size(columns: 140, rows: 40),
  ])
  func `the board tells two running doses apart by their sites, or by their starts`(size: Size) {
    var it = Self.world()
    it.feed(.resize(size))
    it.press("q")
    #expect(it.state.screen == .board)
    for part in ["Port", "Peripheral"] { #expect(it.shows(part), "\(part) \(it)") }
    if size.columns > 100 {
      for dose in ["PACLitaxel, Port", "PACLitaxel, Peripheral IV"] {
        #expect(it.shows(dose), "\(dose) \(it)")
      }
    }
    // Once one of them has stopped, the other has its name alone.
    it.press("Enter", "x", "2", "Enter", "Enter")
    if it.state.prompt != nil { it.press("Esc") }
    it.press("q")
    #expect(!it.shows("Port"), "\(it)")
  }

  @Test func `two doses at one site differ on the board by their starts`() throws {
    var it = Driver()
    it.seat()
    it.press("v", "port", "Enter", "Enter")
    it.press("s", "pacli", "Enter", "Enter")
    let record = it.store.all[0]
    var facts = try #require(record.events.last?.fact.beginning)
    facts.administration = "b2"
    facts.dose = "2"
    it.at("07:20")
    var sample = SampleRecord(session: record.session.text, zone: "America/Chicago", seed: 9)
    let event = sample.event(.drugStarted(facts), at: "07:20")
    try it.store.append([event], to: record.session, expecting: record.version)
    it.follow(it.store)
    it.feed(.resize(Size(columns: 140, rows: 40)))
    it.press("q")
    #expect(it.words.contains("PACLitaxel (Port, since 07:00)"), "\(it)")
    #expect(it.words.contains("PACLitaxel (Port, since 07:20)"), "\(it)")
  }

  @Test func `a closing asks about each by its site and start`() {
    var it = Self.world()
    it.press("c")
    let labels =
      it.state.prompt?.fields.map(\.label).filter { $0.contains("needs its stop") } ?? []
    #expect(labels.count == 2 && Set(labels).count == 2, "\(labels)")
    #expect(labels[0].hasPrefix("PACLitaxel started 07:00 still runs"), "\(labels)")
    #expect(labels[0].contains("(Port)") && labels[1].contains("(Peripheral IV)"), "\(labels)")
    #expect(it.state.prompt?.focused?.current == nil)
    it.press("1", "Enter", "5", "Enter")
    // What the record asks about both doses together.
    while it.state.prompt?.focused?.isUnanswered == true { it.press("1", "Enter") }
    it.press("Enter")
    #expect(it.store.all[0].status == .closed, "\(it)")
    #expect(it.store.all[0].administrations.map(\.progress) == [.stopped, .stopNotObserved])
  }

  @Test func `one dose has its name alone`() {
    var it = TargetTests.running()
    it.press("x")
    #expect(it.state.prompt?.focused?.options.first?.label == "PACLitaxel", "\(it)")
    #expect(!it.words.contains("1 PACLitaxel, Port"))
  }

  @Test func `an entry to correct says which of two doses it is of`() {
    var it = Self.world()
    it.press("x", "1", "Enter", "Enter")
    if it.state.prompt != nil { it.press("Esc") }
    it.press("a")
    let labels = it.state.prompt?[.entry]?.options.map(\.label) ?? []
    #expect(labels.contains("PACLitaxel stopped (Port, at 07:00)"), "\(labels)")
  }
}
