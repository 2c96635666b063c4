import InfusionRecord
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// What the screens say of a session is so.
@Suite struct TruthTests {
  private static func closed() -> Driver {
    var it = Driver()
    it.seat()
    it.start("pacli")
    it.at("08:31")
    it.stop()
    let id = it.store.order[0]
    it.store.add(.siteClosed(site: "port"), to: id, at: Driver.morning + 95 * 60)
    it.store.add(.sessionClosed(answers: []), to: id, at: Driver.morning + 96 * 60)
    it.follow(it.store)
    it.at("09:00")
    it.press("q")
    return it
  }

  @Test func `a closed site is not called unrecorded in the sign-off`() {
    var it = TruthTests.closed()
    for keys in [["y"], ["r"]] {
      it.press("d")
      for key in keys { it.press(key) }
      #expect(it.state.prompt != nil, "\(it.screen)")
      #expect(!it.words.contains("access site not recorded"), "\(it.screen)")
      #expect(it.words.contains("Port, closed 08:35"), "\(it.screen)")
      it.press("Esc", "Esc")
    }
  }

  @Test func `a session without any site says so`() {
    var it = Driver()
    it.seat()
    #expect(it.words.contains("access site not recorded"))
  }

  @Test func `an open site is named before one that was closed`() {
    var it = Driver()
    it.seat()
    let id = it.store.order[0]
    it.store.add(
      .siteOpened(SiteOpening(site: "picc", kind: .picc)), to: id, at: Driver.morning + 60)
    it.store.add(
      .siteOpened(SiteOpening(site: "port", kind: .port)), to: id, at: Driver.morning + 120)
    it.store.add(.siteClosed(site: "port"), to: id, at: Driver.morning + 180)
    it.follow(it.store)
    it.at("07:10")
    #expect(it.words.contains("PICC"))
    #expect(!it.words.contains("closed"))
  }

  // MARK: Zones

  @Test func `two open sites are both named`() {
    var it = Driver(size: Size(columns: 120, rows: 40))
    it.seat()
    it.press("v", "port", "Enter", "Enter", "v", "peri", "Enter", "Enter")
    #expect(it.shows("Port; Peripheral IV"))
  }

  @Test func `a session of an earlier day says which, as its times mean that day`() {
    var it = Driver()
    it.seat()
    it.start("pacli")
    #expect(!it.shows("opened"))
    it.at("31:30")
    #expect(it.shows("24-Nov-2026") || it.shows("07:30"))
    #expect(it.shows("opened 23-Nov-2026"))
    it.state.isPlain = true
    #expect(it.words.contains("opened 23-Nov-2026"))
  }

  @Test func `the bar of a closed session names the key that reopens it`() {
    var it = Driver()
    it.seat()
    let id = it.store.order[0]
    #expect(!it.shows("r reopen"))
    it.press("c", "Enter")
    it.perform(it.state.arrive(it.store.logs[id], at: .screen(.session(id))))
    #expect(it.shows("r reopen"))
  }

  @Test func `the board has one clock, and a session of another zone says which is its own`() {
    var it = TruthTests.closed()
    let id = SessionID("2026-11-23-zzzzzz")
    it.store.add(
      .sessionOpened(
        SessionOpening(
          patient: PatientIdentity(
            family: "Sample", given: "Olu", dateOfBirth: CivilDate(dayNumber: -4000),
            sex: .unknown, mrn: "9", visitNumber: "V9"), chair: "3", zone: "America/Los_Angeles",
          nurse: "T. Kowalski")), to: id, at: Driver.morning)
    it.store.add(
      .drugStarted(
        AdministrationFacts(
          administration: "a1", drug: "carboplatin", technique: .infusion, plannedMinutes: 180)),
      to: id, at: Driver.morning + 3600)
    it.follow(it.store)
    it.at("09:00")
    #expect(it.frame.text(row: 0).contains("09:00 (UTC-6)"))
    #expect(it.words.contains("11:00"), "\(it.screen)")
    #expect(it.words.contains("(times in UTC-8)"), "\(it.screen)")
    it.press("/", "sample", "Enter", "Enter")
    #expect(it.frame.text(row: 0).contains("07:00 (UTC-8)"), "\(it.screen)")
  }

  @Test func `whose name stands in the corner is said`() {
    var it = Driver()
    #expect(it.frame.text(row: 0).contains("You: RN J. Okafor"))
    it.seat()
    #expect(it.frame.text(row: 1).contains("Nurse J. Okafor"))
  }

  // MARK: Words

  @Test(arguments: [
    ("29-Feb-1961", "There is no such day as 29-Feb-1961"), ("x", "Type the date of birth as"),
    ("04-Feb-2061", "04-Feb-2061 is still to come"),
  ])
  func `a date of birth that cannot be is told as what it is`(text: String, told: String) {
    var it = Driver()
    it.press("n", "1", "Enter", "Tester", "Enter", "Amara", "Enter", text, "Enter", "Enter")
    it.focus(.time)
    it.press("Enter")
    #expect(it.words.contains(told), "\(it.screen)")
  }

  @Test func `one fact is one, an empty session has nothing final, a note ends once`() {
    var it = Driver()
    it.seat()
    it.press("f")
    #expect(it.words.contains("1 fact; nothing is erased"))
    it.press("q", "e")
    #expect(it.words.contains("no units so far, rules"))
    it.press("q", "t", "Comfortable.", "Enter")
    #expect(it.words.contains("Comfortable."))
    #expect(!it.words.contains(".."), "\(it.screen)")
  }

  @Test func `the palette names an action of another screen with its screen`() {
    var it = Driver()
    it.press(":", "reopen")
    #expect(it.words.contains("not here but in: "), "\(it.screen)")
    it.press("C-u", "xyzzy")
    #expect(it.words.contains("No such action."), "\(it.screen)")
  }
}
