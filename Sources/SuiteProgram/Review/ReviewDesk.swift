package import InfusionRecord
import Interchange
package import RecorderUI
package import SessionReview
package import SessionStore

/// The cache of reviewed days behind the review screen.
///
/// Opening a day reads for a few milliseconds and gives the page as far as it was read; the event loop
/// calls `work` between keys for the rest, so no key waits for a day. A session is derived again only
/// if a fact was added to it, or once a minute while it is open.
///
/// ```
///  open(day) ─► read a slice ─► page (120 of 500) ─► key? ─► read a slice ─► … ─► page (whole)
///                                                     and then the day before and the day after
/// ```
package struct ReviewDesk {
  package typealias Days = ClosedRange<CivilDate>

  private struct CachedDays {
    var review: DayReview
    /// Sessions to read, or to read again; the last is next.
    var waiting: [SessionID]
  }

  private let store: any FactStore
  private let clock: LocalClock
  private var derivation: SessionDerivation
  private var cache: [Days: CachedDays] = [:]
  /// The cached days in the order in which they were opened, newest last.
  private var opened: [Days] = []
  /// The days on screen.
  package private(set) var days: Days?
  /// How many rows the page had that was shown last.
  private var published = 0
  /// The days on screen, the days before and after them, and one more.
  private static let mostCached = 4

  package init(store: any FactStore, site: Site, formulary: Formulary, now: Instant) {
    self.store = store
    clock = site.clock
    derivation = SessionDerivation(
      formulary: formulary, policies: site.policies, configuration: site.hash.text, now: now)
  }

  // MARK: Days

  /// Puts these days on screen and reads for about as long as `budget` says.
  package mutating func open(_ days: Days, now: Instant, budget: Duration) throws {
    self.days = days
    published = 0
    derivation.now = ReviewDesk.minute(of: now)
    try schedule(days)
    // Days that were prefetched show their open sessions as of then.
    tick()
    try work(now: now, budget: budget)
  }

  /// Schedules days that the user may ask for next.
  package mutating func expect(_ wanted: [Days]) throws {
    for days in wanted where cache[days] == nil { try schedule(days) }
  }

  private mutating func schedule(_ days: Days) throws {
    opened.removeAll { $0 == days }
    opened.append(days)
    while opened.count > ReviewDesk.mostCached {
      let oldest = opened.firstIndex { $0 != self.days } ?? 0
      cache[opened.remove(at: oldest)] = nil
    }
    guard cache[days] == nil else { return }
    let sessions = try leftOpen(before: days) + store.sessions(of: days)
    cache[days] = CachedDays(
      review: DayReview(days: days, sessions: sessions.count), waiting: sessions.reversed())
  }

  /// Today's page also has the sessions that were left open from earlier days.
  private func leftOpen(before days: Days) throws -> [SessionID] {
    guard days.contains(clock.date(at: derivation.now)) else { return [] }
    return try store.leftOpen(before: days.lowerBound).map(\.session)
  }

  /// Whether a session belongs on a page. One that was left open stays on the page once it is closed, so
  /// that it can be signed there.
  private func belongs(_ log: EventLog, on days: Days) -> Bool {
    guard let day = log.openedAt.map({ log.clock.date(at: $0) }) else { return false }
    if days.contains(day) { return true }
    guard day < days.lowerBound else { return false }
    let wasLeftOpen = cache[days]?.review.row(of: log.session).map { $0.date < days.lowerBound }
    return wasLeftOpen == true
      || log.status == .open && days.contains(clock.date(at: derivation.now))
  }

  /// Whether sessions are left to read.
  package var isBusy: Bool { cache.values.contains { !$0.waiting.isEmpty } }

  /// Reads for about as long as `budget` says, the days on screen first.
  ///
  /// - Returns: whether the page grew so much that it should be shown.
  @discardableResult
  package mutating func work(now: Instant, budget: Duration) throws -> Bool {
    derivation.now = ReviewDesk.minute(of: now)
    let end = ContinuousClock.now + budget
    var isRead = false
    while ContinuousClock.now < end {
      guard let days = next, let session = cache[days]?.waiting.last else { break }
      let log: EventLog?
      do throws(StoreError) {
        log = try store.log(of: session)
      } catch {
        // A session that a silent server did not give stays waiting; a damaged one must not stop the others.
        if !error.isSilence { cache[days]?.waiting.removeLast() }
        throw error
      }
      cache[days]?.waiting.removeLast()
      if let log { put(log, on: days) }
      isRead = isRead || days == self.days
    }
    guard isRead, let days, let cached = cache[days] else { return false }
    let count = cached.review.rows.count
    // Each page has at least half as many rows again, so that a long read sorts only a few times.
    guard cached.waiting.isEmpty || count * 2 >= published * 3 else { return false }
    published = count
    return true
  }

  private static func minute(of now: Instant) -> Instant {
    Instant(seconds: now.seconds / 60 * 60)
  }

  private var next: Days? {
    if let days, cache[days]?.waiting.isEmpty == false { return days }
    return opened.last { cache[$0]?.waiting.isEmpty == false }
  }

  /// Brings sessions with new facts up to date wherever they are cached: at once on the days on screen
  /// if the review is shown, otherwise with the next `work`, so that no key at the chair waits for the
  /// review.
  ///
  /// - Returns: whether the page has to be shown at once: a session left the days on screen.
  @discardableResult
  package mutating func refresh(_ logs: [EventLog], isLookedAt: Bool) -> Bool {
    var isRemoved = false
    for log in logs {
      for days in opened {
        let isCached = cache[days]?.review.row(of: log.session) != nil
        let isWaiting = cache[days]?.waiting.contains(log.session) == true
        if belongs(log, on: days) {
          if isWaiting { continue }
          if !isCached { cache[days]?.review.sessions += 1 }
          if isLookedAt, days == self.days {
            put(log, on: days)
          } else {
            cache[days]?.waiting.append(log.session)
          }
        } else if isCached {
          // The session moved to another day, or its opening was withdrawn.
          cache[days]?.review.remove(log.session)
          isRemoved = isRemoved || days == self.days
        }
      }
    }
    return isRemoved
  }

  /// Schedules the open sessions on screen, because time has passed.
  package mutating func tick() {
    guard let days, let cached = cache[days], cached.waiting.isEmpty else { return }
    cache[days]?.waiting = cached.review.rows.filter(\.isOpen).map(\.id)
  }

  /// The days on screen as far as they are read.
  package var page: DayReview? { days.flatMap { cache[$0]?.review } }

  private mutating func put(_ log: EventLog, on days: Days) {
    let session = derivation.session(log)
    var row = ReviewRow(session, offer: derivation.offer(for: session))
    // A reviewed session is derived without its reviews, which count as facts all the same.
    row.version = log.version
    cache[days]?.review.put(row)
  }

  // MARK: Signing

  /// Signs off several sessions, each on its own.
  ///
  /// - Returns: `refusal` is the refusal by the store that ended it.
  package mutating func sign(
    _ orders: [SignOffOrder], under right: Right, now: RecordedTime
  ) -> (outcome: SignOffOutcome, logs: [EventLog], refusal: RightRefusal?) {
    var outcome = SignOffOutcome()
    var refused: RightRefusal?
    var logs: [EventLog] = []
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
        let event = try derivation.event(
          for: order, on: log, workstation: right.workstation, at: now)
        try store.append([event], to: order.session, expecting: order.version, under: right)
        outcome.signed += 1
        logs.append(log.appending(event))
      } catch let error as StoreError {
        if case .refused(let refusal) = error { refused = refusal }
        guard case .changedMeanwhile(let session, let events) = error else {
          outcome.failure = error.sentence
          break
        }
        outcome.changed.append((session, events))
        if let log = try? store.log(of: session) { logs.append(log) }
      } catch let refusal as SignOffRefusal {
        outcome.failure = refusal.sentence
        break
      } catch {
        outcome.failure = "\(error)"
        break
      }
      if outcome.failure != nil { break }
    }
    return (outcome, logs, refused)
  }
}
