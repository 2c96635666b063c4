import InfusionRecord

extension FormContext {
  /// The basis of a stop whose end nobody saw.
  static let notObserved = "not-observed"

  /// `Time` and `Basis`. The defaults are now and observed; an old time is a late entry.
  func timeFields(_ label: String = "Time", insteadOf corrected: Instant? = nil) -> [Field] {
    let (time, basis) = timeAndBasisFields(label, insteadOf: corrected)
    return [time, basis]
  }

  /// The same two, for a form that does not show both.
  ///
  /// - Parameter isStop: whether an unseen end is one of the choices.
  func timeAndBasisFields(
    _ label: String, isStop: Bool = false, insteadOf corrected: Instant? = nil
  ) -> (time: Field, basis: Field) {
    var time = Field.text(.time, label, hint: "now (\(clockText(now)))")
    time.isTouched = true
    var options = TimeBasis.allCases.map { Field.Option($0.rawValue, $0.words) }
    if isStop {
      options.insert(
        Field.Option(FormContext.notObserved, "not observed: nobody saw it end"), at: 1)
    }
    let typed = (try? self.time(insteadOf: corrected)) ?? nil
    let presumed = typed.map { presumedBasis($0) } ?? .observed
    let basis = Field.choice(.basis, "Basis", options, picked: presumed.rawValue)
    return (time, basis)
  }

  /// Asks how a time is known that was typed for something earlier than now.
  ///
  /// Beyond the limit of late entries it is one unless the user says more. Before that nothing is preset,
  /// because only the user knows whether it was seen.
  func basisField(of moment: Instant, subject: String) -> Field {
    let presumed = presumedBasis(moment)
    let isSeenNow = moment >= minute
    var field = Field.choice(
      .basis, "Known how", TimeBasis.allCases.map { Field.Option($0.rawValue, $0.words) },
      picked: presumed == .lateEntry || isSeenNow ? presumed.rawValue : nil,
      hint: "how is \(clockText(moment)) known?")
    field.subject = subject
    return field
  }

  /// The answer to `basisField`.
  func basis(of moment: Instant, subject: String) throws(FormProblem) -> TimeBasis {
    guard let basis = TimeBasis(rawValue: value(.basis, of: subject)) else {
      throw FormProblem(.basis, "How is \(clockText(moment)) known?")
    }
    return basis
  }

  /// The default basis for a time that the user did not qualify.
  func presumedBasis(_ moment: Instant) -> TimeBasis {
    TimeBasis.presumed(for: moment, writtenAt: now)
  }

  /// The clinical time typed; now if nothing is.
  func time(insteadOf corrected: Instant? = nil) throws(FormProblem) -> Instant {
    try moment(value(.time), of: .time, insteadOf: corrected)
  }

  /// The clinical time in a text; now if it is empty.
  func moment(
    _ text: String, of field: Field.Name, insteadOf corrected: Instant? = nil
  ) throws(FormProblem) -> Instant {
    switch ClinicalTimeEntry.moment(
      text, now: now, clock: clock, insteadOf: corrected, openedAt: session?.log.openedAt)
    {
    case .success(let moment): return moment
    case .failure(let problem): throw FormProblem(field, problem.sentence)
    }
  }

  /// The basis picked; the default for the typed time if the form does not ask.
  var basis: TimeBasis {
    if let picked = TimeBasis(rawValue: value(.basis)) { return picked }
    guard prompt[.basis] == nil, let moment = try? time() else { return .observed }
    return presumedBasis(moment)
  }

  /// `10:42`, with the date if it is not today or the session is not of today.
  func clockText(_ moment: Instant) -> String { clockWords.moment(moment) }

  /// The clock times of the form's sentences.
  var clockWords: ClockText {
    session.map { ClockText($0.log, askedAt: now) } ?? ClockText(clock, day: clock.date(at: now))
  }

  /// `10:42 (late entry)`; an observed time has no addition.
  func timeText(_ moment: Instant) -> String {
    basis == .observed ? clockText(moment) : "\(clockText(moment)) (\(basis.words))"
  }

  /// `10:42 (observed)`, for previews that always name the basis.
  func timeAndBasis(_ moment: Instant, _ basis: TimeBasis) -> String {
    "\(clockText(moment)) (\(basis.words))"
  }
}
