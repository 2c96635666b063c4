import InfusionRecord
import PlainText
import SessionReview
import TimelineEngine

// The bodies of the resources, each between the braces of its entry.

extension JSONWriter {
  mutating func patient(_ patient: PatientIdentity, in scope: Scope) {
    list("identifier", [patient.mrn]) { json, mrn in
      json.object { json in
        json.concept("type", "http://terminology.hl7.org/CodeSystem/v2-0203", "MR")
        json.member("system", scope.systems.recordNumber)
        json.member("value", mrn)
        json.object("assigner") {
          let authority = HL7Identifier(lenient: scope.authority)
          $0.member("display", authority.parts.first { !$0.isEmpty })
        }
      }
    }
    list("name", [patient]) { json, patient in
      json.object { json in
        json.member("use", "official")
        json.member("family", patient.family)
        json.list("given", [patient.given]) { $0.value($1) }
      }
    }
    member("gender", patient.sex.rawValue)
    member("birthDate", patient.dateOfBirth?.iso)
  }

  mutating func encounter(in scope: Scope) {
    let session = scope.session
    key("identifier")
    let visit = session.opening?.patient.visitNumber ?? ""
    list(
      [(scope.systems.chairtime + ":session", scope.name)]
        + (visit.isEmpty ? [] : [(scope.systems.visitNumber, visit)])
    ) { json, identifier in
      json.object { json in
        json.member("system", identifier.0)
        json.member("value", identifier.1)
      }
    }
    member("status", session.log.status == .open ? "in-progress" : "finished")
    object("class") { json in
      json.member("system", "http://terminology.hl7.org/CodeSystem/v3-ActCode")
      json.member("code", "AMB")
      json.member("display", "ambulatory")
    }
    reference("subject", scope.patient)
    object("period") { json in
      json.member("start", session.log.openedAt.map { scope.clock.written($0, seconds: true) })
      json.member("end", session.log.endedAt.map { scope.clock.written($0, seconds: true) })
    }
    if let chair = session.opening?.chair, !chair.isEmpty {
      list("location", [chair]) { json, chair in
        json.object { json in
          json.object("location") { $0.member("display", "chair \(chair)") }
        }
      }
    }
  }

  mutating func administration(at position: Int, in scope: Scope) {
    let session = scope.session
    let row = session.statement.timeline.administrations[position]
    let source = session.recorded.administrations[position]
    identifier(scope.systems.chairtime + ":administration", "\(scope.name)/\(row.id)")
    let wasCut = row.stopReason != .completed
    let hasEnd = row.stop != nil || source.foundEndedAt != nil || row.statedMinutes != nil
    let isPaused = row.isRunning && row.pauses.last.map { $0.stop == nil } ?? false
    member(
      "status",
      row.isRunning
        ? (isPaused ? "on-hold" : "in-progress")
        : wasCut ? "stopped" : hasEnd ? "completed" : "unknown")
    if wasCut, !row.isRunning {
      list("statusReason", [row.stopReason]) { json, reason in
        json.object { $0.member("text", reason.rawValue) }
      }
    }
    medication(of: position, in: scope)
    if let day = row.day {
      member("effectiveDateTime", day.iso)
    } else {
      // The last time at which it was seen running is no end.
      let isLastSeen = row.stopBasis == .lastSeenRunning
      effective(from: row.start ?? source.start, to: isLastSeen ? nil : row.stop, scope)
    }
    performers(SourceFacts.charters(of: source))
    request(row.order, in: scope)
    let site = session.statement.timeline.sites[row.site]
    let place =
      row.isSiteCharted && site.isCharted ? ", access site \(site.id) (\(site.kind.rawValue))" : ""
    let isHydration = session.statement.recordedClass(of: position).drugClass == .hydration
    let dosage = ChartedDosage(source, isHydration: isHydration, clock: scope.clock)
    let stated = row.statedMinutes.map {
      "\(PaperMinutes.words($0)) (\(source.startBasis.words))"
    }
    notes(
      [row.technique.rawValue + place] + dosage.notes
        + [stated, end(of: row, source, in: scope)].compactMap { $0 })
    self.dosage(dosage)
  }

  /// What is known of an end that was not seen.
  private func end(
    of row: Administration, _ source: RecordedAdministration, in scope: Scope
  ) -> String? {
    guard let stop = row.stop else {
      return source.foundEndedAt.map {
        "found ended \(scope.clock.written($0)); its end was not observed"
      }
    }
    switch row.stopBasis {
    case .lastSeenRunning:
      return "last seen running \(scope.clock.written(stop)); its end was not observed"
    case .computedFromRateAndVolume: return "its end was computed from rate and volume"
    default: return nil
    }
  }

  mutating func withdrawn(
    _ withdrawn: (facts: AdministrationFacts, entry: EventLog.Entry), in scope: Scope
  ) {
    let facts = withdrawn.facts
    identifier(scope.systems.chairtime + ":administration", "\(scope.name)/\(facts.administration)")
    member("status", "entered-in-error")
    drug(facts.drug, in: scope)
    let time = withdrawn.entry.original.clinicalTime
    member(
      "effectiveDateTime",
      facts.isWithoutClock
        ? scope.clock.date(at: time).iso : scope.clock.written(time, seconds: true))
    performers([withdrawn.entry.original.actor])
    request(facts.order, in: scope)
  }

  mutating func charge(_ unit: ExportedUnit, in scope: Scope) {
    charge(unit, status: scope.session.isPostable(unit) ? "billable" : "planned", in: scope)
    notes([unit.explanation])
  }

  /// A charge that a receiver may hold and that fell away.
  mutating func fallen(_ charge: FallenCharge, in scope: Scope) {
    let status = charge.wasPostable ? "entered-in-error" : "aborted"
    switch charge.content {
    case .unit(let unit):
      self.charge(unit, status: status, in: scope)
    case .uncharged(let place):
      member("status", status)
      concept(
        "code", scope.systems.chairtime + ":uncharged", place.clause.text, text: place.clause.text)
      aboutVisit(scope)
      services(
        [place.administration].filter(scope.administrationIDs.contains).map(scope.administration))
    }
  }

  private mutating func charge(_ unit: ExportedUnit, status: String, in scope: Scope) {
    let systems = scope.systems
    list("identifier", [("unit", unit.id), ("place", unit.place)]) { json, name in
      json.object { json in
        json.member("system", "\(systems.chairtime):\(name.0)")
        json.member("value", name.1)
      }
    }
    if !unit.modifiers.isEmpty {
      extensionList(unit.modifiers.map { (systems.chairtime + ":modifier", $0) })
    }
    list("definitionCanonical", [scope.session.statement.rulebook]) { json, version in
      json.value("\(systems.rulebook)|\(version)")
    }
    member("status", status)
    concept(
      "code", unit.code.number.isHCPCS ? systems.hcpcs : systems.procedureCode, unit.code.number,
      text: unit.code.label)
    aboutVisit(scope)
    if let start = unit.servedFrom, unit.isMoment {
      member("occurrenceDateTime", scope.clock.written(start, seconds: true))
    } else if let start = unit.servedFrom {
      object("occurrencePeriod") { json in
        json.member("start", scope.clock.written(start, seconds: true))
        json.member("end", unit.stop.map { scope.clock.written($0, seconds: true) })
      }
    } else {
      member("occurrenceDateTime", unit.serviceDate?.iso)
    }
    object("quantity") { json in
      json.member("value", unit.count)
    }
    let known = scope.administrationIDs
    services(unit.administrations.filter(known.contains).map(scope.administration))
  }

  mutating func uncharged(_ part: Uncharged, in scope: Scope) {
    let row = scope.session.statement.timeline.administrations[part.administration]
    list("definitionCanonical", [scope.session.statement.rulebook]) { json, version in
      json.value("\(scope.systems.rulebook)|\(version)")
    }
    member("status", "not-billable")
    concept(
      "code", scope.systems.chairtime + ":uncharged", part.clause.text, text: part.clause.text)
    aboutVisit(scope)
    object("quantity") { json in
      json.member("value", part.minutes.count)
      json.member("unit", "min")
      json.member("system", "http://unitsofmeasure.org")
      json.member("code", "min")
    }
    services([scope.administration(row.id)])
    let statement = scope.session.statement
    notes([statement.sentence(part, on: statement.firstDate)])
  }

  mutating func correction(_ event: Event, of entry: EventLog.Entry, in scope: Scope) {
    list("target", [scope.target(of: entry)]) { json, id in
      json.object { $0.member("reference", "urn:uuid:\(id)") }
    }
    member("recorded", LocalClock.utc.written(event.recordedTime.instant, seconds: true))
    if let reason = event.reason {
      list("reason", [reason]) { json, reason in json.object { $0.member("text", reason) } }
    }
    var isWithdrawal = false
    if case .eventSuperseded(_, nil) = event.fact { isWithdrawal = true }
    concept(
      "activity", "http://terminology.hl7.org/CodeSystem/v3-DataOperation",
      isWithdrawal ? "NULLIFY" : "UPDATE")
    list("agent", [event.actor]) { json, name in
      json.object { json in
        json.object("who") { $0.member("display", name) }
      }
    }
    list("entity", [entry.original.id.text]) { json, id in
      json.object { json in
        json.member("role", "revision")
        json.object("what") { json in
          json.object("identifier") { json in
            json.member("system", scope.systems.chairtime + ":event")
            json.member("value", id)
          }
        }
      }
    }
  }
}
