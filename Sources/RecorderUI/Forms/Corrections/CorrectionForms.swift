import InfusionRecord
import TimelineEngine

/// Corrects an entry: another time, another drug or site, or withdrawn. The original stays readable.
enum AmendForm: FormKind {
  static let title = "Amend an entry"

  static func fields(_ context: FormContext) -> [Field] {
    guard let session = context.session else { return [] }
    let entries = correctable(session)
    let options = entries.map { entry in
      Field.Option(
        entry.original.id.text, session.words(entry),
        details: [context.clockText(entry.clinicalTime), "by \(entry.latest.actor)"])
    }
    let wanted = context.state.selectedEntry(in: session.id)?.text
    let picked = options.first { $0.value == wanted }?.value
    var fields = [Field.choice(.entry, "Entry", options, picked: picked)]
    guard let entry = entry(context) else { return fields }
    var changes = [Field.Option("time", "the time")]
    switch entry.fact {
    case .drugStarted, .pushGiven, .injectionGiven, .pumpConnected:
      changes += [Field.Option("drug", "the drug"), Field.Option("site", "the site")]
      changes.append(Field.Option("class", "the class"))
      changes.append(Field.Option("hydration", "order and indication"))
    case .drugStopped: changes.append(Field.Option("stop", "the reason, or nobody saw it"))
    case .siteOpened: changes.append(Field.Option("siteReason", "the reason for a second site"))
    case .sessionOpened:
      changes.insert(Field.Option("patient", "who the patient is"), at: 0)
      changes.insert(Field.Option("chair", "the chair"), at: 1)
      changes.append(Field.Option("payer", "the payer"))
    default: break
    }
    if case .sessionOpened = entry.fact {
    } else {
      changes.append(Field.Option("withdraw", "withdraw it"))
    }
    fields.append(Field.choice(.change, "Change", changes, picked: changes[0].value))
    fields += newValueFields(context, entry)
    return fields + [
      context.reasonField([
        "typed wrong", "wrong drug", "wrong time", "wrong patient", "reported by a colleague",
        "from the pump's log",
      ])
    ]
  }

  private static func newValueFields(
    _ context: FormContext, _ entry: EventLog.Entry
  ) -> [Field] {
    switch context.value(.change) {
    case "drug": return [context.drugField("New drug")]
    case "site": return [context.siteField()]
    case "class":
      return [
        Field.choice(
          .drugClass, "Class",
          Drug.Class.allCases.map { Field.Option($0.rawValue, $0.words) })
      ]
    case "hydration":
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
    case "stop":
      return [
        Field.choice(
          .confirmation, "How it ended",
          Administration.StopReason.allCases.map { Field.Option($0.rawValue, $0.words) }
            + [Field.Option(FormContext.notObserved, "nobody saw it end")])
      ]
    case "siteReason":
      return [
        Field.choice(
          .siteReason, "Second site",
          AccessSite.SecondSiteReason.allCases.map { Field.Option($0.rawValue, $0.words) })
      ]
    case "patient": return OpeningAmendment.patientFields(entry.fact?.sessionOpening)
    case "chair":
      return [
        Field.choice(
          .chair, "New chair",
          context.state.suite.chairs.map { Field.Option($0, $0) }, isFree: true)
      ]
    case "payer": return [.text(.payer, "Payer", entry.fact?.sessionOpening?.payer ?? "")]
    case "withdraw": return []
    default:
      var fields = context.timeFields("New time", insteadOf: entry.clinicalTime)
      fields[0].hint = "was \(context.clockText(entry.clinicalTime))"
      fields[0].isRequired = true
      return fields
    }
  }

  /// Entries a correction may speak of, newest first.
  static func correctable(_ session: SessionReading) -> [EventLog.Entry] {
    session.log.entries.reversed().filter { entry in
      guard let fact = entry.fact else { return false }
      switch fact.kind {
      case .sessionClosed, .sessionReopened, .sessionReviewed, .handedOff: return false
      default: return true
      }
    }
  }

  private static func entry(_ context: FormContext) -> EventLog.Entry? {
    let id = context.value(.entry)
    return context.session?.log.entries.first { $0.original.id.text == id }
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> Reading {
    guard let session = context.session else { throw FormProblem(nil, "Choose a chair first.") }
    guard let entry = entry(context), let fact = entry.fact else {
      throw FormProblem(.entry, "Which entry?")
    }
    var moment = entry.clinicalTime
    var basis = entry.basis
    var replacement: Fact? = fact
    var drafts: [Draft] = []
    let was = session.words(entry)
    var sentence: String
    switch context.value(.change) {
    case "withdraw":
      replacement = nil
      sentence = "\(was) (\(context.clockText(moment))) withdrawn"
    case "drug":
      let drug = try context.drug()
      replacement = fact.changing { $0.drug = drug.entry?.name ?? drug.text }
      sentence = "\(was) is \(drug.displayName)"
    case "site":
      let site = try context.site(at: moment)
      if let opening = site.draft { drafts.append(opening) }
      replacement = fact.changing { $0.site = site.id }
      sentence = "\(was): \(site.words)"
    case "class":
      guard let drugClass = context.statedClass else {
        throw FormProblem(.drugClass, "Which class?")
      }
      replacement = fact.changing { $0.statedClass = drugClass }
      sentence = "\(was): class \(drugClass.words)"
    case "hydration":
      var facts: Administration.HydrationFacts = []
      if context.value(.order) == "yes" { facts.insert(.order) }
      if context.value(.indication) == "yes" { facts.insert(.indication) }
      replacement = fact.changing { $0.hydrationFacts = facts }
      let order = facts.contains(.order) ? "ordered" : "order not recorded"
      let indication = facts.contains(.indication) ? "indicated" : "indication not recorded"
      sentence = "\(was): \(order), \(indication)"
    case "stop":
      guard case .drugStopped(var stop) = fact else { throw FormProblem(.change, "What changes?") }
      let picked = context.value(.confirmation)
      if picked.isEmpty { throw FormProblem(.confirmation, "How did it end?") }
      stop.isNotObserved = picked == FormContext.notObserved
      if let reason = Administration.StopReason(rawValue: picked) { stop.stopReason = reason }
      replacement = .drugStopped(stop)
      sentence =
        "\(was): "
        + (stop.isNotObserved ? "found ended, nobody saw it end" : stop.stopReason.words)
    case "patient", "chair", "payer":
      (replacement, sentence) = try OpeningAmendment.replacement(context, of: fact)
    case "siteReason":
      guard case .siteOpened(var opening) = fact,
        let reason = AccessSite.SecondSiteReason(rawValue: context.value(.siteReason))
      else { throw FormProblem(.siteReason, "Which reason?") }
      opening.secondSiteReason = reason
      replacement = .siteOpened(opening)
      sentence = "\(was): \(reason.words)"
    default:
      if context.value(.time).isEmpty { throw FormProblem(.time, "Which time is right?") }
      moment = try context.time(insteadOf: entry.clinicalTime)
      basis = context.basis
      // A time that is known now is no longer "not observed".
      if case .drugStopped(var stop) = fact, stop.isNotObserved {
        stop.isNotObserved = false
        replacement = .drugStopped(stop)
      }
      sentence =
        "\(was) \(context.timeText(moment)) instead of \(context.clockText(entry.clinicalTime))"
    }
    let reason = context.value(.reason)
    if reason.isEmpty { throw FormProblem(.reason, "A correction needs a reason.") }
    let correction = Draft(
      session: session.id, time: moment, basis: basis, reason: reason,
      fact: .eventSuperseded(replaces: entry.latest.id, replacement: replacement))
    drafts.append(correction)
    sentence += ": \(reason), by \(context.state.actor.name)"
    var reading = Reading(drafts, sentence)
    reading.difference = context.state.difference(in: session, after: drafts)
    return reading
  }
}

/// Withdraws the person's own last entry, as a new fact.
enum UndoForm: FormKind {
  static let title = "Undo my last entry"

  static func fields(_ context: FormContext) -> [Field] {
    [
      context.reasonField([
        "entered by mistake", "wrong patient", "wrong drug", "wrong time", "entered twice",
      ])
    ]
  }

  static func reading(_ context: FormContext) throws(FormProblem) -> Reading {
    guard case .undo(let id) = context.prompt.form, let session = context.session,
      let entry = session.log.entry(for: id)
    else { throw FormProblem(nil, "There is nothing of yours to undo here.") }
    let reason = context.value(.reason)
    let target = entry.latest
    // Withdrawing a correction brings back what it corrected.
    let isCorrection = target.id != entry.original.id
    let what =
      isCorrection
      ? "the correction of \(session.words(entry.original.fact)) withdrawn; the original holds again"
      : "\(session.words(entry)) (\(context.clockText(entry.clinicalTime))) withdrawn"
    if reason.isEmpty { throw FormProblem(.reason, "Why is it withdrawn?") }
    let draft = Draft(
      session: session.id, time: target.clinicalTime, basis: target.basis, reason: reason,
      fact: .eventSuperseded(replaces: target.id, replacement: nil))
    var reading = Reading([draft], "\(what): \(reason), by \(context.state.actor.name)")
    reading.difference = context.state.difference(in: session, after: [draft])
    return reading
  }

  /// What would be withdrawn, for the form's first line.
  static func question(_ context: FormContext) -> String {
    guard case .undo(let id) = context.prompt.form, let session = context.session,
      let entry = session.log.entry(for: id)
    else { return "" }
    return "\(session.words(entry)) (\(context.clockText(entry.clinicalTime))), recorded by "
      + "\(entry.latest.actor) "
      + context.clockText(entry.latest.recordedTime.instant)
  }
}

extension Fact {
  /// The same fact with other values of what begins with it.
  func changing(_ change: (inout AdministrationFacts) -> Void) -> Fact {
    guard var facts = beginning else { return self }
    change(&facts)
    switch self {
    case .drugStarted: return .drugStarted(facts)
    case .pushGiven(_, let minutes): return .pushGiven(facts, minutes: minutes)
    case .injectionGiven: return .injectionGiven(facts)
    case .pumpConnected: return .pumpConnected(facts)
    default: return self
    }
  }
}

extension SessionReading {
  /// An entry as it stands, with the drug's name as shown.
  func words(_ entry: EventLog.Entry) -> String {
    words(entry.fact ?? entry.original.fact)
  }

  func words(_ fact: Fact) -> String { fact.words(in: log, formulary: formulary) }
}
