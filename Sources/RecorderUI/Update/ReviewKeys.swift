public import InfusionRecord
package import SessionReview
import TerminalCore

extension RecorderState {
  // MARK: From the store

  /// Shows the days as far as they are read; days that are not asked for any more are left.
  package mutating func take(_ page: DayReview) {
    guard review?.days == page.days else { return }
    review?.take(page)
    refreshPrompt(isPinned: true)
    settle()
  }

  /// Days that are likely to be asked for next: today, where this person may sign off, and the days
  /// beside those on screen.
  public var daysAskedNext: [ClosedRange<CivilDate>] {
    let today = suite.clock.date(at: now.instant)
    guard let review else { return refusal(of: .signOff) == nil ? [today...today] : [] }
    guard review.isOneDay, screen == .review else { return [] }
    let day = review.days.lowerBound
    return [day + -1, day + 1].filter { $0 <= today && $0.dayNumber >= 0 }.map { $0...$0 }
  }

  /// Goes where a session was wanted, now that the store gave it.
  public mutating func arrive(_ log: EventLog?, at arrival: Arrival) -> [Effect] {
    guard let log, visit(log) else {
      notice = Notice(.refused, "The session is not in the store; nothing was opened.")
      return []
    }
    defer { settle() }
    switch arrival {
    case .screen(let screen): return show(screen)
    case .form(let form): return open(form)
    }
  }

  /// Takes in how several sign-offs ended.
  public mutating func settle(_ outcome: SignOffOutcome) {
    confirmed = nil
    prompt = nil
    var sentences = [
      "Signed off \(outcome.signed.named("session"))."
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
    settle()
  }

  /// Tells how something that went on beside the screens ended.
  public mutating func say(_ notice: Notice) {
    self.notice = notice
  }

  // MARK: What a person wants

  /// What the form comes to that is no fact of one session.
  mutating func carryOut(_ order: Order) -> [Effect] {
    let form = prompt?.form
    switch order {
    case .signOff(let orders):
      return [.signOff(orders)]
    case .show(let days):
      prompt = nil
      form.map { keptPrompts[KeptPrompt(form: $0, session: nil)] = nil }
      return turn(to: days)
    case .write(let order):
      if let folder = prompt?[.folder]?.value, !folder.isEmpty { exportFolder = folder }
      prompt = nil
      form.map { keptPrompts[KeptPrompt(form: $0, session: nil)] = nil }
      notice = told("Being written; you can go on.")
      return [.write(order)]
    }
  }

  /// Today's review, or the days that were looked at last.
  mutating func showReview() -> [Effect] {
    let today = suite.clock.date(at: now.instant)
    let days = review?.days ?? today...today
    if review == nil { review = ReviewState(days: days) }
    review?.isFinding = false
    review?.sort()
    path.append(.review)
    return [.review(days)]
  }

  private mutating func turn(to days: ClosedRange<CivilDate>) -> [Effect] {
    if review?.days != days { review?.turn(to: days) }
    return [.review(days)]
  }

  /// Intents of the reviewer that go ahead of the forms; nil for the rest.
  mutating func actOfReviewer(_ intent: Intent) -> [Effect]? {
    guard screen == .review else { return nil }
    let form: Form
    switch intent {
    case .signOff: form = .signOff
    case .reopenSession: form = .reopen
    case .writePacket, .signOffClean, .exportDays, .goToDay: return nil
    default: return nil
    }
    guard let row = selectedReviewRow else {
      notice = told("There is no session to choose.")
      return []
    }
    let act: Act = form == .reopen && row.need == .reviewed ? .reopenReviewed : form.act
    if let refusal = refusal(of: act) {
      notice = Notice(.refused, refusal)
      return []
    }
    if form == .signOff, row.offer == nil {
      notice = told(SignOffForm.refusal(of: row))
      return []
    }
    if form == .reopen, row.isOpen {
      notice = told("This session is open.")
      return []
    }
    return [.visit(row.id, .form(form))]
  }

  mutating func actOnReview(_ intent: Intent) -> [Effect] {
    guard let review else { return [] }
    let pageRows = reviewPageRows
    switch intent {
    case .moveUp, .moveDown, .pageUp, .pageDown, .moveFirst, .moveLast, .open, .explain,
      .showHistory:
      self.review?.isChosen = true
    default: break
    }
    switch intent {
    case .moveUp: self.review?.cursor.move(by: -1, in: review.ids)
    case .moveDown: self.review?.cursor.move(by: 1, in: review.ids)
    case .pageUp: self.review?.cursor.move(by: -pageRows, in: review.ids)
    case .pageDown: self.review?.cursor.move(by: pageRows, in: review.ids)
    case .moveFirst: self.review?.cursor.select(at: 0, in: review.ids)
    case .moveLast: self.review?.cursor.select(at: review.ids.count - 1, in: review.ids)
    case .find: self.review?.isFinding = true
    case .showNeeds:
      self.review?.needsOnly.toggle()
      self.review?.match()
    case .sortBoard:
      self.review?.order = review.order == .time ? .needsPerson : .time
      self.review?.sort()
      notice = told(
        review.order == .time ? "Ordered by who needs a person." : "Ordered by time.")
    case .previousDay, .nextDay:
      let span = Int(review.days.upperBound.dayNumber - review.days.lowerBound.dayNumber) + 1
      let step = intent == .nextDay ? span : -span
      let (first, last) = (review.days.lowerBound + step, review.days.upperBound + step)
      guard first.dayNumber >= 0, last.dayNumber <= 2_932_896 else { return [] }
      return turn(to: first...last)
    case .showIntegrity:
      path.append(.integrity)
      reader = ReaderState()
    case .open, .explain, .showHistory:
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
    case .nextChoice: review?.cursor.move(by: 1, in: ids)
    case .previousChoice: review?.cursor.move(by: -1, in: ids)
    case .showHelp: help = HelpState(place: .find)
    default:
      review?.filter.act(on: intent)
      review?.match()
      let matching = review?.ids ?? []
      review?.cursor.select(at: 0, in: matching)
    }
    return []
  }

  /// Takes the filter off, where one is on; one step back before the screen is left.
  mutating func showAllOfReview() -> Bool {
    guard let review, review.needsOnly || !review.filter.isEmpty else { return false }
    self.review?.filter.clear()
    self.review?.needsOnly = false
    self.review?.match()
    return true
  }

  /// Rows of the review seen at once, for paging.
  private var reviewPageRows: Int { max(1, ReviewLayout(state: self).listRows - 1) }

  mutating func settleReview() {
    guard let review, size.rows >= Layout.minimum.rows else { return }
    let layout = ReviewLayout(state: self)
    self.review?.cursor.scroll(
      heights: { layout.height(of: review.row(at: $0)) }, count: review.shown.count,
      rows: layout.listRows, selectedAt: review.cursor.index(in: review.ids))
  }
}
