import InfusionRecord

// How what a prompt is about stands now, and what happened to it meanwhile.

extension FormContext {
  /// How a subject stands now; empty if it is gone.
  func standing(of subject: Target.Subject) -> [String] {
    switch subject {
    case .chair(let chair):
      return state.openSessions.filter { $0.opening.chair == chair }.map(\.id.text)
    case .patient(let mrn):
      return state.openSessions.filter {
        PatientNumber.areSame($0.opening(comparedWith: mrn).patient.mrn, mrn)
      }.map(\.id.text)
    case .row: return rowStanding
    case .clean: return cleanStanding(otherwise: prompt.standing(of: .clean))
    default: break
    }
    guard let session else { return [] }
    let log = session.log
    switch subject {
    case .status: return [session.status.rawValue]
    case .holder: return [session.holder]
    case .identity:
      let patient = session.opening.patient
      return [
        patient.family, patient.given, patient.dateOfBirth?.iso ?? "", patient.mrn,
      ]
    case .record: return ["\(log.version)"]
    case .running(let id):
      return session.running.filter { $0.id == id }.map(\.facts.drug)
    case .flow(let id):
      return session.running.filter { $0.id == id }.flatMap {
        [$0.facts.drug, $0.progress.rawValue]
      }
    case .given(let id):
      return session.recorded.administrations.filter { $0.id == id }.map(\.facts.drug)
    case .drug(let name):
      let drug = state.formulary.drug(named: name)
      return session.recorded.administrations
        .filter { state.formulary.drug(named: $0.facts.drug) == drug }.map(\.id)
    case .seat: return [session.opening.chair]
    case .words(let id):
      return log.unreadWords.filter { $0.handOver == id }.map(\.text)
    case .planned(let position):
      return state.plan(for: session).filter { $0.position == position }.map(\.dose)
    case .entry(let id): return log.entry(for: id).map { [$0.latest.id.text] } ?? []
    case .stop(let id):
      let stop = log.entries.last {
        $0.fact?.kind == .drugStopped && $0.fact?.administration == id
      }
      return stop.map { [$0.latest.id.text] } ?? []
    case .site(let id):
      return log.sites.filter { $0.opening.site == id && $0.closedAt == nil }
        .map(\.opening.words)
    case .newSite(let kind):
      return log.sites.filter { $0.opening.kind == kind && $0.closedAt == nil }
        .map(\.opening.site)
    case .allergies: return log.allergyEntry.map { [$0.latest.id.text] } ?? []
    case .account(let id):
      return log.administration(id)?.account.map { [$0.latest.id.text] } ?? []
    case .chair, .patient, .row, .clean: return []
    }
  }

  func stands(_ target: Target) -> Bool {
    let now = standing(of: target.subject)
    return now == target.standing && !(now.isEmpty && target.subject.mustStand)
  }

  /// What happened to the prompt's targets meanwhile; nil if they stand as the user saw them.
  var overtaken: String? {
    guard let target = prompt.targets.first(where: { !stands($0) }) else { return nil }
    let isDay = target.subject == .clean
    let place = isDay ? "What is shown" : session == nil ? "The board" : "This session"
    let what = what(happenedTo: target).map { " (\($0))" } ?? ""
    let act = prompt.form.signsOff ? "signed off" : "recorded"
    return "\(place) changed meanwhile\(what): nothing is \(act) from here, Esc closes."
  }

  /// The fact that changed a target, with its time and author.
  private func what(happenedTo target: Target) -> String? {
    if let other = newcomer(target), let opened = other.log.events.first {
      return "\(other.opening.patient.displayName) in chair \(other.opening.chair) since "
        + "\(clockText(opened.clinicalTime)), by \(opened.actor)"
    }
    if target.subject == .clean { return what(happenedToClean: target) }
    guard let session else { return nil }
    let fresh = session.log.events.dropFirst(target.version)
    guard let event = fresh.last(where: { concerns($0, target.subject) }) ?? fresh.last else {
      return nil
    }
    var words = session.words(event.fact)
    if case .eventSuperseded(_, nil) = event.fact, let entry = session.log.entry(for: event.id) {
      words = "withdrawn: \(session.words(entry.original.fact))"
    }
    return "\(words), \(clockText(event.clinicalTime))" + event.author(after: words, ", ")
  }

  /// The session that took the chair or the record number meanwhile.
  private func newcomer(_ target: Target) -> SessionReading? {
    switch target.subject {
    case .chair, .patient:
      let now = standing(of: target.subject)
      return state.openSessions.first {
        now.contains($0.id.text) && !target.standing.contains($0.id.text)
      }
    default: return nil
    }
  }

  private func concerns(_ event: Event, _ subject: Target.Subject) -> Bool {
    let entry = session?.log.entry(for: event.id)
    let first = entry?.original.fact ?? event.fact
    switch subject {
    case .status:
      return [.sessionClosed, .sessionReopened, .sessionReviewed].contains(event.fact.kind)
    case .holder: return event.fact.kind == .handedOff
    case .record, .row: return true
    case .allergies: return first.kind == .allergiesRecorded
    case .account(let id):
      return first.kind == .drugAccounted && first.administration == id
    case .running(let id), .flow(let id), .given(let id), .stop(let id):
      if case .pumpDisconnected(let end) = first, end.pump == id { return true }
      return first.administration == id && first.kind != .noteAdded
        && first.kind != .doubleCheckRecorded && first.kind != .reactionRecorded
        && first.kind != .drugAccounted
    case .drug(let name):
      return first.beginning.map {
        state.formulary.drug(named: $0.drug) == state.formulary.drug(named: name)
      } ?? false
    case .planned: return first.beginning != nil
    case .identity: return first.kind == .sessionOpened
    case .seat: return first.kind == .movedToChair || first.kind == .sessionOpened
    case .words: return first.kind == .wordsRead || first.kind == .handedOff
    case .entry(let id): return entry?.original.id == session?.log.entry(for: id)?.original.id
    case .site(let id):
      switch first {
      case .siteOpened(let opening): return opening.site == id
      case .siteClosed(let site): return site == id
      default: return false
      }
    case .newSite(let kind):
      if case .siteOpened(let opening) = first { return opening.kind == kind }
      return first.kind == .siteClosed
    case .chair, .patient, .clean: return false
    }
  }
}
