package import InfusionRecord
package import TimelineEngine

/// A statement as compact text, the whole of it.
///
/// ```
/// final
/// 96413 02-Mar paclitaxel 165 min (initial-service)
/// 96415 x2 02-Mar paclitaxel 165 min (further-hours)
/// uncharged saline 25 min hydration-minimum
/// minutes paclitaxel 165/165, saline 0/25
/// finding missing-stop iron
/// ```
///
/// The first line is the status of the session. A charge has one unit unless it says more, is final
/// unless it says otherwise, and ends with the rule that decided it; site and visit are shown where
/// there are several. Minutes are charged out of recorded. A finding ends with its second row, code
/// and number, where it has them.
package struct StatementText {
  private let statement: Statement
  /// Shows reasons, with clock ranges counted from here.
  private let origin: Instant?

  package init(_ statement: Statement) {
    self.statement = statement
    origin = nil
  }

  /// With every reason, and times and dates told as seconds and days from `origin`, so that
  /// statements of shifted sessions can be compared.
  package init(_ statement: Statement, from origin: Instant) {
    self.statement = statement
    self.origin = origin
  }

  package var text: String { lines.joined(separator: "\n") }

  package var lines: [String] {
    var lines = [statement.status.text]
    for charge in statement.charges {
      lines.append(line(of: charge))
      if let origin { appendReasons(of: charge, from: origin, to: &lines) }
    }
    for uncharged in statement.uncharged {
      lines.append(
        "uncharged \(id(uncharged.administration)) \(uncharged.minutes.count) min "
          + uncharged.clause.text)
    }
    if !statement.minutes.isEmpty { lines.append("minutes " + ledger) }
    lines += findings.map { "finding \($0)" }
    for conflict in statement.conflicts {
      lines.append(
        "conflict \(conflict.first.text) \(conflict.second.text) \(id(conflict.administration))")
    }
    return lines
  }

  /// The codes alone, `96413 96415x2 96413-59`, in the order of the statement; equal codes add up.
  package var codes: String {
    var order: [String] = []
    var units: [String: Int] = [:]
    for charge in statement.charges {
      let code = StatementText.code(of: charge)
      if units[code] == nil { order.append(code) }
      units[code, default: 0] += charge.units
    }
    return order.map { code in
      let count = units[code, default: 0]
      return count == 1 ? code : "\(code)x\(count)"
    }.joined(separator: " ")
  }

  /// The findings alone, `long-pause paclitaxel (121)`, in the order of the statement.
  package var findings: [String] { statement.findings.map(line) }

  // MARK: Parts

  private func id(_ position: Int) -> String { statement.timeline.administrations[position].id }

  private static func code(of charge: Charge) -> String {
    charge.code.number + charge.modifiers.texts.map { "-\($0)" }.joined()
  }

  /// A charge without its reasons.
  package func line(of charge: Charge) -> String {
    var words = [StatementText.code(of: charge)]
    if charge.units != 1 { words.append("x\(charge.units)") }
    words.append(charge.serviceDate.map(date) ?? "no-date")
    let timeline = statement.timeline
    if timeline.sites.count > 1 { words.append("at \(statement.site(of: charge)?.id ?? "")") }
    let visit = statement.encounter(of: charge)
    let isOther = { (entry: MinutesLedger.Entry) in
      timeline.administrations[entry.administration].encounter != visit
    }
    if statement.minutes.contains(where: isOther) { words.append("visit \(visit)") }
    var rows: [String] = []
    for row in statement.administrations(of: charge) where !rows.contains(id(Int(row))) {
      rows.append(id(Int(row)))
    }
    words.append(rows.joined(separator: "+"))
    if charge.minutes.count != 0 { words.append("\(charge.minutes.count) min") }
    if charge.status != .final { words.append(charge.status.text) }
    if let reason = statement.reasons(of: charge).first { words.append("(\(reason.rule.text))") }
    return words.joined(separator: " ")
  }

  private func date(_ date: CivilDate) -> String {
    guard let origin else { return String(date.display.prefix(6)) }
    let first = statement.timeline.session.clock.date(at: origin)
    return "day \(date.dayNumber - first.dayNumber + 1)"
  }

  private func appendReasons(of charge: Charge, from origin: Instant, to lines: inout [String]) {
    for reason in statement.reasons(of: charge) {
      var line = "  \(reason.rule.text) \(reason.form) \(reason.first) \(reason.second)"
      if let row = reason.administration { line += " \(id(row))" }
      for range in statement.clockRanges(of: reason) {
        line += " \(range.start - origin)-\(range.end - origin)"
      }
      lines.append(line)
    }
  }

  private var ledger: String {
    statement.minutes.map {
      "\(id($0.administration)) \($0.charged.count)/\($0.recorded.count)"
    }.joined(separator: ", ")
  }

  private func line(of finding: Finding) -> String {
    var words = [finding.id.text]
    if let row = finding.administration { words.append(id(row)) }
    if let other = finding.other { words.append(id(other)) }
    if let code = finding.code { words.append(code.number) }
    if let code = finding.otherCode { words.append(code.number) }
    if finding.number != 0 { words.append("(\(finding.number))") }
    return words.joined(separator: " ")
  }
}
