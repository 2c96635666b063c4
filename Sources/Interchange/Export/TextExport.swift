internal import InfusionRecord
public import PlainText
internal import TimelineEngine

/// A day for a person: each session in a few lines, 80 columns wide.
public enum TextExport {
  public static func write(_ session: SessionExport, to page: inout TextPage) {
    let clock = session.clock
    page.skip()
    page.line("Session \(session.log.session)", session.standing.text)
    if let opening = session.opening {
      let patient = opening.patient
      page.wrap(
        "\(patient.displayName), \(patient.bornWords), MRN \(patient.mrn)"
          + (patient.visitNumber.isEmpty ? "" : ", visit \(patient.visitNumber)"), first: "  ")
      let span = [session.log.openedAt, session.log.endedAt].map {
        $0.map { clock.reading(at: $0).clock } ?? "open"
      }
      page.wrap(
        "\(span.joined(separator: "-")), chair \(opening.chair), \(session.log.holder ?? "")",
        first: "  ")
    }
    for unit in session.units {
      page.line(
        "  \(unit.codeText.padded(to: 9))x\(String(unit.count).padded(to: 4))"
          + unit.drugs.joined(separator: "; "), unit.status.text)
    }
    if session.statement.charges.isEmpty { page.line("  nothing charged") }
    for part in session.statement.uncharged {
      let row = session.statement.timeline.administrations[part.administration]
      page.wrap(
        "\(row.drug.displayName), \(part.minutes.count) min: \(part.clause.sentence)",
        first: "  not charged: ", indent: 4)
    }
    for finding in session.statement.findings {
      page.wrap(
        session.statement.sentence(finding), first: "  \(finding.severity.rawValue): ", indent: 4)
    }
    if let signOff = session.standing.signOff {
      let at = clock.reading(at: signOff.at.instant)
      page.wrap(
        "\(signOff.review.reviewer), \(at.date.display) \(at.clock)", first: "  signed off by ")
    }
    if case .changed(_, let sentences) = session.standing {
      for sentence in sentences { page.wrap(sentence, first: "  since then: ", indent: 4) }
    }
  }

  public static func write(_ totals: UnitTotals, to page: inout TextPage) {
    page.heading("TOTALS")
    for line in totals.lines {
      page.line(
        "\(line.code.number)  \(line.code.label)",
        "\(line.units)" + (line.postable == line.units ? "" : " (\(line.postable) signed off)"))
    }
    if totals.lines.isEmpty { page.line("No units.") }
  }
}
