import InfusionRecord

extension Form {
  /// Corrects an entry. The original stays readable.
  package static let amend = Form(
    title: "Amend an entry", act: .record, scope: .openSession,
    verb: { $0[.glass] == nil ? "record" : "open" }, startsAt: .change,
    targets: { form in
      form.about(.entry) { text in
        form.session?.log.entries.first { $0.original.id.text == text }
          .map { .entry($0.original.id) }
      } + form.siteTargets
    },
    question: { context in
      context.prompt[.glass] == nil
        ? AmendForm.questions(context).joined(separator: " ") : RestrictedNumber.question
    },
    fields: AmendForm.fields, reading: AmendForm.reading)
}

/// What a correction changes.
enum Amendment: String {
  case patient, chair, time, drug, site, drugClass, hydration, stop, siteReason, payer, withdraw
  case reaction, allergies, account

  var words: String {
    switch self {
    case .patient: "who the patient is"
    case .chair: "the chair"
    case .time: "the time"
    case .drug: "the drug itself"
    case .site: "the site"
    case .drugClass: "the class"
    case .hydration: "order and indication"
    case .stop: "the reason, or nobody saw it"
    case .siteReason: "the reason for a second site"
    case .payer: "the payer"
    case .withdraw: "withdraw it"
    case .reaction: "what was seen and done"
    case .allergies: "allergies and alerts"
    case .account: "amount and containers"
    }
  }

  /// The changes that make sense for a fact, the most usual first.
  static func possible(for fact: Fact?) -> [Amendment] {
    switch fact {
    case .drugStarted, .pushGiven, .injectionGiven, .pumpConnected:
      [.drug, .time, .site, .drugClass, .hydration, .withdraw]
    case .drugStopped: [.time, .stop, .withdraw]
    case .siteOpened: [.time, .siteReason, .withdraw]
    case .sessionOpened: [.patient, .chair, .time, .payer]
    case .reactionRecorded: [.reaction, .time, .withdraw]
    case .allergiesRecorded: [.allergies, .time, .withdraw]
    case .drugAccounted: [.account, .time, .withdraw]
    case .movedToChair: [.chair, .time, .withdraw]
    default: [.time, .withdraw]
    }
  }
}

private enum AmendForm {
  static func fields(_ context: FormContext) -> [Field] {
    guard let session = context.session else { return [] }
    let about = context.state.selectedAdministration(in: session.id)
    let options = correctable(session, about: about).map { entry in
      Field.Option(
        entry.original.id.text, session.words(entry),
        details: [context.clockText(entry.clinicalTime), "by \(entry.latest.actor)"])
    }
    let wanted = context.state.selectedEntry(in: session.id)?.text
    let picked = options.first { $0.value == wanted }?.value
    let entryField = Field.choice(.entry, "Entry", options, picked: picked)
    guard let entry = entry(context) else { return [entryField] }
    let changes = Amendment.possible(for: entry.fact).map {
      Field.Option($0.rawValue, $0.words)
    }
    return [entryField, Field.choice(.change, "Change", changes, picked: changes[0].value)]
      + newValueFields(context, entry)
      + [
        reasonField(context)
      ]
  }

  /// A new drug is the reason itself; other corrections have several.
  private static func reasonField(_ context: FormContext) -> Field {
    var field = context.reasonField([
      "typed wrong", "wrong drug", "wrong time", "wrong patient", "reported by a colleague",
      "from the pump's log",
    ])
    if change(context) == .drug { field.picked = "wrong drug" }
    return field
  }

  /// The change picked; the time until one is.
  private static func change(_ context: FormContext) -> Amendment {
    Amendment(rawValue: context.value(.change)) ?? .time
  }

  private static func newValueFields(
    _ context: FormContext, _ entry: EventLog.Entry
  ) -> [Field] {
    switch change(context) {
    case .drug: return [context.drugField("New drug")] + context.drugCheck(doubts(context))
    case .site: return [context.siteField(isProposed: false)] + context.drugCheck(doubts(context))
    case .drugClass:
      let classes = Drug.Class.allCases.map { Field.Option($0.rawValue, $0.words) }
      return [Field.choice(.drugClass, "Class", classes)]
    case .hydration:
      let yesNo = [Field.Option("yes", "yes"), Field.Option("", "not recorded")]
      let facts = entry.fact?.beginning?.hydrationFacts ?? []
      return [
        Field.choice(
          .order, "Ordered", yesNo, picked: facts.contains(.order) ? "yes" : "",
          isRequired: false),
        Field.choice(
          .indication, "Indication", yesNo, picked: facts.contains(.indication) ? "yes" : "",
          isRequired: false),
      ]
    case .stop:
      let reasons = Administration.StopReason.allCases.map { Field.Option($0.rawValue, $0.words) }
      let unseen = Field.Option(FormContext.notObserved, "nobody saw it end")
      return [Field.choice(.confirmation, "How it ended", reasons + [unseen])]
    case .siteReason:
      let reasons = AccessSite.SecondSiteReason.allCases.map {
        Field.Option($0.rawValue, $0.words)
      }
      return [Field.choice(.siteReason, "Second site", reasons)]
    case .patient:
      return OpeningAmendment.patientFields(entry.fact?.opening)
        + (isNumberNew(context, entry)
          ? context.glassFields + OpeningAmendment.samePerson(context) : [])
    case .chair:
      let chairs = context.state.suite.chairs.map { Field.Option($0, $0) }
      return [Field.choice(.chair, "New chair", chairs, isFree: true)]
    case .payer: return [.text(.payer, "Payer", entry.fact?.opening?.payer ?? "")]
    case .withdraw: return []
    case .reaction:
      guard case .reactionRecorded(let known) = entry.fact else { return [] }
      return context.reactionFields(known)
    case .allergies:
      guard case .allergiesRecorded(let known) = entry.fact else { return [] }
      return context.allergyFields(known)
    case .account:
      guard let known = entry.fact?.account, let drug = accountedDrug(context, known) else {
        return []
      }
      return context.accountFields(drug, known: known.facts, given: nil, always: true)
        + context.supplyFields(known.facts) + context.drugCheck(doubts(context))
    case .time:
      var fields = context.timeFields("New time", insteadOf: entry.clinicalTime)
      fields[0].hint = "was \(context.clockText(entry.clinicalTime))"
      fields[0].isRequired = true
      return fields
    }
  }

  /// Whether the session gets another record number.
  private static func isNumberNew(_ context: FormContext, _ entry: EventLog.Entry) -> Bool {
    entry.fact?.opening.map { !PatientNumber.areSame($0.patient.mrn, context.mrn) } ?? false
  }

  /// The entries that can be corrected, newest first. Those of the selected drug come before them, its
  /// beginning first.
  private static func correctable(
    _ session: SessionReading, about drug: String?
  ) -> [EventLog.Entry] {
    let own = session.log.entries.filter { drug != nil && $0.fact?.administration == drug }
    let others = session.log.entries.filter { drug == nil || $0.fact?.administration != drug }
    return (own + others.reversed()).filter { entry in
      guard let fact = entry.fact else { return false }
      switch fact.kind {
      case .sessionClosed, .sessionReopened, .sessionReviewed, .handedOff, .wordsRead:
        return false
      default: return true
      }
    }
  }

  private static func entry(_ context: FormContext) -> EventLog.Entry? {
    let id = context.value(.entry)
    return context.session?.log.entries.first { $0.original.id.text == id }
  }

  /// The drug that an account is about.
  private static func accountedDrug(_ context: FormContext, _ account: DrugAccount) -> Drug? {
    context.session?.recorded.administrations.first { $0.id == account.administration }
      .map { context.state.formulary.drug(named: $0.facts.drug) }
  }

  /// What is asked about the correction.
  static func questions(_ context: FormContext) -> [String] {
    doubts(context)
      + (change(context) == .patient ? OpeningAmendment.samePerson(context).map(\.subject) : [])
  }

  /// What is asked about the drug or the site that would stand after the correction.
  static func doubts(_ context: FormContext) -> [String] {
    if change(context) == .account, let account = entry(context)?.fact?.account,
      let drug = accountedDrug(context, account)
    {
      let about = context.session?.recorded.administrations.first {
        $0.id == account.administration
      }
      return context.accountDoubts(drug, known: account.facts, ordered: about?.facts.amount)
    }
    guard [.drug, .site].contains(change(context)), let fact = entry(context)?.fact,
      let facts = fact.beginning
    else { return [] }
    let doubts = context.drugDoubts(correcting: facts)
    return change(context) == .drug ? doubts + movedAmounts(context, facts) : doubts
  }

  /// What is asked about amounts and containers that were recorded for the drug that is corrected.
  private static func movedAmounts(
    _ context: FormContext, _ facts: AdministrationFacts
  ) -> [String] {
    let held = context.session?.recorded.administrations.first { $0.id == facts.administration }
    guard let known = held?.drugFacts, let drug = try? context.drug() else { return [] }
    return AccountDoubt.correcting(
      known, from: context.state.formulary.drug(named: facts.drug), to: drug,
      ordered: facts.amount, on: context.clock.date(at: context.now),
      recalled: context.state.suite.recalledLots, in: context.drugTables
    ).map(\.sentence)
  }

  /// What a corrected drug takes over from the other: `400 mg, planned 120 min`; nil if nothing was recorded.
  private static func kept(_ facts: AdministrationFacts?) -> String? {
    let parts = [
      facts?.amount,
      facts?.plannedMinutes.map { "planned \($0.plain) min" },
    ].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> FormReading {
    let session = try context.openSession()
    guard let entry = entry(context), let fact = entry.fact else {
      throw FormProblem(.entry, "Which entry?")
    }
    if change(context) == .patient, isNumberNew(context, entry),
      let opening = try context.openingOfRecord()
    {
      return opening
    }
    var moment = entry.clinicalTime
    var basis = entry.basis
    var replacement: Fact? = fact
    var drafts: [EventDraft] = []
    let was = session.words(entry)
    var sentence: String
    var warnings: [String] = []
    switch change(context) {
    case .withdraw:
      replacement = nil
      sentence = "\(was) (\(context.clockText(moment))) withdrawn"
    case .drug:
      let drug = try context.drug()
      if fact.beginning?.drug == drug.recordedName {
        throw FormProblem(.drug, "It is \(drug.displayName) already: nothing is different yet.")
      }
      replacement = fact.changing { $0.drug = drug.recordedName }
      sentence = "\(was) is \(drug.displayName)"
      if let kept = kept(fact.beginning) {
        sentence += ", still \(kept)"
        warnings.append("\(kept) was recorded for the other drug: correct it too if it is not so.")
      }
    case .site:
      let site = try context.site(at: moment)
      if let opening = site.opening { drafts.append(opening) }
      replacement = fact.changing { $0.site = site.id }
      sentence = "\(was): \(site.words)"
    case .drugClass:
      guard let drugClass = context.statedClass else {
        throw FormProblem(.drugClass, "Which class?")
      }
      replacement = fact.changing { $0.statedClass = drugClass }
      sentence = "\(was): class \(drugClass.words)"
    case .hydration:
      var facts: Administration.HydrationFacts = []
      if context.value(.order) == "yes" { facts.insert(.order) }
      if context.value(.indication) == "yes" { facts.insert(.indication) }
      replacement = fact.changing { $0.hydrationFacts = facts }
      let order = facts.contains(.order) ? "ordered" : "order not recorded"
      let indication = facts.contains(.indication) ? "indicated" : "indication not recorded"
      sentence = "\(was): \(order), \(indication)"
    case .stop:
      guard case .drugStopped(var stop) = fact else { throw FormProblem(.change, "What changes?") }
      let picked = context.value(.confirmation)
      if picked.isEmpty { throw FormProblem(.confirmation, "How did it end?") }
      stop.isNotObserved = picked == FormContext.notObserved
      if let reason = Administration.StopReason(rawValue: picked) { stop.stopReason = reason }
      replacement = .drugStopped(stop)
      sentence =
        "\(was): "
        + (stop.isNotObserved ? "found ended, nobody saw it end" : stop.stopReason.words)
    case .patient, .chair, .payer:
      (replacement, sentence, warnings) = try OpeningAmendment.replacement(
        change(context), context, of: fact)
    case .reaction:
      let reaction = try context.reaction(ascribedTo: fact.administration)
      replacement = .reactionRecorded(reaction)
      sentence = "\(was): \(reaction.words)"
    case .allergies:
      let statement = try context.allergyStatement()
      replacement = .allergiesRecorded(statement)
      sentence = "\(was) corrected to \(statement.words)"
    case .account:
      guard case .drugAccounted(var account) = fact, accountedDrug(context, account) != nil else {
        throw FormProblem(.change, "What changes?")
      }
      account.facts = try context.supplied(
        context.account(known: account.facts, at: moment) ?? account.facts)
      replacement = .drugAccounted(account)
      sentence = "\(was) corrected to \(account.facts.words.joined(separator: "; "))"
    case .siteReason:
      guard case .siteOpened(var opening) = fact,
        let reason = AccessSite.SecondSiteReason(rawValue: context.value(.siteReason))
      else { throw FormProblem(.siteReason, "Which reason?") }
      opening.secondSiteReason = reason
      replacement = .siteOpened(opening)
      sentence = "\(was): \(reason.words)"
    case .time:
      if context.value(.time).isEmpty { throw FormProblem(.time, "Which time is right?") }
      moment = try context.time(insteadOf: entry.clinicalTime)
      basis = context.basis
      // A stop with a known time is no longer "not observed".
      if case .drugStopped(var stop) = fact, stop.isNotObserved {
        stop.isNotObserved = false
        replacement = .drugStopped(stop)
      }
      sentence =
        "\(was) \(context.timeText(moment)) instead of \(context.clockText(entry.clinicalTime))"
    }
    var reason = context.value(.reason)
    if reason.isEmpty { throw FormProblem(.reason, "A correction needs a reason.") }
    let doubts = doubts(context)
    let checked =
      change(context) == .account
      ? try context.checkedAccount(doubts) : try context.checkedReason(doubts)
    if let checked { reason += ". \(checked)" }
    let correction = EventDraft(
      session: session.id, time: moment, basis: basis, reason: reason,
      fact: .eventSuperseded(replaces: entry.latest.id, replacement: replacement))
    drafts.append(correction)
    sentence += ": \(reason), \(context.by)"
    var reading = FormReading(drafts, sentence)
    reading.changesUnits = true
    reading.warnings = warnings
    return reading
  }
}
