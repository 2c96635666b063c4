import InfusionRecord
import SessionReview
import TerminalCore
import TimelineEngine

/// The outline of a statement as lines of the explanation screen.
///
/// Each unit has the minutes it used, its rules and their sources; then follows every minute that is in
/// no unit, with the reason.
struct Explanation {
  private(set) var lines: [StyledText] = []
  private let reading: SessionReading
  private let outline: StatementOutline
  private let glyphs: Glyphs
  private let width: Int

  private let tellsRanges: Bool

  /// - Parameters:
  ///   - pictureRows: the most rows of a picture of the minutes above the units; a longer one stands below
  ///     them, with the minutes. Nil for no picture.
  ///   - tellsRanges: whether the times of the minutes in units stand with their account.
  init(
    _ reading: SessionReading, glyphs: Glyphs, width: Int, pictureRows: Int? = nil,
    tellsRanges: Bool = false
  ) {
    self.tellsRanges = tellsRanges
    self.reading = reading
    self.glyphs = glyphs
    self.width = max(20, width)
    outline = StatementOutline(
      reading.statement, clock: reading.clockText, dash: glyphs.dash)
    let picture = pictureRows.map { _ in MinutesPicture(reading, glyphs, width: self.width).lines }
    let isOnTop = (picture?.count ?? 0) <= pictureRows ?? 0
    if isOnTop { lines += picture ?? [] }
    if outline.units.isEmpty {
      add("No units so far.", .muted)
      add("")
    }
    for unit in outline.units {
      add(unit)
    }
    for line in reading.statement.drugLines { add(line) }
    if !isOnTop { lines += picture ?? [] }
    addMinutes()
    addAmounts()
    for doubt in outline.doubts { add(doubt) }
    while lines.last?.isEmpty == true { lines.removeLast() }
  }

  private func row(_ position: Int) -> Administration {
    reading.statement.timeline.administrations[position]
  }

  private mutating func add(_ text: String, _ style: Style = .text, margin: Int = 0) {
    let blanks = String(repeating: " ", count: margin)
    lines += StyledText(text, style).wrapped(to: width - margin, indent: 2).map {
      StyledText(blanks) + $0
    }
  }

  private mutating func add(_ unit: StatementOutline.Unit) {
    addHead(of: unit)
    add(unit.label, .muted, margin: 2)
    for block in unit.blocks {
      for position in block.administrations {
        let times = outline.times(of: row(position), now: reading.asOf)
        add("\(row(position).drug.displayName) \(times)", margin: 2)
      }
      if unit.blocks.count > 1 {
        add("\(block.units.pluralized("unit")), \(block.status.text)", .muted, margin: 4)
      }
      for reason in block.reasons { add(reason.sentence, margin: 4) }
    }
    var told: Set<Rule.ID> = []
    for (rule, _) in unit.rules where told.insert(rule).inserted {
      add("Rule \(rule.text): \(rule.rule.claim)", .muted, margin: 2)
      for other in unit.rules where other.rule == rule {
        add("From \(other.citation.line)", .muted, margin: 4)
      }
    }
    add("")
  }

  /// The line of a drug with every reason, its rule and its source.
  private mutating func add(_ line: DrugLine) {
    addHead(line.codeText, line.units, reading.drugNames(of: line), line.status)
    add(line.code.label, .muted, margin: 2)
    for reason in line.because {
      add(reason.text, margin: 4)
      add("Rule \(reason.rule.text), from \(reason.citedLine)", .muted, margin: 6)
    }
    add("")
  }

  /// What the opened containers held: given, discarded and unaccounted amounts are all of it.
  private mutating func addAmounts() {
    guard !reading.statement.drugAmounts.isEmpty else { return }
    add("Every opened amount", .heading)
    for balance in reading.statement.drugAmounts {
      let unit = balance.unit.rawValue
      add(
        "\(row(balance.administration).drug.displayName): \(balance.opened.text)\u{A0}\(unit) opened, "
          + "\(balance.given.text)\u{A0}\(unit) given, \(balance.discarded.text)\u{A0}\(unit) "
          + "discarded, \(balance.unaccounted.text)\u{A0}\(unit) unaccounted",
        margin: 2)
    }
    add("")
  }

  private mutating func addHead(of unit: StatementOutline.Unit) {
    let charge = unit.charge
    let date = reading.dateText(of: charge).map { ", \($0)" } ?? ""
    addHead(charge.codeText, charge.units, reading.drugNames(of: charge), charge.status, date: date)
  }

  private mutating func addHead(
    _ code: String, _ units: Int, _ drugs: String, _ standing: Statement.Status,
    date: String = ""
  ) {
    var head = StyledText("\(code)\u{A0}\(glyphs.times)\u{A0}\(units)", .heading)
    head.append("   \(drugs)", .text.bold)
    if !date.isEmpty { head.append(date) }
    let style: Style =
      switch standing {
      case .final: .settled
      case .provisional: .provisional
      case .review, .held: .attention
      }
    let status = StyledText(standing.text, style)
    if head.columns + status.columns + 2 <= width {
      lines.append(head.padded(to: width - status.columns) + status)
    } else {
      lines += head.wrapped(to: width, indent: 8)
      lines.append(StyledText("  ") + status)
    }
  }

  /// Recorded minutes, those in units and those not; the three balance.
  private mutating func addMinutes() {
    guard !outline.accounts.isEmpty else { return }
    add("Every recorded minute", .heading)
    for account in outline.accounts {
      let entry = account.entry
      add(
        "\(row(entry.administration).drug.displayName): \(entry.recorded.count)\u{A0}min recorded, "
          + "\(entry.charged.count)\u{A0}min in units, \(entry.uncharged.count)\u{A0}min not",
        margin: 2)
      let charged = ShadedMinutes(reading.statement, at: entry.administration).charged
      if tellsRanges, entry.charged > 0, !charged.isEmpty {
        let ranges = charged.map { reading.clockText.text($0, dash: glyphs.dash) }
        add("in units: \(ranges.joined(separator: ", "))", .muted, margin: 4)
      }
      for part in account.uncharged {
        add(
          "not charged: \(part.minutes.count)\u{A0}min. \(part.sentence)", .muted,
          margin: 4)
      }
      for pause in row(entry.administration).pauses {
        let minutes = Minutes(flooring: (pause.stop ?? reading.asOf) - pause.start).count
        add(
          "paused \(outline.times(of: pause)): \(minutes)\u{A0}min that did not run", .muted,
          margin: 4)
      }
    }
    add("")
  }

  private mutating func add(_ doubt: StatementOutline.Doubt) {
    let names = doubt.administrations.map { row($0).drug.displayName }
    let about = names.isEmpty ? "" : names.joined(separator: " and ") + ": "
    if doubt.finding?.severity == .note {
      add(about + doubt.sentence, .muted)
    } else {
      add("\(glyphs.needsPerson) \(about)\(doubt.sentence)", .attention)
    }
  }
}
