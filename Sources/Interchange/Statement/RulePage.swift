import InfusionRecord
package import PlainText
package import TimelineEngine
package import PlainText

/// The rule book on paper: the list of rules, or one rule in full.
package enum RulePage {
  /// Every rule with its claim, in the order in which a session meets them.
  package static func list(of book: RuleBook) -> TextPage {
    var page = TextPage()
    page.line("Rulebook \(book.version)", "from \(book.from.display)")
    var listed: Set<Rule.ID> = []
    for stage in book.stages {
      page.heading("\(stage.name.uppercased()) (\(stage.hitPolicy.rawValue))")
      for id in stage.steps.map(\.rule) where listed.insert(id).inserted {
        page.line(id.text, id.rule.sections.joined(separator: " "))
        page.wrap(id.rule.claim, first: "  ")
      }
    }
    return page
  }

  /// One rule: claim, numbers, settings, findings, disputes and sources.
  package static func detail(of id: Rule.ID, in book: RuleBook) -> TextPage {
    let chapter = RuleChapter(id, in: book)
    var page = TextPage()
    let sections = chapter.rule.sections.joined(separator: " ")
    page.line(id.text, "rulebook \(chapter.rulebook), \(sections)")
    page.rule("=")
    page.wrap(chapter.rule.claim)
    for part in chapter.parts {
      page.heading(part.kind.heading.uppercased())
      for entry in part.entries { write(entry, of: part.kind, on: &page) }
    }
    page.skip()
    for grade in chapter.grades { page.wrap(grade.meaning + ".", first: "[\(grade.rawValue)] ") }
    return page
  }

  private static func write(
    _ entry: RuleChapter.Entry, of kind: RuleChapter.Part.Kind, on page: inout TextPage
  ) {
    switch kind {
    case .disputes: page.wrap(entry.text, first: "- ")
    case .sources:
      page.wrap(entry.text, first: "[\(entry.name)] ", indent: 2)
      if let address = entry.address { page.wrap(address, first: "  ") }
    case .settings: page.wrap(entry.text, first: "\(entry.name): ", indent: 2)
    case .numbers, .findings, .uncharged:
      page.line(entry.name, entry.remark)
      page.wrap(entry.text, first: "  ")
    }
  }
}
