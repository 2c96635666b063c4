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
    writeFacts(to: &page)
    writeCharges(to: &page)
    writeUncharged(to: &page)
    writeLedger(to: &page)
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
    ClockText(timeline.session.clock, day: sessionDate, precision: .exact)
  }

  private var outline: StatementOutline {
    StatementOutline(self, clock: clockText, dash: "-")
  }

  /// The local date of the session's first time. Times on it are written without their date.
  private var sessionDate: CivilDate? {
    let times = timeline.administrations.compactMap { $0.start ?? $0.stop }
    return times.min().map { timeline.session.clock.date(at: $0) }
  }

  private func writeHead(to page: inout TextPage) {
    let session = timeline.session
    page.line("Statement of session \(session.id)", status.text)
    page.rule("=")
    let date = sessionDate.map(\.display) ?? "no time recorded"
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
    for reason in session.reasonsForVisit {
      let encounter =
        session.reasonsForVisit.count > 1
        ? " (encounter \(timeline.administrations[reason].encounter))" : ""
      page.wrap(name(of: reason) + encounter, first: "Visit for   ")
    }
    page.wrap(timeline.sites.map(text).joined(separator: "; "), first: "Sites       ")
    let settings = policy.differences
    let text = settings.map {
      "\($0.name) = \($0.value.argument.isEmpty ? "none" : $0.value.argument)"
    }.joined(separator: ", ")
    page.wrap(settings.isEmpty ? "the defaults" : text, first: "Policy      ")
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

  private func columnText(_ charge: Charge) -> String {
    let date = charge.serviceDate.map(\.display) ?? "no date"
    return charge.codeText.padded(to: 9) + "x\(charge.units)".padded(to: 5) + date.padded(to: 13)
      + charge.code.label.padded(to: 37)
  }

  /// What was recorded by the moment of the statement; it knows no later facts.
  private func writeFacts(to page: inout TextPage) {
    page.heading("RECORDED")
    let existing = Set(minutes.map(\.administration))
    if existing.isEmpty { page.line("No administration.") }
    for (position, row) in timeline.administrations.enumerated() where existing.contains(position) {
      page.wrap(row.drug.displayName, first: row.id.padded(to: 6) + " ")
      var facts = [row.technique.rawValue]
      if row.isSiteCharted { facts.append("site \(timeline.sites[row.site].id)") }
      if row.encounter != "1" { facts.append("encounter \(row.encounter)") }
      facts.append(times(of: row))
      for pause in row.pauses where isKnown(pause.start) {
        if let stop = pause.stop, isKnown(stop) {
          facts.append("paused \(clockText.range(pause.start, stop, dash: "-"))")
        } else {
          facts.append("paused since \(clockText.moment(pause.start))")
        }
      }
      if row.stopReason != .completed, isKnown(row.stop) {
        facts.append("stopped for \(row.stopReason.rawValue)")
      }
      if let dose = row.dose { facts.append("dose \(dose)") }
      if let bag = row.bag { facts.append("bag \(bag)") }
      if let order = row.order { facts.append("order \(order)") }
      page.wrap(facts.joined(separator: ", "), first: "       ")
    }
  }

  private func isKnown(_ moment: Instant?) -> Bool {
    guard let moment, let asOf else { return false }
    return moment <= asOf
  }

  private func times(of row: Administration) -> String {
    let stop = isKnown(row.stop) ? row.stop : nil
    switch (row.start, stop) {
    case (let start?, let stop?): return clockText.range(start, stop, dash: "-")
    case (let start?, nil):
      return row.isRunning || row.stop != nil
        ? "running since \(clockText.moment(start))"
        : "start \(clockText.moment(start)), stop not recorded"
    case (nil, let stop?): return "start not recorded, stop \(clockText.moment(stop))"
    case (nil, nil):
      return row.isRunning ? "running, start not recorded" : "no times recorded"
    }
  }

  private func writeCharges(to page: inout TextPage) {
    guard !charges.isEmpty else { return }
    page.heading("WHY EACH UNIT IS CHARGED")
    for (index, unit) in outline.units.enumerated() {
      let charge = unit.charge
      if index > 0 { page.skip() }
      page.line(columnText(charge), charge.status.text)
      var facts = [
        "site \(site(of: charge).id)", "encounter \(encounter(of: charge))",
      ]
      if charge.minutes.count > 0 { facts.append("\(charge.minutes.count) min") }
      page.wrap(facts.joined(separator: ", "), first: "  ")
      let names = unit.administrations.map(name)
      page.wrap(names.joined(separator: ", "), first: "  For ", indent: 6)
      for reason in unit.reasons {
        page.wrap(reason.sentence, first: "  - ")
        let source = reason.citation.map { "[\($0.name)]" } ?? ""
        page.wrap("rule \(reason.rule.text) \(source)", first: "    ")
      }
    }
  }

  private func writeUncharged(to page: inout TextPage) {
    guard !uncharged.isEmpty else { return }
    page.heading("MINUTES NOT CHARGED")
    for part in outline.accounts.flatMap(\.uncharged) {
      page.line(name(of: part.administration), "\(part.minutes.count) min")
      page.wrap("\(part.clause.sentence) (\(part.clause.text))", first: "  - ")
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
    for citation in outline.units.flatMap(\.reasons).compactMap(\.citation)
    where !sources.contains(citation) { sources.append(citation) }
    guard !sources.isEmpty else { return }
    page.heading("SOURCES")
    for source in sources.sorted(by: { $0.name < $1.name }) {
      page.wrap(source.line, first: "[\(source.name)] ", indent: 4)
    }
    page.skip()
    let grades = Citation.Grade.allCases.filter { grade in sources.contains { $0.grade == grade } }
    for grade in grades { page.wrap(grade.meaning + ".", first: "[\(grade.rawValue)] ") }
    page.wrap("Codes are numbers with Chairtime's own labels; their descriptors are the AMA's.")
  }

  private func name(of position: Int) -> String {
    let row = timeline.administrations[position]
    return "\(row.id) \(row.drug.displayName)"
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
