package import InfusionRecord

extension ForgottenDrug {
  /// `PACLitaxel started 07:00, planned end 08:00: a stop at 12:00 would be 5hr.`
  ///
  /// - Parameter fact: what would be recorded, with its article.
  package func sentence(_ name: String, _ fact: String, _ clock: ClockText) -> String {
    let plan = plannedEnd.map { ", planned end \(clock.moment($0))" } ?? ", no planned end"
    return "\(name) started \(clock.moment(administration.start))\(plan): \(fact) at "
      + "\(clock.moment(moment)) would be \(duration(minutes))."
  }
}

/// Asks when a forgotten drug really ended, and reads the answer.
///
/// No answer is preset, because the time of the key press would be charged as running time. An answer
/// that was given stays, whatever time is typed afterwards. Every form that stops a drug uses it.
struct ForgottenStop {
  enum Answer: String {
    /// The last fact of the drug that says it ran.
    case lastFact = "last-fact"
    case seenAt = "last-seen"
    case computed
    case endedAt = "ended-at"
    case unseen
    case asTyped = "as-typed"

    /// Whether the end itself was seen or told.
    var isSeen: Bool {
      switch self {
      case .endedAt, .asTyped: true
      case .lastFact, .seenAt, .computed, .unseen: false
      }
    }
  }

  /// How it ended, as a stop records it.
  struct End {
    let moment: Instant
    let basis: TimeBasis
    let isNotObserved: Bool
  }

  let drug: ForgottenDrug
  let answer: Answer?
  /// The time that was typed in place of an answer.
  private let typed: String
  /// A time from another field of the form; empty if none was typed.
  private let otherTime: String

  /// Nil if a stop at `moment` is near the plan and nothing was answered yet.
  init?(_ id: String, at moment: Instant?, otherTime: String = "", _ context: FormContext) {
    guard let running = context.session?.running.first(where: { $0.id == id }) else { return nil }
    let value =
      context.prompt.fields.first { $0.name == .check && $0.subject == id }?.value ?? ""
    let late = moment.flatMap { ForgottenDrug(running, at: $0, clock: context.clock) }
    let answered =
      value.isEmpty ? nil : ForgottenDrug(running, at: context.minute, clock: context.clock)
    guard let drug = late ?? answered else { return nil }
    self.drug = drug
    answer = Answer(rawValue: value)
    typed = answer == nil ? value : ""
    self.otherTime = otherTime
  }

  var isAnswered: Bool { answer != nil || !typed.isEmpty }
  private var id: String { drug.administration.id }

  func question(_ context: FormContext) -> String {
    drug.sentence(context.name(drug.administration), "a stop", context.clockWords)
      + " When did it really end?"
  }

  // MARK: Fields

  /// The question, and what its answer leaves open.
  ///
  /// - Parameter isLabelled: whether the label has the whole question, because the form does not show it.
  func fields(_ context: FormContext, isLabelled: Bool = false) -> [Field] {
    var fields = [field(context)]
    if isLabelled { fields[0].label = question(context) }
    let label = answer == .seenAt ? "Seen running" : "Ended at"
    if answer == .seenAt || answer == .endedAt, otherTime.isEmpty {
      var time = Field.text(.ended, label, isRequired: true, hint: "for example 1545 yesterday")
      time.subject = id
      fields.append(time)
    }
    if answer == .endedAt || !typed.isEmpty, let moment = try? time(context) {
      fields.append(context.basisField(of: moment, subject: id))
    }
    return fields
  }

  private func field(_ context: FormContext) -> Field {
    func clock(_ moment: Instant) -> String { context.clockText(moment) }
    var options: [Field.Option] = []
    func add(_ answer: Answer, _ words: String, _ detail: String = "") {
      var option = Field.Option(answer.rawValue, words, details: detail.isEmpty ? [] : [detail])
      // A time that is typed is no time in the name of an answer.
      option.isFoundByStart = true
      options.append(option)
    }
    add(.seenAt, "last seen running at …")
    if let seen = drug.lastSeenRunning {
      add(.lastFact, "last seen running \(clock(seen))", "its last fact")
    }
    if let end = drug.computedEnd {
      add(.computed, "computed \(clock(end))", "from rate and volume")
    }
    add(.unseen, "nobody saw it end")
    add(.endedAt, "stopped at …")
    add(.asTyped, "it really ran until \(clock(drug.moment))")
    var field = Field.choice(
      .check, "Really ended", options, isFree: answer == nil,
      hint: "choose, or type the time it ended")
    field.subject = id
    return field
  }

  // MARK: Reading

  /// The time that was typed for the answer.
  private func time(_ context: FormContext) throws(FormProblem) -> Instant {
    if !typed.isEmpty { return try context.moment(typed, of: .check) }
    if !otherTime.isEmpty { return try context.moment(otherTime, of: .time) }
    let text = context.prompt.fields.first { $0.name == .ended && $0.subject == id }?.value ?? ""
    if text.isEmpty {
      throw FormProblem(
        .ended, answer == .seenAt ? "When was it last seen running?" : "When did it end?")
    }
    return try context.moment(text, of: .ended)
  }

  /// The end that was answered.
  func end(_ context: FormContext) throws(FormProblem) -> End {
    func seen(_ moment: Instant) -> End {
      End(moment: moment, basis: .lastSeenRunning, isNotObserved: false)
    }
    switch answer {
    case .lastFact:
      guard let moment = drug.lastSeenRunning else { throw unanswered }
      return seen(moment)
    case .seenAt: return seen(try time(context))
    case .computed:
      guard let moment = drug.computedEnd else { throw unanswered }
      return End(moment: moment, basis: .computedFromRateAndVolume, isNotObserved: false)
    case .unseen:
      return End(
        moment: drug.moment, basis: context.presumedBasis(drug.moment), isNotObserved: true)
    case .asTyped:
      return End(
        moment: drug.moment, basis: context.presumedBasis(drug.moment), isNotObserved: false)
    case .endedAt, nil:
      if !isAnswered { throw unanswered }
      let moment = try time(context)
      return End(
        moment: moment, basis: try context.basis(of: moment, subject: id), isNotObserved: false)
    }
  }

  private var unanswered: FormProblem {
    FormProblem(.check, "Choose when it really ended.")
  }
}
