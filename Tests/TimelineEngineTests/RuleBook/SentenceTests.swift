import Foundation
import Testing

@testable import TimelineEngine

/// Statements are hashed over their sentences, so no sentence may change or trade places unnoticed.
///
/// `Sentences.txt` lists everything that the engine can say, a line each, with the source that stands
/// behind it. A changed line changes the hash of statements: say in `docs/decisions.md` what becomes of
/// earlier signatures. `CHAIRTIME_WRITE_DOCS=1 swift test --filter SentenceTests` writes the list again.
@Suite struct SentenceTests {
  private static var lines: [String] {
    let reasons = Reason.Form.allCases.map { form in
      let reason = Reason(.countedMinutes, form, 7, 8)
      return "reason \(form) [\(reason.citation.name)]: \(reason.text)"
    }
    let clauses = Clause.allCases.map {
      "clause \($0.text), \($0.rule.text) [\($0.source.citation.name)]: \($0.sentence)"
    }
    let findings = Finding.ID.allCases.map { id in
      let finding = Finding(id, number: 7, code: .infusion, otherCode: .push)
      return "finding \(id.text), \(id.rule.text), \(id.severity.rawValue): \(finding.text)"
    }
    let wordings = Finding.Wording.allCases.compactMap { wording in
      wording.id.map { id in
        let finding = Finding(id, number: 7, code: .infusion, wording: wording)
        return "finding \(id.text), \(wording): \(finding.text)"
      }
    }
    let rules = Rule.ID.allCases.map { id in
      "rule \(id.text), \(id.rule.sections.joined(separator: " ")): "
        + id.rule.citations.map(\.citation.name).joined(separator: " ")
    }
    let sources = Citation.ID.allCases.map { id in
      "source \(id.citation.name): \(id.citation.line) \(id.citation.address ?? "")"
        .trimmingCharacters(in: .whitespaces)
    }
    let codes = Code.allCases.map { code in
      "code \(code.number), \(code.kind): \(code.label)"
        + (code.primaries.isEmpty
          ? "" : " after " + code.primaries.map(\.number).joined(separator: " "))
    }
    let drugReasons = DrugReason.Form.allCases.map { form in
      "drug \(form), \(form.definition.rule.text) [\(form.source.citation.name)]: \(form.pattern)"
    }
    return reasons + drugReasons + clauses + findings + wordings + rules + sources + codes
  }

  @Test func `another wording of a finding has its severity`() {
    for wording in Finding.Wording.allCases {
      guard let id = wording.id, let definition = wording.definition else { continue }
      #expect(definition.severity == id.severity, "\(wording)")
    }
  }

  @Test func `every sentence, severity, source and code is the one of the list`() throws {
    let list = RuleComment.package.appending(
      path: "Tests/TimelineEngineTests/RuleBook/Sentences.txt")
    if ProcessInfo.processInfo.environment["CHAIRTIME_WRITE_DOCS"] == "1" {
      try Data(Self.lines.joined(separator: "\n").appending("\n").utf8).write(to: list)
    }
    let known = try String(contentsOf: list, encoding: .utf8).split(separator: "\n")
    for (found, expected) in zip(Self.lines, known) { #expect(found == expected) }
    #expect(Self.lines.count == known.count)
  }
}
