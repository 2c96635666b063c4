import InfusionRecord
import TestSupport
import Testing

@testable import TimelineEngine

/// A new rulebook version leaves the old one in force for earlier dates.
///
/// The new version is invented: hydration counts from 21 minutes, a repeated push after 60.
@Suite struct RuleBookVersionTests {
  private static let later = RuleBook(
    version: "2031.1", from: CivilDate(year: 2031, month: 1, day: 1) ?? CivilDate(dayNumber: 0),
    given: RuleBook.year2026.given, charged: RuleBook.year2026.charged,
    checked: RuleBook.year2026.checked, drugs: RuleBook.year2026.drugs,
    parameters: Parameters(
      rows: RuleBook.year2026.parameters.rows.map { row in
        switch row.id {
        case .hydrationEntry: row.with(21)
        case .repeatPushGap: row.with(60)
        default: row
        }
      },
      unlikelyPractitioner: []))
  private static let versions = [RuleBook.year2026, later]

  private func text(_ session: String, _ rulebook: RuleBook? = nil) -> String {
    var deriver = Deriver(rulebook: rulebook, versions: Self.versions)
    let session = SessionText(session)
    let statement = deriver.statement(
      of: session.timeline, policy: session.policy, asOf: session.asOf)
    return "\(statement.rulebook): \(StatementText(statement).codes)"
  }

  @Test(arguments: [
    ("2030-12-31", "2026.1: "), ("2031-01-01", "2031.1: 96360"), ("2005-06-01", "2026.1: "),
  ])
  func `a session is derived by the version in force on its date`(day: String, expected: String) {
    #expect(text("session on \(day)\nsaline fluid infusion 10:00+21") == expected)
  }

  @Test func `the local date of its first moment decides`() {
    let session = """
      session on 2030-12-31 zone America/Chicago
      saline fluid infusion 23:59-24:20
      """
    #expect(text(session) == "2026.1: ")
    #expect(text(session.replacing("23:59", with: "24:00")) == "2031.1: ")
    #expect(text(session.replacing("23:59-24:20", with: "24:00-24:21")) == "2031.1: 96360")
  }

  @Test func `a version that the caller names applies on any date`() {
    let early = "session on 2026-03-02\nsaline fluid infusion 10:00+21"
    let late = "session on 2031-03-02\nsaline fluid infusion 10:00+21"
    #expect(text(early, Self.later) == "2031.1: 96360")
    #expect(text(late, .year2026) == "2026.1: ")
  }

  @Test func `one deriver changes from version to version`() {
    var deriver = Deriver(versions: Self.versions)
    var found: [String] = []
    for day in ["2026-03-02", "2031-03-02", "2026-03-02"] {
      let session = SessionText(
        """
        session on \(day)
        morphine-1 drug push 10:00
        morphine-2 drug push 10:45
        """)
      found.append(StatementText(deriver.statement(of: session.timeline)).codes)
    }
    #expect(found == ["96374 96376", "96374", "96374 96376"])
  }

  @Test func `a session without any time is derived by the newest`() {
    #expect(text("morphine drug push ?") == "2031.1: 96374")
  }

  @Test func `the program's versions have their own names and are in order`() {
    let versions = RuleBook.versions
    #expect(Set(versions.map(\.version)).count == versions.count)
    #expect(versions.map(\.from) == versions.map(\.from).sorted())
    #expect(versions.allSatisfy { RuleBook.version($0.version)?.from == $0.from })
    #expect(RuleBook.version("1999.1") == nil)
  }
}

extension Parameter {
  fileprivate func with(_ value: Int) -> Parameter {
    Parameter(
      id: id, value: value, unit: unit, from: from, citation: citation, meaning: meaning)
  }
}
