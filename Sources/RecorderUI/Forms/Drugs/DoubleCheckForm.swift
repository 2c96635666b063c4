import InfusionRecord

extension Form {
  /// Records who checked a drug.
  package static let doubleCheck = Form(
    title: "Record a double check", act: .record, scope: .openSession,
    targets: { $0.about(.drug) { .given($0) } },
    refusal: { $1.recorded.administrations.isEmpty ? "Nothing was given yet." : nil },
    fields: DoubleCheckForm.fields, reading: DoubleCheckForm.reading)
}

private enum DoubleCheckForm {
  static func fields(_ context: FormContext) -> [Field] {
    let roster = context.state.roster
    // Of enrolled people only one of them can have checked.
    let known = roster.isEmpty ? context.state.knownNurses : roster.active.map(\.name)
    let nurses = known.filter { $0 != context.state.actor.name }
    return [
      context.administrationField(context.session?.recorded.administrations ?? []),
      Field.choice(
        .checker, "With", nurses.map { Field.Option($0, $0) }, isFree: roster.isEmpty, hint: "name"),
    ] + [context.timeFields()[0]]
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    let administration = try context.administration("was checked")
    let checker = context.value(.checker)
    if checker.isEmpty { throw FormProblem(.checker, "Who checked it with you?") }
    if let fault = SecondPerson.fault(
      checker, besides: context.state.actor.name, in: context.state.roster)
    {
      throw FormProblem(.checker, fault)
    }
    let moment = try context.time()
    return FormReading(
      [
        try context.draft(
          .doubleCheckRecorded(administration: administration.id, checker: checker), at: moment)
      ],
      "\(context.name(administration)) checked with \(checker) \(context.clockText(moment)), "
        + context.by)
  }
}
