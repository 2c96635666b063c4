import InfusionRecord

/// A stop that was forgotten: it is recorded far past the planned end, or on a later day than the start.
///
/// The form then asks when the drug really ended. No answer is preset, because the time of the key press
/// would be charged as running time.
struct ForgottenStop {
  /// Minutes past the planned end from which a stop is asked about.
  static let grace: Int64 = 60
  static let lastSeen = "last-seen"
  static let computed = "computed"
  static let asTyped = "as-typed"
  static let unseen = "unseen"

  let administration: RecordedAdministration
  private let plannedEnd: Instant?
  private let moment: Instant

  /// Nil if the stop that the form would record is near the plan.
  init?(_ context: FormContext) {
    let id = context.value(.drug)
    // Who says how the time is known has answered the question.
    let isKnown = context.prompt[.basis]?.isTouched == true && context.basis != .observed
    guard let drug = context.session?.running.first(where: { $0.id == id }), !isKnown,
      context.value(.basis) != FormContext.notObserved, let moment = try? context.time(),
      moment > drug.start
    else { return nil }
    let plannedEnd = drug.plannedEnd(asOf: moment)
    let isPastPlan = plannedEnd.map { moment - $0 > ForgottenStop.grace * 60 } ?? false
    let isOverNight =
      context.clock.date(at: drug.start) != context.clock.date(at: moment)
      && (plannedEnd.map { moment > $0 } ?? true)
    guard isPastPlan || isOverNight else { return nil }
    administration = drug
    self.plannedEnd = plannedEnd
    self.moment = moment
  }

  /// When a fact of the drug last said that it ran: a new bag, a new rate, a double check. Nil if only its
  /// start does.
  private var lastSeenRunning: Instant? {
    let seen = administration.entries.filter { entry in
      switch entry.fact {
      case .bagChanged, .rateChanged, .drugResumed, .doubleCheckRecorded: true
      default: false
      }
    }
    return seen.map(\.clinicalTime).filter { $0 > administration.start && $0 <= moment }.max()
  }

  /// The end by the charted rate and volume; nil if one is missing or the rate was changed.
  private var computedEnd: Instant? {
    guard administration.rateChanges.isEmpty, let rate = administration.facts.rateMLPerHour,
      rate > 0,
      let volume = administration.volumeML ?? administration.facts.volumeML
    else { return nil }
    let paused = administration.pauses.reduce(0) { $0 + max(0, ($1.stop ?? moment) - $1.start) }
    let seconds = volume / rate * 3600
    guard seconds.isFinite, seconds >= 60, seconds < 30 * 86_400 else { return nil }
    let end = (administration.start + Int64(seconds) + paused).minute
    return end <= moment ? end : nil
  }

  func question(_ context: FormContext) -> String {
    let name = context.name(administration)
    let ran = Minutes(flooring: administration.runningSeconds(asOf: moment)).count
    let plan = plannedEnd.map { ", planned end \(context.clockText($0))" } ?? ", no planned end"
    return "\(name) started \(context.clockText(administration.start))\(plan): a stop at "
      + "\(context.clockText(moment)) would be \(duration(ran)). When did it really end?"
  }

  func field(_ context: FormContext) -> Field {
    var options: [Field.Option] = []
    let seen = lastSeenRunning.map { " \(context.clockText($0))" } ?? ", at the time I type"
    options.append(
      Field.Option(
        ForgottenStop.lastSeen, "last seen running" + seen,
        details: ["nobody saw it end"]))
    if let computedEnd {
      options.append(
        Field.Option(
          ForgottenStop.computed, "computed \(context.clockText(computedEnd))",
          details: ["from rate and volume"]))
    }
    options += [
      Field.Option(ForgottenStop.unseen, "nobody saw it end"),
      Field.Option(
        ForgottenStop.asTyped, "it really ran until \(context.clockText(moment))"),
    ]
    var field = Field.choice(
      .check, "Really ended", options, hint: "choose, or type the time it ended above")
    field.subject = administration.id
    return field
  }

  /// The end that was answered.
  func end(
    _ context: FormContext
  ) throws(FormProblem) -> (moment: Instant, basis: TimeBasis, isNotObserved: Bool) {
    switch context.value(.check) {
    case ForgottenStop.lastSeen:
      if let lastSeenRunning { return (lastSeenRunning, .lastSeenRunning, false) }
      if context.value(.time).isEmpty {
        throw FormProblem(.time, "When was it last seen running?")
      }
      return (moment, .lastSeenRunning, false)
    case ForgottenStop.computed:
      guard let computedEnd else { throw FormProblem(.check, question(context)) }
      return (computedEnd, .computedFromRateAndVolume, false)
    case ForgottenStop.unseen: return (moment, context.basis, true)
    case ForgottenStop.asTyped: return (moment, context.basis, false)
    default: throw FormProblem(.check, question(context))
    }
  }
}
