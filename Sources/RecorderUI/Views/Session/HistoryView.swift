import InfusionRecord
import TerminalCore
import TimelineEngine

extension SessionReading {
  var factCount: String { log.events.count.pluralized("fact") }

  /// The status of the units. A session without units has no final ones.
  var unitStanding: String {
    if statement.charges.isEmpty { return status == .open ? "no units so far" : "no units" }
    return statement.status.text
  }
}

extension Event {
  /// ` by R. Nobody`, unless `words` end with it.
  func author(after words: String, _ link: String = " ") -> String {
    words.hasSuffix(" by \(actor)") ? "" : "\(link)by \(actor)"
  }
}

extension RecorderState {
  /// Every fact in the order of recording, with what was corrected or withdrawn.
  func drawHistory(_ id: SessionID, in frame: inout Frame) {
    guard let reading = reading(of: id) else { return }
    let head = drawBanner(reading, in: &frame)
    let body = body(headRows: head)
    drawTitle("Facts recorded", in: body, of: &frame)
    let events = shownFacts(of: id)
    let blocks = events.map { factLines($0, reading, width: body.columns - 4) }
    BlockList(
      blocks: blocks, selected: reader.entry.index(in: events.map(\.id)), isFocused: true,
      glyphs: glyphs
    ).draw(in: body.droppingTop(1).inset(columns: 2), of: &frame)
    drawFoot(
      StyledText("\(reading.factCount); nothing is erased, a correction is a new fact", .muted),
      in: &frame)
    drawReaderFind(in: &frame)
  }

  func factLines(
    _ event: Event, _ reading: SessionReading, width: Int
  ) -> [StyledText] {
    let entry = reading.log.entry(for: event.id)
    let holds =
      entry.map { $0.fact == event.fact.effective && $0.clinicalTime == event.clinicalTime }
      ?? false
    var text = StyledText(reading.clockText.moment(of: event) + "  ", .text.bold)
    text.append(reading.words(event.fact), holds ? .text : .muted)
    if let entry, entry.original.id == event.id, entry.isAmended {
      // An original that holds again was withdrawn or corrected in between.
      text.append(
        entry.isWithdrawn ? "  withdrawn" : holds ? "  put back" : "  corrected", .attention)
    }
    var clock = reading.clockText
    clock.precision = .seconds
    var who = "written \(clock.moment(event.recordedTime.instant))"
    who += " by \(event.actor) at \(event.workstation)"
    if event.basis != .observed { who += ", \(event.basis.words)" }
    if let reason = event.reason { who += "; \(reason)" }
    return text.wrapped(to: width, indent: 7)
      + StyledText(who, .muted).wrapped(to: width - 7, indent: 2).map {
        StyledText("       ") + $0
      }
  }
}
