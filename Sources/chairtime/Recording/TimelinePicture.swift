import InfusionRecord
import Interchange
import PlainText

/// A session's administrations as bars against a clock, in plain text.
///
/// ```
///                         08:00       09:00       10:00
///  a1 ondansetron         |
///  a2 PACLitaxel              ####....###########>
/// ```
/// `#` ran, `.` was paused, `>` still runs, `|` was given at once, `?` ended and nobody saw when. With
/// a UTF-8 locale blocks are drawn instead. A name longer than its column has a line of its own.
struct TimelinePicture {
  private struct Signs {
    let ran, paused, runs, atOnce, unseen: Character
    static let ascii = Signs(ran: "#", paused: ".", runs: ">", atOnce: "|", unseen: "?")
    static let blocks = Signs(ran: "█", paused: "░", runs: "▶", atOnce: "╷", unseen: "?")
  }

  private static let labelWidth = 24
  private static let barWidth = 54
  /// Minutes a column may stand for.
  private static let scales = [1, 2, 3, 5, 6, 10, 12, 15, 20, 30, 60, 120, 240]

  let recorded: RecordedTimeline
  let now: Instant
  let isUTF8: Bool

  func write(to page: inout TextPage) {
    let clock = recorded.timeline.session.clock
    let all = recorded.administrations
    guard let first = all.map(\.start).min() else { return }
    let ends = all.map { $0.stop ?? $0.foundEndedAt ?? max(now, $0.start) }
    let last = max(ends.max() ?? first, first + 60)
    // Whole hours of the local clock, so that the axis reads as a clock does.
    let lead = Int64(clock.reading(at: first).secondOfDay % 3600)
    let start = first + -lead
    let minutes = Int((last - start + 59) / 60) + 1
    let scale =
      TimelinePicture.scales.first { $0 * TimelinePicture.barWidth >= minutes }
      ?? (minutes / TimelinePicture.barWidth + 1)
    page.line(axis(from: start, scale: scale, clock: clock))
    let signs = isUTF8 ? Signs.blocks : Signs.ascii
    for (one, row) in zip(all, recorded.timeline.administrations) {
      let label = "\(one.id) \(row.drug.displayName)"
      let bar = String(bar(one, from: start, scale: scale, signs))
      let padding = TimelinePicture.labelWidth - label.printable.count
      if padding > 0 {
        page.line(label + String(repeating: " ", count: padding) + bar)
      } else {
        page.wrap(label)
        page.line(String(repeating: " ", count: TimelinePicture.labelWidth) + bar)
      }
    }
  }

  private func axis(from start: Instant, scale: Int, clock: LocalClock) -> String {
    var line = [Character](
      repeating: " ", count: TimelinePicture.labelWidth + TimelinePicture.barWidth + 6)
    let hours = max(1, (7 * scale + 59) / 60)
    var moment = start
    var next = 0
    while true {
      let column = Int((moment - start) / 60) / scale
      guard column <= TimelinePicture.barWidth - 2 else { break }
      if column >= next {
        for (offset, letter) in clock.reading(at: moment).clock.enumerated() {
          line[TimelinePicture.labelWidth + column + offset] = letter
        }
        next = column + 7
      }
      moment = moment + Int64(hours) * 3600
    }
    return String(line)
  }

  private func bar(
    _ one: RecordedAdministration, from start: Instant, scale: Int, _ signs: Signs
  ) -> [Character] {
    func column(_ moment: Instant) -> Int {
      min(TimelinePicture.barWidth, max(0, Int((moment - start) / 60) / scale))
    }
    var bar = [Character](repeating: " ", count: TimelinePicture.barWidth + 1)
    let from = column(one.start)
    let end = one.stop ?? one.foundEndedAt ?? max(now, one.start)
    let to = max(from, column(end))
    if !one.isTimed && from == to {
      bar[from] = signs.atOnce
      return bar
    }
    for position in from..<max(to, from + 1) { bar[position] = signs.ran }
    for pause in one.pauses {
      let a = column(pause.start)
      for position in a..<max(a, column(pause.stop ?? end)) { bar[position] = signs.paused }
    }
    switch one.progress {
    case .running, .paused: bar[to] = signs.runs
    case .stopNotObserved: bar[to] = signs.unseen
    case .stopped: break
    }
    return bar
  }

  /// Whether the terminal's locale writes UTF-8.
  static var localeIsUTF8: Bool {
    for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
      guard let value = variable(name), !value.isEmpty else { continue }
      let folded = value.lowercased()
      return folded.contains("utf-8") || folded.contains("utf8")
    }
    return false
  }
}
