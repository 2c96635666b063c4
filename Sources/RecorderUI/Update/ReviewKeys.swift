package import InfusionRecord
package import SessionReview
import TerminalCore

extension RecorderState {
  // MARK: From the store

  /// Shows the days as far as they are read; days that are no longer shown are ignored.
  package mutating func take(_ page: DayReview) {
    guard review?.days == page.days else { return }
    review?.source = page
    let shown = hiding(page)
    review?.take(shown)
    refreshPrompt(isPinned: true)
    clampSelections()
  }

  /// Days to prefetch: today if the user may sign off, and the days before and after the one shown.
  package var daysAskedNext: [ClosedRange<CivilDate>] {
    let today = suite.clock.date(at: now.instant)
    guard let review else { return refusal(of: .signOff) == nil ? [today...today] : [] }
    guard review.isOneDay, screen == .review else { return [] }
    let day = review.days.lowerBound
    return [day + -1, day + 1].filter { $0 <= today && $0.dayNumber >= 0 }.map { $0...$0 }
  }

  /// Opens the screen or form that a session was read for.
  package mutating func arrive(_ log: EventLog?, at arrival: Arrival) -> [Effect] {
    guard let log, visit(log) else {
      notice = Notice(.refused, "The session is not in the store; nothing was opened.")
      return []
    }
    defer { clampSelections() }
    switch arrival {
    case .screen(let screen): return show(screen)
    case .form(let form): return open(form)
    }
  }

  /// Takes the result of several sign-offs.
  package mutating func finish(_ outcome: SignOffOutcome) {
    confirmed = nil
    // A form that was opened meanwhile stays.
    if !isSetAside { prompt = nil }
    isSetAside = false
    defer { if isLocked { untold = notice } }
    var sentences = [
      "Signed off \(outcome.signed.pluralized("session"))."
    ]
    for (session, events) in outcome.changed.prefix(2) {
      let who = review?.row(of: session)?.patient ?? session.text
      let last = events.last
      let what =
        last.map { last in
          let words = last.fact.words(in: EventLog(session: session), formulary: formulary)
          return " (\(words)\(last.author(after: words)))"
        } ?? ""
      sentences.append("Not signed: \(who) changed meanwhile\(what).")
    }
    if outcome.changed.count > 2 {
      sentences.append("\(outcome.changed.count - 2) more changed meanwhile and were not signed.")
    }
    if let failure = outcome.failure { sentences.append("Then it stopped: \(failure)") }
    let isWhole = outcome.changed.isEmpty && outcome.failure == nil
    notice = Notice(isWhole ? .recorded : .refused, sentences.joined(separator: " "))
    clampSelections()
  }

  /// Shows the result of a background job.
  package mutating func say(_ notice: Notice) {
    self.notice = notice
  }

  // MARK: Keys

  /// Opens the review of today, whatever was looked at before.
  mutating func showReview() -> [Effect] {
    let today = suite.clock.date(at: now.instant)
    let days = today...today
    if review == nil { review = ReviewState(days: days) }
    if review?.days != days { review?.turn(to: days) }
    review?.isFinding = false
    review?.sort()
    path.append(.review)
    return [.review(days)]
  }

  mutating func turn(to days: ClosedRange<CivilDate>) -> [Effect] {
    if review?.days != days { review?.turn(to: days) }
    return [.review(days)]
  }

  mutating func actOnReview(_ intent: Intent) -> [Effect] {
    guard let review else { return [] }
    if let steps = intent.steps(page: reviewPageRows) {
      self.review?.isChosen = true
      self.review?.cursor.move(by: steps, in: review.ids)
    }
    switch intent {
    case .find: self.review?.isFinding = true
    case .showNeeds:
      self.review?.needsOnly.toggle()
      self.review?.match()
    case .sortBoard:
      self.review?.order = review.order.next
      self.review?.isReversed = false
      self.review?.sort()
      notice = told(
        review.order.next.canReverse
          ? review.order.next.sentence(isReversed: false) : "Ordered by who needs a person.")
    case .reverseOrder:
      if review.order.canReverse { self.review?.isReversed.toggle() }
      self.review?.sort()
      notice = told(review.order.sentence(isReversed: self.review?.isReversed == true))
    case .previousDay, .nextDay:
      let span = Int(review.days.upperBound.dayNumber - review.days.lowerBound.dayNumber) + 1
      let step = intent == .nextDay ? span : -span
      let (first, last) = (review.days.lowerBound + step, review.days.upperBound + step)
      let possible = LocalClock.recordableDays
      guard possible.contains(first), possible.contains(last) else { return [] }
      return turn(to: first...last)
    case .showIntegrity:
      path.append(.integrity)
      reader = ReaderState()
    case .open, .explain, .showHistory:
      self.review?.isChosen = true
      guard let id = review.cursor.selected else {
        notice = told("There is no session to choose.")
        return []
      }
      let screen: Screen =
        intent == .open ? .session(id) : intent == .explain ? .explain(id) : .history(id)
      return [.visit(id, .screen(screen))]
    default: break
    }
    return []
  }

  mutating func actInReviewFind(_ intent: Intent) -> [Effect] {
    guard let ids = review?.ids else { return [] }
    switch intent {
    case .confirm: review?.isFinding = false
    case .cancel:
      review?.isFinding = false
      review?.filter.clear()
      review?.match()
    case .nextChoice, .previousChoice:
      review?.cursor.move(by: intent == .nextChoice ? 1 : -1, in: ids)
    case .showHelp: help = HelpState(place: .find)
    default:
      review?.filter.act(on: intent)
      review?.match()
      let matching = review?.ids ?? []
      review?.cursor.select(at: 0, in: matching)
    }
    return []
  }

  /// Clears the filter; false if there is none.
  mutating func showAllOfReview() -> Bool {
    guard let review, review.needsOnly || !review.filter.isEmpty else { return false }
    self.review?.filter.clear()
    self.review?.needsOnly = false
    self.review?.match()
    return true
  }

  /// The rows of a page key in the review.
  private var reviewPageRows: Int { max(1, ReviewLayout(state: self).listRows - 1) }

  mutating func scrollReview() {
    guard let review, size.rows >= Layout.leastListRows else { return }
    let layout = ReviewLayout(state: self)
    self.review?.cursor.scroll(
      heights: { layout.height(of: review.row(at: $0)) }, count: review.shown.count,
      rows: layout.listRows, selectedAt: review.cursor.index(in: review.ids))
  }
}
