import InfusionRecord
import TerminalCore
import Testing

@testable import RecorderUI

/// The night of 1-Nov-2026, in which Chicago's clocks show the hour from 01:00 twice.
@Suite struct RepeatedHourTests {
  private static let midnight = Instant(seconds: 1_793_509_200)

  /// A session opened at 00:00 with one infusion from 01:10 to the second 01:10.
  private static func night(_ size: Size = Size(columns: 120, rows: 40)) -> Driver {
    var it = Driver(size: size)
    func go(_ minutes: Int) {
      let moment = midnight + Int64(minutes) * 60
      it.state.advance(to: RecordedTime(milliseconds: moment.seconds * 1000))
      it.perform(it.state.update(.tick))
    }
    go(0)
    it.seat()
    let id = it.store.order[0]
    it.store.add(
      .siteOpened(SiteOpening(site: "port", kind: .port)), to: id, at: midnight + 60 * 60)
    it.store.add(
      .drugStarted(
        AdministrationFacts(
          administration: "a9", drug: "paclitaxel", technique: .infusion, site: "port")),
      to: id, at: midnight + 70 * 60)
    it.store.add(
      .drugStopped(DrugStop(administration: "a9")), to: id, at: midnight + 130 * 60)
    it.follow(it.store)
    go(140)
    return it
  }

  @Test(arguments: [Size(columns: 120, rows: 40), Size(columns: 80, rows: 24)])
  func `the session tells the two passes apart, and what the time is now`(size: Size) {
    let it = RepeatedHourTests.night(size)
    #expect(it.words.contains("01:10 (UTC-5)–01:10 (UTC-6)"), "\(it.screen)")
    #expect(it.screen.contains("01:20\u{A0}(UTC-6)") || it.words.contains("01:20 (UTC-6)"))
  }

  @Test func `the explanation and the history tell them apart`() {
    var it = RepeatedHourTests.night()
    it.press("e")
    #expect(it.words.contains("PACLitaxel 01:10 (UTC-5)–01:10 (UTC-6)"), "\(it.screen)")
    #expect(it.words.contains("60 counted min: 01:10 (UTC-5)–01:10 (UTC-6)."), "\(it.screen)")
    it.press("q", "f")
    #expect(it.words.contains("01:10 (UTC-5) PACLitaxel infusion started"), "\(it.screen)")
    #expect(it.words.contains("01:10 (UTC-6) PACLitaxel stopped"), "\(it.screen)")
    #expect(it.words.contains("written 01:10:00 (UTC-6)"), "\(it.screen)")
  }

  @Test func `the board and its lock say which pass it is`() {
    var it = RepeatedHourTests.night()
    it.press("q")
    #expect(it.words.contains("01:20 (UTC-6)"), "\(it.screen)")
    it.press("n")
    #expect(it.words.contains("now (01:20 (UTC-6))"), "\(it.screen)")
  }
}
