package import InfusionRecord

extension FactBody {
  /// Decodes the fact with the kind `number` and the body `bytes`.
  package static func fact(kind number: Int64, _ bytes: [UInt8]) throws(Unreadable) -> Fact {
    guard let kind = kind(number) else { throw Unreadable(what: "kind \(number) is unknown") }
    let value: CompactJSON.Value
    do {
      value = try CompactJSON.read(bytes)
    } catch {
      throw Unreadable(what: "its body breaks off at byte \(error.offset)")
    }
    guard case .object(let members) = value else { throw Unreadable(what: "its body is no object") }
    return try fact(kind, BodyMembers(members))
  }

  private static func fact(_ kind: Fact.Kind, _ body: BodyMembers) throws(Unreadable) -> Fact {
    switch kind {
    case .sessionOpened: return .sessionOpened(try opening(body))
    case .drugStarted: return .drugStarted(try administration(body))
    case .drugPaused: return .drugPaused(administration: try body.text("adm"))
    case .drugResumed: return .drugResumed(administration: try body.text("adm"))
    case .drugStopped:
      return .drugStopped(
        DrugStop(
          administration: try body.text("adm"),
          stopReason: try body.choice("why") ?? .completed, isNotObserved: body.flag("unseen"),
          volumeML: try body.number("vol")))
    case .rateChanged:
      guard let rate = try body.number("rate") else { throw body.lacks("rate") }
      return .rateChanged(administration: try body.text("adm"), rateMLPerHour: rate)
    case .bagChanged:
      return .bagChanged(
        administration: try body.text("adm"), bag: try body.text("bag"),
        volumeML: try body.number("vol"))
    case .pushGiven:
      let minutes = try body.number("min")
      if let minutes, !(0...1_000_000).contains(minutes) { throw body.lacks("min") }
      return .pushGiven(try administration(body), minutes: minutes.map { Int($0) })
    case .injectionGiven: return .injectionGiven(try administration(body))
    case .pumpConnected: return .pumpConnected(try administration(body))
    case .pumpDisconnected:
      return .pumpDisconnected(
        PumpDisconnection(
          administration: try body.text("adm"), pump: try body.optional("pump"),
          drug: try body.text("drug"), site: try body.optional("site")))
    case .deviceFlushed:
      return .deviceFlushed(
        administration: try body.text("adm"), site: try body.optional("site"))
    case .siteOpened:
      guard let kind: AccessSite.Kind = try body.choice("kind") else { throw body.lacks("kind") }
      return .siteOpened(
        SiteOpening(
          site: try body.text("site"), kind: kind, location: try body.optional("where"),
          parent: try body.optional("parent"), secondSiteReason: try body.choice("why")))
    case .siteClosed: return .siteClosed(site: try body.text("site"))
    case .noteAdded:
      return .noteAdded(text: try body.text("text"), administration: try body.optional("adm"))
    case .doubleCheckRecorded:
      return .doubleCheckRecorded(
        administration: try body.text("adm"), checker: try body.text("by"))
    case .handedOff:
      return .handedOff(to: try body.text("to"), words: try body.optional("words"))
    case .movedToChair: return .movedToChair(try body.text("chair"))
    case .wordsRead:
      guard let id = Event.ID(text: try body.text("event")) else { throw body.lacks("event") }
      return .wordsRead(handOver: id)
    case .reactionRecorded: return .reactionRecorded(try reaction(body))
    case .allergiesRecorded: return .allergiesRecorded(try allergies(body))
    case .drugAccounted: return .drugAccounted(try account(body))
    case .eventSuperseded: return try supersession(body)
    case .sessionClosed: return .sessionClosed(answers: try answers(body))
    case .sessionReopened: return .sessionReopened
    case .sessionReviewed:
      return .sessionReviewed(
        Review(
          statementHash: try body.text("statement"), rulebook: try body.text("rulebook"),
          policy: body.texts("policy"), editTables: body.texts("edits"),
          configuration: try body.optional("configuration") ?? "",
          reviewer: try body.text("by")))
    }
  }

  private static func supersession(_ body: BodyMembers) throws(Unreadable) -> Fact {
    guard let target = Event.ID(text: try body.text("event")) else { throw body.lacks("event") }
    guard let kind: Fact.Kind = try body.choice("kind") else {
      return .eventSuperseded(replaces: target, replacement: nil)
    }
    guard case .object(let members) = body["fact"], kind != .eventSuperseded else {
      throw body.lacks("fact")
    }
    return .eventSuperseded(
      replaces: target, replacement: try fact(kind, BodyMembers(members)))
  }

  private static func answers(_ body: BodyMembers) throws(Unreadable) -> [GapAnswer] {
    guard case .list(let values) = body["answers"] else { return [] }
    var answers: [GapAnswer] = []
    for value in values {
      guard case .object(let members) = value else { throw body.lacks("answers") }
      let one = BodyMembers(members)
      answers.append(
        GapAnswer(
          issue: try one.text("issue"), administration: try one.optional("adm"),
          answer: try one.text("answer")))
    }
    return answers
  }

  private static func reaction(_ body: BodyMembers) throws(Unreadable) -> Reaction {
    guard let grade = try body.whole("grade"), Reaction.grades.contains(grade) else {
      throw body.lacks("grade")
    }
    var signs: [Reaction.Sign] = []
    for text in body.texts("signs") {
      guard let sign = Reaction.Sign(rawValue: text) else { throw body.lacks("signs") }
      signs.append(sign)
    }
    var vitals = VitalSigns()
    let systolic = try body.whole("sys")
    let diastolic = try body.whole("dia")
    if let systolic, let diastolic {
      vitals.bloodPressure = .init(systolic: systolic, diastolic: diastolic)
    } else if systolic != nil || diastolic != nil {
      throw body.lacks("dia")
    }
    vitals.heartRate = try body.whole("heart")
    vitals.oxygen = try body.whole("oxygen")
    if let degrees = try body.number("temp") {
      guard let unit: VitalSigns.Temperature.Unit = try body.choice("degrees") else {
        throw body.lacks("degrees")
      }
      vitals.temperature = .init(degrees: degrees, unit: unit)
    }
    vitals.respirations = try body.whole("breaths")
    if vitals.fault != nil { throw Unreadable(what: "its vital signs are impossible") }
    return Reaction(
      administration: try body.optional("adm"), grade: grade, signs: signs,
      otherSigns: try body.optional("other"), action: try body.choice("action"),
      drugsGiven: try body.optional("given"), vitals: vitals)
  }

  private static func allergies(_ body: BodyMembers) throws(Unreadable) -> AllergyStatement {
    var list: [Allergy] = []
    if case .list(let values) = body["allergies"] {
      for value in values {
        guard case .object(let members) = value else { throw body.lacks("allergies") }
        let one = BodyMembers(members)
        list.append(Allergy(substance: try one.text("to"), reaction: try one.optional("did")))
      }
    }
    if body.flag("none"), !list.isEmpty { throw body.lacks("none") }
    return AllergyStatement(
      allergies: body.flag("none") ? .noneKnown : list.isEmpty ? .notRecorded : .known(list),
      alerts: body.texts("alerts"))
  }

  private static func opening(_ body: BodyMembers) throws(Unreadable) -> SessionOpening {
    // A missing date is unknown; text that is no date is damage.
    let bornText: String? = try body.optional("born")
    let born = bornText.flatMap { CivilDate(iso: $0) }
    if bornText != nil, born == nil { throw body.lacks("born") }
    let patient = PatientIdentity(
      family: try body.text("family"), given: try body.text("given"), dateOfBirth: born,
      sex: try body.choice("sex") ?? .unknown, mrn: try body.text("mrn"),
      visitNumber: try body.text("visit"))
    let inpatient = try body.number("inpatient")
    let lastMinute = Double(LocalClock.recordable.upperBound / 60)
    if let inpatient, !(0...lastMinute).contains(inpatient) { throw body.lacks("inpatient") }
    return SessionOpening(
      patient: patient, chair: try body.text("chair"),
      setting: try body.choice("setting") ?? .facility,
      placeOfService: try body.optional("pos"), payer: try body.optional("payer"),
      zone: try body.text("zone"), nurse: try body.text("nurse"),
      inpatientFrom: inpatient.map { Instant(seconds: Int64($0) * 60) },
      sharesNumber: body.flag("shared"))
  }

  private static func administration(_ body: BodyMembers) throws(Unreadable) -> AdministrationFacts
  {
    guard let technique: Technique = try body.choice("tech") else { throw body.lacks("tech") }
    let charted = try body.number("charted") ?? 0
    guard (0...255).contains(charted) else { throw body.lacks("charted") }
    return AdministrationFacts(
      administration: try body.text("adm"), drug: try body.text("drug"), technique: technique,
      site: try body.optional("site"), amount: try body.optional("amount"),
      order: try body.optional("order"), dose: try body.optional("dose"),
      bag: try body.optional("bag"), plannedMinutes: try body.number("plan"),
      volumeML: try body.number("vol"), rateMLPerHour: try body.number("rate"),
      purpose: try body.choice("purpose") ?? .hydration, statedClass: try body.choice("class"),
      hydrationFacts: Administration.HydrationFacts(rawValue: UInt8(charted)),
      encounter: try body.optional("enc") ?? "1",
      pumpOwner: try body.choice("owner") ?? .supplier, goesHome: body.flag("home"),
      isReasonForVisit: body.flag("visit"), isWithoutClock: body.flag("paper"))
  }
}

/// The members of a body. There are few, so a search is faster than a dictionary.
struct BodyMembers {
  private let members: [(key: String, value: CompactJSON.Value)]

  init(_ members: [(key: String, value: CompactJSON.Value)]) {
    self.members = members
  }

  subscript(key: String) -> CompactJSON.Value? {
    for member in members where member.key == key { return member.value }
    return nil
  }

  func lacks(_ key: String) -> FactBody.Unreadable {
    FactBody.Unreadable(what: "its member \(key) is missing or not what it must be")
  }

  func text(_ key: String) throws(FactBody.Unreadable) -> String {
    guard case .text(let text) = self[key] else { throw lacks(key) }
    return text
  }

  /// The texts of a list; none if the key is missing.
  func texts(_ key: String) -> [String] {
    guard case .list(let values) = self[key] else { return [] }
    return values.compactMap { value in
      if case .text(let text) = value { text } else { nil }
    }
  }

  func optional(_ key: String) throws(FactBody.Unreadable) -> String? {
    switch self[key] {
    case nil: return nil
    case .text(let text): return text
    default: throw lacks(key)
    }
  }

  func number(_ key: String) throws(FactBody.Unreadable) -> Double? {
    switch self[key] {
    case nil: return nil
    case .number(let number): return number
    default: throw lacks(key)
    }
  }

  /// A whole number of the size of a measured value.
  func whole(_ key: String) throws(FactBody.Unreadable) -> Int? {
    guard let number = try number(key) else { return nil }
    guard number == number.rounded(), abs(number) < 1e6 else { throw lacks(key) }
    return Int(number)
  }

  func flag(_ key: String) -> Bool { self[key] == .flag(true) }

  func choice<Choice: RawRepresentable>(
    _ key: String
  ) throws(FactBody.Unreadable) -> Choice? where Choice.RawValue == String {
    guard let text = try optional(key) else { return nil }
    guard let choice = Choice(rawValue: text) else { throw lacks(key) }
    return choice
  }
}
