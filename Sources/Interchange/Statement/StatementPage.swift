import InfusionRecord
package import PlainText
import SessionReview
package import TimelineEngine

extension Statement {
  /// The statement on paper, 80 columns wide.
  ///
  /// It holds the session's facts, each charge with its reasons, clock ranges and sources, the minutes
  /// that were not charged and why, the account of minutes, and the findings.
  package var page: TextPage {
    var page = TextPage()
    writeHead(to: &page)
    writeUnits(to: &page)
    StatementRecord(statement: self, clock: clockText).write(to: &page)
    writeCharges(to: &page)
    writeDrugLines(to: &page)
    writeUncharged(to: &page)
    writeLedger(to: &page)
    writeDrugAmounts(to: &page)
    writeFindings(to: &page)
    writeSources(to: &page)
    return page
  }

  /// The statement in a few lines: units and findings.
  package var summary: TextPage {
    var page = TextPage()
    page.line("Session \(timeline.session.id)", status.text)
    for charge in charges {
      page.line("  \(columnText(charge))", charge.status.text)
    }
    for line in drugLines { page.line("  \(columnText(line))", line.status.text) }
    if charges.isEmpty { page.line("  nothing charged") }
    for doubt in outline.doubts {
      page.wrap(
        "\(subject(of: doubt)): \(doubt.sentence)",
        first: "  \(doubt.kind) \(doubt.finding?.id.text ?? "rules"), ", indent: 4)
    }
    return page
  }

  // MARK: Parts

  private var clockText: ClockText {
    ClockText(timeline.session.clock, day: firstDate, precision: .exact)
  }

  private var outline: StatementOutline {
    StatementOutline(self, clock: clockText, dash: "-")
  }

  private func writeHead(to page: inout TextPage) {
    let session = timeline.session
    page.line("Statement of session \(session.id)", status.text)
    page.rule("=")
    let date = firstDate.map(\.display) ?? "no time recorded"
    page.line("Date        \(date)", "zone \(session.clock.zone)")
    if let asOf {
      page.line("As of       \(clockText.full(asOf))", "rulebook \(rulebook)")
    } else {
      page.line("As of       no time recorded", "rulebook \(rulebook)")
    }
    var setting = session.setting.rawValue
    if let place = session.placeOfService { setting += ", place of service \(place)" }
    page.wrap(setting, first: "Setting     ")
    page.wrap(session.payer ?? "not named", first: "Payer       ")
    if let order = session.inpatientFrom {
      page.line("Inpatient   from \(clockText.full(order))")
    }
    // A reason that has not begun is not known at the statement's moment.
    for reason in session.reasonsForVisit
    where minutes.contains(where: { $0.administration == reason }) {
      let encounter =
        session.reasonsForVisit.count > 1
        ? " (encounter \(timeline.administrations[reason].encounter))" : ""
      page.wrap(name(of: reason) + encounter, first: "Visit for   ")
    }
    let sites = timeline.sites.filter(\.isCharted).map(text)
    page.wrap(
      sites.isEmpty ? "none recorded" : sites.joined(separator: "; "), first: "Sites       ")
    let settings = policy.differences
    let text = settings.map {
      "\($0.name) = \($0.value.argument.isEmpty ? "none" : $0.value.argument)"
    }.joined(separator: ", ")
    page.wrap(settings.isEmpty ? "the defaults" : text, first: "Policy      ")
    page.wrap(editWords, first: "Edit tables ")
  }

  /// Which edit tables the units were compared with, so that `final` is not read as edit-checked.
  private var editWords: String {
    let setting = EditTables.Setting(timeline.session.setting)
    let loaded = editTables.tables(for: setting)
    let texts = loaded.map { "\($0.name) (\($0.source))" }
    if editTables.isUnreadable {
      return "could not be read; no unit is compared with them (chairtime edits list says why)"
    }
    if texts.isEmpty {
      let known = RuleBook.version(rulebook)?.parameters.unlikelyPractitioner.count ?? 0
      return setting == .practitioner && known > 0
        ? "none loaded; units are compared only with the \(known) limits of the rulebook"
        : "none loaded; no unit is compared with unlikely edits or code pairs"
    }
    let missing = EditTables.Kind.allCases.filter { kind in !loaded.contains { $0.kind == kind } }
    return (texts + missing.map { "no \($0.rawValue)" }).joined(separator: ", ")
  }

  private func text(_ site: AccessSite) -> String {
    var facts = [site.kind.rawValue]
    if let parent = site.parent { facts.append("lumen of \(timeline.sites[parent].id)") }
    if let reason = site.secondSiteReason { facts.append("second site for \(reason.rawValue)") }
    return "\(site.id) (\(facts.joined(separator: ", ")))"
  }

  private func writeUnits(to page: inout TextPage) {
    page.heading("UNITS")
    guard !charges.isEmpty else { return page.line("Nothing is charged.") }
    for charge in charges { page.line(columnText(charge), charge.status.text) }
  }

  func columnText(_ charge: Charge) -> String {
    let date = charge.serviceDate.map(\.display) ?? "no date"
    return charge.codeText.padded(to: 9) + "x\(charge.units)".padded(to: 5) + date.padded(to: 13)
      + label(of: charge).padded(to: 37)
  }

  private func writeCharges(to page: inout TextPage) {
    guard !charges.isEmpty else { return }
    page.heading("WHY EACH UNIT IS CHARGED")
    for (index, unit) in outline.units.enumerated() {
      let charge = unit.charge
      if index > 0 { page.skip() }
      page.line(columnText(charge), charge.status.text)
      var facts: [String] = []
      if let site = site(of: charge), site.isCharted { facts.append("site \(site.id)") }
      facts.append("encounter \(encounter(of: charge))")
      if charge.minutes.count > 0 { facts.append("\(charge.minutes.count) min") }
      page.wrap(facts.joined(separator: ", "), first: "  ")
      for block in unit.blocks {
        write(block, isAlone: unit.blocks.count == 1, to: &page)
      }
    }
  }

  /// The administrations with their times, then the reasons that stand under them.
  private func write(_ block: StatementOutline.Block, isAlone: Bool, to page: inout TextPage) {
    let names = block.administrations.map { position in
      let times = outline.times(of: timeline.administrations[position], now: asOf)
      return "\(name(of: position)), \(times)"
    }.joined(separator: "; ")
    if isAlone {
      page.wrap(names, first: "  For ", indent: 6)
    } else {
      page.wrap(
        "\(names) - \(block.units.pluralized("unit")), \(block.status.text)", first: "  For ",
        indent: 6)
    }
    for reason in block.reasons {
      page.wrap(reason.sentence, first: "  - ")
      page.wrap("rule \(reason.rule.text) [\(reason.citation.name)]", first: "    ")
    }
  }

  private func writeUncharged(to page: inout TextPage) {
    guard !uncharged.isEmpty else { return }
    page.heading("MINUTES NOT CHARGED")
    for account in outline.accounts {
      for line in account.uncharged {
        page.line(name(of: account.entry.administration), "\(line.minutes.count) min")
        page.wrap(line.sentence, first: "  - ")
        page.wrap(
          "rule \(line.clause.rule.text) (\(line.clause.text)) [\(line.citation.name)]",
          first: "    ")
      }
    }
  }

  private func writeLedger(to page: inout TextPage) {
    guard !minutes.isEmpty else { return }
    page.heading("ACCOUNT OF MINUTES")
    func columns(_ left: String, _ a: String, _ b: String, _ c: String) {
      page.line(left, a.leading(to: 9) + b.leading(to: 9) + c.leading(to: 11))
    }
    columns("", "recorded", "charged", "uncharged")
    var totals = (0, 0, 0)
    for entry in minutes {
      columns(
        name(of: entry.administration), "\(entry.recorded.count)", "\(entry.charged.count)",
        "\(entry.uncharged.count)")
      totals.0 += entry.recorded.count
      totals.1 += entry.charged.count
      totals.2 += entry.uncharged.count
    }
    columns("together", "\(totals.0)", "\(totals.1)", "\(totals.2)")
  }

  private func writeFindings(to page: inout TextPage) {
    let doubts = outline.doubts
    guard !doubts.isEmpty else { return }
    page.heading("FINDINGS")
    for doubt in doubts {
      page.line(
        "\(doubt.kind.padded(to: 8))\(subject(of: doubt))", doubt.finding?.id.text ?? "rules")
      page.wrap(doubt.sentence, first: "        ")
    }
  }

  /// Each source once, by the name the reasons use.
  private func writeSources(to page: inout TextPage) {
    var sources: [Citation] = []
    let outline = outline
    let cited =
      outline.units.flatMap(\.rules).map(\.citation)
      + outline.accounts.flatMap(\.uncharged).map(\.citation)
      + drugLines.flatMap(\.because).map(\.citation)
    for citation in cited where !sources.contains(citation) { sources.append(citation) }
    guard !sources.isEmpty else { return }
    page.heading("SOURCES")
    for source in sources.sorted(by: { $0.name < $1.name }) {
      page.wrap(source.line, first: "[\(source.name)] ", indent: 4)
      page.wrap("Says: \(source.says)", first: "    ")
    }
    page.skip()
    let grades = Citation.Grade.allCases.filter { grade in sources.contains { $0.grade == grade } }
    for grade in grades { page.wrap(grade.meaning + ".", first: "[\(grade.rawValue)] ") }
    page.wrap("Codes are numbers with Chairtime's own labels; their descriptors are the AMA's.")
  }

  private func subject(of doubt: StatementOutline.Doubt) -> String {
    doubt.administrations.isEmpty
      ? "the session" : doubt.administrations.map(name).joined(separator: " and ")
  }
}

extension StatementOutline.Doubt {
  /// `warning`, or `conflict` for two rules.
  fileprivate var kind: String { finding?.severity.rawValue ?? "conflict" }
}
