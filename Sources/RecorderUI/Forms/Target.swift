import InfusionRecord

/// What a prompt is about, as it stood when the person saw it.
///
/// Pinned when the prompt opens, and anew for whatever the person then chooses. The store may change
/// under an open prompt; where a target no longer stands as it was pinned, the prompt says what
/// happened meanwhile and records nothing. It never turns to another drug, entry or site by itself.
public struct Target: Hashable, Sendable {
  enum Subject: Hashable, Sendable {
    /// Whether the session is open, closed or reviewed.
    case status
    /// Who holds the chair.
    case holder
    /// All that is recorded.
    case record
    /// An administration that runs, paused or not.
    case running(String)
    /// An administration that runs or is paused, whichever it is.
    case flow(String)
    /// An administration, over or not.
    case given(String)
    /// How often a drug was begun in the session.
    case drug(String)
    /// An entry as it was last corrected.
    case entry(Event.ID)
    /// The stop of an administration as it was last corrected.
    case stop(String)
    /// An open access site.
    case site(String)
    /// The open access sites of a kind, where one more is opened.
    case newSite(AccessSite.Kind)
    /// Who sits in a chair.
    case chair(String)
    /// The open sessions of a record number.
    case patient(String)
    /// The session as a row of the review.
    case row
    /// All rows of the review that raise no question.
    case clean

    /// Whether nothing to stand for it means that it is gone.
    var mustStand: Bool {
      switch self {
      case .drug, .newSite, .chair, .patient, .clean: false
      default: true
      }
    }
  }

  let subject: Subject
  /// The field it was chosen in; nil where the form itself names it.
  let field: Field.Name?
  /// How it stood, in texts that are equal only where nothing of it changed.
  let standing: [String]
  /// How many facts the session had.
  let version: Int
}

extension FormContext {
  /// The targets of the form as it is filled in now.
  var targets: [Target] {
    subjects.map { subject, field in
      Target(
        subject: subject, field: field, standing: standing(of: subject),
        version: session?.log.version ?? 0)
    }
  }

  /// What Enter would pick or has picked in a field; nil where that is nothing.
  private func aim(_ name: Field.Name) -> String? {
    guard let field = prompt[name] else { return nil }
    let value = field.value.isEmpty && !field.isOpen ? field.offered?.value ?? "" : field.value
    return value.isEmpty ? nil : value
  }

  private typealias Found = (Target.Subject, Field.Name?)

  private var subjects: [(Target.Subject, Field.Name?)] {
    let status: Found = (.status, nil)
    switch prompt.form {
    case .stop, .changeBag, .changeRate: return [status] + about(.drug) { .running($0) }
    case .pauseOrResume: return [status] + about(.drug) { .flow($0) }
    case .doubleCheck: return [status] + about(.drug) { .given($0) }
    case .note: return about(.drug) { .given($0) }
    case .start, .push: return [status] + about(.drug) { .drug($0) } + siteSubjects
    case .inject: return [status] + about(.drug) { .drug($0) }
    case .flush: return [status] + siteSubjects
    case .closeSite: return [status] + about(.site) { .site($0) }
    case .openSite:
      return [status] + about(.kind) { AccessSite.Kind(rawValue: $0).map { .newSite($0) } }
        + about(.lumen) { .site($0) }
    case .disconnectPump:
      return [status]
        + about(.pump) { $0 == DisconnectPumpForm.earlier ? nil : .running($0) } + siteSubjects
    case .handOff: return [status, (.holder, nil)]
    case .close: return [status, (.record, nil)]
    case .reopen: return [status]
    case .undo(let id): return [status, (.entry(id), nil)]
    case .amend: return [status] + about(.entry) { text in entry(text) } + siteSubjects
    case .confirmStop(let id): return [(.stop(id), nil)]
    case .openSession:
      return about(.chair) { .chair($0) } + about(.mrn) { .patient($0) }
    case .signOff, .signOffClean: return signOffSubjects
    case .goToDay, .export, .packet: return []
    }
  }

  private func about(_ name: Field.Name, _ subject: (String) -> Target.Subject?) -> [Found] {
    guard let value = aim(name), let found = subject(value) else { return [] }
    return [(found, name)]
  }

  private var siteSubjects: [Found] {
    about(.site) { picked in
      if picked == FormContext.noSite { return nil }
      return newSite(picked).map { .newSite($0) } ?? .site(picked)
    }
  }

  private func entry(_ text: String) -> Target.Subject? {
    session?.log.entries.first { $0.original.id.text == text }.map { .entry($0.original.id) }
  }

  /// How a subject stands now; empty where it is gone.
  func standing(of subject: Target.Subject) -> [String] {
    switch subject {
    case .chair(let chair):
      return state.openSessions.filter { $0.opening.chair == chair }.map(\.id.text)
    case .patient(let mrn):
      return state.openSessions.filter { $0.opening.patient.mrn == mrn }.map(\.id.text)
    case .row: return rowStanding
    case .clean: return cleanStanding(else: prompt.standing(of: .clean))
    default: break
    }
    guard let session else { return [] }
    let log = session.log
    switch subject {
    case .status: return [session.status.rawValue]
    case .holder: return [session.holder]
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
    case .chair, .patient, .row, .clean: return []
    }
  }

  func stands(_ target: Target) -> Bool {
    let now = standing(of: target.subject)
    return now == target.standing && !(now.isEmpty && target.subject.mustStand)
  }

  /// What happened meanwhile to what the prompt is about; nil where it stands as it was seen.
  var overtaken: String? {
    guard let target = prompt.targets.first(where: { !stands($0) }) else { return nil }
    let isDay = target.subject == .clean
    let place = isDay ? "What is shown" : session == nil ? "The board" : "This session"
    let what = what(happenedTo: target).map { " (\($0))" } ?? ""
    let act = prompt.form.act == .signOff ? "signed off" : "recorded"
    return "\(place) changed meanwhile\(what): nothing is \(act) from here, Esc closes."
  }

  /// The fact that changed it, when and by whom.
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

  /// The session that was opened where this one was to be.
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
    case .running(let id), .flow(let id), .given(let id), .stop(let id):
      if case .pumpDisconnected(let end) = first, end.pump == id { return true }
      return first.administration == id && first.kind != .noteAdded
        && first.kind != .doubleCheckRecorded
    case .drug(let name):
      return first.beginning.map {
        state.formulary.drug(named: $0.drug) == state.formulary.drug(named: name)
      } ?? false
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

extension Field {
  /// Whether it names what a prompt is about, and so never changes by itself.
  var isTarget: Bool {
    switch name {
    case .drug, .entry, .site, .pump, .lumen, .chair, .expected: true
    default: false
    }
  }
}

extension Prompt {
  /// How a subject stood when it was pinned; empty where it was not.
  func standing(of subject: Target.Subject) -> [String] {
    targets.first { $0.subject == subject }?.standing ?? []
  }

  /// The prompt as it comes back after it was left: what was typed stays; the time is now again, what
  /// it is about is chosen anew from what there is, and no half-typed choice waits for more letters.
  var offeredAgain: Prompt {
    var again = self
    again.problem = nil
    again.targets = []
    for index in again.fields.indices {
      var field = again.fields[index]
      let isHalfTyped = field.isChoice && (!field.isFree || field.isTarget)
      if field.name == .time || isHalfTyped { field.entry.clear() }
      let isAnew = field.isTarget && field.isChoice && !field.isFree
      if isAnew { field.picked = nil }
      if isAnew || field.name == .basis { field.isTouched = false }
      again.fields[index] = field
    }
    return again
  }

  /// Pins what the form is about now; what was pinned before stays as it was seen.
  mutating func pin(_ context: FormContext) {
    let fresh = context.targets
    var kept = targets.filter { old in
      if context.stands(old) { return fresh.contains { $0.subject == old.subject } }
      // What was overtaken stays so until the person chooses something else in its field.
      guard let name = old.field, let field = self[name], field.isTouched else { return true }
      return field.value.isEmpty || fresh.contains { $0.subject == old.subject }
    }
    for target in fresh where !kept.contains(where: { $0.subject == target.subject }) {
      kept.append(target)
    }
    targets = kept
  }
}
