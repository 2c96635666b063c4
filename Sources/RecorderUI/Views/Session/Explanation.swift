import InfusionRecord
import PlainText
import TerminalCore
import TimelineEngine

/// A statement in words: each unit, the minutes it used, the rule and its source; then every minute
/// that no unit covers, with the rule that says why.
struct Explanation {
  private(set) var lines: [StyledText] = []
  /// The line at which each charge begins.
  private(set) var starts: [Int] = []
  private let reading: SessionReading
  private let glyphs: Glyphs
  private let width: Int

  init(_ reading: SessionReading, glyphs: Glyphs, width: Int) {
    self.reading = reading
    self.glyphs = glyphs
    self.width = max(20, width)
    let statement = reading.statement
    if statement.charges.isEmpty {
      add("No units so far.", .muted)
      add("")
    }
    for charge in statement.charges {
      starts.append(lines.count)
      explain(charge)
    }
    accountForMinutes()
    for finding in statement.findings { add(finding) }
    while lines.last?.isEmpty == true { lines.removeLast() }
  }

  private var dash: String { String(glyphs.dash) }
  private func clock(_ moment: Instant) -> String { reading.clockText(moment) }

  private mutating func add(_ text: String, _ style: Style = .text, margin: Int = 0) {
    let blanks = String(repeating: " ", count: margin)
    lines += StyledText(text, style).wrapped(to: width - margin, indent: 2).map {
      StyledText(blanks) + $0
    }
  }

  // MARK: Charges

  private mutating func explain(_ charge: Charge) {
    let statement = reading.statement
    addHead(of: charge)
    add(charge.code.label, .muted, margin: 2)
    for index in statement.administrations(of: charge) {
      let administration = statement.timeline.administrations[Int(index)]
      add("\(administration.drug.displayName) \(ranges(of: administration))", margin: 2)
    }
    for reason in statement.reasons(of: charge) {
      var text = reason.text
      let used = statement.clockRanges(of: reason).map { clock($0.start) + dash + clock($0.end) }
      if !used.isEmpty { text += " (\(used.joined(separator: ", ")))" }
      if let share = statement.share(of: reason, in: charge) { text += " \(share)" }
      add(text, margin: 2)
    }
    var told: Set<Rule.ID> = []
    for reason in statement.reasons(of: charge) where told.insert(reason.rule).inserted {
      add("Rule \(reason.rule.text): \(reason.rule.rule.claim)", .muted, margin: 2)
      if let citation = reason.citation { add("From \(citation.line)", .muted, margin: 4) }
    }
    add("")
  }

  private mutating func addHead(of charge: Charge) {
    var head = StyledText(charge.code.number, .heading)
    for modifier in charge.modifiers.texts { head.append("-\(modifier)", .heading) }
    head.append("\u{A0}\(glyphs.times)\u{A0}\(charge.units)", .heading)
    head.append("   \(reading.drugNames(of: charge))", .text.bold)
    if let date = reading.dateText(of: charge) { head.append(", \(date)") }
    let style: Style =
      switch charge.status {
      case .final: .settled
      case .provisional: .provisional
      case .review, .held: .attention
      }
    let status = StyledText(charge.status.text, style)
    if head.columns + status.columns + 2 <= width {
      lines.append(head.padded(to: width - status.columns) + status)
    } else {
      lines += head.wrapped(to: width, indent: 8)
      lines.append(StyledText("  ") + status)
    }
  }

  private func ranges(of administration: Administration) -> String {
    guard var from = administration.start else { return "start not recorded" }
    guard let end = administration.stop ?? (administration.isRunning ? reading.asOf : nil) else {
      return "\(clock(from))\(dash) stop not recorded"
    }
    if end <= from { return clock(from) }
    var ranges: [String] = []
    for pause in administration.pauses {
      if from < pause.start { ranges.append("\(clock(from))\(dash)\(clock(pause.start))") }
      from = max(from, pause.stop ?? end)
    }
    if from < end {
      ranges.append("\(clock(from))\(dash)\(administration.isRunning ? "now" : clock(end))")
    }
    return ranges.joined(separator: ", ")
  }

  // MARK: Minutes

  /// Recorded, in units and not; they balance.
  private mutating func accountForMinutes() {
    let statement = reading.statement
    guard !statement.minutes.isEmpty else { return }
    add("Every recorded minute", .heading)
    for entry in statement.minutes {
      let administration = statement.timeline.administrations[entry.administration]
      add(
        "\(administration.drug.displayName): \(entry.recorded.count)\u{A0}min recorded, "
          + "\(entry.charged.count)\u{A0}min in units, \(entry.uncharged.count)\u{A0}min not",
        margin: 2)
      for missing in statement.uncharged where missing.administration == entry.administration {
        add(
          "not charged: \(missing.minutes.count)\u{A0}min. \(missing.clause.sentence)", .muted,
          margin: 4)
      }
      for pause in administration.pauses {
        let minutes = Minutes(flooring: (pause.stop ?? reading.asOf) - pause.start).count
        add(
          "paused \(clock(pause.start))\(dash)\(pause.stop.map(clock) ?? "now"): "
            + "\(minutes)\u{A0}min that did not run", .muted, margin: 4)
      }
    }
    add("")
  }

  private mutating func add(_ finding: Finding) {
    let rows = reading.statement.timeline.administrations
    let names = [finding.administration, finding.other].compactMap { $0 }.map {
      rows[$0].drug.displayName
    }
    let about = names.isEmpty ? "" : names.joined(separator: " and ") + ": "
    switch finding.severity {
    case .note: add(about + finding.text, .muted)
    case .warning, .error: add("\(glyphs.needsPerson) \(about)\(finding.text)", .attention)
    }
  }
}
