package import InfusionRecord
package import SessionReview

/// The state of the day review: its days, order, selection and filter.
///
/// Rows come from the store only. They are sorted when the days are opened or when the user asks for an
/// order. A row that changes later keeps its place, because a list must not move under the user's finger
/// (NHS CUI MEDa-0032).
package struct ReviewState: Sendable {
  /// The limit of the screen. `chairtime review` reads any number of days.
  static let mostDays = 31

  package internal(set) var page: DayReview
  /// The days as they were read, before restricted patients are hidden; nil until then.
  var source: DayReview?
  package internal(set) var order = Order.needsPerson
  /// Whether the last row of the order comes first.
  package internal(set) var isReversed = false
  /// Whether only sessions that need a person are shown.
  package internal(set) var needsOnly = false
  package internal(set) var filter = TextEntry()
  package internal(set) var isFinding = false
  package internal(set) var cursor = ListCursor<SessionID>()
  /// Whether the user chose a row of these days; until then the first row stays selected.
  var isChosen = false
  /// The rows in the order shown, before the filter.
  private(set) var rows: [ReviewRow] = []
  /// The rows that match the filter, by position in `rows` and by id.
  private(set) var shown: [Int] = []
  private(set) var ids: [SessionID] = []
  private var positions: [SessionID: Int] = [:]

  init(days: ClosedRange<CivilDate>) {
    page = DayReview(days: days)
    isRead = false
  }

  /// Whether a part of these days was read.
  package private(set) var isRead: Bool

  package var days: ClosedRange<CivilDate> { page.days }
  package var isOneDay: Bool { days.lowerBound == days.upperBound }
  /// The rows that match the filter.
  package var shownRows: [ReviewRow] { shown.map { rows[$0] } }
  package func row(at index: Int) -> ReviewRow { rows[shown[index]] }
  package func row(of id: SessionID?) -> ReviewRow? {
    id.flatMap { positions[$0] }.map { rows[$0] }
  }

  /// Shows the days as far as they were read.
  mutating func take(_ fresh: DayReview) {
    let keepsOrder = isRead && page.isWhole && page.days == fresh.days
    isRead = true
    page = fresh
    guard keepsOrder else {
      // Rows that arrive while the days are read must not push the selection down.
      if !isChosen { cursor = ListCursor() }
      return sort()
    }
    var left: [SessionID: ReviewRow] = [:]
    for row in fresh.rows { left[row.id] = row }
    rows = rows.compactMap { left.removeValue(forKey: $0.id) }
    rows += fresh.sorted.filter { left[$0.id] != nil }
    match()
  }

  /// Changes the days and keeps the order and the filter.
  mutating func turn(to days: ClosedRange<CivilDate>) {
    page = DayReview(days: days)
    source = nil
    isRead = false
    isChosen = false
    cursor = ListCursor()
    sort()
  }

  mutating func sort() {
    if order == .needsPerson {
      rows = page.sorted
    } else {
      rows = page.rows.sorted { ($0.openedAt, $0.id) < ($1.openedAt, $1.id) }
        .ordered(by: { sortKey($0) }, isReversed: isReversed)
    }
    match()
  }

  /// The value of a row in the column of the order; a hidden patient has none.
  private func sortKey(_ row: ReviewRow) -> SortKey {
    switch order {
    case .needsPerson: .missing
    case .time: SortKey(row.openedAt.seconds)
    case .patient: row.isHidden ? .missing : SortKey(row.patient)
    case .born:
      row.isHidden ? .missing : SortKey(CivilDate(written: row.born).map { Int64($0.dayNumber) })
    // Chairs with numbers are in the order of the numbers.
    case .chair: Int64(row.chair).map { SortKey.number($0) } ?? SortKey(row.chair)
    case .nurse: SortKey(row.nurse)
    case .codes: row.isHidden ? .missing : SortKey(row.unitsByCode.first?.code ?? "")
    case .units: SortKey(Int64(row.unitCount))
    case .findings: SortKey(Int64(row.questions.count))
    case .status: SortKey(row.status)
    }
  }

  /// Applies the filter and moves the selection to a row that is shown.
  mutating func match() {
    positions = [:]
    for (index, row) in rows.enumerated() { positions[row.id] = index }
    let words = FoundWords(filter.text)
    shown = rows.indices.filter { index in
      let row = rows[index]
      if needsOnly, row.need != .person { return false }
      return words.areIn(row.searchText)
    }
    ids = shown.map { rows[$0].id }
    cursor.clamp(to: ids)
  }
}
