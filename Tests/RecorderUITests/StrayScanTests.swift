import InfusionRecord
import ScriptedProgram
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// A code that is scanned where no field waits for it is no string of commands.
@Suite struct StrayScanTests {
  private static func world() -> Driver {
    var it = Driver()
    it.seat(mrn: "MRN505", family: "Alfa")
    it.press("q")
    it.seat(mrn: "90000592", family: "Bravo", born: "19-Sep-1949")
    it.press("q")
    return it
  }

  private static func scan(_ text: String, in it: inout Driver, gap: Int64) {
    let inputs = (text.map { KeyPress(.character($0)) } + [KeyPress(.enter), KeyPress(.enter)])
      .map(Input.key)
    if gap == 0 {
      it.program.turn(inputs, after: 1_100)
    } else {
      for (index, input) in inputs.enumerated() {
        it.program.turn([input], after: index == 0 ? 1_100 : gap)
      }
    }
  }

  private static func facts(_ it: Driver) -> Int { it.store.all.reduce(0) { $0 + $1.version } }

  @Test(arguments: ["90000592", "MRN505"], [0, 8] as [Int64])
  func `a wristband that is scanned on the board selects its patient and opens nothing`(
    text: String, gap: Int64
  ) {
    var it = Self.world()
    let before = Self.facts(it)
    it.press("Home")
    for _ in 0..<2 {
      Self.scan(text, in: &it, gap: gap)
      #expect(it.state.screen == .board && it.state.prompt == nil, "\(it)")
      let found = it.state.board.cursor.selected.flatMap { item -> String? in
        if case .session(let id) = item {
          it.state.reading(of: id)?.opening.patient.mrn
        } else {
          nil
        }
      }
      #expect(found == text, "\(it)")
      #expect(it.words.contains("\(text): "), "\(it)")
      it.press("End")
    }
    #expect(Self.facts(it) == before)
  }

  @Test func `on the screen of a session it is compared with its patient`() {
    var it = Self.world()
    it.press("/", "alfa", "Enter", "Enter")
    Self.scan("MRN505", in: &it, gap: 8)
    #expect(it.words.contains("the patient of this screen"), "\(it)")
    Self.scan("90000592", in: &it, gap: 8)
    #expect(it.words.contains("This is another patient's screen."), "\(it)")
    #expect(it.state.prompt == nil, "\(it)")
  }

  @Test func `a number that no patient here has is told, and a held key is no scan`() {
    var it = Self.world()
    Self.scan("70000001", in: &it, gap: 8)
    #expect(it.words.contains("No patient here has the number 70000001."), "\(it)")
    for turn in 0..<9 {
      it.program.turn([.key(KeyPress(.character("9")))], after: turn == 0 ? 1_100 : 33)
    }
    #expect(it.state.strayScan?.isScan != true)
  }
}
