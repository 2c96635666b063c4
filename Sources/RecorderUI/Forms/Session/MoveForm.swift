import InfusionRecord

extension Form {
  /// Moves the patient to another chair; the session goes on.
  package static let move = Form(
    title: "Move to another chair", act: .record, scope: .openSession,
    targets: { $0.about(.chair) { .chair($0) } + [(.seat, nil)] },
    question: { MoveForm.doubt($0) ?? "" },
    fields: MoveForm.fields, reading: MoveForm.reading)
}

private enum MoveForm {
  /// The free chairs first, then those that are taken, which ask.
  static func fields(_ context: FormContext) -> [Field] {
    let here = context.session?.opening.chair
    let chairs = context.state.suite.chairs.filter { $0 != here }
    let free = chairs.filter { patient(in: $0, context) == nil }
    let options =
      free.map { Field.Option($0, $0, details: ["free"]) }
      + chairs.filter { !free.contains($0) }.map { chair in
        Field.Option(chair, chair, details: [patient(in: chair, context) ?? ""])
      }
    var fields = [Field.choice(.chair, "To chair", options, isFree: true, hint: "which one?")]
    if let doubt = doubt(context) {
      var check = Field.choice(
        .check, "Is it so?",
        [Field.Option("no", "no, choose again"), Field.Option("yes", "yes, it is")],
        hint: "no or yes")
      check.subject = doubt
      fields.append(check)
    }
    return fields + [context.timeFields()[0]]
  }

  private static func patient(in chair: String, _ context: FormContext) -> String? {
    context.state.openSessions.first { $0.id != context.session?.id && $0.opening.chair == chair }?
      .opening.patient.displayName
  }

  private static func chair(_ context: FormContext) -> String {
    Chairs(context.state.suite.chairs).named(context.value(.chair))
  }

  /// The question about a chair that another patient has, or that the suite lacks; nil if none is asked.
  static func doubt(_ context: FormContext) -> String? {
    let chair = chair(context)
    if chair.isEmpty { return nil }
    return patient(in: chair, context).map { "Chair \(chair) has \($0)." }
      ?? context.state.suite.sentence(onChair: chair)
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    let session = try context.openSession()
    let chair = chair(context)
    if chair.isEmpty { throw FormProblem(.chair, "Which chair?") }
    if chair == session.opening.chair {
      throw FormProblem(.chair, "The patient is in chair \(chair) already.")
    }
    let moment = try context.time()
    var draft = try context.draft(.movedToChair(chair), at: moment)
    if let doubt = doubt(context) {
      switch context.value(.check) {
      case "yes": draft.reason = FormContext.confirmed + doubt
      case "no": throw FormProblem(.chair, "Choose the chair again.")
      default: throw FormProblem(.check, "Answer the question: no or yes.")
      }
    }
    return FormReading(
      [draft],
      "\(session.opening.patient.displayName) moved from chair \(session.opening.chair) to chair "
        + "\(chair) \(context.clockText(moment)), \(context.by)")
  }
}
