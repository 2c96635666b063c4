/// The patients whose records are restricted, and who opened one all the same.
///
/// A restricted record is hidden from all but the nurse who holds the session. Anyone who may see records
/// can break the glass: open it with a reason that supervisors see. That lasts for one shift, so a person
/// gives a reason once and not at each key.
///
/// ```
///  restrict ─► hidden ─► break the glass ─► open to that person for 12 hours ─► hidden ─► release
/// ```
///
/// It is what the entries of the audit record add up to, so it holds on every terminal and in every command.
package struct Restrictions: Sendable, Hashable {
  /// One restricted patient.
  package struct Restriction: Sendable, Hashable {
    /// The record number as it was typed.
    package let mrn: String
    package let reason: String
    package let actor: String
    package let time: RecordedTime
  }

  /// What was opened with a reason.
  package enum Opened: Sendable, Hashable {
    /// A restricted record; the session is nil if the whole record was opened.
    case record(mrn: String, session: SessionID?)
    /// A screen that another person left locked with an unfinished entry.
    case screen(of: String)
  }

  package struct GlassBreak: Sendable, Hashable {
    package let opened: Opened
    package let reason: String
    package let actor: String
    package let workstation: String
    package let time: RecordedTime

    package init(
      opened: Opened, reason: String, actor: String, workstation: String, time: RecordedTime
    ) {
      self.opened = opened
      self.reason = reason
      self.actor = actor
      self.workstation = workstation
      self.time = time
    }
  }

  /// By folded record number.
  private var restricted: [String: Restriction] = [:]
  /// When a person last broke the glass of a patient.
  private var opened: [Opening: RecordedTime] = [:]
  /// Oldest first.
  package private(set) var glassBreaks: [GlassBreak] = []

  private struct Opening: Hashable {
    let mrn: String
    let person: String
  }

  /// How long a person who broke the glass may see the record, in milliseconds: one shift.
  package static let shift: Int64 = 12 * 3_600_000

  /// Why a record is not shown, and what to do.
  package static let sentence =
    "The record of this patient is restricted. Open it with a reason, which supervisors see: Enter on the "
    + "board, or --break-glass REASON."

  /// The longest reason, in characters.
  package static let longestReason = 500

  package init() {}

  /// Whether there is no restricted patient.
  package var isEmpty: Bool { restricted.isEmpty }

  /// The restricted patients, by record number.
  package var all: [Restriction] { restricted.values.sorted { $0.mrn < $1.mrn } }

  package subscript(mrn: String) -> Restriction? { restricted[PatientNumber.folded(mrn)] }

  // MARK: What the entries add up to

  package mutating func restrict(
    _ mrn: String, because reason: String, by actor: String, at time: RecordedTime
  ) {
    restricted[PatientNumber.folded(mrn)] = Restriction(
      mrn: mrn, reason: reason, actor: actor, time: time)
    // Who had opened it before gives a reason again.
    opened = opened.filter { $0.key.mrn != PatientNumber.folded(mrn) }
  }

  package mutating func release(_ mrn: String) { restricted[PatientNumber.folded(mrn)] = nil }

  package mutating func add(_ glassBreak: GlassBreak) {
    glassBreaks.append(glassBreak)
    if case .record(let mrn, _) = glassBreak.opened {
      let opening = Opening(mrn: PatientNumber.folded(mrn), person: glassBreak.actor)
      opened[opening] = glassBreak.time
    }
  }

  // MARK: Who sees what

  /// Whether a patient's record is hidden from a person, who holds none of it.
  package func hides(_ mrn: String, from person: String, at now: RecordedTime) -> Bool {
    guard !restricted.isEmpty, self[mrn] != nil else { return false }
    let opening = Opening(mrn: PatientNumber.folded(mrn), person: person)
    guard let since = opened[opening] else { return true }
    return now.milliseconds - since.milliseconds >= Restrictions.shift
  }

  /// Whether a session is hidden from a person.
  package func hides(
    _ mrn: String, heldBy holder: String?, from person: String, at now: RecordedTime
  ) -> Bool {
    holder != person && hides(mrn, from: person, at: now)
  }

  /// Whether a session is hidden from a person, by its patient as of now.
  package func hides(_ log: EventLog, from person: String, at now: RecordedTime) -> Bool {
    guard !restricted.isEmpty, let opening = log.opening else { return false }
    return hides(opening.patient.mrn, heldBy: log.holder, from: person, at: now)
  }

  /// Whether the patient of a session is restricted, also for a person who may see the record.
  package func isRestricted(_ log: EventLog) -> Bool {
    guard !restricted.isEmpty, let opening = log.opening else { return false }
    return self[opening.patient.mrn] != nil
  }

  /// The openings on some days of a clock.
  package func glassBreaks(
    on days: ClosedRange<CivilDate>, of clock: LocalClock
  ) -> [GlassBreak] {
    glassBreaks.filter { days.contains(clock.date(at: $0.time.instant)) }
  }
}

extension Restrictions.Opened {
  /// `opened the restricted record of session 2026-11-23-abc: helped at the chair`.
  package func words(_ reason: String) -> String {
    switch self {
    case .record(_, let session?): "opened the restricted record of session \(session): \(reason)"
    case .record(let mrn, nil): "opened the restricted record of MRN \(mrn): \(reason)"
    case .screen(let person): "took over the locked screen of \(person): \(reason)"
    }
  }
}

extension Restrictions.GlassBreak {
  package var words: String { opened.words(reason) }
}

extension PatientIdentity {
  /// What is shown in place of a restricted patient.
  package static let restricted = PatientIdentity(
    family: "Restricted", given: "", dateOfBirth: nil, sex: .unknown, mrn: "", visitNumber: "")

  /// Whether this stands for a restricted patient.
  package var isRestricted: Bool { self == .restricted }
}

extension EventLog {
  /// The session without anything about its patient: who it is and what was given is left out. Chair, times,
  /// nurse and status stay.
  package var withoutPatient: EventLog {
    guard let opening, let entry = openingEntry else { return EventLog(session: session) }
    var hidden = opening
    hidden.patient = .restricted
    hidden.payer = nil
    hidden.sharesNumber = false
    hidden.inpatientFrom = nil
    var first = entry.original
    first.clinicalTime = entry.clinicalTime
    first.reason = nil
    first.fact = .sessionOpened(hidden)
    var events = [first]
    for entry in entries {
      var event = entry.original
      event.clinicalTime = entry.clinicalTime
      event.reason = nil
      switch entry.fact {
      case .handedOff(let nurse, _): event.fact = .handedOff(to: nurse)
      case .movedToChair(let chair): event.fact = .movedToChair(chair)
      case .sessionClosed: event.fact = .sessionClosed(answers: [])
      case .sessionReopened: event.fact = .sessionReopened
      case .sessionReviewed(let review): event.fact = .sessionReviewed(review)
      default: continue
      }
      events.append(event)
    }
    return EventLog(session: session, events: events)
  }
}
