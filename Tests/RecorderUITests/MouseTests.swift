import InfusionRecord
import ScriptedProgram
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// The mouse through the real loop: it selects what was painted, and accepts nothing.
@Suite struct MouseTests {
  private static func driver(on: Bool = true) -> Driver {
    var it = Driver(size: Size(columns: 100, rows: 30), chairs: 4)
    it.state.usesMouse = on
    it.seat(mrn: "90000001", family: "Tester")
    it.start("pacli")
    it.start("carbo")
    it.press("q")
    it.seat(mrn: "90000002", family: "Sample")
    it.press("q", "Home")
    return it
  }

  /// The place of a text on the frame that was painted last.
  private func point(_ text: String, in it: Driver) throws -> Point {
    let frame = try #require(it.program.screen.frame)
    for row in 0..<frame.size.rows {
      let line = frame.text(row: row)
      if let range = line.firstRange(of: text) {
        return Point(
          column: line.distance(from: line.startIndex, to: range.lowerBound), row: row)
      }
    }
    Testing.Issue.record("\(text) is not on the screen \(it)")
    return Point(column: 0, row: 0)
  }

  private func click(_ text: String, in it: inout Driver, after pause: Int64 = 1_100) throws {
    it.program.turn([.mouse(.click(try point(text, in: it)))], after: pause)
  }

  private func selected(_ it: Driver) -> String? {
    guard case .session(let id) = it.state.board.cursor.selected else { return nil }
    return it.state.reading(of: id)?.opening.patient.family
  }

  @Test func `a click selects a chair and opens nothing, however often`() throws {
    var it = Self.driver()
    for name in ["SAMPLE", "TESTER", "SAMPLE"] {
      try click(name, in: &it)
      try click(name, in: &it, after: 90)
      #expect(selected(it)?.uppercased() == name, "\(it)")
      #expect(it.state.screen == .board)
    }
    it.press("Enter")
    #expect(it.state.currentSession?.opening.patient.family == "Sample", "\(it)")
  }

  @Test func `it is off unless it was asked for`() throws {
    var it = Self.driver(on: false)
    let before = selected(it)
    for name in ["SAMPLE", "TESTER"] {
      try click(name, in: &it)
      #expect(selected(it) == before)
    }
    it.program.turn([.mouse(.wheelDown)])
    #expect(selected(it) == before)
  }

  @Test func `no Enter acts at once after a click, nor in one burst with it`() throws {
    for pause in [0, 30, 200, 299] as [Int64] {
      var it = Self.driver()
      try click("SAMPLE", in: &it)
      it.program.turn([.key(KeyPress(.enter))], after: pause)
      #expect(it.state.screen == .board, "\(pause) ms \(it)")
    }
    var it = Self.driver()
    let target = Input.mouse(.click(try point("SAMPLE", in: it)))
    it.program.turn([target, .key(KeyPress(.enter)), .key(KeyPress(.character("c")))])
    #expect(it.state.screen == .board && it.state.prompt == nil, "\(it)")
    it.program.turn([.key(KeyPress(.enter))], after: 400)
    #expect(it.state.screen != .board)
  }

  @Test func `a click highlights a choice, and records nothing until Enter has been read`() throws {
    var it = Self.driver()
    try click("TESTER", in: &it)
    it.at("07:40")
    it.press("Enter", "x")
    let version = it.store.all[0].version
    try click("2 CARBOplatin     ", in: &it)
    try click("2 CARBOplatin     ", in: &it, after: 100)
    #expect(it.state.prompt?.focused?.current?.label.hasPrefix("CARBO") == true, "\(it)")
    it.program.turn([.key(KeyPress(.enter))], after: 200)
    #expect(it.store.all[0].version == version)
    it.press("Enter")
    #expect(it.store.all[0].version == version, "Enter takes the row first \(it)")
    it.press("Enter")
    #expect(it.store.all[0].version == version + 1, "\(it)")
    #expect(it.store.all[0].administrations[1].progress == .stopped)
  }

  @Test func `what lies under a form is not to be clicked`() throws {
    var it = Self.driver()
    let point = try point("SAMPLE", in: it)
    it.press("n")
    let before = it.state.board.cursor.selected
    it.program.turn([.mouse(.click(point))])
    #expect(it.state.board.cursor.selected == before)
    #expect(it.state.prompt != nil)
  }

  @Test func `a click means the patient who was painted there, though the rows move before it`()
    throws
  {
    var it = Self.driver()
    it.press("o", "o")
    #expect(it.state.board.order == .patient)
    let shown = Input.mouse(.click(try point("TESTER", in: it)))
    let before = it.state.boardItems
    it.program.turn([.key(KeyPress(.character("O"))), shown])
    #expect(it.state.boardItems != before)
    #expect(selected(it) == "Tester", "\(it)")
  }

  @Test func `the wheel moves the highlight and leaves no field`() {
    var it = Self.driver()
    let before = selected(it)
    it.program.turn([.mouse(.wheelDown)])
    #expect(selected(it) != before, "\(it)")
    it.program.turn([.mouse(.wheelUp)])
    #expect(selected(it) == before)
    it.press("Enter", "s")
    let field = it.state.prompt?.focused?.name
    for _ in 0..<5 { it.program.turn([.mouse(.wheelDown)]) }
    #expect(it.state.prompt?.focused?.name == field)
    #expect(it.state.prompt?.value(.drug) == "", "the wheel takes nothing")
  }

  @Test func `on a locked screen and where the PIN is asked the mouse does nothing`() throws {
    var it = Self.driver()
    let point = try point("SAMPLE", in: it)
    let before = it.state.board.cursor.selected
    it.press("C-l")
    it.program.turn([.mouse(.click(point)), .mouse(.wheelDown)])
    #expect(it.state.isLocked)
    #expect(it.state.board.cursor.selected == before)
  }
}
