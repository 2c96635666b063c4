import Foundation
import InfusionRecord
import Interchange
import PlainText
import SessionReview
import Testing
import TimelineEngine

/// Whole explanations of telling sessions, as `chairtime explain` prints them.
///
/// Each session of `Tests/Explanations` has its page beside it. `CHAIRTIME_WRITE_DOCS=1 swift test --filter
/// ExplanationTests` writes the pages again; read every difference.
@Suite struct ExplanationTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(
      path: "Explanations")

  private static let names = [
    "repeated-pushes", "seven-injections", "folfox", "hydration-around-a-drug",
    "reason-without-a-primary", "second-site-and-tie", "disputed-push", "held-and-computed",
    "two-visits-in-one-day", "drug-lines",
  ]

  private func statement(_ name: String) throws -> Statement {
    let file = Self.folder.appending(path: "\(name).json")
    let document = try read(String(contentsOf: file, encoding: .utf8), formulary: .starter)
    var deriver = Deriver()
    return deriver.statement(
      of: document.timeline, policy: document.policy,
      drugTables: .starter(for: document.timeline, document.policy))
  }

  @Test(arguments: names) func `a session is explained in these words`(name: String) throws {
    let text = try statement(name).page.text
    let file = Self.folder.appending(path: "\(name).txt")
    if ProcessInfo.processInfo.environment["CHAIRTIME_WRITE_DOCS"] == "1" {
      try Data(text.utf8).write(to: file)
    }
    #expect(text == (try String(contentsOf: file, encoding: .utf8)))
  }

  @Test(arguments: names) func `no sentence stands twice under one administration`(
    name: String
  ) throws {
    let statement = try statement(name)
    let clock = ClockText(statement.timeline.session.clock, day: nil)
    let outline = StatementOutline(statement, clock: clock, dash: "-")
    for unit in outline.units {
      #expect(unit.blocks.reduce(0) { $0 + $1.units } == unit.charge.units)
      var told: Set<String> = []
      for block in unit.blocks {
        #expect(!block.administrations.isEmpty)
        for row in block.administrations {
          for reason in block.reasons {
            #expect(told.insert("\(row) \(reason.sentence)").inserted, "\(reason.sentence)")
          }
        }
      }
    }
  }
}
