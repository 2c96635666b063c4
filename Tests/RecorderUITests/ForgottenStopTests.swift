import InfusionRecord
import ScriptedProgram
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// A stop that is recorded long after the drug must have ended.
@Suite struct ForgottenStopTests {
  private func running(planned: String = "60") -> Driver {
    var it = Driver()
    it.seat()
    it.start("pacli", planned: planned)
    return it
  }

  private func stop(_ it: Driver) -> Event? {
    it.store.all[0].events.last { $0.fact.kind == .drugStopped }
  }

  private func answer(_ it: inout Driver, _ text: String) {
    it.focus(.check)
    it.press(text, "Enter", "C-s")
  }

  @Test func `an hour past the plan is no question, a minute more is`() {
    var it = running()
    it.at("09:00")
    it.press("x")
    #expect(it.state.prompt?[.check] == nil, "\(it.screen)")
    it.press("Esc")
    it.at("09:01")
    it.press("x")
    #expect(it.state.prompt?[.check] != nil)
    #expect(
      it.words.contains("planned end 08:00: a stop at 09:01 would be 2hr 1min. When did it really"),
      "\(it.screen)")
    it.press("C-s")
    #expect(stop(it) == nil)
    answer(&it, "it really")
    #expect(stop(it)?.clinicalTime == Driver.morning + 121 * 60)
  }

  @Test func `nobody saw it end is one answer`() {
    var it = running()
    it.at("12:00")
    it.press("x")
    answer(&it, "nobody")
    guard case .drugStopped(let fact)? = stop(it)?.fact else {
      Testing.Issue.record("\(it.screen)")
      return
    }
    #expect(fact.isNotObserved)
  }

  @Test func `last seen running takes the time typed, and asks for one`() {
    var it = running()
    it.at("12:00")
    it.press("x", "1", "Enter")
    #expect(it.words.contains("When was it last seen running?"), "\(it.screen)")
    #expect(it.state.prompt?.focused?.name == .ended)
    it.press("0930", "Enter")
    #expect(stop(it)?.basis == .lastSeenRunning)
    #expect(stop(it)?.clinicalTime == Driver.morning + 150 * 60)
    #expect(it.state.prompt == nil, "\(it.screen)")
  }

  @Test func `the time of an ended drug is typed in place of an answer`() {
    var it = running()
    it.at("12:00")
    it.press("x", "0815", "Enter")
    #expect(it.words.contains("stopped 08:15 (late entry), completed"), "\(it.screen)")
    it.press("Enter")
    #expect(stop(it)?.clinicalTime == Driver.morning + 75 * 60)
    #expect(stop(it)?.reason == ForgottenDrug.reason)
  }

  @Test func `an answer that was given stays, whatever is typed afterwards`() {
    var it = running()
    it.at("12:00")
    it.press("x", "BTab", "0930")
    it.focus(.check)
    it.press("1", "Enter")
    #expect(it.words.contains("last seen running 09:30"), "\(it.screen)")
    it.focus(.time)
    it.press("C-u", "0800")
    #expect(it.words.contains("last seen running 08:00"), "\(it.screen)")
    it.press("Enter")
    #expect(stop(it)?.basis == .lastSeenRunning)
    #expect(stop(it)?.clinicalTime == Driver.morning + 60 * 60)
  }

  @Test func `a stop on the next day is asked about, without a plan too`() {
    var it = running(planned: "")
    it.at("23:59")
    it.press("x")
    #expect(it.state.prompt?[.check] == nil)
    it.press("Esc")
    it.at("24:30")
    it.press("x")
    #expect(it.state.prompt?[.check] != nil, "\(it.screen)")
  }

  @Test func `who names the source of the time is not asked`() {
    var it = running()
    it.at("12:00")
    it.press("x")
    it.focus(.basis)
    it.press("pump", "Enter")
    #expect(it.state.prompt?[.check] == nil, "\(it.screen)")
  }
}
