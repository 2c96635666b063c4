import Foundation
import TerminalCore
import Testing

@testable import RecorderUI

@Suite struct KeymapTests {
  @Test func `no key means two things in one place`() {
    for place in KeyRow.Place.allCases {
      var seen: [KeyPress: Intent] = [:]
      for row in Keymap.standard.rows(in: place) {
        for key in row.keys {
          #expect(seen[key] == nil, "\(key) in \(place)")
          seen[key] = row.intent
        }
      }
    }
  }

  @Test func `no plain letter is a command in a place that takes text`() {
    for place in KeyRow.Place.allCases where place.takesText {
      for character in "abcdefghijklmnopqrstuvwxyzABCDEFG0123456789?/:-+ " {
        let press = KeyPress(.character(character))
        #expect(Keymap.standard.intent(for: press, in: place) == .type(character))
      }
    }
  }

  @Test func `every function key has a second key that is none`() {
    for row in Keymap.rows where !row.keys.isEmpty {
      let isFunction = row.keys.map { press in
        if case .function = press.key { true } else { false }
      }
      let isTextPlace = row.places.allSatisfy(\.takesText)
      #expect(isFunction.contains(false) || isTextPlace, "\(row.help)")
    }
  }

  @Test func `every action has one line of help, and every recording action a name`() {
    for row in Keymap.rows {
      #expect(!row.help.isEmpty && row.help.count <= 23 && !row.help.contains("\n"))
      if row.group == .recording { #expect(!row.name.isEmpty) }
    }
  }

  @Test func `help shows every key of its place, on one screen`() {
    for (keys, place) in [([], KeyRow.Place.board), (["Enter"], .session)] {
      var it = Driver()
      it.seat()
      it.press("q")
      for key in keys { it.press(key) }
      it.press("?")
      #expect(it.state.place == .help)
      // The legend of the picture follows, if need be on a second screen.
      let legend = TextLayout.legend(it.state, in: place, width: it.state.size.columns - 4)
      #expect(legend.isEmpty == (place == .board))
      let lines = TextLayout.help(it.state).dropLast(legend.count)
      #expect(lines.count <= TextLayout.helpRows(it.state), "\(place)")
      for row in Keymap.standard.rows(in: place) {
        for key in row.keys { #expect(it.words.contains("\(key)"), "\(key) in \(place)") }
      }
      it.press("/", "undo")
      #expect(it.words.contains("Withdraw my last entry"))
      #expect(!it.words.contains("Record a push"))
    }
  }

  @Test func `the palette reaches every named action`() {
    var it = Driver()
    it.seat()
    it.start("pacli")
    for row in Keymap.standard.rows(in: .session) where !row.name.isEmpty && row.intent != .quit {
      var look = it
      look.press(":")
      for character in row.name { look.feed(.key(KeyPress(.character(character)))) }
      #expect(look.state.paletteRows.first?.intent == row.intent, "\(row.name)")
      look.press("Enter")
      #expect(look.state.palette == nil)
    }
  }

  @Test func `the key sheet in the documentation is made from the table`() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/keys.md")
    if ProcessInfo.processInfo.environment["CHAIRTIME_WRITE_DOCS"] == "1" {
      try Keymap.page.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == Keymap.page)
  }
}
