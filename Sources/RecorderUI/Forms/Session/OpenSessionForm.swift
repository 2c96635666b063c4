import InfusionRecord

/// Seats a patient: opens a session.
///
/// Two identifiers beside the name; the chair is where the patient sits, never who it is (Joint
/// Commission NPSG.01.01.01).
enum OpenSessionForm: FormKind {
  static let title = "Open a session"

  static func fields(_ context: FormContext) -> [Field] {
    let taken = Set(context.state.openSessions.map(\.opening.chair))
    let chairs = context.state.suite.chairs.map {
      Field.Option($0, $0, details: taken.contains($0) ? ["taken"] : [])
    }
    let free = context.state.suite.chairs.first { !taken.contains($0) }
    let plan = plan(context)
    let planned = plan.flatMap { $0.chair.isEmpty || taken.contains($0.chair) ? nil : $0.chair }
    let wanted = context.state.selectedFreeChair ?? planned ?? free
    let patient = plan?.patient
    var fields: [Field] = []
    let waiting = waiting(context)
    if !waiting.isEmpty {
      let options = waiting.map {
        Field.Option(
          $0.patient.mrn, $0.patient.displayName,
          details: [$0.patient.bornWords, $0.time, $0.regimen])
      }
      fields.append(
        Field.choice(.expected, "Expected", options + [Field.Option("", "somebody else")]))
      fields[0].isRequired = false
    }
    return fields + [
      .text(.mrn, "MRN", patient?.mrn ?? "", isRequired: true, hint: "type or scan"),
      .text(.family, "Family name", patient?.family ?? "", isRequired: true),
      .text(.given, "Given name", patient?.given ?? "", isRequired: true),
      .text(
        .born, "Born", patient?.dateOfBirth?.display ?? "", isRequired: true,
        hint: "for example 04-Feb-1961"),
      Field.choice(
        .sex, "Sex",
        PatientIdentity.Sex.allCases.map { Field.Option($0.rawValue, $0.words) },
        picked: (patient?.sex ?? .unknown).rawValue),
      .text(.visit, "Visit number", patient?.visitNumber ?? "", hint: "not recorded"),
      Field.choice(.chair, "Chair", chairs, picked: wanted, isFree: true),
      .text(
        .payer, "Payer", plan?.payer ?? context.state.suite.payer ?? "", hint: "not recorded"),
    ] + [context.timeFields()[0]] + secondSession(context)
  }

  /// Asks why, where the patient has an open session: Enter alone never opens another.
  private static func secondSession(_ context: FormContext) -> [Field] {
    let mrn = context.value(.mrn)
    guard context.state.openSessions.contains(where: { $0.opening.patient.mrn == mrn }) else {
      return []
    }
    let usual = ["a second visit today", "the open session is another patient's"]
    var field = context.reasonField([], isRequired: false)
    field.label = "Why again"
    field.options = usual.map { Field.Option($0, $0, isOffered: false) }
    return [field]
  }

  /// Whom the schedule expects and nobody seated yet.
  private static func waiting(_ context: FormContext) -> [ExpectedPatient] {
    let seated = Set(context.state.sessions.map(\.opening.patient.mrn))
    return context.state.expected.filter { !seated.contains($0.patient.mrn) }
  }

  private static func plan(_ context: FormContext) -> ExpectedPatient? {
    let mrn = context.value(.expected)
    return mrn.isEmpty ? nil : context.state.expected.first { $0.patient.mrn == mrn }
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> Reading {
    func required(_ name: Field.Name, _ what: String) throws(FormProblem) -> String {
      let text = context.value(name)
      if text.isEmpty { throw FormProblem(name, "The \(what) is missing.") }
      return text
    }
    let mrn = try required(.mrn, "MRN")
    let family = try required(.family, "family name")
    let given = try required(.given, "given name")
    let today = context.state.suite.clock.date(at: context.now)
    let birthText = try required(.born, "date of birth")
    let born = try BirthDate.read(birthText, before: today)
    let chair = try required(.chair, "chair")
    let patient = PatientIdentity(
      family: family, given: given, dateOfBirth: born,
      sex: PatientIdentity.Sex(rawValue: context.value(.sex)) ?? .unknown, mrn: mrn,
      visitNumber: context.value(.visit))
    let suite = context.state.suite
    let moment = try context.time()
    let opening = SessionOpening(
      patient: patient, chair: chair, setting: suite.setting,
      placeOfService: suite.placeOfService, payer: context.optional(.payer),
      zone: suite.clock.zone, nurse: context.state.actor.name)
    var ids = context.state.ids
    let session = SessionID(day: suite.clock.date(at: moment), using: &ids)
    let basis = context.presumedBasis(moment)
    let visit = patient.visitNumber.isEmpty ? "no visit number" : "visit \(patient.visitNumber)"
    let sex = patient.sex == .unknown ? "sex not recorded" : patient.sex.words
    var reading = Reading(
      [
        Draft(
          session: session, time: moment, basis: basis, reason: context.optional(.reason),
          fact: .sessionOpened(opening))
      ],
      "session of \(patient.displayName), born \(patient.bornAndAge(on: today)), "
        + "\(sex), MRN \(mrn), \(visit), chair \(chair), opened "
        + "\(context.timeAndBasis(moment, basis)), "
        + "by \(context.state.actor.name)")
    reading.short = "session opened \(context.clockText(moment)), chair \(chair)"
    let doubts = OpeningDoubt.found(
      seating: patient, at: chair, beside: context.state.openSessions.map(\.opening))
    if let same = doubts.first(where: { $0.kind == .sameNumber }), context.value(.reason).isEmpty {
      throw FormProblem(.reason, "\(same.sentence) Say why another is opened.")
    }
    reading.warnings += doubts.map(\.sentence)
    return reading
  }
}

/// A date of birth as people type it.
enum BirthDate {
  /// The day typed, of somebody who lives on `today`; else why not.
  static func read(_ text: String, before today: CivilDate) throws(FormProblem) -> CivilDate {
    guard let (year, month, day) = numbers(text) else {
      throw FormProblem(.born, "Type the date of birth as 04-Feb-1961 or 1961-02-04.")
    }
    guard let born = CivilDate(year: year, month: month, day: day) else {
      throw FormProblem(.born, "There is no such day as \(text); look at the date of birth again.")
    }
    guard born <= today else {
      throw FormProblem(.born, "\(born.display) is still to come; look at the date of birth again.")
    }
    guard today.dayNumber - born.dayNumber < 130 * 366 else {
      throw FormProblem(
        .born, "\(born.display) is more than 130 years ago; look at the date of birth again.")
    }
    return born
  }

  /// `04-Feb-1961`, `4 feb 1961`, `1961-02-04`, `19610204`; nothing that could be read two ways.
  static func date(_ text: String) -> CivilDate? {
    numbers(text).flatMap { CivilDate(year: $0.year, month: $0.month, day: $0.day) }
  }

  /// The numbers of a date written so, whether or not there is such a day.
  private static func numbers(_ text: String) -> (year: Int, month: Int, day: Int)? {
    let parts = text.lowercased().split { "-/. ".contains($0) }.map(String.init)
    let months = CivilDate.monthNames.map { $0.lowercased() }
    if parts.count == 1, text.count == 8, text.allSatisfy({ $0.isASCII && $0.isNumber }),
      let number = Int(text)
    {
      return (number / 10_000, number / 100 % 100, number % 100)
    }
    guard parts.count == 3 else { return nil }
    if parts[0].count == 4, let year = Int(parts[0]), let month = Int(parts[1]),
      let day = Int(parts[2])
    {
      return (year, month, day)
    }
    guard let day = Int(parts[0]), parts[2].count == 4, let year = Int(parts[2]),
      let month = months.firstIndex(where: { parts[1].hasPrefix($0) })
    else { return nil }
    return (year, month + 1, day)
  }
}
