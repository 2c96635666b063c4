import InfusionRecord

/// The rule book as pages of Markdown: `docs/rules.md` and `docs/sources.md`.
///
/// The pages are made from the rules and from the comments in their files. A test compares them with
/// the pages in `docs/`.
package enum RuleBookPage {
  /// Every rule of a version with its numbers, settings, findings and codes.
  ///
  /// - Parameter essays: the part of each rule's comment that follows the claim, in Markdown.
  package static func rules(of book: RuleBook, essays: [Rule.ID: String]) -> String {
    var page = Page()
    page.paragraph("# The rules")
    page.paragraph(
      """
      For coders and engineers: rulebook \(book.version), in force from \(book.from.display). This \
      page is made from the rules, and a test compares the two. `chairtime rules` shows the same on \
      a terminal. Sections (R1) and decisions (D12) are those of the rulebook that the rules follow. \
      [sources.md](sources.md) lists the sources with the grade that says how each was read.
      """)
    page.paragraph("## Stages")
    page.paragraph(
      """
      A session runs through the steps in this order. A step is a rule, followed by what the rule \
      does there if it has several steps. In a `unique` stage every question has one answer, and two \
      rules that differ are a conflict that names both. In a `first` stage the first answer counts, \
      in a `collect` stage all answers do.
      """)
    page.table(
      ["stage", "answers", "steps"],
      book.stages.map { stage in
        [stage.name, stage.hitPolicy.rawValue, stage.steps.map(line).joined(separator: ", ")]
      })
    for id in book.rules { chapter(RuleChapter(id, in: book), essay: essays[id], on: &page) }
    appendix(book, on: &page)
    return page.text
  }

  /// Every source once, by grade, with the rules and numbers that rest on it.
  package static func sources(of book: RuleBook) -> String {
    var page = Page()
    page.paragraph("# Sources")
    page.paragraph(
      """
      For coders and engineers: the sources of the rules, in our own words. This page is made from \
      the rules, and a test compares the two. If we did not read a source itself, its line names the \
      source that quotes it. Below a source stand the sentences of statements that rest on it.
      """)
    for grade in Citation.Grade.allCases {
      let sources = Citation.ID.allCases.filter { $0.citation.grade == grade }
      guard !sources.isEmpty else { continue }
      page.paragraph("## \(grade.rawValue): \(grade.meaning)")
      page.list(sources.map { line(of: $0, in: book) })
    }
    return page.text
  }

  // MARK: Parts

  private static func chapter(_ chapter: RuleChapter, essay: String?, on page: inout Page) {
    let rule = chapter.rule
    page.paragraph("## \(rule.id.text)")
    page.paragraph("**\(rule.claim)**")
    if let essay, !essay.isEmpty { page.paragraph(essay) }
    page.paragraph("Rulebook \(rule.sections.joined(separator: ", ")).")
    for part in chapter.parts {
      page.paragraph("\(part.kind.heading):")
      page.list(part.entries.map { line(of: $0, kind: part.kind) })
    }
  }

  private static func line(of entry: RuleChapter.Entry, kind: RuleChapter.Part.Kind) -> String {
    switch kind {
    case .disputes: entry.text
    case .sources: "\(entry.text) `\(entry.name)`"
    case .settings: "`\(entry.name)`: \(entry.text)"
    default:
      "`\(entry.name)`" + (entry.remark.isEmpty ? "" : " (\(entry.remark))") + ": \(entry.text)"
    }
  }

  private static func appendix(_ book: RuleBook, on page: inout Page) {
    page.paragraph("## Settings")
    page.paragraph("Where sources disagree, a setting decides. Everything else is fixed.")
    page.table(
      ["key", "default", "other values", "dispute", "rules"],
      Policy.keys.map { key in
        [
          "`\(key.name)`", key.allowed.first ?? "", key.allowed.dropFirst().joined(separator: ", "),
          key.dispute,
          book.rules.filter { $0.rule.policies.contains(key.name) }.map(link)
            .joined(separator: ", "),
        ]
      })
    page.paragraph("## Findings")
    page.table(
      ["finding", "severity", "rule", "says"],
      Finding.ID.allCases.map { finding in
        [
          "`\(finding.text)`", finding.severity.rawValue, link(finding.rule),
          finding.patterns,
        ]
      })
    page.paragraph("## Codes")
    page.paragraph(
      """
      Code numbers with Chairtime's own short labels; the official descriptors belong to the \
      American Medical Association. An add-on is payable only with one of its primaries.
      """)
    page.table(
      ["code", "label", "kind", "primaries"],
      Code.allCases.map { code in
        [
          code.number, code.label, code.kind.text,
          code.primaries.map(\.number).joined(separator: ", "),
        ]
      })
    page.paragraph("## Unlikely units")
    page.paragraph("A practitioner's claim may exceed these units of one date only with proof.")
    page.table(
      ["code", "units", "source"],
      book.parameters.unlikelyPractitioner.map { edit in
        [edit.code.number, String(edit.units), edit.citation.citation.line]
      })
  }

  private static func line(of id: Citation.ID, in book: RuleBook) -> String {
    let source = id.citation
    var line = "`\(source.name)` \(source.line)"
    if let address = source.address { line += " <\(address)>" }
    line += " Says: \(source.says)"
    var users = book.rules.filter { $0.rule.citations.contains(id) }.map { "`\($0.text)`" }
    for row in book.parameters.rows where row.citation == id {
      users.append("number `\(row.id.rawValue)`")
    }
    for edit in book.parameters.unlikelyPractitioner where edit.citation == id {
      users.append("units of \(edit.code.number)")
    }
    if !users.isEmpty { line += " Used by \(users.joined(separator: ", "))." }
    let sentences = RuleBookPage.sentences(on: id).map { "\n  - \($0)" }
    return line + sentences.joined()
  }

  /// The sentences of a statement that rest on a source.
  private static func sentences(on id: Citation.ID) -> [String] {
    let reasons = Reason.examples.filter { $0.source == id }.map { "Charged: \($0.pattern)" }
    let clauses = Clause.allCases.filter { $0.source == id }
      .map { "Not charged: \($0.sentence)" }
    return reasons + clauses
  }

  private static func line(of step: RuleBook.Step) -> String {
    link(step.rule) + (step.name.isEmpty ? "" : ": \(step.name)")
  }

  private static func link(_ rule: Rule.ID) -> String { "[\(rule.text)](#\(rule.text))" }
}

extension Code.Kind {
  /// `add-on`.
  package var text: String {
    switch self {
    case .initial: "initial"
    case .addOn: "add-on"
    case .standAlone: "stands alone"
    }
  }
}

/// Paragraphs, lists and tables of Markdown with one empty line between them.
private struct Page {
  private var blocks: [String] = []

  var text: String { blocks.joined(separator: "\n\n") + "\n" }

  mutating func paragraph(_ text: String) { blocks.append(text) }

  mutating func list(_ lines: [String]) {
    blocks.append(lines.map { "- \($0)" }.joined(separator: "\n"))
  }

  mutating func table(_ heads: [String], _ rows: [[String]]) {
    let lines = [heads, heads.map { _ in "---" }] + rows
    blocks.append(lines.map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n"))
  }
}
