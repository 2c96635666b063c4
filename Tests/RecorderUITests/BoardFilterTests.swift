import InfusionRecord
import ScriptedProgram
import TerminalCore
import Testing

@testable import RecorderUI

/// The filter of the board, which never hides a person in need.
@Suite struct BoardFilterTests {
  /// Chair 1 has a drug past its planned end, chair 2 one within its plan.
  private func suite() -> Driver {
    var it = Driver(size: Size(columns: 80, rows: 24))
    it.seat()
    it.start("pacli", planned: "30")
    it.press("q")
    it.seat(mrn: "90000002", family: "Zylinder", given: "Otto")
    it.start("carbo", planned: "400")
    it.press("q")
    it.at("09:00")
    return it
  }

  @Test func `a drug past its planned end stays in every filter, below what matches`() {
    var it = suite()
    it.press("/", "zylinder", "Enter")
    #expect(it.shows("ZYLINDER") && it.shows("past planned end"))
    #expect(it.shows("not a match:"))
    #expect(it.shows("1 of 6 matches, 1 needs you; Esc shows all"))
    // The selection is on the match.
    #expect(it.state.currentSession?.opening.patient.family == "Zylinder")
    it.press("Esc")
    #expect(!it.shows("not a match"))
  }

  @Test func `Enter opens no row that was not looked for`() {
    var it = suite()
    it.press("/", "nobody has this name", "Enter", "Enter")
    #expect(it.state.screen == .board && it.state.place == .find)
    #expect(it.shows("No chair matches, 1 needs you"))
    it.press("Esc")
    #expect(it.state.place == .board && it.state.board.filter.isEmpty)
  }

  @Test func `a find that finds nothing and is left goes back to the row before`() {
    var it = suite()
    it.press("Home", "j")
    let before = it.state.board.cursor.selected
    it.press("/", "zzzz")
    #expect(it.state.currentSession == nil, "\(it)")
    it.press("Esc")
    #expect(it.state.board.cursor.selected == before, "\(it)")
  }

  @Test func `finding ignores accents and apostrophes`() {
    var it = Driver()
    it.seat(mrn: "90000003", family: "O\u{2019}Núñez", given: "Ana")
    it.press("q", "/", "onunez", "Enter", "Enter")
    #expect(it.state.currentSession?.opening.patient.family == "O\u{2019}Núñez")
    it.press("q", "Esc", "/", "o'nunez", "Enter", "Enter")
    #expect(it.state.screen.session != nil)
  }
}
