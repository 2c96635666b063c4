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
        json.object("assigner") { $0.member("display", scope.authority) }
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
    let isPaused = row.isRunning && row.pauses.last.map { $0.stop == nil } ?? false
    member(
      "status",
      row.isRunning ? (isPaused ? "on-hold" : "in-progress") : wasCut ? "stopped" : "completed")
    if wasCut, !row.isRunning {
      list("statusReason", [row.stopReason]) { json, reason in
        json.object { $0.member("text", reason.rawValue) }
      }
    }
    drug(row.drug.displayName, in: scope)
    if let day = row.day {
      member("effectiveDateTime", day.iso)
    } else {
      let isSeen = row.stopBasis != .lastSeenRunning
      effective(from: row.start ?? source.start, to: isSeen ? row.stop : nil, scope)
    }
    let people = SourceFacts([source]).recordedBy
    performers(people)
    let charted = session.statement.timeline.sites[row.site]
    notes(
      [
        "\(row.technique.rawValue), access site \(charted.id) (\(charted.kind.rawValue))",
        source.facts.amount.map { "dose as charted: \($0)" },
        row.statedMinutes.map { "\(PaperMinutes.words($0)) (\(source.startBasis.words))" },
        lastSeen(row, in: scope),
      ].compactMap { $0 })
    dosage(row)
  }

  /// When a drug was last seen running; its end was not seen.
  private func lastSeen(_ row: Administration, in scope: Scope) -> String? {
    guard row.stopBasis == .lastSeenRunning, let stop = row.stop else { return nil }
    return "last seen running \(scope.clock.written(stop)); its end was not observed"
  }

  mutating func withdrawn(
    _ withdrawn: (facts: AdministrationFacts, entry: EventLog.Entry), in scope: Scope
  ) {
    let facts = withdrawn.facts
    identifier(scope.systems.chairtime + ":administration", "\(scope.name)/\(facts.administration)")
    member("status", "entered-in-error")
    drug(facts.drug, in: scope)
    member(
      "effectiveDateTime",
      facts.isWithoutClock
        ? scope.clock.date(at: withdrawn.entry.original.clinicalTime).iso
        : scope.clock.written(withdrawn.entry.original.clinicalTime, seconds: true))
    performers([withdrawn.entry.original.actor])
  }

  mutating func charge(_ unit: ExportedUnit, in scope: Scope) {
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
    member("status", scope.session.isPostable(unit) ? "billable" : "planned")
    concept(
      "code", unit.code.number.isHCPCS ? systems.hcpcs : systems.procedureCode, unit.code.number,
      text: unit.code.label)
    aboutVisit(scope)
    if let start = unit.servedFrom {
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
    services(unit.administrations.map(scope.administration))
    notes([unit.explanation])
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
