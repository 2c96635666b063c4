package import InfusionRecord

/// A fact as a store keeps it: the number of its kind and a compact JSON object.
///
/// Members that have their usual value are left out, so `drugPaused` is `{"adm":"a3"}`. The keys and
/// numbers are listed in `docs/store.md` and never change their meaning. A new member needs a default
/// with which old bodies read as before.
package enum FactBody {
  /// This program cannot read a stored fact or audit entry; `what` says why.
  package struct Unreadable: Error {
    package let what: String
  }

  /// The number that stands for a kind on disk. It never changes.
  package static func number(of kind: Fact.Kind) -> Int64 {
    switch kind {
    case .sessionOpened: 1
    case .drugStarted: 2
    case .drugPaused: 3
    case .drugResumed: 4
    case .drugStopped: 5
    case .rateChanged: 6
    case .bagChanged: 7
    case .pushGiven: 8
    case .injectionGiven: 9
    case .pumpConnected: 10
    case .pumpDisconnected: 11
    case .deviceFlushed: 12
    case .siteOpened: 13
    case .siteClosed: 14
    case .noteAdded: 15
    case .doubleCheckRecorded: 16
    case .handedOff: 17
    case .eventSuperseded: 18
    case .sessionClosed: 19
    case .sessionReopened: 20
    case .sessionReviewed: 21
    case .reactionRecorded: 22
    case .allergiesRecorded: 23
    case .drugAccounted: 24
    case .movedToChair: 25
    case .wordsRead: 26
    }
  }

  /// The number that stands for a basis of time on disk. It never changes.
  package static func number(of basis: TimeBasis) -> Int64 {
    switch basis {
    case .observed: 1
    case .reportedByColleague: 2
    case .pumpLog: 3
    case .computedFromRateAndVolume: 4
    case .lastSeenRunning: 5
    case .lateEntry: 6
    }
  }

  private static let kinds = Dictionary(
    uniqueKeysWithValues: Fact.Kind.allCases.map { (number(of: $0), $0) })
  private static let bases = Dictionary(
    uniqueKeysWithValues: TimeBasis.allCases.map { (number(of: $0), $0) })

  static func kind(_ number: Int64) -> Fact.Kind? { kinds[number] }

  static func basis(_ number: Int64) -> TimeBasis? { bases[number] }

  // MARK: Writing

  package static func bytes(of fact: Fact) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(128)
    CompactJSON.write(.object(members(of: fact).all), to: &bytes)
    return bytes
  }

  private static func members(of fact: Fact) -> Members {
    var body = Members()
    switch fact {
    case .sessionOpened(let opening): write(opening, to: &body)
    case .drugStarted(let facts), .injectionGiven(let facts), .pumpConnected(let facts):
      write(facts, to: &body)
    case .pushGiven(let facts, let minutes):
      write(facts, to: &body)
      body.add("min", minutes.map(Double.init))
    case .drugPaused(let id), .drugResumed(let id): body.add("adm", id)
    case .drugStopped(let stop):
      body.add("adm", stop.administration)
      body.add("why", stop.stopReason, unless: .completed)
      body.add("unseen", stop.isNotObserved)
      body.add("vol", stop.volumeML)
    case .rateChanged(let id, let rate):
      body.add("adm", id)
      body.add("rate", rate)
    case .bagChanged(let id, let bag, let volume):
      body.add("adm", id)
      body.add("bag", bag)
      body.add("vol", volume)
    case .pumpDisconnected(let end):
      body.add("adm", end.administration)
      body.add("pump", end.pump)
      body.add("drug", end.drug)
      body.add("site", end.site)
    case .deviceFlushed(let id, let site):
      body.add("adm", id)
      body.add("site", site)
    case .siteOpened(let opening):
      body.add("site", opening.site)
      body.add("kind", opening.kind.rawValue)
      body.add("where", opening.location)
      body.add("parent", opening.parent)
      body.add("why", opening.secondSiteReason?.rawValue)
    case .siteClosed(let site): body.add("site", site)
    case .noteAdded(let text, let id):
      body.add("text", text)
      body.add("adm", id)
    case .doubleCheckRecorded(let id, let checker):
      body.add("adm", id)
      body.add("by", checker)
    case .handedOff(let nurse, let words):
      body.add("to", nurse)
      body.add("words", words)
    case .movedToChair(let chair): body.add("chair", chair)
    case .wordsRead(let id): body.add("event", id.text)
    case .reactionRecorded(let reaction): write(reaction, to: &body)
    case .allergiesRecorded(let statement): write(statement, to: &body)
    case .drugAccounted(let account): write(account, to: &body)
    case .eventSuperseded(let target, let replacement):
      body.add("event", target.text)
      if let replacement {
        body.add("kind", replacement.kind.rawValue)
        body.all.append(("fact", .object(members(of: replacement).all)))
      }
    case .sessionClosed(let answers):
      guard !answers.isEmpty else { break }
      let list = answers.map { answer in
        var one = Members()
        one.add("issue", answer.issue)
        one.add("adm", answer.administration)
        one.add("answer", answer.answer)
        return CompactJSON.Value.object(one.all)
      }
      body.all.append(("answers", .list(list)))
    case .sessionReopened: break
    case .sessionReviewed(let review):
      body.add("statement", review.statementHash)
      body.add("rulebook", review.rulebook)
      body.all.append(("policy", .list(review.policy.map { .text($0) })))
      if !review.editTables.isEmpty {
        body.all.append(("edits", .list(review.editTables.map { .text($0) })))
      }
      if !review.configuration.isEmpty { body.add("configuration", review.configuration) }
      body.add("by", review.reviewer)
    }
    return body
  }

  private static func write(_ opening: SessionOpening, to body: inout Members) {
    let patient = opening.patient
    body.add("family", patient.family)
    body.add("given", patient.given)
    body.add("born", patient.dateOfBirth?.iso)
    body.add("sex", patient.sex.rawValue)
    body.add("mrn", patient.mrn)
    body.add("visit", patient.visitNumber)
    body.add("chair", opening.chair)
    body.add("setting", opening.setting, unless: .facility)
    body.add("pos", opening.placeOfService)
    body.add("payer", opening.payer)
    body.add("zone", opening.zone)
    body.add("nurse", opening.nurse)
    body.add("inpatient", opening.inpatientFrom.map { Double($0.seconds / 60) })
    body.add("shared", opening.sharesNumber)
  }

  private static func write(_ facts: AdministrationFacts, to body: inout Members) {
    body.add("adm", facts.administration)
    body.add("drug", facts.drug)
    body.add("tech", facts.technique.rawValue)
    body.add("site", facts.site)
    body.add("amount", facts.amount)
    body.add("order", facts.order)
    body.add("dose", facts.dose)
    body.add("bag", facts.bag)
    body.add("plan", facts.plannedMinutes)
    body.add("vol", facts.volumeML)
    body.add("rate", facts.rateMLPerHour)
    body.add("purpose", facts.purpose, unless: .hydration)
    body.add("class", facts.statedClass?.rawValue)
    if !facts.hydrationFacts.isEmpty {
      body.add("charted", Double(facts.hydrationFacts.rawValue))
    }
    body.add("enc", facts.encounter == "1" ? nil : facts.encounter)
    body.add("owner", facts.pumpOwner, unless: .supplier)
    body.add("home", facts.goesHome)
    body.add("visit", facts.isReasonForVisit)
    body.add("paper", facts.isWithoutClock)
  }

  private static func write(_ reaction: Reaction, to body: inout Members) {
    body.add("adm", reaction.administration)
    body.add("grade", Double(reaction.grade))
    body.add("signs", reaction.signs.map(\.rawValue))
    body.add("other", reaction.otherSigns)
    body.add("action", reaction.action?.rawValue)
    body.add("given", reaction.drugsGiven)
    let vitals = reaction.vitals
    body.add("sys", vitals.bloodPressure.map { Double($0.systolic) })
    body.add("dia", vitals.bloodPressure.map { Double($0.diastolic) })
    body.add("heart", vitals.heartRate.map(Double.init))
    body.add("oxygen", vitals.oxygen.map(Double.init))
    body.add("temp", vitals.temperature?.degrees)
    body.add("degrees", vitals.temperature?.unit.rawValue)
    body.add("breaths", vitals.respirations.map(Double.init))
  }

  private static func write(_ statement: AllergyStatement, to body: inout Members) {
    body.add("none", statement.allergies == .noneKnown)
    let allergies = statement.allergies.list.map { allergy in
      var one = Members()
      one.add("to", allergy.substance)
      one.add("did", allergy.reaction)
      return CompactJSON.Value.object(one.all)
    }
    if !allergies.isEmpty { body.all.append(("allergies", .list(allergies))) }
    body.add("alerts", statement.alerts)
  }

  struct Members {
    var all: [(key: String, value: CompactJSON.Value)] = []

    mutating func add(_ key: String, _ text: String?) {
      if let text { all.append((key, .text(text))) }
    }
    mutating func add(_ key: String, _ number: Double?) {
      if let number { all.append((key, .number(number))) }
    }
    mutating func add(_ key: String, _ texts: [String]) {
      if !texts.isEmpty { all.append((key, .list(texts.map { .text($0) }))) }
    }
    mutating func add(_ key: String, _ flag: Bool) {
      if flag { all.append((key, .flag(true))) }
    }
    mutating func add<Choice: RawRepresentable & Equatable>(
      _ key: String, _ choice: Choice, unless usual: Choice
    ) where Choice.RawValue == String {
      if choice != usual { all.append((key, .text(choice.rawValue))) }
    }
  }
}
