import InfusionRecord
import TerminalCore
import Testing

@testable import RecorderUI

/// What is said at the foot takes its own rows.
@Suite struct MessageRoomTests {
  @Test(arguments: [Size(columns: 80, rows: 24), Size(columns: 60, rows: 15)])
  func `a message of several rows is drawn on nothing`(size: Size) {
    for view in SnapshotTests.View.allCases
    where ![.lock, .signIn, .signInPIN, .takeover].contains(view) {
      for length in [10, 150, 400] {
        var it = SnapshotTests.driver(view, size)
        guard it.state.prompt == nil, it.state.palette == nil, it.state.help == nil else {
          continue
        }
        it.state.say(
          Notice(
            .recorded, String(repeating: "Recorded what was recorded ", count: length / 27 + 1)))
        for row in 0..<size.rows {
          let text = it.frame.text(row: row)
          // A rule, or a row of something; never words and then a rule to the edge.
          let line = text.reversed().prefix { $0 == " " || $0 == "─" }
          let isMixed =
            line.count { $0 == "─" } > 4 && text.contains { $0 == "." }
            && text.dropLast(line.count).last == "."
          #expect(!isMixed, "\(view) \(length)\n\(it.screen)")
        }
        let rules = (0..<size.rows).filter { row in
          it.frame.text(row: row).trimming.allSatisfy { $0 == "─" }
            && it.frame.text(row: row).contains("─")
        }
        #expect(
          rules.last == size.rows - 3 - it.state.furtherMessageRows,
          "\(view) \(length)\n\(it.screen)")
      }
    }
  }
}

extension String {
  fileprivate var trimming: Substring {
    var text = Substring(self)
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return text
  }
}
