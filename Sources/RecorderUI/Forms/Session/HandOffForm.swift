import InfusionRecord

extension Form {
  /// Hands a session over to a colleague.
  package static let handOff = Form(
    title: "Hand over the chair", act: .record, scope: .openSession,
    targets: { _ in [(.holder, nil)] },
    fields: HandOffForm.fields, reading: HandOffForm.reading)
}

private enum HandOffForm {
  static func fields(_ context: FormContext) -> [Field] {
    let roster = context.state.roster
    // Of enrolled people only one of them can hold the chair.
    let names = roster.isEmpty ? context.state.knownNurses : roster.active.map(\.name)
    let known = names.filter { $0 != context.session?.holder }
    return [
      Field.choice(
        .nurse, "To", known.map { Field.Option($0, $0) }, isFree: roster.isEmpty, hint: "name"),
      Field.text(.note, "Tell them", hint: "nothing; it stands until it is read"),
    ] + [context.timeFields()[0]]
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    let session = try context.openSession()
    let nurse = context.value(.nurse)
    if nurse.isEmpty { throw FormProblem(.nurse, "Who takes over?") }
    let moment = try context.time()
    let words = context.optional(.note)
    var sentence =
      "chair \(session.opening.chair) handed over from \(session.holder) to \(nurse) "
      + context.clockText(moment)
    // A full stop of the words would stand before the comma.
    if let words {
      sentence += ", with the words: \(words.hasSuffix(".") ? String(words.dropLast()) : words)"
    }
    return FormReading(
      [try context.draft(.handedOff(to: nurse, words: words), at: moment)],
      sentence + ", \(context.by)")
  }
}
