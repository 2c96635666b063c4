package import InfusionRecord
package import SessionReview

/// What the day review remembers: its days, its order, its selection and its filter.
///
/// Rows come from the store alone. They are put into order when the days are opened or the order is
/// asked for; a row that changes later changes where it stands, because lists must not move under
/// the finger (NHS CUI MEDa-0032).
package struct ReviewState: Sendable {
  package enum Order: Hashable, Sendable { case needsPerson, time }

  /// Most days shown at once; a command reads more.
  static let mostDays = 31

  package internal(set) var page: DayReview
  package internal(set) var order = Order.needsPerson
  /// Whether only those that need a person are shown.
  package internal(set) var needsOnly = false
  package internal(set) var filter = TextEntry()
  package internal(set) var isFinding = false
  package internal(set) var cursor = ListCursor<SessionID>()
  /// Whether a person chose a row of these days; until then the first is chosen.
  var isChosen = false
  /// The rows in the order shown, before the filter.
  private(set) var rows: [ReviewRow] = []
  /// Those that match, by position in `rows` and by name.
  private(set) var shown: [Int] = []
  private(set) var ids: [SessionID] = []
  private var positions: [SessionID: Int] = [:]

  init(days: ClosedRange<CivilDate>) {
    page = DayReview(days: days)
    isRead = false
  }

  /// Whether anything was read of these days yet.
  package private(set) var isRead: Bool

  package var days: ClosedRange<CivilDate> { page.days }
  package var isOneDay: Bool { days.lowerBound == days.upperBound }
  /// The rows shown.
  package var shownRows: [ReviewRow] { shown.map { rows[$0] } }
  package func row(at index: Int) -> ReviewRow { rows[shown[index]] }
  package func row(of id: SessionID?) -> ReviewRow? {
    id.flatMap { positions[$0] }.map { rows[$0] }
  }

  /// Takes in what was read.
  mutating func take(_ fresh: DayReview) {
    let keepsOrder = isRead && page.isWhole && page.days == fresh.days
    isRead = true
    page = fresh
    guard keepsOrder else {
      // Rows that come in while the days are read must not push the selection down.
      if !isChosen { cursor = ListCursor() }
      return sort()
    }
    var left: [SessionID: ReviewRow] = [:]
    for row in fresh.rows { left[row.id] = row }
    rows = rows.compactMap { left.removeValue(forKey: $0.id) }
    rows += fresh.sorted.filter { left[$0.id] != nil }
    match()
  }

  /// Other days; order, filter and what is shown stay as they were set.
  mutating func turn(to days: ClosedRange<CivilDate>) {
    page = DayReview(days: days)
    isRead = false
    isChosen = false
    cursor = ListCursor()
    sort()
  }

  mutating func sort() {
    switch order {
    case .needsPerson: rows = page.sorted
    case .time:
      rows = page.rows.sorted { ($0.openedAt, $0.id) < ($1.openedAt, $1.id) }
    }
    match()
  }

  /// Finds the rows that are shown, and brings the selection among them.
  mutating func match() {
    positions = [:]
    for (index, row) in rows.enumerated() { positions[row.id] = index }
    let words = Formulary.fold(filter.text).split(separator: " ")
    shown = rows.indices.filter { index in
      let row = rows[index]
      if needsOnly, row.need != .person { return false }
      return words.allSatisfy { row.searchText.contains($0) }
    }
    ids = shown.map { rows[$0].id }
    cursor.clamp(to: ids)
  }
}
