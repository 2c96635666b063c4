extension EventLog {
  /// The refusal of an event with a text that is too long or holds a NUL; nil if every text may be kept.
  func checkTexts(_ event: Event) -> Refusal? {
    func refusal(_ what: String, _ text: String?, upTo most: Int) -> Refusal? {
      guard let text else { return nil }
      if text.utf8.contains(0) {
        return Refusal(.textNotPlain, "\(what) holds a NUL character; leave it out.")
      }
      guard text.unicodeScalars.count > most else { return nil }
      return Refusal(.textTooLong, "\(what) is too long; shorten it to \(most) characters.")
    }
    for (what, text) in EventLog.names(in: event.fact) {
      if let refusal = refusal(what, text, upTo: RecordLimits.nameLength) { return refusal }
    }
    return refusal("The words", event.fact.effective?.handOverWords, upTo: RecordLimits.noteLength)
      ?? refusal("The note", event.fact.note, upTo: RecordLimits.noteLength)
      ?? refusal("The reason", event.reason, upTo: RecordLimits.reasonLength)
      ?? refusal("The recorder's name", event.actor, upTo: RecordLimits.personLength)
      ?? refusal("The workstation's name", event.workstation, upTo: RecordLimits.personLength)
  }

  /// The texts that a fact adds to the record, with their names. A fact's references to earlier texts
  /// are not among them.
  private static func names(in fact: Fact) -> [(what: String, text: String?)] {
    switch fact {
    case .sessionOpened(let opening):
      let patient = opening.patient
      return [
        ("The family name", patient.family), ("The given name", patient.given),
        ("The record number", patient.mrn), ("The visit number", patient.visitNumber),
        ("The chair's name", opening.chair), ("The payer's name", opening.payer),
        ("The time zone", opening.zone), ("The nurse's name", opening.nurse),
      ]
    case .drugStarted(let facts), .pushGiven(let facts, _), .injectionGiven(let facts),
      .pumpConnected(let facts):
      return [
        ("The administration's name", facts.administration), ("The drug's name", facts.drug),
        ("The access site's name", facts.site), ("The amount", facts.amount),
        ("The order", facts.order), ("The dose", facts.dose), ("The bag", facts.bag),
        ("The encounter", facts.encounter),
      ]
    case .pumpDisconnected(let end):
      return [
        ("The administration's name", end.administration), ("The drug's name", end.drug),
        ("The access site's name", end.site),
      ]
    case .deviceFlushed(let id, _): return [("The administration's name", id)]
    case .bagChanged(_, let bag, _): return [("The bag", bag)]
    case .siteOpened(let opening):
      return [("The access site's name", opening.site), ("The location", opening.location)]
    case .doubleCheckRecorded(_, let checker): return [("The checker's name", checker)]
    case .handedOff(let nurse, _): return [("The nurse's name", nurse)]
    case .movedToChair(let chair): return [("The chair's name", chair)]
    case .sessionReviewed(let review): return [("The reviewer's name", review.reviewer)]
    case .sessionClosed(let answers): return answers.map { ("An answer", $0.answer) }
    case .reactionRecorded(let reaction):
      return [("The signs", reaction.otherSigns), ("What was given", reaction.drugsGiven)]
    case .allergiesRecorded(let statement):
      return statement.allergies.list.flatMap {
        [("An allergy", Optional($0.substance)), ("What an allergy did", $0.reaction)]
      } + statement.alerts.map { ("An alert", Optional($0)) }
    case .drugAccounted(let account): return DrugFacts.texts(of: account.facts)
    case .eventSuperseded(_, let replacement): return replacement.map { names(in: $0) } ?? []
    case .drugPaused, .drugResumed, .drugStopped, .rateChanged, .siteClosed, .noteAdded,
      .sessionReopened, .wordsRead:
      return []
    }
  }

  /// The refusal of a fact whose own values are impossible, regardless of the rest of the log.
  func checkValues(_ fact: Fact) -> Refusal? {
    switch fact {
    case .sessionOpened(let opening):
      return checkOpening(opening)
    case .drugStarted(let facts), .injectionGiven(let facts), .pumpConnected(let facts):
      return checkBeginning(facts)
    case .pushGiven(let facts, let minutes):
      if facts.isWithoutClock { return checkPaper(minutes) ?? checkBeginning(facts) }
      if let minutes, !(0...1440).contains(minutes) {
        return Refusal(.valueOutOfRange, "A push takes 0 to 1,440 minutes.")
      }
      return checkBeginning(facts)
    case .rateChanged(_, let rate):
      return quantity(rate, "A rate", upTo: 100_000, "mL/h")
    case .bagChanged(_, let bag, let volume):
      return missing(bag, "A bag change names the bag.")
        ?? volume.flatMap { quantity($0, "A volume", upTo: 100_000, "mL") }
    case .drugStopped(let stop):
      return stop.volumeML.flatMap { quantity($0, "A volume", upTo: 100_000, "mL") }
    case .pumpDisconnected(let end):
      return missing(end.administration, "A disconnection needs a name.")
        ?? missing(end.drug, "A disconnection names the drug.")
    case .siteOpened(let opening):
      if opening.parent == opening.site {
        return Refusal(.valueOutOfRange, "An access site is not its own lumen.")
      }
      return missing(opening.site, "An access site needs a name.")
    case .noteAdded(let text, _): return missing(text, "The note is empty.")
    case .doubleCheckRecorded(_, let checker):
      return missing(checker, "A double check names the person who checked.")
    case .handedOff(let nurse, let words):
      return missing(nurse, "A hand-off names who takes over.")
        ?? words.flatMap { missing($0, "The words are empty.") }
    case .movedToChair(let chair): return missing(chair, "The chair is missing.")
    case .sessionReviewed(let review): return missing(review.reviewer, "A review names who did it.")
    case .reactionRecorded(let reaction): return checkReaction(reaction)
    case .allergiesRecorded(let statement): return checkAllergies(statement)
    case .drugAccounted(let account): return checkAccount(account)
    case .eventSuperseded(_, let replacement): return replacement.flatMap { checkValues($0) }
    case .drugPaused, .drugResumed, .deviceFlushed, .siteClosed, .sessionClosed, .sessionReopened,
      .wordsRead:
      return nil
    }
  }

  /// The refusal of a stop that is said to be seen and not seen; nil for other facts.
  ///
  /// The time at which a drug was last seen running is the end that is charged. A stop that was not observed
  /// has no such end: its time is when the drug was found ended.
  func checkBasis(_ event: Event) -> Refusal? {
    guard event.basis == .lastSeenRunning, case .drugStopped(let stop)? = event.fact.effective,
      stop.isNotObserved
    else { return nil }
    return Refusal(
      .contradiction,
      "A stop is either not observed, or it has the time at which the drug was last seen running; "
        + "choose one of the two.")
  }

  private func checkPaper(_ minutes: Int?) -> Refusal? {
    guard let minutes, (1...RecordLimits.paperMinutes).contains(minutes) else {
      return Refusal(
        .valueOutOfRange,
        "A paper record without clock times has 1 to \(RecordLimits.paperMinutes) minutes.")
    }
    return nil
  }

  private func checkOpening(_ opening: SessionOpening) -> Refusal? {
    let patient = opening.patient
    if let place = opening.placeOfService,
      place.utf8.count != 2 || !place.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    {
      return Refusal(.valueOutOfRange, "A place of service is two digits.")
    }
    return missing(patient.family, "The patient's family name is missing.")
      ?? missing(patient.given, "The patient's given name is missing.")
      ?? missing(patient.mrn, "The patient's record number is missing.")
      ?? missing(opening.chair, "The chair is missing.")
      ?? missing(opening.nurse, "The nurse is missing.")
      ?? missing(opening.zone, "The time zone is missing.")
  }

  private func checkBeginning(_ facts: AdministrationFacts) -> Refusal? {
    missing(facts.administration, "An administration needs a name.")
      ?? missing(facts.drug, "The drug is missing.")
      ?? facts.plannedMinutes.flatMap { minutes in
        minutes == 0
          ? Refusal(.valueOutOfRange, "A planned duration is more than 0 minutes.")
          : quantity(minutes, "A planned duration", upTo: 100_000, "minutes")
      }
      ?? facts.volumeML.flatMap { quantity($0, "A volume", upTo: 100_000, "mL") }
      ?? facts.rateMLPerHour.flatMap { quantity($0, "A rate", upTo: 100_000, "mL/h") }
  }

  /// The refusal of hydration that is charted as part of another procedure; nil for other facts.
  ///
  /// Fluid has purposes of its own, which say why it is not hydration (rulebook R8, D78).
  func checkPurpose(_ fact: Fact, _ formulary: Formulary) -> Refusal? {
    guard let facts = fact.effective?.beginning, facts.purpose == .integral,
      facts.technique != .flush
    else { return nil }
    let drug = formulary.drug(named: facts.drug)
    guard (facts.statedClass ?? drug.entry?.drugClass) == .hydration else { return nil }
    let purposes = Administration.Purpose.ofFluid.map(\.rawValue).joined(separator: ", ")
    return Refusal(
      .valueOutOfRange,
      "\(drug.displayName) is hydration, which has one of these purposes: \(purposes).")
  }

  func missing(_ text: String, _ sentence: String) -> Refusal? {
    text.contains { !$0.isWhitespace } ? nil : Refusal(.textMissing, sentence)
  }

  private func quantity(
    _ value: Double, _ what: String, upTo most: Double, _ unit: String
  ) -> Refusal? {
    value.isFinite && value >= 0 && value <= most
      ? nil : Refusal(.valueOutOfRange, "\(what) lies between 0 and \(Int(most)) \(unit).")
  }
}

extension Fact {
  /// What was left for the next nurse.
  fileprivate var handOverWords: String? {
    if case .handedOff(_, let words) = self { words } else { nil }
  }

  /// The text of a note or of a corrected note.
  fileprivate var note: String? {
    switch self {
    case .noteAdded(let text, _): text
    case .eventSuperseded(_, let replacement): replacement?.note
    default: nil
    }
  }
}
