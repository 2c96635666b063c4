package import InfusionRecord
package import TimelineEngine

/// What explains a statement, in reading order: its units, its minutes, its doubts.
///
/// ```
/// 96376 x2   morphine 10:40   The same drug again 40 min after …    its own interval
///            morphine 11:20   The same drug again 40 min after …
/// 96372 x7   seven rows       One injection.                        equal reasons once
/// ```
///
/// The explanation screen and the statement's page render this one value, so they tell the same
/// reasons in the same words. Administrations are positions in the timeline; each renderer names them
/// its own way, the page with their ids.
package struct StatementOutline: Sendable {
  /// One charge and why it stands.
  package struct Unit: Sendable {
    package let charge: Charge
    /// Our own label of the charge as it is in this statement.
    package let label: String
    /// The reasons, each under the administrations it is about.
    package let blocks: [Block]
    /// The rules behind the reasons with the sources of their sentences, each pair once.
    package let rules: [(rule: Rule.ID, citation: Citation)]
  }

  /// Administrations of a charge that have the same reasons.
  package struct Block: Sendable {
    /// Each once.
    package fileprivate(set) var administrations: [Int]
    package fileprivate(set) var units: Int
    package fileprivate(set) var status: Statement.Status
    /// No sentence twice.
    package fileprivate(set) var reasons: [Line]
  }

  /// A reason with the clock ranges whose minutes it used and its share of them.
  package struct Line: Sendable, Hashable {
    package let sentence: String
    package let rule: Rule.ID
    package let citation: Citation
  }

  /// A rule and the source of a sentence of it.
  private struct Support: Hashable {
    let rule: Rule.ID
    let citation: Citation
  }

  /// Every recorded minute of one administration.
  package struct Account: Sendable {
    package let entry: MinutesLedger.Entry
    /// Why minutes are in no unit.
    package let uncharged: [UnchargedLine]
  }

  /// Minutes in no unit, why, when they ran and beside what.
  package struct UnchargedLine: Sendable {
    package let minutes: Minutes
    package let clause: Clause
    package let sentence: String
    package var citation: Citation { clause.source.citation }
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
    let range = { (interval: Interval) in clock.text(interval, dash: dash) }
    units = statement.charges.map { charge in
      let blocks = StatementOutline.blocks(of: charge, in: statement, range: range)
      var told: Set<Support> = []
      let rules = blocks.flatMap(\.reasons).compactMap { line in
        told.insert(Support(rule: line.rule, citation: line.citation)).inserted
          ? (rule: line.rule, citation: line.citation) : nil
      }
      return Unit(
        charge: charge, label: statement.label(of: charge), blocks: blocks, rules: rules)
    }
    let uncharged = Dictionary(grouping: statement.uncharged, by: \.administration)
    accounts = statement.minutes.map { entry in
      Account(
        entry: entry,
        uncharged: (uncharged[entry.administration] ?? []).map { part in
          UnchargedLine(
            minutes: part.minutes, clause: part.clause,
            sentence: statement.sentence(part, range: range))
        })
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

  /// The parts of a charge: those with equal reasons and status together, and those that share an
  /// administration.
  private static func blocks(
    of charge: Charge, in statement: Statement, range: (Interval) -> String
  ) -> [Block] {
    var blocks: [Block] = []
    var equal: [[String]: Int] = [:]
    var blockOfRow: [Int: Int] = [:]
    for part in statement.parts(of: charge) {
      let rows = statement.rows(of: part)
      let lines = statement.reasons(of: part).map { reason in
        let share = statement.share(of: reason, in: part, of: charge).map { " \($0)" } ?? ""
        return Line(
          sentence: statement.sentence(reason, range: range) + share, rule: reason.rule,
          citation: reason.citation)
      }
      let key = [part.status.text] + lines.map(\.sentence)
      let known = rows.lazy.compactMap { blockOfRow[$0] }.first ?? equal[key]
      let place = known ?? blocks.count
      if known == nil {
        blocks.append(Block(administrations: [], units: 0, status: part.status, reasons: []))
        equal[key] = place
      }
      blocks[place].units += part.units
      blocks[place].status = max(blocks[place].status, part.status)
      for row in rows where blockOfRow.updateValue(place, forKey: row) == nil {
        blocks[place].administrations.append(row)
      }
      for line in lines where !blocks[place].reasons.contains(line) {
        blocks[place].reasons.append(line)
      }
    }
    return blocks
  }

  /// `07:10–07:30, 07:47–08:20`: when an administration ran, without its pauses.
  ///
  /// - Parameter now: the end of what still runs, or stops later; nil if nothing does.
  package func times(of administration: Administration, now: Instant?) -> String {
    if let minutes = administration.statedMinutes { return PaperMinutes.words(minutes) }
    guard var from = administration.start else { return "start not recorded" }
    let isRunning =
      administration.isRunning || now.map { (administration.stop ?? $0) > $0 } ?? false
    guard let end = isRunning ? now : administration.stop else {
      return "\(clock.moment(from)), stop not recorded"
    }
    if end <= from { return clock.moment(from) }
    var ranges: [String] = []
    for pause in administration.pauses where pause.start < end {
      if from < pause.start { ranges.append(clock.range(from, pause.start, dash: dash)) }
      from = max(from, pause.stop ?? end)
    }
    if from < end {
      ranges.append(
        isRunning
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
