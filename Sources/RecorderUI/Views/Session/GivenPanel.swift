import InfusionRecord
import TerminalCore

/// The administrations with their times, pauses and endings.
struct GivenPanel {
  private let list: BlockList
  var rows: Int { list.rows }

  init(_ reading: SessionReading, state: RecorderState, width: Int) {
    let administrations = reading.recorded.administrations
    var blocks = administrations.enumerated().map { index, administration in
      GivenBlock(administration, reading, state.glyphs, width).lines(number: index + 1)
    }
    for (offset, dose) in state.plan(for: reading).enumerated() {
      blocks.append(PlannedLine.lines(dose, isNext: offset == 0, width: max(16, width)))
    }
    if blocks.isEmpty {
      let key = state.keymap.keyName(of: .fill(.start), in: .session)
      blocks = [[StyledText("Nothing yet. \(key) starts a drug.", .muted)]]
    }
    for reaction in reading.reactions(to: nil) {
      blocks.append(
        StyledText(reading.words(reaction), .attention).wrapped(to: max(16, width), indent: 2))
    }
    list = BlockList(
      blocks: blocks, selected: state.session.given.index(in: state.givenRows(reading)),
      isFocused: state.session.panel == .given && state.prompt == nil, glyphs: state.glyphs,
      targets: state.usesMouse && state.prompt == nil
        ? state.givenRows(reading).map { .given($0) } : [])
  }

  func draw(in rect: Rect, of frame: inout Frame) { list.draw(in: rect, of: &frame) }
}

/// A planned dose that was not given yet: its name and amount left, its way right.
private enum PlannedLine {
  static func lines(_ dose: PlannedDose, isNext: Bool, width: Int) -> [StyledText] {
    var left = StyledText(isNext ? "next " : "then ", isNext ? .key : .muted)
    left.append(dose.dose.unbroken, isNext ? .text.bold : .text)
    let right = StyledText(dose.way.unbroken, .muted)
    guard left.columns + right.columns + 2 <= width else {
      return left.wrapped(to: width, indent: 5)
        + right.wrapped(to: width - 5).map { StyledText("     ") + $0 }
    }
    return [left.padded(to: width - right.columns) + right]
  }
}

/// One administration as lines: name and amount left, times right, pauses and ending below.
private struct GivenBlock {
  let administration: RecordedAdministration
  let reading: SessionReading
  let glyphs: Glyphs
  let width: Int

  init(
    _ administration: RecordedAdministration, _ reading: SessionReading, _ glyphs: Glyphs,
    _ width: Int
  ) {
    self.administration = administration
    self.reading = reading
    self.glyphs = glyphs
    self.width = max(16, width)
  }

  private var dash: String { String(glyphs.dash) }
  private func clock(_ moment: Instant) -> String { reading.clockText(moment) }

  private var nameStyle: Style {
    switch administration.progress {
    case .running: .running.bold
    case .paused: .text.bold
    case .stopped, .stopNotObserved: .text
    }
  }

  func lines(number: Int) -> [StyledText] {
    var left = StyledText("\(number) ", .muted)
    left.append(reading.placedName(of: administration), nameStyle)
    if let amount = administration.facts.amount { left.append(" \(amount.unbroken)") }
    if administration.facts.technique != .infusion {
      left.append("  \(administration.facts.technique.words)", .muted)
    }
    let right = times
    let who = StyledText("  by \(administration.entries.first?.original.actor ?? "")", .muted)
    if left.columns + who.columns + right.columns + 2 <= width { left = left + who }
    var lines: [StyledText]
    if left.columns + right.columns + 2 <= width {
      lines = [left.padded(to: width - right.columns) + right]
    } else {
      lines = left.wrapped(to: width, indent: 2)
      lines += right.wrapped(to: width - 4).map { StyledText("    ") + $0 }
    }
    return lines + below
  }

  private var times: StyledText {
    if let minutes = administration.statedMinutes {
      return StyledText(PaperMinutes.words(Double(minutes)))
    }
    let start = clock(administration.start)
    let minutes = Minutes(running: administration, asOf: reading.asOf).count
    switch administration.progress {
    case .running, .paused:
      var text = StyledText("\(start)\(dash)  ")
      text.append(duration(minutes).unbroken)
      text.append(
        administration.progress == .paused ? " paused" : " \(glyphs.runningEnd)", nameStyle)
      return text
    case .stopNotObserved:
      var text = StyledText("\(start)\(dash)  ")
      text.append("stop not observed", .attention)
      return text
    case .stopped:
      guard let stop = administration.stop, stop > administration.start else {
        return StyledText(start)
      }
      let range = reading.clockText.range(administration.start, stop, dash: glyphs.dash)
      return StyledText("\(range)  \(duration(minutes).unbroken)")
    }
  }

  /// `250 mL at 125 mL/h`, the rate as it is now; nil if no rate is charted.
  private var flow: String? {
    guard let rate = administration.rate(at: reading.asOf) else { return nil }
    let volume = administration.volumeML.map { "\($0.plain)\u{A0}mL " } ?? ""
    return "\(volume)at \(rate.plain)\u{A0}mL/h"
  }

  private var below: [StyledText] {
    var texts: [StyledText] = []
    if let planned = PlannedEnd(of: administration, asOf: reading.asOf) {
      var text = StyledText("planned end \(clock(planned.moment)), ", .muted)
      text.append(
        planned.words.unbroken, planned.isReached ? .attention : planned.isNear ? .text : .muted)
      texts.append(text)
    }
    if let flow { texts.append(StyledText(flow, .muted)) }
    for pause in administration.pauses {
      let range =
        pause.stop.map { reading.clockText.range(pause.start, $0, dash: glyphs.dash) }
        ?? "\(clock(pause.start))\(dash)now"
      var text = "paused \(range)"
      let entry = administration.entries.first {
        $0.fact?.kind == .drugPaused && $0.clinicalTime == pause.start
      }
      if let reason = entry?.latest.reason { text += ", \(reason)" }
      texts.append(StyledText(text, .paused))
    }
    if let found = administration.foundEndedAt {
      texts.append(StyledText("found ended \(clock(found))", .attention))
    }
    if administration.stopReason != .completed {
      texts.append(StyledText("ended by \(administration.stopReason.words)", .attention))
    }
    if let drug = administration.drugFacts, !drug.isEmpty {
      texts.append(StyledText(drug.words.joined(separator: "; "), .muted))
    }
    for reaction in reading.reactions(to: administration.id) {
      texts.append(StyledText(reading.words(reaction), .attention))
    }
    return texts.flatMap { text in
      text.wrapped(to: width - 4).map { StyledText("    ") + $0 }
    }
  }
}
