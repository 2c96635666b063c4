import Foundation
import InfusionRecord
import Interchange
import Testing
import TimelineEngine

/// The published sessions against the engine: the corpus a release must pass.
struct ConformanceTests {
  static let cases: [URL] =
    ((try? FileManager.default.contentsOfDirectory(
      at: conformanceFolder, includingPropertiesForKeys: nil)) ?? [])
    .filter { $0.pathExtension == "json" }
    .sorted { $0.lastPathComponent < $1.lastPathComponent }

  @Test(arguments: cases)
  func `a published session comes out as its source says`(file: URL) throws {
    let published = try ConformanceCase(
      Array(Data(contentsOf: file)), file: file.lastPathComponent, formulary: .starter)
    var deriver = Deriver()
    let statement = deriver.statement(
      of: published.document.timeline, policy: published.document.policy,
      drugTables: .starter(for: published.document.timeline, published.document.policy))
    let derived = published.units(of: statement)
    #expect(
      published.outcome(derived) != .differs,
      "expected \(published.expected), derived \(derived)")
    #expect(statement.conflicts.isEmpty)
    if published.tier == .disputed { #expect(!published.note.isEmpty) }
  }

  @Test func `the corpus is whole`() {
    #expect(ConformanceTests.cases.count >= 146)
  }

  @Test(arguments: [
    ("", "case.json: tier: the case has no tier; expected strict, policy or disputed."),
    (
      #","tier":"stricter""#,
      "case.json: tier: the case has no tier; expected strict, policy or disputed."
    ),
    (
      #","tier":"strict""#,
      "case.json: expected.charges: the case has no expected charges; expected a list of charges."
    ),
    (
      #","tier":"strict","expected":{"charges":[{"code":"96413"}]}"#,
      "case.json: expected.charges[0]: the row is no charge; expected a code, units of 1 or more,"
        + " and a list of modifiers."
    ),
    (
      #","tier":"strict","expected":{"charges":[{"code":"96413","units":0.5,"modifiers":[]}]}"#,
      "case.json: expected.charges[0]: the row is no charge; expected a code, units of 1 or more,"
        + " and a list of modifiers."
    ),
  ])
  func `a case without its answer is refused`(more: String, sentence: String) {
    do throws(DocumentError) {
      _ = try ConformanceCase(
        Array(session(rows: "", more).utf8), file: "case.json", formulary: Formulary([]))
      Issue.record("no fault")
    } catch {
      #expect(error.description == sentence)
    }
  }

  @Test func `units agree whatever the order of rows and modifiers`() {
    var left = CodedUnits()
    left.add("96415", modifiers: [], units: 1)
    left.add("96413", modifiers: ["59", "53"], units: 1)
    left.add("96415", modifiers: [], units: 1)
    var right = CodedUnits()
    right.add("96413", modifiers: ["53", "59"], units: 1)
    right.add("96415", modifiers: [], units: 2)
    #expect(left == right)
    #expect(left.description == "96413-53-59 96415x2")
    #expect(CodedUnits().description == "nothing")
  }
}
