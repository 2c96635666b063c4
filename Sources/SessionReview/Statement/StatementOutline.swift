package import InfusionRecord
package import TimelineEngine

/// What explains a statement, in reading order: its units, its minutes, its doubts.
///
/// The explanation screen and the statement's page render this one value, so they tell the same
/// reasons in the same words. Administrations are positions in the timeline; each renderer names them
/// its own way, the page with their ids.
package struct StatementOutline: Sendable {
  /// One charge and why it stands.
  package struct Unit: Sendable {
    package let charge: Charge
    /// The administrations behind the charge, each once.
    package let administrations: [Int]
    package let reasons: [Line]
    /// The rules behind the reasons, each once with its first source.
    package let rules: [(rule: Rule.ID, citation: Citation?)]
  }

  /// A reason with the clock ranges whose minutes it used and its share of them.
  package struct Line: Sendable {
    package let sentence: String
    package let rule: Rule.ID
    package let citation: Citation?
  }

  /// Every recorded minute of one administration.
  package struct Account: Sendable {
    package let entry: MinutesLedger.Entry
    /// Why minutes are in no unit.
    package let uncharged: [Uncharged]
  }

  /// A finding, or two rules that contradict each other.
  package struct Doubt: Sendable {
    /// Nil for a conflict between rules.
    package let finding: Finding?
    package let administrations: [Int]
    package let sentence: String
  }

  package let units: [Unit]
  package let accounts: [Account]
  package let doubts: [Doubt]
  private let clock: ClockText
  private let dash: Character

  package init(_ statement: Statement, clock: ClockText, dash: Character) {
    self.clock = clock
    self.dash = dash
    units = statement.charges.map { charge in
      let reasons = statement.reasons(of: charge).map { reason in
        Line(
          sentence: StatementOutline.sentence(reason, of: charge, in: statement) {
            clock.range($0.start, $0.end, dash: dash)
          }, rule: reason.rule, citation: reason.citation)
      }
      var told: Set<Rule.ID> = []
      return Unit(
        charge: charge, administrations: statement.rows(of: charge), reasons: reasons,
        rules: reasons.filter { told.insert($0.rule).inserted }.map { ($0.rule, $0.citation) })
    }
    accounts = statement.minutes.map { entry in
      Account(
        entry: entry,
        uncharged: statement.uncharged.filter { $0.administration == entry.administration })
    }
    doubts =
      statement.findings.map { finding in
        Doubt(
          finding: finding,
          administrations: [finding.administration, finding.other].compactMap { $0 },
          sentence: finding.text)
      }
      + statement.conflicts.map { conflict in
        Doubt(
          finding: nil, administrations: [conflict.administration],
          sentence: "The rules \(conflict.first.text) and \(conflict.second.text) answered one "
            + "question differently.")
      }
  }

  private static func sentence(
    _ reason: Reason, of charge: Charge, in statement: Statement, range: (Interval) -> String
  ) -> String {
    var text = reason.text
    let ranges = statement.clockRanges(of: reason)
    if !ranges.isEmpty {
      if text.hasSuffix(".") { text.removeLast() }
      text += ": \(ranges.map(range).joined(separator: ", "))."
    }
    return text + (statement.share(of: reason, in: charge).map { " \($0)" } ?? "")
  }

  /// `07:10–07:30, 07:47–08:20`: when an administration ran, without its pauses.
  ///
  /// - Parameter now: the end of what still runs.
  package func times(of administration: Administration, now: Instant?) -> String {
    guard var from = administration.start else { return "start not recorded" }
    guard let end = administration.stop ?? (administration.isRunning ? now : nil) else {
      return "\(clock.moment(from))\(dash) stop not recorded"
    }
    if end <= from { return clock.moment(from) }
    var ranges: [String] = []
    for pause in administration.pauses {
      if from < pause.start { ranges.append(clock.range(from, pause.start, dash: dash)) }
      from = max(from, pause.stop ?? end)
    }
    if from < end {
      ranges.append(
        administration.isRunning
          ? "\(clock.moment(from))\(dash)now" : clock.range(from, end, dash: dash))
    }
    return ranges.joined(separator: ", ")
  }

  /// `07:30–07:47`, or `07:30–now`.
  package func times(of pause: Administration.Pause) -> String {
    pause.stop.map { clock.range(pause.start, $0, dash: dash) }
      ?? "\(clock.moment(pause.start))\(dash)now"
  }
}
