import InfusionRecord
import PlainText
import ScriptedProgram
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// Other keys for actions: what a file may bind, what it may not, and what the screens then say.
@Suite struct BoundKeysTests {
  private func binding(_ action: String, _ keys: String..., on screen: String? = nil) -> KeyBinding
  {
    KeyBinding(screen: screen, action: action, keys: keys, line: 3)
  }

  private func faults(_ bindings: KeyBinding...) -> [String] {
    Keymap.standard.bound(by: bindings).faults.map { "\($0.binding.path): \($0.found)" }
  }

  private func driver(_ bindings: KeyBinding...) -> Driver {
    var it = Driver()
    let (keymap, faults) = Keymap.standard.bound(by: bindings)
    #expect(faults.isEmpty)
    it.state.keymap = keymap
    return it
  }

  @Test func `a bound key acts, the old one does nothing, and footer, help and palette show it`() {
    var it = driver(binding("start-a-drug", "S"), binding("help", "F1", "#"))
    it.seat()
    #expect(it.shows("S start"), "\(it)")
    #expect(it.shows("Nothing yet. S starts a drug."), "\(it)")
    it.press("s")
    #expect(it.state.prompt == nil)
    #expect(it.words.contains("s does nothing here; S is: Start a drug"), "\(it)")
    it.press("#")
    #expect(it.words.contains("S, n Start a drug, planned"), "\(it)")
    it.press("q", ":", "start a")
    #expect(it.screen.contains(/start a drug +S/), "\(it)")
    it.press("Esc", "S", "pacli", "Enter", "1", "Enter", "Enter")
    #expect(it.store.all[0].administrations.count == 1, "\(it)")
    it.state.isPlain = true
    it.press("#")
    #expect(it.words.contains("S: Start a drug"), "\(it)")
  }

  @Test func `two actions may exchange their keys, and a screen may have keys of its own`() {
    var it = driver(
      binding("start-a-drug", "x", on: "session"), binding("stop-a-drug", "s", on: "session"))
    it.seat()
    it.press("x")
    #expect(it.state.prompt?.form == .start)
    it.press("Esc", "Esc")
    #expect(it.state.screen == .board)
    it.press("x")
    #expect(it.state.prompt?.form != .start, "on the board x stops")
  }

  @Test func `letters stay letters in a prompt, and Enter, Esc and text keys stay as they are`() {
    let (keymap, found) = Keymap.standard.bound(
      by: [binding("lock", "L"), binding("redraw", "Ctrl-G")])
    #expect(found.isEmpty)
    for place in KeyRow.Place.allCases where !place.takesKeys {
      let before = Keymap.standard.rows(in: place).map(\.keys)
      #expect(keymap.rows(in: place).map(\.keys) == before, "\(place)")
    }
    #expect(keymap.intent(for: KeyPress(.character("L")), in: .prompt) == .type("L"))
    #expect(keymap.intent(for: KeyPress(.character("L")), in: .board) == .lock)
    for key in ["Enter", "Esc", "Ctrl-C", "ctrl-z", "Ctrl-I", "Ctrl-M"] {
      #expect(faults(binding("lock", key)).count == 1, "\(key)")
    }
    #expect(faults(binding("open", "o")) == ["keys.open: there is no such action"])
  }

  @Test func `a clash names both actions and the screen`() {
    #expect(
      faults(binding("start-a-drug", "x", on: "board")) == [
        "keys.board.start-a-drug: x is on the screen board already: "
          + "Stop what runs (stop-a-drug)"
      ])
    // Everywhere: one fault for each other action.
    let all = faults(binding("lock", "x"))
    #expect(all.contains { $0.contains("Stop what runs") })
    #expect(all.contains { $0.contains("Write a file") })
    #expect(Set(all).count == all.count)
  }

  @Test func `what is not there is told with what may be meant`() throws {
    #expect(faults(binding("lock", "F99")) == ["keys.lock: there is no key F99"])
    #expect(faults(binding("lock", "x", on: "bord")) == ["keys.bord.lock: there is no such screen"])
    #expect(
      faults(binding("next-panel", "F5", on: "board"))
        == ["keys.board.next-panel: next-panel is no action of board"])
    #expect(faults(binding("up")) == ["keys.up: without a key nothing leads to this action"])
    #expect(faults(binding("start-a-drug")).isEmpty, "the palette leads to it")
    let fault = try #require(
      Keymap.standard.bound(by: [binding("start-drug", "S")]).faults.first)
    #expect(fault.known.contains("start-a-drug") && fault.word == "start-drug")
  }

  @Test func `with a fault no key of the file holds, and a second file lies over the first`() {
    let (kept, _) = Keymap.standard.bound(by: [binding("lock", "L"), binding("lokc", "K")])
    #expect(kept.intent(for: KeyPress(.character("L")), in: .board) == nil)
    let site = Keymap.standard.bound(by: [binding("lock", "L")]).keymap
    let own = site.bound(by: [binding("lock", "K"), binding("switch-person", "L")])
    #expect(own.faults.isEmpty)
    #expect(own.keymap.intent(for: KeyPress(.character("L")), in: .board) == .switchPerson)
    #expect(site.bound(by: [binding("switch-person", "L")]).faults.count == 1)
  }

  @Test func `every key of the table has a name that is read, and every action one name`() {
    for row in Keymap.rows {
      for key in row.keys { #expect(KeyPress(named: "\(key)") == key, "\(key)") }
    }
    var titles: [String: Intent] = [:]
    for row in Keymap.rows {
      guard let name = row.intent.actionName else { continue }
      #expect(name.allSatisfy { $0.isLowercase || $0 == "-" }, "\(name)")
      #expect(titles.updateValue(row.intent, forKey: name).map { $0 == row.intent } ?? true)
    }
    for name in ["", "Shift-a", "Ctrl-", "Ctrl-é", "Ctrl-Ctrl-a", "xx", "F0"] {
      #expect(KeyPress(named: name) == nil, "\(name)")
    }
  }
}
