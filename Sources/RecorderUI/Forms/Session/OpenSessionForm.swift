import InfusionRecord

extension Form {
  /// Adds a patient: opens a session.
  ///
  /// It asks for two identifiers besides the name. The chair is where the patient sits, never who it is
  /// (Joint Commission NPSG.01.01.01).
  package static let openSession = Form(
    title: "Open a session", act: .record, scope: .suite,
    verb: { $0[.glass] == nil ? "record" : "open" }, asksEveryField: true,
    targets: { form in form.about(.chair) { .chair($0) } + form.about(.mrn) { .patient($0) } },
    question: OpenSessionForm.question,
    fields: OpenSessionForm.fields, reading: OpenSessionForm.reading,
    followUp: OpenSessionForm.followUp)
}

private enum OpenSessionForm {
  /// The value of a patient who is not expected.
  private static let another = "another"

  static func question(_ context: FormContext) -> String {
    if context.isNumberRestricted { return RestrictedNumber.question }
    if let place = knownAsOther(context) { return OpeningDoubt.otherPerson(context.mrn, place) }
    // Once a number is typed, the patient is known to the user.
    let hidden = context.hiddenWaiting
    return !context.mrn.isEmpty || hidden.isEmpty
      ? "" : hidden + " and not listed: type or scan the MRN."
  }

  static func fields(_ context: FormContext) -> [Field] {
    let taken = Set(context.state.openSessions.map(\.opening.chair))
    let chairs = context.state.suite.chairs.map {
      Field.Option($0, $0, details: taken.contains($0) ? ["taken"] : [])
    }
    let free = context.state.suite.chairs.first { !taken.contains($0) }
    let plan = plan(context)
    let planned = plan.flatMap { $0.chair.isEmpty || taken.contains($0.chair) ? nil : $0.chair }
    let wanted = context.state.selectedFreeChair ?? planned ?? free
    let patient = plan?.patient ?? recorded(context)
    var fields: [Field] = []
    let options = context.waitingOptions
    if !options.isEmpty {
      // One expected patient is highlighted. Of two, the user chooses. A typed number is another patient's.
      var field = Field.choice(
        .expected, "Expected", options + [Field.Option(another, "another patient")],
        suggested: options.count == 1 ? options[0].value : nil, isRequired: context.mrn.isEmpty,
        hint: "or scan or type the MRN")
      field.elsewhere = Field.Elsewhere(row: another, field: .mrn)
      fields.append(field)
    }
    fields += [
      .text(.mrn, "MRN", patient?.mrn ?? "", isRequired: true, hint: "type or scan")
    ]
    fields += context.glassFields
    fields += [
      .text(.family, "Family name", patient?.family ?? "", isRequired: true),
      .text(.given, "Given name", patient?.given ?? "", isRequired: true),
      .text(
        .born, "Born", patient?.dateOfBirth?.display ?? "", isRequired: true,
        hint: "for example 04-Feb-1961"),
    ]
    fields += samePerson(context)
    fields += [
      Field.choice(
        .sex, "Sex",
        PatientIdentity.Sex.allCases.map { Field.Option($0.rawValue, $0.words) },
        picked: (patient?.sex ?? .unknown).rawValue),
      .text(
        .visit, "Visit number", plan?.patient.visitNumber ?? "", hint: "not recorded"),
      Field.choice(.chair, "Chair", chairs, picked: wanted, isFree: true),
      .text(
        .payer, "Payer", plan?.payer ?? context.state.suite.payer ?? "", hint: "not recorded"),
    ]
    return fields + [context.timeFields()[0]] + secondSession(context)
  }

  /// Where the number is known with another name or date of birth than those typed; nil if nowhere.
  private static func knownAsOther(_ context: FormContext) -> OpeningDoubt.Place? {
    let (state, mrn, typed) = (context.state, context.mrn, typed(context))
    return OpeningDoubt.Place(
      of: typed, inRecord: state.patients(numbered: mrn), inBook: state.booked(as: mrn))
  }

  /// The name and the date of birth in the fields; empty or nil if they are not filled in.
  private static func typed(_ context: FormContext) -> PatientIdentity {
    let today = context.state.suite.clock.date(at: context.now)
    return PatientIdentity(
      family: context.value(.family), given: context.value(.given),
      dateOfBirth: try? BornField.read(context.value(.born), before: today), sex: .unknown,
      mrn: context.mrn, visitNumber: "")
  }

  /// The patient as the record or today's appointments know the number, to fill in the fields; nil if they
  /// know several people or another one than the typed.
  private static func recorded(_ context: FormContext) -> PatientIdentity? {
    let (state, mrn) = (context.state, context.mrn)
    let known = state.patients(numbered: mrn) + state.booked(as: mrn)
    guard let newest = known.first, !state.isHidden(mrn: mrn),
      known.allSatisfy({ $0.isSamePerson(as: newest) }),
      knownAsOther(context) == nil
    else { return nil }
    return newest
  }

  /// Asks whether it is the same person if the number is known with another name or date of birth.
  private static func samePerson(_ context: FormContext) -> [Field] {
    guard !context.isNumberRestricted, knownAsOther(context) != nil else { return [] }
    var field = Field.choice(
      .check, "Same person?",
      [
        Field.Option("no", "no, or not sure: I type the MRN again"),
        Field.Option("yes", "yes, compared with the wristband"),
      ], hint: "no or yes")
    field.subject = context.mrn
    return [field]
  }

  /// Asks why if the patient has an open session, so that Enter alone never opens another.
  private static func secondSession(_ context: FormContext) -> [Field] {
    let mrn = context.mrn
    let isOpen =
      !mrn.isEmpty && !context.isNumberRestricted
      && context.state.openSessions.contains {
        PatientNumber.areSame($0.opening(comparedWith: mrn).patient.mrn, mrn)
      }
    guard isOpen else { return [] }
    let usual = ["a second visit today", "the open session is another patient's"]
    var field = context.reasonField([], isRequired: false)
    field.label = "Why again"
    field.options = usual.map { Field.Option($0, $0) }
    return [field]
  }

  private static func plan(_ context: FormContext) -> ExpectedPatient? {
    let value = context.value(.expected)
    if value.isEmpty || value == another { return nil }
    return context.state.expected.first { $0.optionValue == value }
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    func required(_ name: Field.Name, _ what: String) throws(FormProblem) -> String {
      let text = context.value(name)
      if text.isEmpty { throw FormProblem(name, "The \(what) is missing.") }
      return text
    }
    _ = try required(.mrn, "MRN")
    if let opening = try context.openingOfRecord() { return opening }
    // As the record spells it, if it has the number.
    let known = context.state.patients(numbered: context.mrn)
    let mrn = (known + context.state.booked(as: context.mrn)).first?.mrn ?? context.mrn
    let family = try required(.family, "family name")
    let given = try required(.given, "given name")
    let today = context.state.suite.clock.date(at: context.now)
    let birthText = try required(.born, "date of birth")
    let born = try BornField.read(birthText, before: today)
    let chair = try required(.chair, "chair")
    let other = knownAsOther(context)
    if let other {
      switch context.value(.check) {
      case "yes": break
      case "no": throw FormProblem(.mrn, "Scan or type the MRN of the wristband again.")
      default: throw FormProblem(.check, OpeningDoubt.otherPerson(mrn, other))
      }
    }
    let patient = PatientIdentity(
      family: family, given: given, dateOfBirth: born,
      sex: PatientIdentity.Sex(rawValue: context.value(.sex)) ?? .unknown, mrn: mrn,
      visitNumber: context.value(.visit))
    let suite = context.state.suite
    let moment = try context.time()
    let opening = SessionOpening(
      patient: patient, chair: chair, setting: suite.setting,
      placeOfService: suite.placeOfService, payer: context.optional(.payer),
      zone: suite.clock.zone, nurse: context.state.actor.name, sharesNumber: other != nil)
    let basis = context.presumedBasis(moment)
    let visit = patient.visitNumber.isEmpty ? "no visit number" : "visit \(patient.visitNumber)"
    let sex = patient.sex == .unknown ? "sex not recorded" : patient.sex.words
    var reading = FormReading(
      [
        EventDraft(
          session: nil, time: moment, basis: basis,
          reason: context.optional(.reason)
            ?? (other != nil ? "MRN known with another name or date of birth; compared" : nil),
          fact: .sessionOpened(opening))
      ],
      "session of \(patient.displayName), born \(patient.bornAndAge(on: today)), "
        + "\(sex), MRN \(mrn), \(visit), chair \(chair), opened "
        + "\(context.timeAndBasis(moment, basis)), "
        + context.by)
    reading.short = "session opened \(context.clockText(moment)), chair \(chair)"
    let doubts = OpeningDoubt.found(
      opening: patient, at: chair,
      among: context.state.openSessions.map { $0.opening(comparedWith: mrn) })
    if let same = doubts.first(where: { $0.kind == .sameNumber }),
      !GivenReason.saysSomething(context.value(.reason))
    {
      throw FormProblem(.reason, "\(same.sentence) Say why another is opened.")
    }
    reading.warnings += chairWarnings(chair, context)
    if let asked = BornField.asked(birthText, born) { reading.warnings.append(asked) }
    reading.warnings += doubts.filter { $0.kind != .otherPerson }.map(\.sentence)
    return reading
  }

  /// A planned chair that another patient has, and a chair that the suite lacks.
  private static func chairWarnings(_ chair: String, _ context: FormContext) -> [String] {
    var warnings: [String] = []
    if let planned = plan(context)?.chair, !planned.isEmpty, planned != chair {
      let isTaken = context.state.openSessions.contains { $0.opening.chair == planned }
      warnings.append("Chair \(planned) was planned\(isTaken ? " and is taken" : "").")
    }
    if let unknown = context.state.suite.sentence(onChair: chair) { warnings.append(unknown) }
    return warnings
  }

  /// Shows the session just opened, which the next key is about.
  static func followUp(_ state: inout RecorderState, _ done: Prompt) -> [Effect] {
    guard let newest = state.sessions.last, state.screen == .board else { return [] }
    return state.show(.session(newest.id))
  }
}
