import InfusionRecord
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// Closing loses no charge: each drug that still runs is asked about.
@Suite struct ClosingTests {
  private static func closing(planned: String = "180", at time: String = "09:00") -> Driver {
    var it = Driver()
    it.seat()
    it.start("pacli", planned: planned)
    it.at(time)
    it.press("c")
    return it
  }

  private static func answers(_ it: Driver) -> [GapAnswer] {
    guard case .sessionClosed(let answers)? = it.store.all[0].events.last?.fact else { return [] }
    return answers
  }

  @Test func `the five ends of a running drug are offered in order, and none is chosen`() {
    var it = Self.closing()
    #expect(
      it.state.prompt?.focused?.options.map(\.label) == [
        "stopped now", "stopped at …", "last seen running at …", "goes on (pump, home)",
        "nobody saw it end",
      ])
    #expect(it.state.prompt?.focused?.current == nil)
    #expect(it.words.contains("still runs; it needs its stop. Planned end 10:00."), "\(it)")
    let version = it.store.all[0].version
    it.press("Enter", "Enter", "C-s", "Enter")
    #expect(it.store.all[0].version == version, "\(it)")
    #expect(it.words.contains("Nothing is chosen yet"), "\(it)")
  }

  @Test func `a session that is closed from the review leads back to its row there`() {
    var it = Driver()
    it.seat()
    it.press("q", "n", "90000418", "Enter", "Sample", "Enter", "Olu", "Enter", "05-Feb-1961", "C-s")
    it.press("q", "d")
    it.press("j")
    let row = it.state.review?.cursor.selected
    it.press("Enter", "c", "C-s")
    #expect(it.state.screen == .review && it.state.review?.cursor.selected == row, "\(it)")
  }

  @Test func `what is closed stays in sight`() {
    for size in [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40)] {
      var it = Self.closing()
      it.feed(.resize(size))
      for text in ["TESTER, Amara", "Given", "Units so far", "07:00–  2hr", "96413"] {
        #expect(it.shows(text), "\(text) \(it)")
      }
    }
  }

  @Test func `stopped now records the stop before the closing, with its units`() {
    var it = Self.closing()
    it.press("1", "Enter")
    #expect(it.words.contains("PACLitaxel stopped 09:00 (observed)"), "\(it)")
    it.press("Enter")
    #expect(it.store.all[0].status == .closed, "\(it)")
    #expect(it.store.all[0].administrations[0].stop == Driver.morning + 7200)
    #expect(Self.answers(it).isEmpty)
  }

  @Test func `stopped at asks when, and records that time as a late entry`() {
    var it = Self.closing()
    it.press("2", "Enter")
    #expect(it.state.prompt?.focused?.name == .ended)
    it.press("Enter")
    #expect(it.words.contains("Stopped at is needed."), "\(it)")
    it.press("0630", "Enter")
    #expect(it.store.all[0].status == .open, "\(it)")
    it.press("C-u", "0815")
    #expect(it.words.contains("PACLitaxel stopped 08:15 (late entry)"), "\(it)")
    it.press("Enter")
    #expect(it.store.all[0].administrations[0].stop == Driver.morning + 4500, "\(it)")
    #expect(it.store.all[0].status == .closed)
  }

  @Test func `a time within the limit of late entries says how it is known`() {
    var it = Self.closing()
    it.press("2", "Enter", "0839")
    it.press("Enter")
    #expect(it.store.all[0].status == .open)
    #expect(it.words.contains("08:39 known?"), "\(it)")
    it.focus(.basis)
    it.press("1", "Enter")
    #expect(it.words.contains("PACLitaxel stopped 08:39 (observed)"), "\(it)")
    it.press("Enter")
    #expect(it.store.all[0].status == .closed, "\(it)")
  }

  @Test func `last seen running asks when, and loses no charge`() {
    var it = Self.closing()
    it.press("3", "Enter", "0845")
    #expect(it.words.contains("PACLitaxel last seen running 08:45"), "\(it)")
    #expect(it.words.contains("Comes to 2 units: 96413, 96415."), "\(it)")
    it.press("Enter")
    let stop = it.store.all[0].events.last { $0.fact.kind == .drugStopped }
    #expect(stop?.basis == .lastSeenRunning && stop?.clinicalTime == Driver.morning + 105 * 60)
    #expect(it.store.all[0].status == .closed)
    #expect(Self.answers(it).isEmpty)
  }

  @Test func `what goes on without a pump is asked where, and keeps running`() {
    var it = Self.closing()
    it.press("4", "Enter", "C-s")
    #expect(it.store.all[0].status == .open)
    it.focus(.reason)
    it.press("1", "Enter", "Enter")
    #expect(it.store.all[0].status == .closed, "\(it)")
    #expect(it.store.all[0].administrations[0].progress == .running)
    #expect(Self.answers(it).map(\.answer) == ["goes on (pump, home): on the ward"])
    #expect(Self.answers(it).map(\.issue) == ["still-running"])
  }

  @Test func `what nobody saw end is recorded as such, and answered`() {
    var it = Self.closing()
    it.press("5", "Enter")
    #expect(it.words.contains("PACLitaxel found ended 09:00, nobody saw it end"), "\(it)")
    it.press("Enter")
    #expect(it.store.all[0].administrations[0].progress == .stopNotObserved, "\(it)")
    #expect(Self.answers(it).map(\.issue) == ["stop-not-observed"])
  }

  @Test func `each of two drugs is asked about`() {
    var it = TargetTests.running()
    it.press("c", "1", "Enter")
    #expect(it.state.prompt?.focused?.label.contains("CARBOplatin") == true, "\(it)")
    #expect(it.state.prompt?.focused?.current == nil)
    it.press("Enter")
    #expect(it.store.all[0].status == .open)
    it.press("5", "Enter", "Enter")
    #expect(it.store.all[0].status == .closed, "\(it)")
    #expect(
      it.store.all[0].administrations.map(\.progress) == [.stopped, .stopNotObserved])
  }

  @Test func `an open question about anything else starts unanswered too`() {
    var it = Driver()
    it.seat()
    it.press(
      "s", "zzimab", "Enter", "1", "Enter", "not known", "Enter", "C-s", "c", "nobody", "Enter")
    #expect(it.state.prompt?.focused?.label.contains("has no class") == true, "\(it)")
    #expect(it.state.prompt?.focused?.current == nil)
    it.press("Enter")
    #expect(it.store.all[0].status == .open)
    it.press("1", "Enter", "Enter")
    #expect(Self.answers(it).map(\.answer).contains("pharmacy will be asked for the class"))
  }
}
