import InfusionRecord

/// One rule with its numbers, settings, sentences and sources, without a layout.
///
/// The page in `docs/` and the command `chairtime rules` are both made from it.
package struct RuleChapter: Sendable {
  /// Lines of one kind: numbers, settings, sources.
  package struct Part: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
      case numbers, settings, findings, uncharged, disputes, sources

      /// `Where sources disagree`.
      package var heading: String {
        switch self {
        case .numbers: "Numbers"
        case .settings: "Settings"
        case .findings: "Findings"
        case .uncharged: "Minutes it leaves uncharged"
        case .disputes: "Where sources disagree"
        case .sources: "Sources"
        }
      }
    }
    package let kind: Kind
    package let entries: [Entry]
  }

  /// A line: a name, a remark and a text.
  package struct Entry: Sendable {
    /// `infusion-entry`; empty if the text needs no name.
    package let name: String
    /// `16 min, from 01-Jan-2006`; empty for none.
    package let remark: String
    package let text: String
    /// The address of a source.
    package var address: String?

    init(_ name: String, _ remark: String = "", _ text: String, address: String? = nil) {
      self.name = name
      self.remark = remark
      self.text = text
      self.address = address
    }
  }

  package let rule: Rule
  /// The version whose numbers are shown.
  package let rulebook: String
  /// In the order of the kinds, without empty parts.
  package let parts: [Part]

  package init(_ id: Rule.ID, in book: RuleBook) {
    let rule = id.rule
    self.rule = rule
    rulebook = book.version
    parts = Part.Kind.allCases.compactMap { kind in
      let entries = RuleChapter.entries(kind, of: rule, in: book)
      return entries.isEmpty ? nil : Part(kind: kind, entries: entries)
    }
  }

  /// The grades of its sources, best first.
  package var grades: [Citation.Grade] {
    Citation.Grade.allCases.filter { grade in
      rule.citations.contains { $0.citation.grade == grade }
    }
  }

  private static func entries(_ kind: Part.Kind, of rule: Rule, in book: RuleBook) -> [Entry] {
    switch kind {
    case .numbers:
      book.parameters.rows.filter { rule.parameters.contains($0.id) }.map { row in
        Entry(
          row.id.rawValue, "\(row.value) \(row.unit), from \(row.from.display)",
          "\(row.meaning) [\(row.citation.citation.name)]")
      }
    case .settings:
      Policy.keys.filter { rule.policies.contains($0.name) }.map { key in
        Entry(key.name, "", key.allowed.joined(separator: ", "))
      }
    case .findings:
      Finding.ID.allCases.filter { $0.rule == rule.id }.map { finding in
        Entry(finding.text, finding.severity.rawValue, finding.patterns)
      }
    case .uncharged:
      Clause.allCases.filter { $0.rule == rule.id }.map { Entry($0.text, "", $0.sentence) }
    case .disputes: rule.disputes.map { Entry("", "", $0) }
    case .sources:
      rule.citations.map(\.citation).map { source in
        Entry(source.name, "", source.line, address: source.address)
      }
    }
  }
}
