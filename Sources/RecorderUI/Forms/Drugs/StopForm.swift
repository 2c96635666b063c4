import InfusionRecord

extension Form {
  /// Stops what runs, also if nobody saw it end.
  package static let stop = Form(
    title: "Stop a drug", act: .record, scope: .openSession,
    targets: { form in
      form.about(.drug) { .running(StopForm.administration($0)) }
        + form.about(.drug) { .account(StopForm.administration($0)) }
    }, refusal: unlessRunning,
    question: { context in
      let forgotten = StopForm.forgotten(context)?.question(context)
      let doubts = [forgotten, StopForm.doubtOfCompletion(context)].compactMap(\.self)
      return (doubts + StopForm.doubts(context)).joined(separator: " ")
    },
    fields: StopForm.fields, reading: StopForm.reading, followUp: StopForm.followUp)
}

extension Prompt {
  /// The administration picked in the field of the drug.
  var administration: String { StopForm.administration(value(.drug)) }
}

private enum StopForm {
  /// Precedes the administration in the value of a row for an unseen end.
  private static let unseen = "unseen:"

  static func administration(_ value: String) -> String {
    value.hasPrefix(unseen) ? String(value.dropFirst(unseen.count)) : value
  }

  private static func isUnseen(_ context: FormContext) -> Bool {
    context.value(.drug).hasPrefix(unseen) || context.value(.basis) == FormContext.notObserved
  }

  /// The running drugs. If there are several, each has a second row for an unseen end: one choice instead
  /// of two.
  private static func drugField(_ context: FormContext) -> Field {
    var field = context.administrationField(context.session?.running ?? [])
    guard field.options.count > 1 else { return field }
    field.options += field.options.map { option in
      var option = option
      option.value = unseen + option.value
      option.label = "nobody saw \(option.label) end"
      option.aliases = []
      option.isFoundByStart = true
      return option
    }
    return field
  }

  /// The administration that is stopped.
  private static func stopped(_ context: FormContext) -> RecordedAdministration? {
    context.session?.running.first { $0.id == context.prompt.administration }
  }

  private static func drug(_ one: RecordedAdministration, _ context: FormContext) -> Drug {
    context.state.formulary.drug(named: one.facts.drug)
  }

  /// What is asked about the amount and the containers.
  static func doubts(_ context: FormContext) -> [String] {
    guard let one = stopped(context) else { return [] }
    return context.accountDoubts(
      drug(one, context), known: one.drugFacts ?? .none, ordered: one.facts.amount)
  }

  /// The amount that went in: that of the order if it was completed, otherwise its part by the volumes.
  private static func proposal(_ one: RecordedAdministration, _ context: FormContext) -> DrugAmount?
  {
    guard let ordered = one.facts.amount.flatMap({ try? DrugAmount(written: $0) }) else {
      return nil
    }
    let reason = Administration.StopReason(rawValue: context.value(.reason))
    // Well before its planned end no one knows how much went in.
    if reason == .completed { return isEarly(one, context) ? nil : ordered }
    guard let bag = one.volumeML.flatMap({ ExactDecimal($0.plain) }), !bag.isZero,
      let volume = ExactDecimal(context.value(.volume)), volume <= bag,
      let part = (ordered.value * volume).divided(by: bag, places: 3)
    else { return nil }
    return DrugAmount(part, ordered.unit)
  }

  /// Whether the stop is well before the planned end.
  private static func isEarly(_ one: RecordedAdministration, _ context: FormContext) -> Bool {
    (try? context.time()).map(one.isEarly) ?? false
  }

  /// What speaks against it having been completed; nil if nothing does, or if its end was not seen.
  private static func completionDoubt(
    _ context: FormContext
  ) -> RecordedAdministration.CompletionDoubt? {
    guard let one = stopped(context), let log = context.session?.log,
      let moment = try? context.time(), hasSeenEnd(context, forgotten(context))
    else { return nil }
    return one.doubtOfCompletion(at: moment, in: log)
  }

  /// The same as a sentence.
  static func doubtOfCompletion(_ context: FormContext) -> String? {
    guard let one = stopped(context), let moment = try? context.time() else { return nil }
    switch completionDoubt(context) {
    case .reaction?:
      return context.session.flatMap {
        DrugDoubt.reaction(to: one, in: $0.log, context.state.formulary)
      }
    case .early?:
      return one.plannedEnd(asOf: moment).map {
        "Its planned end is \(context.clockText($0)): was it completed, and how much went in?"
      }
    case nil: return nil
    }
  }

  /// The question about a drug that must have ended long ago.
  static func forgotten(_ context: FormContext) -> ForgottenStop? {
    // A user who says how the time is known has answered the question.
    let isKnown =
      context.prompt[.basis].map { $0.isTouched && $0.subject.isEmpty } == true
      && context.basis != .observed
    guard !isUnseen(context), !isKnown else { return nil }
    return ForgottenStop(
      context.prompt.administration, at: try? context.time(), otherTime: context.value(.time),
      context)
  }

  /// Whether the stop says that its end was seen, and not computed or found.
  private static func hasSeenEnd(_ context: FormContext, _ forgotten: ForgottenStop?) -> Bool {
    if let forgotten, let answer = forgotten.answer { return answer.isSeen }
    return !isUnseen(context) && context.basis.isOfSeenEnd
  }

  static func fields(_ context: FormContext) -> [Field] {
    var fields = [drugField(context)]
    let forgotten = forgotten(context)
    let isFound = isUnseen(context) || forgotten?.answer == .unseen
    // The basis comes first, so that an unseen end takes few keys.
    let (time, basis) = context.timeAndBasisFields(isFound ? "Found" : "Time", isStop: true)
    if forgotten?.isAnswered != true, !context.value(.drug).hasPrefix(unseen) {
      fields.append(basis)
    }
    // An answer that has a time of its own leaves no other one.
    let hasTime = [.unseen, .asTyped].contains(forgotten?.answer)
    let isTyping = context.prompt.focused?.name == .time
    if forgotten?.isAnswered != true || hasTime || isTyping || !context.value(.time).isEmpty {
      fields.append(time)
    }
    if let forgotten { fields += forgotten.fields(context) }
    // Why it ended is known only to a person who saw or was told that it ended.
    if !context.value(.drug).isEmpty, hasSeenEnd(context, forgotten) {
      let completed = Administration.StopReason.completed.rawValue
      fields.append(
        Field.choice(
          .reason, "Reason",
          Administration.StopReason.allCases.map { Field.Option($0.rawValue, $0.words) },
          picked: completionDoubt(context) == nil ? completed : nil))
    }
    fields.append(.text(.volume, "Volume in", hint: "mL, if charted"))
    if let one = stopped(context) {
      fields += context.accountFields(
        drug(one, context), known: one.drugFacts ?? .none, given: proposal(one, context))
      fields += context.drugCheck(doubts(context))
    }
    return fields
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    let id = context.prompt.administration
    guard
      let administration = try context.openSession().running.first(where: { $0.id == id })
    else { throw FormProblem(.drug, "Which drug ended?") }
    let forgotten = forgotten(context)
    let end: ForgottenStop.End
    if let forgotten {
      end = try forgotten.end(context)
    } else {
      end = ForgottenStop.End(
        moment: try context.time(), basis: context.basis, isNotObserved: isUnseen(context))
    }
    let moment = end.moment
    let answered = Administration.StopReason(rawValue: context.value(.reason))
    if answered == nil, context.prompt[.reason] != nil {
      throw FormProblem(.reason, "Why did it end?")
    }
    let reason = answered ?? .completed
    let stop = DrugStop(
      administration: administration.id, stopReason: reason, isNotObserved: end.isNotObserved,
      volumeML: try context.number(.volume, "A volume", upTo: 100_000))
    var sentence = context.sentence(of: end, context.name(administration))
    if hasSeenEnd(context, forgotten) { sentence += ", \(reason.words)" }
    var draft = try context.draft(.drugStopped(stop), at: moment)
    draft.basis = end.basis
    if forgotten != nil {
      draft.reason = ForgottenDrug.reason
      sentence += ", \(ForgottenDrug.reason)"
    }
    let drug = drug(administration, context)
    let known = administration.drugFacts ?? .none
    let account = try context.account(known: known, at: moment)
    let checked = try context.checkedAccount(doubts(context))
    var reading = FormReading(
      try [draft]
        + context.accountDraft(account, of: administration.id, at: moment, reason: checked),
      sentence + context.accountWords(account) + ", \(context.by)")
    reading.warnings = context.accountWarnings(
      drug, known: known, ordered: administration.facts.amount)
    if moment >= administration.start {
      let ran = Minutes(flooring: administration.runningSeconds(asOf: moment)).count
      let verb = end.isNotObserved ? "at most" : "ran"
      reading.difference = [
        "Since \(context.clockText(administration.start)): \(verb) \(duration(ran))"
          + (administration.pauses.isEmpty ? "." : ", pauses left out.")
      ]
    }
    return reading
  }

  /// Asks once more about a stop near a threshold.
  static func followUp(_ state: inout RecorderState, _ done: Prompt) -> [Effect] {
    let id = done.administration
    guard let session = state.reading(of: done.session), session.status == .open,
      let stopped = session.recorded.administrations.first(where: { $0.id == id }),
      let stop = stopped.stop,
      // The question is about what was seen.
      stopped.stopBasis?.isOfSeenEnd == true
    else { return [] }
    guard stopped.beganWith == .drugStarted else {
      return state.offerReaction(to: stopped, after: done)
    }
    let minutes = Minutes(flooring: stopped.runningSeconds(asOf: stop)).count
    if StopThreshold.isNear(minutes: minutes) {
      state.ask(.confirmStop, about: .stop(stopped.id), of: done)
      return []
    }
    return state.offerReaction(to: stopped, after: done)
  }
}

extension FormContext {
  /// `PACLitaxel stopped 10:31 (observed)`, the beginning of the sentence of a stop.
  func sentence(of end: ForgottenStop.End, _ name: String) -> String {
    if end.isNotObserved {
      return "\(name) found ended \(clockText(end.moment)), nobody saw it end"
    }
    if end.basis == .lastSeenRunning {
      return "\(name) last seen running \(clockText(end.moment)), its end computed, not observed"
    }
    return "\(name) stopped \(timeAndBasis(end.moment, end.basis))"
  }
}

extension TimeBasis {
  /// Whether a stop with this basis was seen by a person or a pump.
  fileprivate var isOfSeenEnd: Bool {
    switch self {
    case .observed, .reportedByColleague, .pumpLog, .lateEntry: true
    case .computedFromRateAndVolume, .lastSeenRunning: false
    }
  }
}
