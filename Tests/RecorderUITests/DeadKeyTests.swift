import InfusionRecord
import ScriptedProgram
import TerminalCore
import Testing

@testable import RecorderUI

@Suite struct DeadKeyTests {
  private func told(_ key: String, _ prepare: (inout Driver) -> Void = { _ in }) -> String {
    var it = Driver()
    it.seat()
    prepare(&it)
    it.press(key)
    return it.state.notice?.text ?? ""
  }

  @Test func `Caps Lock is named with the key that works`() {
    #expect(told("X") == "X does nothing here; x is: Stop what runs. Is Caps Lock on?")
    #expect(told("S") == "S does nothing here; s is: Start a drug. Is Caps Lock on?")
  }

  @Test func `another alphabet is named with the Latin key in the same place`() {
    #expect(
      told("ы")
        == "ы does nothing here: the keyboard types another alphabet. With Latin letters this key "
        + "is s: Start a drug.")
    for (letter, latin) in [("ч", "x"), ("χ", "x"), ("ס", "x"), ("ء", "x")] {
      #expect(told(letter).contains("this key is \(latin): Stop what runs."), "\(letter)")
    }
    #expect(
      told("漢")
        == "漢 does nothing here: the keyboard types another alphabet. Switch it to Latin letters; ? "
        + "shows the keys.")
  }

  @Test func `a key of another screen says where it works`() {
    #expect(
      told("d") == "d does nothing here. It works in: Board; ? shows the keys of this one.")
    #expect(told("5") == "5 does nothing here; ? shows the keys.")
    #expect(told("C-y") == "Ctrl-Y does nothing here; ? shows the keys.")
  }

  @Test func `in a form a key without a meaning points to the keys, and the text stays`() {
    var it = Driver()
    it.seat()
    it.press("s", "pac", "C-y")
    #expect(it.state.notice?.text == "Ctrl-Y does nothing here; F1 shows the keys.")
    #expect(it.state.prompt?[.drug]?.entry.text == "pac")
  }

  @Test func `stop, start and close work on the screens of one session`() {
    for screen in ["f", "e"] {
      for (key, form) in [("s", Form.start), ("x", .stop), ("c", .close)] {
        var it = Driver()
        it.seat()
        it.start("pacli")
        it.press(screen, key)
        #expect(it.state.prompt?.form == form, "\(screen) \(key)")
      }
    }
    var board = Driver()
    board.seat()
    board.press("q", "c")
    #expect(board.state.prompt?.form == .close)
  }

  @Test func `the stop on the Facts screen is about the drug of the selected fact`() {
    var it = Driver()
    it.seat()
    it.start("pacli")
    it.press("f")
    let selected = it.state.selectedAdministration(in: it.state.currentSession?.id)
    #expect(selected == it.state.currentSession?.running.first?.id)
  }
}
