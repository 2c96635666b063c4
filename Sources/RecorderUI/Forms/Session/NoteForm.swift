import InfusionRecord

extension Form {
  /// Writes a note, in closed sessions too.
  package static let note = Form(
    title: "Add a note", act: .record, scope: .session, isKept: true,
    targets: { $0.about(.drug) { .given($0) } },
    fields: NoteForm.fields, reading: NoteForm.reading)
}

private enum NoteForm {
  static func fields(_ context: FormContext) -> [Field] {
    let administrations = context.session?.recorded.administrations ?? []
    var fields = [Field.text(.note, "Note", isRequired: true)]
    if !administrations.isEmpty {
      fields.append(
        Field.choice(
          .drug, "About",
          [Field.Option("", "the session")]
            + administrations.map { administration in
              Field.Option(
                administration.id, context.name(administration),
                details: [
                  administration.statedMinutes.map { PaperMinutes.words(Double($0)) }
                    ?? "since " + context.clockText(administration.start)
                ])
            },
          picked: "", isRequired: false))
    }
    return fields + [context.timeFields()[0]]
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    let text = context.value(.note)
    if text.isEmpty { throw FormProblem(.note, "The note is empty.") }
    let moment = try context.time()
    return FormReading(
      [
        try context.draft(
          .noteAdded(text: text, administration: context.optional(.drug)), at: moment)
      ], "note at \(context.clockText(moment)): \(text)")
  }
}
