package import InfusionRecord

/// The sessions of some days as a supervisor reviews them, with totals.
///
/// It may grow session by session: `sessions` says how many the days have, `rows` holds those read.
/// Today's page also has the sessions that were left open from earlier days; their units and times are
/// counted on their own day.
package struct DayReview: Sendable {
  package let days: ClosedRange<CivilDate>
  /// In the order in which they were added.
  package private(set) var rows: [ReviewRow] = []
  package private(set) var totals = UnitTotals()
  /// The amounts of drugs without those of hidden sessions.
  package private(set) var amounts = AmountTotals()
  package private(set) var integrity = IntegrityCounts()
  /// How many sessions the days have.
  package var sessions: Int
  private var positions: [SessionID: Int] = [:]
  /// What was opened with a reason on these days; empty unless the reader may know.
  package var glassBreaks: [Restrictions.GlassBreak] = []

  package init(days: ClosedRange<CivilDate>, sessions: Int = 0) {
    self.days = days
    self.sessions = sessions
  }

  /// Whether every session of the days was read.
  package var isWhole: Bool { rows.count >= sessions }

  package mutating func add(_ row: ReviewRow) {
    positions[row.id] = rows.count
    rows.append(row)
    count(row)
  }

  /// Adds a row, or replaces the one of the same session.
  package mutating func put(_ row: ReviewRow) {
    guard let position = positions[row.id] else { return add(row) }
    rows[position] = row
    recount()
  }

  /// Takes away a session that was moved to another day.
  package mutating func remove(_ session: SessionID) {
    guard let position = positions[session] else { return }
    rows.remove(at: position)
    sessions -= 1
    positions = [:]
    for (position, row) in rows.enumerated() { positions[row.id] = position }
    recount()
  }

  private mutating func recount() {
    totals = UnitTotals()
    amounts = AmountTotals()
    integrity = IntegrityCounts()
    for row in rows { count(row) }
  }

  private mutating func count(_ row: ReviewRow) {
    guard days.contains(row.date) else { return }
    for unit in row.units { totals.add(unit.count, of: unit.code, isPostable: unit.isPostable) }
    for line in row.amounts { amounts.add(line) }
    integrity.add(row.charting)
  }

  package func row(of session: SessionID) -> ReviewRow? { positions[session].map { rows[$0] } }

  /// Rows that need a person first, then by time.
  package var sorted: [ReviewRow] {
    rows.sorted { left, right in
      let (a, b) = (left.need == .person ? 0 : 1, right.need == .person ? 0 : 1)
      return (a, left.openedAt, left.id) < (b, right.openedAt, right.id)
    }
  }

  /// The same days without the patients of some rows. Their units are counted by `hiddenUnits` alone.
  package func hiding(_ isHidden: (ReviewRow) -> Bool) -> DayReview {
    var review = self
    for position in review.rows.indices where isHidden(review.rows[position]) {
      review.rows[position] = review.rows[position].withoutPatient
    }
    review.recount()
    return review
  }

  /// The units of the days that are in no total, because the sessions are hidden.
  package var hiddenUnits: Int {
    rows.reduce(0) { $0 + ($1.isHidden && days.contains($1.date) ? $1.unitCount : 0) }
  }

  package func count(_ need: ReviewRow.Need) -> Int { rows.count { $0.need == need } }

  /// The open ones, whether they need a person or not.
  package var openCount: Int { rows.count(where: \.isOpen) }
}
