package import InfusionRecord
import Interchange
package import RecorderUI
package import SessionStore
package import TimelineEngine

/// Days of the review as the screens need them: read a slice at a time, kept, and brought up to date
/// a session at a time.
///
/// No key waits for a day. Opening one reads for a few milliseconds and gives the page as far as it
/// came; the loop asks for more between two keys. What was read is kept by day, and a session is
/// derived again only when a fact of it was added, or while it is open, once a minute.
///
/// ```
///  open(day) ─► read a slice ─► page (120 of 500) ─► key? ─► read a slice ─► … ─► page (whole)
///                                                     and then the day before and the day after
/// ```
package struct ReviewDesk {
  package typealias Days = ClosedRange<CivilDate>

  /// What is kept of some days.
  private struct Shelf {
    var review: DayReview
    /// Rows for the screen, in the order of those of the review.
    var rows: [ReviewRow] = []
    var positions: [SessionID: Int] = [:]
    /// Sessions still to be read, or to be read again; the last is next.
    var waiting: [SessionID]
    /// How many sessions the days have.
    var sessions: Int
  }

  private let store: any FactStore
  private var reviewing: Reviewing
  private let site: Site
  private var shelves: [Days: Shelf] = [:]
  /// The days in the order they were opened, newest last.
  private var opened: [Days] = []
  /// The days on screen.
  package private(set) var days: Days?
  private var published = 0
  /// Most days kept, those on screen and their neighbours among them.
  private static let kept = 4

  package init(store: any FactStore, site: Site, formulary: Formulary, now: Instant) {
    self.store = store
    self.site = site
    reviewing = Reviewing(site: site, formulary: formulary, now: now)
  }

  // MARK: Days

  /// Puts these days on screen, and reads of them what `budget` allows.
  package mutating func open(_ days: Days, now: Instant, budget: Duration) throws {
    self.days = days
    published = 0
    try shelve(days)
    try work(now: now, budget: budget)
  }

  /// Reads days that may be asked for next.
  package mutating func expect(_ wanted: [Days]) throws {
    for days in wanted where shelves[days] == nil { try shelve(days) }
  }

  private mutating func shelve(_ days: Days) throws {
    opened.removeAll { $0 == days }
    opened.append(days)
    while opened.count > ReviewDesk.kept {
      let oldest = opened.firstIndex { $0 != self.days } ?? 0
      shelves[opened.remove(at: oldest)] = nil
    }
    guard shelves[days] == nil else { return }
    let sessions = try store.sessions(of: days)
    shelves[days] = Shelf(
      review: DayReview(days: days), waiting: sessions.reversed(), sessions: sessions.count)
  }

  /// Whether there is something left to read.
  package var isBusy: Bool { shelves.values.contains { !$0.waiting.isEmpty } }

  /// Reads for about as long as `budget` says, those on screen first.
  ///
  /// - Returns: whether what is on screen changed so much that it should be shown.
  @discardableResult
  package mutating func work(now: Instant, budget: Duration) throws -> Bool {
    reviewing.now = Instant(seconds: now.seconds / 60 * 60)
    let end = ContinuousClock.now + budget
    var isRead = false
    while ContinuousClock.now < end {
      guard let days = next, let session = shelves[days]?.waiting.popLast() else { break }
      if let log = try store.log(of: session) { put(log, on: days) }
      isRead = isRead || days == self.days
    }
    guard isRead, let days, let shelf = shelves[days] else { return false }
    // A page is made when there is half as much again to show, or all.
    guard shelf.waiting.isEmpty || shelf.rows.count * 2 >= published * 3 else { return false }
    published = shelf.rows.count
    return true
  }

  private var next: Days? {
    if let days, shelves[days]?.waiting.isEmpty == false { return days }
    return opened.last { shelves[$0]?.waiting.isEmpty == false }
  }

  /// Takes up sessions with new facts wherever they are kept: at once on the days somebody looks at,
  /// else when `work` is next called, so that no key at the chair waits for the review.
  package mutating func refresh(_ logs: [EventLog], isLookedAt: Bool) {
    for log in logs {
      guard let moment = log.openedAt else { continue }
      let day = log.clock.date(at: moment)
      for days in opened {
        let isKept = shelves[days]?.positions[log.session] != nil
        let isWaiting = shelves[days]?.waiting.contains(log.session) == true
        if days.contains(day) {
          if isWaiting { continue }
          if !isKept { shelves[days]?.sessions += 1 }
          if isLookedAt, days == self.days {
            put(log, on: days)
          } else {
            shelves[days]?.waiting.append(log.session)
          }
        } else if isKept {
          // It was moved to another day: these are read anew when they are opened next.
          shelves[days] = nil
          opened.removeAll { $0 == days }
        }
      }
    }
  }

  /// The minute changed: what is open there has moved on.
  package mutating func tick() {
    guard let days, let shelf = shelves[days], shelf.waiting.isEmpty else { return }
    shelves[days]?.waiting = shelf.rows.filter(\.isOpen).map(\.id)
  }

  // MARK: The page

  /// The days on screen as far as they are read.
  package var page: ReviewPage? {
    guard let days, let shelf = shelves[days] else { return nil }
    let rows = shelf.rows.sorted { left, right in
      let (a, b) = (left.need == .person ? 0 : 1, right.need == .person ? 0 : 1)
      return (a, left.openedAt, left.id) < (b, right.openedAt, right.id)
    }
    let review = shelf.review
    return ReviewPage(
      days: days, rows: rows,
      totals: review.totals.lines.map {
        ReviewPage.Total(
          code: $0.code.number, label: $0.code.label, units: $0.units, signed: $0.postable)
      }, integrity: IntegrityPage(review.integrity), sessions: shelf.sessions)
  }

  private mutating func put(_ log: EventLog, on days: Days) {
    guard var shelf = shelves.removeValue(forKey: days) else { return }
    let session = reviewing.session(log)
    shelf.review.replace(session)
    if let found = shelf.review.row(of: log.session) {
      let row = ReviewRow(found, offer: offer(log, session))
      if let position = shelf.positions[log.session] {
        shelf.rows[position] = row
      } else {
        shelf.positions[log.session] = shelf.rows.count
        shelf.rows.append(row)
      }
    }
    shelves[days] = shelf
  }

  /// What a signature would stand under; nil where there is nothing to sign.
  private mutating func offer(_ log: EventLog, _ session: SessionExport) -> ReviewRow.Offer? {
    guard log.status != .open, !session.standing.isSignedOff else { return nil }
    let hasReviews = session.standing.signOff != nil
    let statement = hasReviews ? reviewing.current(log.withoutReviews) : session.statement
    let review = statement.review(by: "")
    return ReviewRow.Offer(
      statementHash: review.statementHash, rulebook: review.rulebook, policy: review.policy)
  }

  // MARK: Signing

  /// Puts names under sessions, each on its own.
  package mutating func sign(
    _ orders: [SignOffOrder], actor: Actor, now: RecordedTime
  ) -> (outcome: SignOffOutcome, logs: [EventLog]) {
    var outcome = SignOffOutcome()
    var logs: [EventLog] = []
    var numbers = SystemRandomNumberGenerator()
    for order in orders {
      do {
        guard let log = try store.log(of: order.session) else {
          throw Complaint("a session is not in the store any more.")
        }
        guard log.version == order.version else {
          outcome.changed.append((order.session, Array(log.events.dropFirst(order.version))))
          logs.append(log)
          continue
        }
        let event = Event(
          id: Event.ID(at: now, using: &numbers), session: order.session,
          clinicalTime: Instant(seconds: now.instant.seconds / 60 * 60), recordedTime: now,
          actor: actor.name, workstation: actor.workstation, fact: .sessionReviewed(order.review))
        if let refusal = log.refusal(of: event, now: now, formulary: reviewing.formulary) {
          throw Complaint(refusal.sentence)
        }
        try store.append([event], to: order.session, expecting: order.version)
        outcome.signed += 1
        logs.append(log.appending(event))
      } catch let error as StoreError {
        guard case .changedMeanwhile(let session, let events) = error else {
          outcome.failure = error.sentence
          break
        }
        outcome.changed.append((session, events))
        if let log = try? store.log(of: session) { logs.append(log) }
      } catch {
        outcome.failure = "\(error)"
        break
      }
      if outcome.failure != nil { break }
    }
    return (outcome, logs)
  }
}

extension Statement {
  /// What a reviewer's name is put under: the hash, the rulebook and the settings that differ.
  package func review(by reviewer: String) -> Review {
    Review(
      statementHash: Derivation.seal(of: self), rulebook: rulebook,
      policy: policy.differences.map { "\($0.name)=\($0.value.argument)" }.sorted(),
      reviewer: reviewer)
  }
}

extension ReviewRow {
  init(_ row: DayReview.Row, offer: Offer?) {
    var need = Need.clean
    switch row.need {
    case .person: need = .person
    case .clean: need = .clean
    case .open: need = .open
    case .reviewed: need = .reviewed
    }
    var changes: [String] = []
    if case .changed(_, let sentences) = row.standing { changes = sentences }
    self.init(
      id: row.session, version: row.version, date: row.date ?? CivilDate(dayNumber: 0),
      openedAt: row.openedAt, span: row.span, chair: row.chair, patient: row.patient,
      born: row.born, mrn: row.mrn, nurse: row.nurse, need: need, isChanged: !changes.isEmpty,
      units: row.unitsByCode.map { Unit(code: $0.code, count: $0.count) },
      questions: row.questions, changes: changes,
      reviewer: row.standing.signOff?.review.reviewer, offer: offer)
  }

  /// Whether the patient is still there.
  var isOpen: Bool { span.hasSuffix("open") }
}

extension IntegrityPage {
  init(_ counts: IntegrityCounts) {
    self.init()
    self.counts = counts.lines.map { Count(label: $0.label, value: $0.value, isPart: $0.isPart) }
    bins = counts.bins.map { Bin(minutes: $0.from...$0.to, count: $0.count) }
    longer = counts.longer
    heaps = IntegrityCounts.watched.map { watched in
      let heap = counts.heap(at: watched.minutes)
      return Heap(
        minutes: watched.minutes, found: heap.found,
        expected: counts.expectedText(at: watched.minutes), why: watched.why,
        isHigh: heap.found >= 5 && Double(heap.found) > 3 * heap.expected)
    }
  }
}
