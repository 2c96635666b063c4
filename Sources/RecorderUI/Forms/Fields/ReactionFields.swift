import InfusionRecord

extension FormContext {
  /// A reaction ascribed to no drug.
  static let noDrug = "none"

  /// What a reaction is ascribed to: what runs first, then what was given before. The one running drug is
  /// proposed; of two, the user chooses.
  var reactionDrugField: Field {
    let running = session?.running ?? []
    let ended = (session?.recorded.administrations ?? []).filter { given in
      !running.contains { $0.id == given.id }
    }
    var field = administrationField(running + ended.reversed(), "Drug")
    field.options.append(Field.Option(FormContext.noDrug, "no drug, or not known"))
    field.picked =
      running.count == 1 ? running[0].id : field.options.count == 1 ? FormContext.noDrug : nil
    return field
  }

  /// The grade, the signs, what was done and what was measured. Only the grade is due, and nothing of it is
  /// preset.
  ///
  /// - Parameter known: a reaction that is corrected.
  func reactionFields(_ known: Reaction? = nil, action: Reaction.Action? = nil) -> [Field] {
    let grades = Reaction.grades.map {
      Field.Option("\($0)", "grade \($0)", details: [Reaction.words(ofGrade: $0)])
    }
    let actions =
      Reaction.Action.allCases.map { Field.Option($0.rawValue, $0.words) }
      + [Field.Option("", "not recorded")]
    return [
      Field.choice(.grade, "Grade", grades, picked: known.map { "\($0.grade)" }, hint: "CTCAE")
    ] + signFields(known) + [
      Field.choice(
        .action, "The drug was", actions, picked: (known?.action ?? action)?.rawValue ?? "",
        isRequired: false),
      .text(.remedy, "Gave for it", known?.drugsGiven ?? "", hint: "not recorded; drugs and doses"),
    ] + vitalSignFields(known?.vitals ?? VitalSigns())
  }

  /// A field for each sign picked, and one more.
  private func signFields(_ known: Reaction?) -> [Field] {
    let before = known.map { $0.signs.map(\.rawValue) + [$0.otherSigns].compactMap(\.self) } ?? []
    let shown = prompt.fields.filter { $0.name == .sign }
    let isFirst = shown.isEmpty
    let filled = isFirst ? before.count : (shown.lastIndex { !$0.value.isEmpty } ?? -1) + 1
    return (0..<min(filled + 1, FormContext.mostSigns)).map { position in
      let taken = shown.prefix(position).map(\.value)
      let options = Reaction.Sign.allCases.filter { !taken.contains($0.rawValue) }
        .map { Field.Option($0.rawValue, $0.words) }
      var field = Field.choice(
        .sign, position == 0 ? "Signs" : "and",
        options + [Field.Option("", position == 0 ? "not recorded" : "no other")],
        picked: before.indices.contains(position) ? before[position] : "", isRequired: false,
        isFree: true, hint: "choose, or type your own")
      field.subject = "\(position)"
      return field
    }
  }

  private static let mostSigns = 8

  /// What the fields come to.
  func reaction(ascribedTo administration: String?) throws(FormProblem) -> Reaction {
    guard let grade = Int(value(.grade)), Reaction.grades.contains(grade) else {
      throw FormProblem(.grade, "How severe is it: grade 1 to 5?")
    }
    var reaction = Reaction(administration: administration, grade: grade)
    var others: [String] = []
    for field in prompt.fields where field.name == .sign && !field.value.isEmpty {
      if let sign = Reaction.Sign(rawValue: field.value) {
        if !reaction.signs.contains(sign) { reaction.signs.append(sign) }
      } else {
        others.append(field.value)
      }
    }
    reaction.otherSigns = others.isEmpty ? nil : others.joined(separator: ", ")
    reaction.action = Reaction.Action(rawValue: value(.action))
    reaction.drugsGiven = optional(.remedy)
    reaction.vitals = try vitalSigns()
    return reaction
  }
}
