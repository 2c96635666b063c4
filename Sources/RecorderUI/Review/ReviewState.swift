public import InfusionRecord

/// What the day review remembers: its days, its order, its selection and its filter.
///
/// Rows come from the store alone. They are put into order when the days are opened or the order is
/// asked for; a row that changes later changes where it stands, because lists must not move under
/// the finger (NHS CUI MEDa-0032).
public struct ReviewState: Sendable {
  public enum Order: Hashable, Sendable { case needsPerson, time }

  /// Most days shown at once; a command reads more.
  static let mostDays = 31

  public internal(set) var page: ReviewPage
  public internal(set) var order = Order.needsPerson
  /// Whether only those that need a person are shown.
  public internal(set) var needsOnly = false
  public internal(set) var filter = TextEntry()
  public internal(set) var isFinding = false
  public internal(set) var cursor = ListCursor<SessionID>()
  /// Whether a person chose a row of these days; until then the first is chosen.
  var isChosen = false
  /// The rows in the order shown, before the filter.
  private(set) var rows: [ReviewRow] = []
  /// Those that match, by position in `rows` and by name.
  private(set) var shown: [Int] = []
  private(set) var ids: [SessionID] = []
  private var positions: [SessionID: Int] = [:]

  init(days: ClosedRange<CivilDate>) {
    page = ReviewPage(days: days, sessions: 0)
    isRead = false
  }

  /// Whether anything was read of these days yet.
  public private(set) var isRead: Bool

  public var days: ClosedRange<CivilDate> { page.days }
  public var isOneDay: Bool { days.lowerBound == days.upperBound }
  /// The rows shown.
  public var shownRows: [ReviewRow] { shown.map { rows[$0] } }
  public func row(at index: Int) -> ReviewRow { rows[shown[index]] }
  public func row(of id: SessionID?) -> ReviewRow? {
    id.flatMap { positions[$0] }.map { rows[$0] }
  }

  public func count(_ need: ReviewRow.Need) -> Int { page.rows.count { $0.need == need } }

  /// Takes in what was read.
  mutating func take(_ fresh: ReviewPage) {
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
    rows += fresh.rows.filter { left[$0.id] != nil }
    match()
  }

  /// Other days; order, filter and what is shown stay as they were set.
  mutating func turn(to days: ClosedRange<CivilDate>) {
    page = ReviewPage(days: days, sessions: 0)
    isRead = false
    isChosen = false
    cursor = ListCursor()
    sort()
  }

  mutating func sort() {
    switch order {
    case .needsPerson: rows = page.rows
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
      return words.allSatisfy { row.text.contains($0) }
    }
    ids = shown.map { rows[$0].id }
    cursor.clamp(to: ids)
  }
}
