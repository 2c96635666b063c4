internal import InfusionRecord
public import TimelineEngine

/// The rule book for a person: the list of rules, or one rule whole.
public enum RulePage {
  /// Every rule with its claim, in the order in which a session meets them.
  public static func list(of book: RuleBook) -> TextPage {
    var page = TextPage()
    page.line("Rulebook \(book.version)", "from \(book.from.display)")
    var listed: Set<Rule.ID> = []
    for stage in book.stages {
      page.heading("\(stage.name.uppercased()) (\(stage.hitPolicy.rawValue))")
      for id in stage.rules where listed.insert(id).inserted {
        page.line(id.text, id.rule.sections.joined(separator: " "))
        page.wrap(id.rule.claim, first: "  ")
      }
    }
    return page
  }

  /// One rule: claim, numbers, settings, disputes and sources.
  public static func detail(of id: Rule.ID, in book: RuleBook) -> TextPage {
    let rule = id.rule
    var page = TextPage()
    page.line(id.text, "rulebook \(book.version), \(rule.sections.joined(separator: " "))")
    page.rule("=")
    page.wrap(rule.claim)
    let rows = book.parameters.rows.filter { rule.parameters.contains($0.id) }
    if !rows.isEmpty {
      page.heading("NUMBERS")
      for row in rows {
        page.line("\(row.id.rawValue)  \(row.value) \(row.unit)", "from \(row.from.display)")
        page.wrap("\(row.meaning) [\(row.citation.citation.name)]", first: "  ")
      }
    }
    let keys = Policy.keys.filter { rule.policies.contains($0.name) }
    if !keys.isEmpty {
      page.heading("SETTINGS")
      for key in keys {
        page.wrap(key.allowed.joined(separator: ", "), first: "\(key.name): ", indent: 2)
      }
    }
    if !rule.disputes.isEmpty {
      page.heading("WHERE SOURCES DISAGREE")
      for dispute in rule.disputes { page.wrap(dispute, first: "- ") }
    }
    page.heading("SOURCES")
    for citation in rule.citations.map(\.citation) {
      page.wrap(citation.line, first: "[\(citation.name)] ", indent: 2)
      if let address = citation.address { page.wrap(address, first: "  ") }
    }
    page.skip()
    let grades = Citation.Grade.allCases.filter { grade in
      rule.citations.contains { $0.citation.grade == grade }
    }
    for grade in grades { page.wrap(grade.meaning + ".", first: "[\(grade.rawValue)] ") }
    return page
  }
}
