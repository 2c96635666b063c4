import InfusionRecord

/// Records a bag change.
enum ChangeBagForm: FormKind {
  static let title = "Change the bag"

  static func fields(_ context: FormContext) -> [Field] {
    [
      context.administrationField(context.session?.running ?? []),
      .text(.bag, "New bag", isRequired: true, hint: "its number or name"),
      .text(.volume, "Volume", hint: "mL, if charted"),
    ] + context.timeFields()
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> Reading {
    let administration = try context.administration("has a new bag")
    let bag = context.value(.bag)
    if bag.isEmpty { throw FormProblem(.bag, "Which bag is it now?") }
    let volume = try context.number(.volume, "A volume", upTo: 100_000)
    let moment = try context.time()
    return Reading(
      [
        try context.draft(
          .bagChanged(administration: administration.id, bag: bag, volumeML: volume), at: moment)
      ],
      "\(context.name(administration)) bag changed \(context.timeText(moment)): \(bag), "
        + "by \(context.state.actor.name)")
  }
}

/// Records a new rate.
enum ChangeRateForm: FormKind {
  static let title = "Change the rate"

  static func fields(_ context: FormContext) -> [Field] {
    [
      context.administrationField(context.session?.running ?? []),
      .text(.rate, "New rate", isRequired: true, hint: "mL/h"),
    ] + context.timeFields()
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> Reading {
    let administration = try context.administration("runs at a new rate")
    guard let rate = try context.number(.rate, "A rate", upTo: 100_000) else {
      throw FormProblem(.rate, "Which rate, in mL/h?")
    }
    let moment = try context.time()
    return Reading(
      [
        try context.draft(
          .rateChanged(administration: administration.id, rateMLPerHour: rate), at: moment)
      ],
      "\(context.name(administration)) at \(rate.plain)\u{A0}mL/h from "
        + "\(context.timeText(moment)), by \(context.state.actor.name)")
  }
}

/// Records who checked a drug.
enum DoubleCheckForm: FormKind {
  static let title = "Record a double check"

  static func fields(_ context: FormContext) -> [Field] {
    let nurses = context.state.knownNurses.filter { $0 != context.state.actor.name }
    return [
      context.administrationField(context.session?.recorded.administrations ?? []),
      Field.choice(
        .checker, "With", nurses.map { Field.Option($0, $0) }, isFree: true, hint: "name"),
    ] + [context.timeFields()[0]]
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> Reading {
    let administration = try context.administration("was checked")
    let checker = context.value(.checker)
    if checker.isEmpty { throw FormProblem(.checker, "Who checked it with you?") }
    let moment = try context.time()
    return Reading(
      [
        try context.draft(
          .doubleCheckRecorded(administration: administration.id, checker: checker), at: moment)
      ],
      "\(context.name(administration)) checked with \(checker) \(context.clockText(moment)), "
        + "by \(context.state.actor.name)")
  }
}

/// Records a flush of the access device.
enum FlushForm: FormKind {
  static let title = "Flush the access device"

  static func fields(_ context: FormContext) -> [Field] {
    [context.siteField()] + context.timeFields()
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> Reading {
    guard let session = context.session else { throw FormProblem(nil, "Choose a chair first.") }
    let moment = try context.time()
    let site = try context.site(at: moment)
    var drafts: [Draft] = []
    if let opening = site.draft { drafts.append(opening) }
    drafts.append(
      try context.draft(
        .deviceFlushed(administration: session.log.nextAdministration, site: site.id), at: moment))
    return Reading(
      drafts,
      "access device flushed \(context.timeText(moment)), \(site.words), "
        + "by \(context.state.actor.name)")
  }
}

/// Records that a pump was taken off: one connected here, or one from an earlier visit.
enum DisconnectPumpForm: FormKind {
  static let title = "Disconnect a pump"

  /// The value of a pump that was connected in another session.
  static let earlier = "earlier"

  private static func pumps(_ context: FormContext) -> [RecordedAdministration] {
    (context.session?.running ?? []).filter { $0.beganWith == .pumpConnected }
  }

  static func fields(_ context: FormContext) -> [Field] {
    var options = pumps(context).map {
      Field.Option(
        $0.id, context.name($0), details: ["connected \(context.clockText($0.start))"])
    }
    options.append(Field.Option(earlier, "a pump from an earlier visit"))
    var fields = [
      Field.choice(.pump, "Pump", options, picked: options.count == 1 ? earlier : nil)
    ]
    if context.value(.pump) == earlier { fields.append(context.drugField()) }
    return fields + [context.siteField()] + context.timeFields()
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> Reading {
    guard let session = context.session else { throw FormProblem(nil, "Choose a chair first.") }
    let picked = context.value(.pump)
    let pump = pumps(context).first { $0.id == picked }
    if pump == nil && picked != earlier { throw FormProblem(.pump, "Which pump?") }
    let drug: Drug
    if let pump {
      drug = context.state.formulary.drug(named: pump.facts.drug)
    } else {
      drug = try context.drug()
    }
    let moment = try context.time()
    let site = try context.site(at: moment)
    var drafts: [Draft] = []
    if let opening = site.draft { drafts.append(opening) }
    let end = PumpDisconnection(
      administration: session.log.nextAdministration, pump: pump?.id,
      drug: drug.entry?.name ?? drug.text, site: site.id)
    drafts.append(try context.draft(.pumpDisconnected(end), at: moment))
    return Reading(
      drafts,
      "pump with \(drug.displayName) taken off \(context.timeText(moment)), "
        + "by \(context.state.actor.name)")
  }
}
