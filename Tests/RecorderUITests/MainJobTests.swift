import Foundation
import InfusionRecord
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

@Suite struct MainJobTests {
  @Test func `a session is opened, a drug started and stopped, and the units arise`() {
    var it = Driver()
    it.seat()
    #expect(it.shows("TESTER, Amara"))
    #expect(it.shows("MRN 90000417"))
    it.start("pacli")
    #expect(it.shows("Recorded: PACLitaxel infusion started 07:00, Port, new site"))
    it.at("07:15")
    #expect(it.units == [:])
    it.at("07:16")
    #expect(it.units == ["96413": 1])
    it.at("08:31")
    #expect(it.units == ["96413": 1, "96415": 1])
    it.stop()
    it.start("carbo")
    it.at("09:20")
    it.press("x", "Enter")
    #expect(it.units == ["96413": 1, "96415": 1, "96417": 1])
    it.press("e")
    #expect(it.shows("Why these units"))
    #expect(it.words.contains("PACLitaxel 07:00–08:31"))
    it.press("q", "c")
    #expect(it.words.contains("closed 09:20"))
    it.press("Enter")
    #expect(it.state.path == [.board])
    #expect(it.store.all[0].status == .closed)
  }

  @Test func `start and stop are two keys and a confirmation`() {
    var it = Driver()
    it.seat()
    it.state.learn(
      [AdministrationFacts(administration: "a1", drug: "paclitaxel", technique: .infusion)],
      of: "90000417")
    it.press("v", "1", "Enter", "Enter")
    #expect(it.shows("Port"))
    // s, Enter takes what the last visit gave; Enter records.
    it.press("s", "Enter", "Enter")
    #expect(it.store.all[0].administrations.map(\.facts.drug) == ["paclitaxel"])
    it.at("08:00")
    it.press("x", "Enter")
    #expect(it.store.all[0].administrations[0].progress == .stopped)
  }

  @Test func `only what gives a drug is offered again: no flush, no pump taken off`() {
    var it = Driver()
    func past(_ drug: String, _ technique: Technique) -> AdministrationFacts {
      AdministrationFacts(administration: drug, drug: drug, technique: technique)
    }
    it.seat()
    it.state.learn(
      [
        past("flush", .flush), past("fluorouracil", .pumpDisconnect), past("paclitaxel", .infusion),
      ],
      of: "90000417")
    it.press("v", "1", "Enter", "Enter")
    it.press(":", "flush the", "Enter", "Enter")
    #expect(it.store.all[0].administrations.map(\.facts.technique) == [.flush])
    let offered = it.state.suggestions(for: it.state.currentSession)
    #expect(offered.map(\.facts.drug) == ["paclitaxel"])
  }

  @Test func `no single key records anything`() {
    var it = Driver()
    it.seat()
    it.start("pacli")
    let before = it.store.all[0].version
    for row in Keymap.rows {
      for key in row.keys where !key.modifiers.contains(.control) {
        var fresh = it
        fresh.feed(.key(key))
        #expect(fresh.store.all[0].version == before, "\(key)")
      }
    }
  }

  @Test(arguments: [("2026", false), ("now", true), ("0945", true), ("9:45", true), ("-5", true)])
  func `times are typed as people say them`(text: String, isAccepted: Bool) {
    var it = Driver()
    it.seat()
    it.at("10:00")
    it.press("s", "pacli", "Enter", "1", "Enter")
    it.focus(.time)
    it.press(text, "Enter")
    #expect((it.state.prompt == nil) == isAccepted)
    if text.contains("45") {
      #expect(it.store.all[0].administrations[0].start == Driver.morning + 9900)
    }
    if text == "-5" { #expect(it.store.all[0].administrations[0].start == Driver.morning + 10_500) }
    if !isAccepted { #expect(it.words.contains("in the future")) }
  }

  @Test func `an old time is a late entry by default`() {
    var it = Driver()
    it.seat()
    it.at("10:00")
    it.press("s", "pacli", "Enter", "1", "Enter")
    it.focus(.time)
    it.press("0931")
    #expect(it.state.prompt?.value(.basis) == "observed")
    it.press("Back", "Back", "29")
    #expect(it.state.prompt?.value(.basis) == "late-entry")
    #expect(it.shows("09:29 (late entry)"))
    it.press("Tab", "pump", "Tab", "Enter")
    #expect(it.store.all[0].events.last?.basis == .pumpLog)
  }

  @Test func `a stop that nobody saw is recorded as such and charges nothing unknown`() {
    var it = Driver()
    it.seat()
    it.start("pacli")
    it.at("09:00")
    it.press("x", "Tab", "not obs", "Enter")
    #expect(it.shows("nobody saw it end"))
    it.press("Enter")
    #expect(it.store.all[0].administrations[0].progress == .stopNotObserved)
    #expect(it.shows("stop not observed"))
    #expect(it.shows("found ended 09:00"))
    #expect(it.words.contains("Nobody saw PACLitaxel started 07:00 end."))
  }

  @Test func `a boundary is asked about after the stop, in the same words on both sides`() {
    func question(_ time: String) -> String? {
      var it = Driver()
      it.seat()
      it.start("pacli")
      it.at(time)
      it.press("x", "Enter")
      guard it.state.prompt?.subject == .stop("a1") else { return nil }
      #expect(!it.words.contains("9641") || it.shows("Is this stop right?"))
      let text = it.words
      return String(text[(text.range(of: "PACLitaxel started")?.lowerBound ?? text.startIndex)...])
        .replacingOccurrences(of: time, with: "TIME")
    }
    let below = question("08:30")
    let above = question("08:31")
    #expect(below != nil)
    #expect(
      below?.replacingOccurrences(of: "1hr 30min", with: "LENGTH")
        == above?.replacingOccurrences(of: "1hr 31min", with: "LENGTH"))
    #expect(question("08:10") == nil)
    #expect(question("07:15") != nil && question("07:16") != nil)
  }

  @Test func `a stop confirmed is noted, one denied is corrected next`() {
    func asked() -> Driver {
      var it = Driver()
      it.seat()
      it.start("pacli")
      it.at("08:31")
      it.press("x", "Enter")
      return it
    }
    var (it, denied) = (asked(), asked())
    it.press("1", "Enter", "Enter")
    #expect(it.store.all[0].events.last?.fact.kind == .noteAdded)
    denied.press("Down", "Down", "Enter", "Enter")
    #expect(denied.state.prompt?.form == .amend)
    denied.press("0829", "Tab", "Tab", "typed wr", "Enter", "Enter")
    #expect(denied.store.all[0].administrations[0].stop == Driver.morning + 89 * 60)
    #expect(denied.units == ["96413": 1])
  }

  @Test func `nothing at the chair counts down to a threshold or shows money`() {
    var it = Driver()
    it.seat()
    it.start("pacli", planned: "180")
    for minute in stride(from: 0, through: 59, by: 7) {
      it.at("08:\(minute < 10 ? "0" : "")\(minute)")
      for view in ["", "e"] {
        var look = it
        if !view.isEmpty { look.press(view) }
        #expect(!look.words.contains("$"))
        #expect(!look.words.lowercased().contains("until"))
        #expect(!look.words.lowercased().contains("next unit"))
      }
    }
  }
}
