package import InfusionRecord
import TerminalCore

/// What the board remembers: its order, its selection and its filter.
///
/// Rows are sorted when the board is entered, on request, and after 90 seconds without a key. They
/// stay in place while the user looks for a row (NHS CUI MEDa-0032: lists must not move under the
/// finger). Marks and times in the rows are always current. The filter shows rows that need a person
/// even if they do not match.
package struct BoardState: Hashable, Sendable {
  package enum Item: Hashable, Sendable {
    case session(SessionID)
    /// A scheduled patient without a session, by `ExpectedPatient.optionValue`.
    case expected(String)
    case free(chair: String)
  }

  package var order = Order.needsPerson
  /// Whether the last row of the order comes first.
  package var isReversed = false
  /// All rows in the order shown, before the filter.
  package internal(set) var items: [Item] = []
  package internal(set) var cursor = ListCursor<Item>()
  package internal(set) var filter = TextEntry()
  package internal(set) var isFinding = false
  /// The row that was selected before the user began to look for another.
  var foundFrom: Item?

  package init() {}
}

extension RecorderState {
  /// The rows that the filter shows: those that match, then those that need a person.
  ///
  /// No filter hides a drug past its planned end.
  package var boardItems: [BoardState.Item] {
    if board.filter.isEmpty { return board.items }
    let matching = boardMatches
    let found = Set(matching)
    return matching
      + board.items.filter { item in
        guard case .session(let id) = item, !found.contains(item) else { return false }
        return reading(of: id)?.concerns.isEmpty == false
      }
  }

  /// The rows that match the filter, in the order shown.
  var boardMatches: [BoardState.Item] {
    let words = filterWords
    return board.items.filter { matches($0, words) }
  }

  func matchesFilter(_ item: BoardState.Item) -> Bool { matches(item, filterWords) }

  private var filterWords: FoundWords { FoundWords(board.filter.text) }

  private func matches(_ item: BoardState.Item, _ words: FoundWords) -> Bool {
    words.isEmpty || words.areIn(searchText(of: item))
  }

  private func searchText(of item: BoardState.Item) -> String {
    switch item {
    case .free(let chair): return "chair \(chair) free"
    case .expected(let value):
      guard let expected = expected(value) else { return "" }
      let patient = expected.patient
      return SearchText.findable(
        "expected \(expected.time) \(patient.family) \(patient.given) \(patient.mrn) "
          + (expected.chair.isEmpty ? "" : "chair \(expected.chair) ")
          + "\(patient.dateOfBirth?.display ?? "") \(expected.plan(formulary))")
    case .session(let id):
      guard let session = reading(of: id) else { return "" }
      let patient = session.opening.patient
      let drugs = session.running.map { session.name(of: $0) }.joined(separator: " ")
      return SearchText.findable(
        "chair \(session.opening.chair) \(patient.family) \(patient.given) \(patient.mrn) "
          + "\(patient.dateOfBirth?.display ?? "") \(drugs) \(session.holder)")
    }
  }

  /// Sorts the rows. The selection stays on its row.
  mutating func sortBoard() {
    let shown = openSessions
    let taken = Set(shown.map(\.opening.chair))
    var items: [BoardState.Item] = []
    let chairs = Dictionary(
      suite.chairs.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    func chairRank(_ chair: String) -> (Int, String) { (chairs[chair] ?? chairs.count, chair) }
    switch board.order {
    case .needsPerson:
      let ranked = shown.map { session in
        (session.id, BoardRank(session, actor: actor.name), chairRank(session.opening.chair))
      }
      let sorted = ranked.sorted { left, right in
        left.1 != right.1 ? left.1 < right.1 : left.2 < right.2
      }
      items = sorted.map { .session($0.0) } + expectedItems
      items += suite.chairs.filter { !taken.contains($0) }.map { .free(chair: $0) }
    case .chair:
      items = shown.sorted { chairRank($0.opening.chair) < chairRank($1.opening.chair) }
        .map { .session($0.id) }
      let free = suite.chairs.filter { !taken.contains($0) }.map { BoardState.Item.free(chair: $0) }
      items += free
      items.sort { left, right in
        let (left, right) = (chairRank(chair(of: left)), chairRank(chair(of: right)))
        return board.isReversed ? left > right : left < right
      }
      items += expectedItems
    case .patient, .born, .running, .runningFor, .ends, .units, .nurse:
      let byChair = shown.sorted { chairRank($0.opening.chair) < chairRank($1.opening.chair) }
      items = byChair.ordered(by: { sortKey($0) }, isReversed: board.isReversed).map {
        .session($0.id)
      }
      items += expectedItems
      items += suite.chairs.filter { !taken.contains($0) }.map { .free(chair: $0) }
    }
    board.items = items
    board.cursor.keep(in: boardItems)
  }

  /// The value of a session in the column that the board is ordered by; a hidden patient has none.
  private func sortKey(_ session: SessionReading) -> SortKey {
    let first = session.running.first
    return switch board.order {
    case .needsPerson, .chair: .missing
    case .patient: session.isHidden ? .missing : SortKey(session.opening.patient.displayName)
    case .born:
      session.isHidden
        ? .missing : SortKey(session.opening.patient.dateOfBirth.map { Int64($0.dayNumber) })
    case .running: SortKey(first.map { session.name(of: $0) } ?? "")
    case .runningFor:
      SortKey(session.running.map { $0.runningSeconds(asOf: session.asOf) }.max())
    case .ends:
      SortKey(session.running.compactMap { $0.plannedEnd(asOf: session.asOf)?.seconds }.min())
    case .units: SortKey(Int64(session.units))
    case .nurse: SortKey(session.holder)
    }
  }

  /// Scrolls to the selection and makes the rows that the view will draw.
  mutating func scrollBoard(_ items: [BoardState.Item]) {
    guard size.rows >= Layout.leastListRows else { return }
    let layout = BoardLayout(state: self)
    var rows = boardRows
    func height(_ index: Int) -> Int {
      switch items[index] {
      case .free: return 1
      case .expected: return layout.row(of: items[index])?.height ?? 1
      case .session(let id):
        let row = rows[id.text] ?? layout.row(of: items[index])
        rows[id.text] = row
        return row?.height ?? 1
      }
    }
    board.cursor.scroll(
      heights: height, count: items.count, rows: layout.listRows,
      selectedAt: board.cursor.index(in: items))
    var (index, used) = (board.cursor.first, 0)
    while index < items.count, used < layout.listRows {
      used += height(index)
      index += 1
    }
    boardRows = rows
  }

  private func chair(of item: BoardState.Item) -> String {
    switch item {
    case .free(let chair): chair
    case .expected: ""
    case .session(let id): reading(of: id)?.opening.chair ?? ""
    }
  }

  /// The rows of the scheduled patients without a session, by the time of their appointments.
  private var expectedItems: [BoardState.Item] {
    waiting.sorted { $0.time < $1.time }.map { .expected($0.optionValue) }
  }

  /// The scheduled patient of a row; nil if the appointment is gone, or hidden from the user.
  func expected(_ value: String) -> ExpectedPatient? {
    expected.first { $0.optionValue == value && !isHidden(mrn: $0.patient.mrn) }
  }

  /// Adds and removes rows without moving the others.
  mutating func refreshBoard() {
    let shown = openSessions
    let ids = Set(shown.map(\.id))
    let taken = Set(shown.map(\.opening.chair))
    let waiting = expectedItems
    var items = board.items
    var missing = shown.filter { session in !items.contains(.session(session.id)) }
    items = items.compactMap { item in
      switch item {
      case .session(let id):
        if ids.contains(id) { return item }
        guard let gone = reading(of: id) else { return nil }
        let chair = gone.opening.chair
        guard suite.chairs.contains(chair), !taken.contains(chair) else { return nil }
        if board.cursor.selected == item { board.cursor.select(.free(chair: chair)) }
        return .free(chair: chair)
      case .expected: return waiting.contains(item) ? item : nil
      case .free(let chair):
        // A new patient takes the row of the chair.
        if let index = missing.firstIndex(where: { $0.opening.chair == chair }) {
          return .session(missing.remove(at: index).id)
        }
        return taken.contains(chair) ? nil : item
      }
    }
    items += missing.map { .session($0.id) }
    items += waiting
    var seen: Set<BoardState.Item> = []
    items = items.filter { seen.insert($0).inserted }
    for chair in suite.chairs where !taken.contains(chair) && !items.contains(.free(chair: chair)) {
      items.append(.free(chair: chair))
    }
    board.items = items
    board.cursor.keep(in: boardItems)
  }
}

/// How soon a session needs attention: first sessions with a concern, the user's own before others,
/// then by the next planned end.
struct BoardRank: Comparable, Hashable {
  private let need: Int
  /// 0 if the user holds it and it has a concern, so that it comes first among those.
  private let holder: Int
  private let moment: Int64

  init(_ session: SessionReading, actor: String) {
    if let first = session.concerns.lazy.map(\.since).min() {
      (need, holder, moment) = (0, session.holder == actor ? 0 : 1, first.seconds)
    } else if let next = session.nextPlannedEnd {
      (need, holder, moment) = (1, 0, next.seconds)
    } else {
      (need, holder, moment) = (session.running.isEmpty ? 3 : 2, 0, 0)
    }
  }

  static func < (left: BoardRank, right: BoardRank) -> Bool {
    (left.need, left.holder, left.moment) < (right.need, right.holder, right.moment)
  }
}
