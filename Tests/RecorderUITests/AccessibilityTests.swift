import Foundation
import TerminalCore
import Testing

@testable import RecorderUI

/// Chairtime can be used with keys alone, without colour, and with a screen reader.
@Suite struct AccessibilityTests {
  private static let sources = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources/RecorderUI")

  /// The names of the intents, as the source declares them.
  private static let intents: [String] = {
    let file = sources.appending(path: "Keys/Intent.swift")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").filter { $0.hasPrefix("  case ") }.flatMap { line in
      line.dropFirst(7).split(separator: ",").map { name in
        String(name.prefix { $0 != "(" }).trimmingCharacters(in: .whitespaces)
      }
    }
  }()

  /// The titles of the forms, as the source declares them.
  private static let titles: [String] = {
    let files = FileManager.default.enumerator(
      at: sources.appending(path: "Forms"), includingPropertiesForKeys: nil)
    var titles: [String] = []
    while let file = files?.nextObject() as? URL {
      guard let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
      titles += text.matches(of: /= Form\(\s+title: "([^"]+)"/).map { String($0.1) }
    }
    return titles
  }()

  @Test func `every form has a title of its own and a row of keys, or follows from another form`() {
    let rows = Keymap.rows.compactMap { row in
      if case .fill(let form) = row.intent { form.title } else { nil }
    }
    #expect(Self.titles.count == 34)
    #expect(Set(Self.titles).count == Self.titles.count)
    #expect(Set(Self.titles).subtracting(rows) == [Form.confirmStop.title])
  }

  @Test func `every intent has a key, or a name in the palette`() {
    #expect(Self.intents.count > 45)
    // What the clock, the terminal, text fields and keys without a meaning send.
    let others: Set<String> = ["resize", "tick", "type", "paste", "press"]
    for name in Self.intents where !others.contains(name) {
      let rows = Keymap.rows.filter { "\($0.intent)".prefix { $0 != "(" } == name }
      #expect(!rows.isEmpty, "\(name) is in no row")
      #expect(rows.contains { !$0.keys.isEmpty || !$0.name.isEmpty }, "\(name)")
    }
    for row in Keymap.rows where row.keys.isEmpty {
      #expect(!row.name.isEmpty, "\(row.help): neither key nor name")
      let hasPalette = row.places.contains { place in
        Keymap.standard.row(of: .openPalette, in: place) != nil
      }
      #expect(hasPalette, "\(row.help): no palette where it holds")
    }
  }

  // MARK: Without colour

  /// What stands in a role's cells on one row, in pieces.
  private func pieces(_ frame: Frame, _ roles: Set<Style.Role>) -> [(row: Int, text: String)] {
    var found: [(Int, String)] = []
    for row in 0..<frame.size.rows {
      var piece = ""
      for column in 0...frame.size.columns {
        if let cell = frame.cell(column, row), roles.contains(cell.style.role) {
          piece += frame.text(of: cell)
        } else if !piece.isEmpty {
          found.append((row, piece))
          piece = ""
        }
      }
    }
    return found
  }

  @Test(arguments: SnapshotTests.View.allCases)
  func `what a colour says, a mark or a word says too`(view: SnapshotTests.View) {
    let it = SnapshotTests.driver(view, Size(columns: 120, rows: 40))
    let frame = it.frame
    let words = [
      "need", "missing", "not ", "past", "ended", "review", "held", "withdrawn", "corrected",
      "wrong", "closed", "running", "is running", "already", "no such", "similar", "late",
      "allergies", "allergy", "alert", "reaction",
    ]
    for (row, text) in pieces(frame, [.attention, .error]) {
      // A time past its end has its reason in words on the rows below it. A sentence may begin on the row above.
      let nearby = (max(0, row - 1)...min(row + 4, frame.size.rows - 1)).map { frame.text(row: $0) }
        .joined(separator: " ")
      let isMarked = text.contains(it.state.glyphs.needsPerson) || nearby.contains("▌")
      let hasWord = words.contains { nearby.lowercased().contains($0) }
      #expect(isMarked || hasWord, "\(text) on \(view)")
    }
    for (row, text) in pieces(frame, [.provisional]) {
      let line = frame.text(row: row)
      #expect(text.contains("◌") || line.contains("provisional"), "\(text) on \(view)")
    }
    for (row, text) in pieces(frame, [.paused]) {
      let isDrawn = text.allSatisfy { "░┄ ".contains($0) }
      #expect(isDrawn || frame.text(row: row).contains("paused"), "\(text) on \(view)")
    }
  }

  // MARK: Plain

  private static let views: [SnapshotTests.View] = SnapshotTests.View.allCases

  private func plain(_ view: SnapshotTests.View, _ size: Size) -> Driver {
    var it = SnapshotTests.driver(view, size, .plain)
    it.state.isPlain = true
    it.feed(.resize(size))
    return it
  }

  @Test(arguments: views)
  func `every plain screen is as in its picture`(view: SnapshotTests.View) throws {
    for size in SnapshotTests.sizes {
      let frame = plain(view, size).frame
      #expect(frame.size == size)
      if size.columns <= 1 { continue }
      try SnapshotTests().check(
        frame.snapshot, "plain-\(view.rawValue)-\(size.columns)x\(size.rows)")
    }
  }

  @Test(arguments: views)
  func `a plain screen draws no box and puts nothing side by side`(view: SnapshotTests.View) {
    for size in [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40)] {
      let it = plain(view, size)
      let text = it.screen
      #expect(text.unicodeScalars.allSatisfy { !(0x2500...0x25FF).contains($0.value) })
      for row in 0..<size.rows {
        let line = it.frame.text(row: row).drop { $0 == " " }
        #expect(!line.contains("    "), "columns: \(line)")
        #expect(!line.contains("---") && !line.contains("==="), "a drawn line: \(line)")
      }
    }
  }

  @Test(arguments: views)
  func `the cursor rests where the next key acts`(view: SnapshotTests.View) throws {
    let it = plain(view, Size(columns: 80, rows: 24))
    let cursor = try #require(it.frame.cursor)
    #expect(it.frame.bounds.contains(cursor))
    let line = it.frame.text(row: cursor.row)
    switch view {
    case .board: #expect(line.hasPrefix("Chair "))
    case .boardFind: #expect(line == "Find: testerx" || line.hasPrefix("Find: "))
    case .session: #expect(line.contains("PACLitaxel") || line.contains("ondansetron"))
    case .palette: #expect(line == "Do: site" && cursor.column == 8)
    case .signInPIN: #expect(line == "PIN: ***" && cursor.column == 8)
    // Of several names none is chosen, so the question is read.
    case .signIn: #expect(line.hasPrefix("Who is there? A number or letters"))
    case .startChoices: #expect(line.hasPrefix("Drug: car"))
    default: #expect(!line.isEmpty)
    }
  }

  @Test func `what happened stands on the bottom line`() {
    var it = Driver(glyphs: .plain)
    it.state.isPlain = true
    it.seat()
    it.start("pacli")
    let last = it.frame.text(row: 23)
    #expect(last.hasPrefix("Recorded: PACLitaxel"))
    it.press("s", "pacli", "Enter", "Enter")
    let foot = it.frame.text(row: 22) + it.frame.text(row: 23)
    #expect(foot.contains("one dose cannot be started twice"))
  }

  @Test func `what a stop comes to is heard as sentences, after the access site`() {
    var it = Driver(glyphs: .plain)
    it.state.isPlain = true
    it.seat()
    #expect(it.words.contains("access site not recorded"))
    it.start("pacli")
    it.at("07:40")
    it.press("x")
    #expect(it.words.contains("chair 1, 07:40, access site Port"))
    #expect(it.words.contains("by J. Okafor. Since 07:00: ran 40min."))
  }

  @Test func `a whole visit goes by plain screens alone`() {
    var it = Driver(size: Size(columns: 60, rows: 15), glyphs: .plain)
    it.state.isPlain = true
    it.seat()
    it.start("pacli", planned: "180")
    it.at("10:00")
    it.stop()
    #expect(it.words.contains("1. PACLitaxel"))
    #expect(it.units == ["96413": 1, "96415": 2])
    for row in 0..<15 { #expect(it.frame.text(row: row).count <= 60) }
  }
}
