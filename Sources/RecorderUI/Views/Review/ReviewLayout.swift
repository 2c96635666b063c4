import InfusionRecord
import SessionReview
import TerminalCore
import TimelineEngine

/// The columns of the day review, which grow with the window.
struct ReviewLayout {
  static let headRows = 3
  static let markWidth = 3
  static let bornWidth = 11
  static let unitsWidth = 5
  static let findingsWidth = 8
  static let statusWidth = 8

  let state: RecorderState
  let time: Int
  /// Whether the day is above the times, because it would leave too little room for names next to
  /// them.
  let isDayAbove: Bool
  let patient: Int
  let chair: Int
  let nurse: Int
  /// The width of the codes; 0 if there is no room.
  let codes: Int
  /// Narrow windows show the date of birth below the name.
  let isNarrow: Bool
  /// The lines of the totals below the rows; empty if they are next to them.
  let totals: [StyledText]
  /// The width of the totals next to the rows; 0 if they are below.
  let side: Int

  init(state: RecorderState) {
    self.state = state
    let review = state.review
    side = state.size.columns >= 120 ? 36 : 0
    let width = state.size.columns - side
    isNarrow = width < 80
    let isOneDay = review?.isOneDay ?? true
    isDayAbove = !isOneDay && width < 100
    time = isOneDay || isDayAbove ? 11 : 23
    chair = min(10, max(5, state.suite.chairs.reduce(0) { max($0, $1.count) }))
    nurse = width >= 100 ? 16 : 0
    let fixed =
      ReviewLayout.markWidth + time + 1 + (isNarrow ? 0 : ReviewLayout.bornWidth + 1) + chair + 1
      + ReviewLayout.unitsWidth + 1 + ReviewLayout.findingsWidth + 1 + ReviewLayout.statusWidth + 3
      + (nurse > 0 ? nurse + 1 : 0)
    let rest = max(10, width - fixed)
    codes = rest >= 60 ? min(40, rest - 32) : 0
    patient = min(34, codes > 0 ? rest - codes - 1 : rest)
    totals =
      side > 0 || state.size.rows < 18
      ? []
      : ReviewLayout.strip(review?.page, state.size.columns - 2)
  }

  /// Units by code on two or three lines; signed units apart if not all are signed.
  private static func strip(_ page: DayReview?, _ width: Int) -> [StyledText] {
    var counts = (page?.totals.lines ?? []).map { ($0.code.number, $0.units) }
    if let hidden = page?.hiddenUnits, hidden > 0 { counts.append(("restricted", hidden)) }
    if counts.isEmpty { return [] }
    var text = StyledText("Units  ", .muted)
    for (index, (name, units)) in counts.enumerated() {
      if index > 0 { text.append("  ") }
      text.append("\(name)\u{A0}", .muted)
      text.append("\(units)")
    }
    let lines = text.wrapped(to: width, indent: 7)
    guard lines.count > 4 else { return lines }
    return Array(lines.prefix(3)) + [StyledText("       more in a wider window", .muted)]
  }

  var body: Rect { state.body(headRows: ReviewLayout.headRows) }
  /// The rectangle of the rows.
  var list: Rect {
    let rows = body.droppingRight(side)
    return totals.isEmpty ? rows : rows.droppingBottom(totals.count + 1)
  }
  var listRows: Int { list.rows }

  var timeColumn: Int { ReviewLayout.markWidth }
  var patientColumn: Int { timeColumn + time + 1 }
  var bornColumn: Int { patientColumn + patient + 1 }
  var chairColumn: Int { isNarrow ? bornColumn : bornColumn + ReviewLayout.bornWidth + 1 }
  var nurseColumn: Int { chairColumn + chair + 1 }
  var codesColumn: Int { nurseColumn + (nurse > 0 ? nurse + 1 : 0) }
  var unitsColumn: Int { codesColumn + (codes > 0 ? codes + 1 : 0) }
  var findingsColumn: Int { unitsColumn + ReviewLayout.unitsWidth + 1 }
  var statusColumn: Int { findingsColumn + ReviewLayout.findingsWidth + 2 }

  var concernColumn: Int { patientColumn + 1 }
  var concernWidth: Int { state.size.columns - side - concernColumn - 1 }

  func height(of row: ReviewRow) -> Int {
    let concerns = concernTexts(row).reduce(0) {
      $0 + $1.wrapped(to: concernWidth, indent: 2).count
    }
    let lines = max(1, nameLines(row).count, codeLines(row).count) + concerns
    return max(timeLines(row).count, lines)
  }

  func timeLines(_ row: ReviewRow) -> [String] {
    // A session that was left open from an earlier day names its day, also once it is closed.
    guard let review = state.review else { return [row.span] }
    if review.isOneDay {
      return row.date == review.days.lowerBound ? [row.span] : [row.date.display, row.span]
    }
    return isDayAbove ? [row.date.display, row.span] : ["\(row.date.display) \(row.span)"]
  }

  func nameLines(_ row: ReviewRow, _ style: Style = .text) -> [StyledText] {
    let lines = StyledText(row.patient, style).wrapped(to: patient, indent: 1)
    return isNarrow ? lines + [StyledText(" " + row.born)] : lines
  }

  func codeLines(_ row: ReviewRow) -> [StyledText] {
    guard codes > 0 else { return [] }
    return StyledText(row.unitText(times: state.glyphs.times, separator: "  "), .muted).wrapped(
      to: codes, indent: 1)
  }

  func concernTexts(_ row: ReviewRow) -> [StyledText] {
    StyledText.concerns(row.concerns, of: row.concerns.count)
  }
}
