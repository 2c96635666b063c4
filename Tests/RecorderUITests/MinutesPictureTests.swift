import InfusionRecord
import ScriptedProgram
import SessionReview
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// The bars of Explain, shaded by whether a unit has the minutes.
@Suite struct MinutesPictureTests {
  /// Saline alone, then beside paclitaxel, then alone again; a pause of the paclitaxel; a push.
  private static func world(_ size: Size, glyphs: Glyphs = .unicode) -> Driver {
    var it = Driver(glyphs: glyphs)
    it.seat()
    it.press("s", "sodium", "Enter", "1", "Enter", "Enter")
    it.at("08:00")
    it.start("pacli")
    it.at("08:30")
    it.press("z", "pacli", "Enter", "Enter")
    it.at("08:50")
    it.press("z", "pacli", "Enter", "Enter")
    it.at("09:00")
    it.press("p", "ondan", "Enter", "Enter")
    it.at("09:40")
    it.press("x", "pacli", "Enter", "Enter", "Esc")
    it.at("10:40")
    it.press("e")
    it.feed(.resize(size))
    return it
  }

  @Test(arguments: [
    Size(columns: 80, rows: 40), Size(columns: 120, rows: 40), Size(columns: 200, rows: 50),
  ])
  func `the shades, the hours and the account of each row agree`(size: Size) throws {
    let it = Self.world(size)
    let lines = it.screen.split(separator: "\n").map(String.init)
    let head = try #require(lines.firstIndex { $0.contains("Minutes  █ in units") }, "\(it)")
    let saline = try #require(lines[head...].first { $0.contains("sodium") })
    let drug = try #require(lines[head...].first { $0.contains("PACLitaxel") })
    let push = try #require(lines[head...].first { $0.contains("ondansetron") })
    #expect(saline.contains("▒") && saline.contains("█"), "\(it)")
    #expect(drug.contains("░") && !drug.contains("▒"), "\(it)")
    #expect(drug.contains("80 of 80 min"), "\(it)")
    #expect(push.contains("╷") && push.contains("in a unit"), "\(it)")
    // The uncharged saline lies under the drug that took its minutes.
    func columns(_ glyphs: String, in line: String) -> [Int] {
      Array(line).indices.filter { glyphs.contains(Array(line)[$0]) }
    }
    let beside = columns("▒", in: saline)
    let ran = columns("█▉▐▌▊▋▍▎▏░", in: drug)
    #expect(abs((beside.first ?? 0) - (ran.first ?? 0)) <= 1, "\(it)")
    #expect(abs((beside.last ?? 0) - (ran.last ?? 0)) <= 1, "\(it)")
    #expect(push.contains("·"), "\(it)")
  }

  @Test func `in ASCII and in plain sentences the same is told`() {
    let it = Self.world(Size(columns: 80, rows: 40), glyphs: .ascii)
    #expect(it.shows("# in units  = in none"), "\(it)")
    var plain = Self.world(Size(columns: 100, rows: 60), glyphs: .plain)
    plain.state.isPlain = true
    #expect(!plain.shows("in none"), "\(plain)")
    plain.press("/", "min recorded", "Enter")
    #expect(plain.words.contains("in units: 08:00-08:30, 08:50-09:40"), "\(plain)")
  }

  @Test func `a picture that would hide the first unit stands below the units`() throws {
    let it = Self.world(Size(columns: 80, rows: 15))
    #expect(it.shows("Why these units") && !it.shows("Minutes  █"), "\(it)")
    let lines = TextLayout.explanation(it.state).map(\.plain)
    let picture = try #require(lines.firstIndex { $0.hasPrefix("Minutes") })
    let account = try #require(lines.firstIndex { $0 == "Every recorded minute" })
    #expect(picture < account && picture > 5)
  }

  @Test func `what is looked for leaves the picture out, and help explains it`() {
    var it = Self.world(Size(columns: 80, rows: 40))
    it.press("/", "rule", "Enter")
    #expect(!it.shows("Minutes  █"), "\(it)")
    it.press("Esc", "?")
    #expect(it.shows("in none"), "\(it)")
  }
}
