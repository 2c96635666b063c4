import Foundation
import Testing
import TimelineEngine

/// The pages of the rule book are made from the rules.
///
/// `CHAIRTIME_WRITE_DOCS=1 swift test --filter RuleBookPageTests` writes them again.
@Suite struct RuleBookPageTests {
  private let book = RuleBook.inForce(on: nil)

  @Test(arguments: Rule.ID.allCases)
  func `the comment of a rule begins with its claim`(rule: Rule.ID) throws {
    #expect(try RuleComment(of: rule).claim == rule.rule.claim)
  }

  @Test(arguments: Rule.ID.allCases)
  func `a rule has one file of tests`(rule: Rule.ID) {
    let name = RuleComment.typeName(of: rule)
    #expect(
      RuleComment.file("\(name)Tests.swift", under: "Tests/TimelineEngineTests/Rules") != nil)
  }

  @Test func `every rule has a step in a stage`() {
    #expect(Set(book.rules) == Set(Rule.ID.allCases))
    for stage in book.stages {
      let steps = stage.steps.map { "\($0.rule.text): \($0.name)" }
      #expect(Set(steps).count == steps.count, "\(stage.name)")
    }
  }

  @Test func `every setting steers a rule, and rules name settings that exist`() {
    let keys = Set(Policy.keys.map(\.name))
    #expect(Set(Rule.ID.allCases.flatMap(\.rule.policies)) == keys)
  }

  @Test func `every source is used, and every number has one`() {
    var used = Set(Rule.ID.allCases.flatMap(\.rule.citations))
    used.formUnion(book.parameters.rows.map(\.citation))
    used.formUnion(book.parameters.unlikelyPractitioner.map(\.citation))
    #expect(used == Set(Citation.ID.allCases))
  }

  @Test func `add-ons have primaries and other codes have none`() {
    for code in Code.allCases {
      #expect(code.primaries.isEmpty == (code.kind != .addOn), "\(code.number)")
    }
  }

  @Test func `the page of the rules is up to date`() throws {
    var essays: [Rule.ID: String] = [:]
    for rule in book.rules { essays[rule] = try RuleComment(of: rule).essay }
    try expect(RuleBookPage.rules(of: book, essays: essays), at: "docs/rules.md")
  }

  @Test func `the page of the sources is up to date`() throws {
    try expect(RuleBookPage.sources(of: book), at: "docs/sources.md")
  }

  private func expect(
    _ text: String, at path: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = RuleComment.package.appending(path: path)
    if ProcessInfo.processInfo.environment["CHAIRTIME_WRITE_DOCS"] == "1" {
      try Data(text.utf8).write(to: file)
    }
    let written = try String(contentsOf: file, encoding: .utf8)
    #expect(
      written == text, "run CHAIRTIME_WRITE_DOCS=1 swift test --filter RuleBookPageTests",
      sourceLocation: sourceLocation)
  }
}
