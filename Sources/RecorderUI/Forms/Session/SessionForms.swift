import InfusionRecord

/// Records an access site.
enum OpenSiteForm: FormKind {
  static let title = "Open an access site"

  private static let kinds: [AccessSite.Kind] = [
    .port, .peripheral, .picc, .central, .subcutaneous, .implanted,
  ]

  static func fields(_ context: FormContext) -> [Field] {
    let open = context.session?.log.sites.filter { $0.closedAt == nil } ?? []
    var fields = [
      Field.choice(.kind, "Kind", kinds.map { Field.Option($0.rawValue, $0.words) }),
      Field.text(.location, "Where", hint: "for example right chest"),
    ]
    if !open.isEmpty {
      fields.append(
        Field.choice(
          .lumen, "Lumen of",
          [Field.Option("", "a site of its own")]
            + open.map { Field.Option($0.opening.site, $0.opening.words) },
          picked: "", isRequired: false))
      if context.value(.lumen).isEmpty {
        fields.append(
          Field.choice(
            .siteReason, "Second site",
            [Field.Option("", "reason not recorded yet")]
              + AccessSite.SecondSiteReason.allCases.map { Field.Option($0.rawValue, $0.words) },
            picked: "", isRequired: false))
      }
    }
    return fields + context.timeFields()
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> Reading {
    guard let session = context.session else { throw FormProblem(nil, "Choose a chair first.") }
    guard let kind = AccessSite.Kind(rawValue: context.value(.kind)) else {
      throw FormProblem(.kind, "Which kind of access?")
    }
    let moment = try context.time()
    let opening = SiteOpening(
      site: session.nextSite(kind), kind: kind, location: context.optional(.location),
      parent: context.optional(.lumen),
      secondSiteReason: AccessSite.SecondSiteReason(rawValue: context.value(.siteReason)))
    var sentence = "access site \(opening.words) opened \(context.timeText(moment))"
    if let reason = opening.secondSiteReason { sentence += "; \(reason.words)" }
    return Reading(
      [try context.draft(.siteOpened(opening), at: moment)],
      sentence + ", by \(context.state.actor.name)")
  }
}

/// Records that an access site was removed.
enum CloseSiteForm: FormKind {
  static let title = "Close an access site"

  static func fields(_ context: FormContext) -> [Field] {
    let open = context.session?.log.sites.filter { $0.closedAt == nil } ?? []
    return [
      Field.choice(
        .site, "Site", open.map { Field.Option($0.opening.site, $0.opening.words) },
        picked: open.count == 1 ? open[0].opening.site : nil)
    ] + context.timeFields()
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> Reading {
    let site = context.value(.site)
    guard let known = context.session?.log.sites.first(where: { $0.opening.site == site }) else {
      throw FormProblem(.site, "Which access site?")
    }
    let moment = try context.time()
    var reading = Reading(
      [try context.draft(.siteClosed(site: site), at: moment)],
      "access site \(known.opening.words) closed \(context.timeText(moment)), "
        + "by \(context.state.actor.name)")
    let running = context.session?.running.filter { $0.facts.site == site } ?? []
    if !running.isEmpty {
      let names = running.map { context.name($0) }.joined(separator: ", ")
      reading.warnings.append("Still running there: \(names).")
    }
    return reading
  }
}

/// Writes a note.
enum NoteForm: FormKind {
  static let title = "Add a note"

  static func fields(_ context: FormContext) -> [Field] {
    let administrations = context.session?.recorded.administrations ?? []
    var fields = [Field.text(.note, "Note", isRequired: true)]
    if !administrations.isEmpty {
      fields.append(
        Field.choice(
          .drug, "About",
          [Field.Option("", "the session")]
            + administrations.map {
              Field.Option(
                $0.id, context.name($0), details: ["since " + context.clockText($0.start)])
            },
          picked: "", isRequired: false))
    }
    return fields + [context.timeFields()[0]]
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> Reading {
    let text = context.value(.note)
    if text.isEmpty { throw FormProblem(.note, "The note is empty.") }
    let moment = try context.time()
    return Reading(
      [
        try context.draft(
          .noteAdded(text: text, administration: context.optional(.drug)), at: moment)
      ], "note at \(context.clockText(moment)): \(text)")
  }
}

/// Hands a session over to a colleague.
enum HandOffForm: FormKind {
  static let title = "Hand over the chair"

  static func fields(_ context: FormContext) -> [Field] {
    let known = context.state.knownNurses.filter { $0 != context.session?.holder }
    return [
      Field.choice(
        .nurse, "To", known.map { Field.Option($0, $0) }, isFree: true, hint: "name"),
      Field.text(.note, "Tell them", hint: "nothing"),
    ] + [context.timeFields()[0]]
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> Reading {
    guard let session = context.session else { throw FormProblem(nil, "Choose a chair first.") }
    let nurse = context.value(.nurse)
    if nurse.isEmpty { throw FormProblem(.nurse, "Who takes over?") }
    let moment = try context.time()
    var drafts = [try context.draft(.handedOff(to: nurse), at: moment)]
    if let note = context.optional(.note) {
      drafts.append(
        try context.draft(
          .noteAdded(text: "For \(nurse): \(note)", administration: nil), at: moment))
    }
    return Reading(
      drafts,
      "chair \(session.opening.chair) handed over by \(session.holder) to \(nurse) "
        + context.clockText(moment))
  }
}

/// Closes a session, with an answer to each thing that is missing.
enum CloseForm: FormKind {
  static let title = "Close the session"

  static func fields(_ context: FormContext) -> [Field] {
    let questions = (context.session?.toDo ?? []).map { issue in
      var field = Field.choice(
        .answer, issue.sentence,
        answers(for: issue.kind).map { Field.Option($0, $0) }, isFree: true,
        hint: "choose, or type your own")
      field.subject = subject(issue)
      return field
    }
    return questions + [context.timeFields()[0]]
  }

  private static func subject(_ issue: Issue) -> String {
    ([issue.kind.rawValue] + issue.administrations + [issue.site ?? ""]).joined(separator: " ")
  }

  private static func answers(for kind: Issue.Kind) -> [String] {
    switch kind {
    case .stillRunning, .missingStop:
      ["nobody saw it end", "goes on after the visit", "the stop will be asked for"]
    case .stopNotObserved: ["nobody saw it end", "the pump's log will be asked for"]
    case .noSite: ["the site is not known"]
    case .unclassifiedDrug: ["pharmacy will be asked for the class"]
    case .secondSiteWithoutReason: ["for convenience", "the reason will be asked for"]
    case .hydrationWithoutOrder, .hydrationWithoutIndication:
      ["not ordered as hydration", "the order will be asked for"]
    default: ["it is right as recorded", "it will be looked into"]
    }
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> Reading {
    guard let session = context.session else { throw FormProblem(nil, "Choose a chair first.") }
    var answers: [GapAnswer] = []
    for issue in session.toDo {
      let field = context.prompt.fields.first {
        $0.name == .answer && $0.subject == subject(issue)
      }
      guard let answer = field?.value, !answer.isEmpty else {
        throw FormProblem(.answer, "Answer each question, or leave and record what is missing.")
      }
      answers.append(
        GapAnswer(
          issue: issue.kind.rawValue, administration: issue.administrations.first, answer: answer))
    }
    let moment = try context.time()
    let units = session.units.pluralized("unit")
    var sentence =
      "session of \(session.opening.patient.displayName) closed \(context.clockText(moment)), "
      + units
    if !answers.isEmpty {
      sentence += ", \(answers.count) answered"
    }
    return Reading(
      [try context.draft(.sessionClosed(answers: answers), at: moment)],
      sentence + ", by \(context.state.actor.name)")
  }
}

/// Opens a closed session again.
enum ReopenForm: FormKind {
  static let title = "Reopen the session"

  static func fields(_ context: FormContext) -> [Field] {
    [context.reasonField(["a stop was missing", "a drug was missing", "a time was wrong"])]
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> Reading {
    guard let session = context.session else { throw FormProblem(nil, "Choose a chair first.") }
    let reason = context.value(.reason)
    if reason.isEmpty { throw FormProblem(.reason, "Reopening needs a reason.") }
    let moment = Instant(seconds: floorDivide(context.now.seconds, 60) * 60)
    return Reading(
      [
        Draft(
          session: session.id, time: moment, basis: .observed, reason: reason,
          fact: .sessionReopened)
      ], "session reopened \(context.clockText(moment)): \(reason), by \(context.state.actor.name)")
  }
}
