import InfusionRecord
package import PlainText
package import SessionReview
import TimelineEngine

/// A day on paper: each session in a few lines, 80 columns wide.
package enum TextExport {
  /// - Parameter isHidden: whether the patient is restricted. The page then has the count of units and the
  ///   signature, and nothing of who the patient is or what was given, which codes would tell too.
  package static func write(
    _ session: DerivedSession, isHidden: Bool = false, to page: inout TextPage
  ) {
    let clock = ClockText(session.clock, day: nil)
    page.skip()
    let unposted = isHidden ? UnpostedUnits() : session.unposted
    page.line("Session \(session.log.session)", session.standing.text(with: unposted))
    if let opening = session.opening {
      let patient = isHidden ? .restricted : opening.patient
      page.wrap(
        "\(patient.displayName), \(patient.bornWords)"
          + (patient.mrn.isEmpty ? "" : ", MRN \(patient.mrn)")
          + (patient.visitNumber.isEmpty ? "" : ", visit \(patient.visitNumber)"), first: "  ")
      let span = [session.log.openedAt, session.log.endedAt].map {
        $0.map { clock.time($0) } ?? "open"
      }
      page.wrap(
        ([span.joined(separator: "-"), opening.chair.isEmpty ? "" : "chair \(opening.chair)"]
          + [session.log.holder ?? ""]).filter { !$0.isEmpty }.joined(separator: ", "),
        first: "  ")
    }
    if isHidden {
      page.line("  \(session.unitCount.pluralized("unit"))")
      page.line("  codes, drugs and reasons left out: the record is restricted")
    } else {
      for unit in session.units {
        page.line(
          "  \(unit.codeText.padded(to: max(9, unit.codeText.count + 1)))x"
            + String(unit.count).padded(to: 4) + unit.drugs.joined(separator: "; "),
          unit.status.text)
      }
      if session.statement.charges.isEmpty, session.statement.drugLines.isEmpty {
        page.line("  nothing charged")
      }
      writeReasons(of: session, clock, to: &page)
    }
    if let signOff = session.standing.signOff {
      page.wrap(
        "\(signOff.review.reviewer), \(clock.full(signOff.at.instant))"
          + (unposted.isEmpty ? "" : ", with \(unposted.words)"),
        first: "  signed off by ")
    }
    for sentence in isHidden ? [] : session.standing.changes {
      page.wrap(sentence, first: "  since then: ", indent: 4)
    }
  }

  /// Why minutes are not charged, and what was found.
  private static func writeReasons(
    of session: DerivedSession, _ clock: ClockText, to page: inout TextPage
  ) {
    for part in session.statement.uncharged {
      let row = session.statement.timeline.administrations[part.administration]
      page.wrap(
        "\(row.drug.displayName), \(part.minutes.count) min: "
          + session.statement.sentence(part, clock: clock),
        first: "  not charged: ", indent: 4)
    }
    for finding in session.statement.findings {
      page.wrap(
        session.statement.sentence(finding), first: "  \(finding.severity.rawValue): ", indent: 4)
    }
  }

  /// - Parameter hiddenUnits: the units of restricted sessions, which are in no total.
  package static func write(
    _ totals: UnitTotals, hiddenUnits: Int = 0, to page: inout TextPage
  ) {
    page.heading("TOTALS")
    for line in totals.lines {
      page.line(
        "\(line.code.number)  \(line.code.label)",
        "\(line.units)" + (line.postable == line.units ? "" : " (\(line.postable) signed off)"))
    }
    if totals.lines.isEmpty { page.line("No units.") }
    if hiddenUnits > 0 { page.line("of restricted sessions", "\(hiddenUnits)") }
  }
}
