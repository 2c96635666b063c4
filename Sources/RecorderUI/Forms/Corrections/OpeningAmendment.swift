import InfusionRecord

/// Corrects what was recorded when the session was opened: who the patient is, the chair, the payer.
enum OpeningAmendment {
  static func patientFields(_ opening: SessionOpening?) -> [Field] {
    guard let patient = opening?.patient else { return [] }
    return [
      .text(.mrn, "MRN", patient.mrn, isRequired: true),
      .text(.family, "Family name", patient.family, isRequired: true),
      .text(.given, "Given name", patient.given, isRequired: true),
      .text(.born, "Born", patient.dateOfBirth?.display ?? "", isRequired: true),
      Field.choice(
        .sex, "Sex",
        PatientIdentity.Sex.allCases.map { Field.Option($0.rawValue, $0.words) },
        picked: patient.sex.rawValue),
      .text(.visit, "Visit number", patient.visitNumber, hint: "not recorded"),
    ]
  }

  /// Where the typed number is known with another name or date of birth; nil if it is not.
  private static func knownAsOther(_ context: FormContext) -> OpeningDoubt.Place? {
    let (state, mrn) = (context.state, context.mrn)
    if mrn.isEmpty || context.isNumberRestricted { return nil }
    let today = state.suite.clock.date(at: context.now)
    let typed = PatientIdentity(
      family: context.value(.family), given: context.value(.given),
      dateOfBirth: try? BornField.read(context.value(.born), before: today), sex: .unknown,
      mrn: mrn, visitNumber: "")
    return OpeningDoubt.Place(
      of: typed, inRecord: state.patients(numbered: mrn), inBook: state.booked(as: mrn))
  }

  /// Asks, as at the opening, whether it is the same person if the number is known with another name or date of
  /// birth.
  static func samePerson(_ context: FormContext) -> [Field] {
    guard knownAsOther(context) != nil else { return [] }
    var field = Field.choice(
      .check, "Same person?",
      [
        Field.Option("no", "no, or not sure: I type the MRN again"),
        Field.Option("yes", "yes, compared with the wristband"),
      ], hint: "no or yes")
    field.subject = OpeningDoubt.otherPerson(context.mrn, knownAsOther(context) ?? .record)
    return [field]
  }

  /// Checks a new number: it is looked up in the record, and a number of another person is answered for.
  ///
  /// - Returns: whether the record has the number under another name or date of birth.
  private static func sharesNumber(_ context: FormContext) throws(FormProblem) -> Bool {
    guard context.state.isLookedUp(context.mrn) else {
      throw FormProblem(
        .family, "MRN \(context.mrn) is looked up in the record; press Enter again.")
    }
    guard let place = knownAsOther(context) else { return false }
    switch context.value(.check) {
    case "yes": return true
    case "no": throw FormProblem(.mrn, "Scan or type the MRN of the wristband again.")
    default: throw FormProblem(.check, OpeningDoubt.otherPerson(context.mrn, place))
    }
  }

  /// The corrected opening, a sentence that says the difference, and what is odd about a new chair.
  static func replacement(
    _ change: Amendment, _ context: FormContext, of fact: Fact
  ) throws(FormProblem) -> (Fact, String, [String]) {
    guard case .sessionOpened(var opening) = fact else {
      throw FormProblem(.change, "What changes?")
    }
    let before = opening
    var warnings: [String] = []
    switch change {
    case .chair:
      opening.chair = context.value(.chair)
      if opening.chair.isEmpty { throw FormProblem(.chair, "Which chair is it?") }
      let other = context.state.openSessions.first {
        $0.id != context.session?.id && $0.opening.chair == opening.chair
      }
      warnings = [
        other.map { "Chair \(opening.chair) has \($0.opening.patient.displayName)." },
        context.state.suite.sentence(onChair: opening.chair),
      ].compactMap(\.self)
    case .payer:
      opening.payer = context.optional(.payer)
    default:
      let today = context.state.suite.clock.date(at: context.now)
      let born = try BornField.read(context.value(.born), before: today)
      opening.patient = PatientIdentity(
        family: context.value(.family), given: context.value(.given), dateOfBirth: born,
        sex: PatientIdentity.Sex(rawValue: context.value(.sex)) ?? .unknown,
        mrn: context.mrn, visitNumber: context.value(.visit))
      if !PatientNumber.areSame(before.patient.mrn, context.mrn) {
        opening.sharesNumber = try sharesNumber(context)
      }
    }
    if opening == before { throw FormProblem(.change, "Nothing is different yet.") }
    return (.sessionOpened(opening), sentence(before, opening), warnings)
  }

  private static func sentence(_ old: SessionOpening, _ new: SessionOpening) -> String {
    func known(_ text: String?) -> String { text.map { $0.isEmpty ? "none" : $0 } ?? "none" }
    var parts: [String] = []
    func compare(_ what: String, _ before: String?, _ after: String?) {
      if before != after { parts.append("\(what) \(known(after)) instead of \(known(before))") }
    }
    compare("chair", old.chair, new.chair)
    compare("payer", old.payer, new.payer)
    compare("patient", old.patient.displayName, new.patient.displayName)
    compare(
      "born", old.patient.dateOfBirth?.display ?? "not recorded",
      new.patient.dateOfBirth?.display ?? "not recorded")
    compare("MRN", old.patient.mrn, new.patient.mrn)
    compare("sex", old.patient.sex.words, new.patient.sex.words)
    compare("visit", old.patient.visitNumber, new.patient.visitNumber)
    return parts.joined(separator: ", ")
  }
}
