import InfusionRecord
import Interchange
import PlainText
import SessionReview
import SessionStore
import SuiteProgram

/// Records facts for one command and prints each once it is on the disk.
///
/// A fact is decided on the session's log as read. If another process has recorded in the session
/// since, the log is read again and the fact decided again. A fact about the same administration stops
/// the command with a message; any other fact does not matter.
struct Recorder {
  let store: any Store
  let formulary: Formulary
  /// Who records.
  let right: Right
  var actor: String { right.actor }
  let options: RecordOptions

  /// The time of a question that comes before a fact is recorded.
  var now: Instant { Host.now.instant }

  /// The codes and packages of drugs, with those loaded next to the store; the built-in ones if these
  /// cannot be read, because recording must go on.
  func drugTables() throws -> DrugTables {
    let file = DrugTablesFile(of: try options.store.address)
    let (tables, hash, _) = file.readIfPossible()
    return file.source(of: tables, hash: hash).tables ?? .starter
  }

  /// A recorded fact, with its session before and after.
  struct Recorded {
    let event: Event
    let before: EventLog
    let log: EventLog
    let formulary: Formulary
    let head: Head
  }

  /// The event for a fact at a moment, not yet recorded.
  ///
  /// - Parameter basis: how the time is known; nil takes it from how late the fact is written.
  func event(
    _ fact: Fact, in session: SessionID, at moment: Instant, now: RecordedTime, basis: TimeBasis?,
    usualReason: String? = nil
  ) -> Event {
    var generator = SystemRandomNumberGenerator()
    return Event(
      id: Event.ID(at: now, using: &generator), session: session, clinicalTime: moment,
      recordedTime: now, actor: actor, workstation: right.workstation,
      basis: basis ?? .presumed(for: moment, writtenAt: now.instant),
      reason: options.reason ?? usualReason, fact: fact)
  }

  /// Records the event that `decide` makes of the session's log and the time.
  func record(
    in session: SessionID, deciding decide: (EventLog, RecordedTime) throws -> Event
  ) throws -> Recorded {
    var seen: Int?
    var refused: Int?
    while true {
      guard let log = try store.log(of: session) else {
        throw Complaint("There is no session \(session.text.printable); nothing was recorded.")
      }
      try store.admit(log, under: right, breaking: options.glass)
      let now = Host.now
      let event = try decide(log, now)
      let meanwhile = seen.map { Array(log.events.dropFirst($0)) } ?? []
      let after = log.appending(event)
      if let refusal = log.refusal(of: event, now: now, formulary: formulary) {
        throw Complaint(refusal.sentence + sentences(of: meanwhile, in: log, formulary))
      }
      let touched = meanwhile.filter {
        $0.fact.administration != nil && $0.fact.administration == event.fact.administration
      }
      if !touched.isEmpty {
        throw Complaint(
          "Nothing was recorded:" + sentences(of: touched, in: log, formulary) + " Look again.")
      }
      if let mrn = after.opening?.patient.mrn,
        log.opening.map({ !PatientNumber.areSame($0.patient.mrn, mrn) }) ?? true
      {
        try store.admit(mrn: mrn, under: right, breaking: options.glass)
      }
      // The store has more facts of the session than it reads.
      if refused == log.version {
        throw Complaint(
          "Session \(session.text.printable) lacks facts; nothing was recorded. Run chairtime verify."
        )
      }
      if let head = try append(event, to: log) {
        return Recorded(event: event, before: log, log: after, formulary: formulary, head: head)
      }
      seen = seen ?? log.version
      refused = log.version
    }
  }

  /// Appends an event decided on `log`; nil if the session has changed since.
  func append(_ event: Event, to log: EventLog) throws -> Head? {
    do {
      return try store.append([event], to: log.session, expecting: log.version, under: right)
    } catch {
      if case .changedMeanwhile = error { return nil }
      throw error
    }
  }

  /// The moment a typed time means; now if none was typed.
  func moment(
    _ text: String?, now: RecordedTime, clock: LocalClock, insteadOf corrected: Instant? = nil,
    openedAt: Instant? = nil
  ) throws -> Instant {
    if let text, text.allSatisfy(\.isWhitespace) {
      throw Complaint("--at: no time is given; leave the option out for now, or type a time.")
    }
    switch ClinicalTimeEntry.moment(
      text ?? "now", now: now.instant, clock: clock, insteadOf: corrected, openedAt: openedAt)
    {
    case .success(let moment): return moment
    case .failure(let problem): throw Complaint("--at: \(problem.sentence.printable)")
    }
  }

  /// A sentence for each fact that another process recorded meanwhile.
  private func sentences(
    of events: [Event], in log: EventLog, _ formulary: Formulary
  ) -> String {
    events.map { event in
      let time = ClockText(log).time(event.clinicalTime)
      return " Meanwhile \(event.actor.printable) recorded: "
        + "\(event.fact.words(in: log, formulary: formulary).printable), \(time)."
    }.joined()
  }

  // MARK: Output

  /// Prints the id of a recorded fact, and the fact in words.
  func printRecorded(_ recorded: Recorded) throws {
    let event = recorded.event
    if let opened = recorded.before.openedAt, event.clinicalTime < opened,
      event.fact.kind != .sessionOpened
    {
      let text = ClockText(recorded.log, askedAt: event.recordedTime.instant)
      StandardStream.error.write(
        "\(text.moment(event.clinicalTime)) is before this session was opened, \(text.moment(opened)).\n"
      )
    }
    let clock = recorded.log.clock
    let words = event.fact.words(in: recorded.log, formulary: recorded.formulary)
    switch options.format {
    case .text:
      let text = ClockText(recorded.log, askedAt: event.recordedTime.instant)
      let date = clock.date(at: event.clinicalTime)
      let day =
        event.isWithoutClock ? date.display : date == text.day ? "" : " on \(date.display)"
      let time = event.isWithoutClock ? "" : text.time(event.clinicalTime)
      let id = event.fact.newName.map { " (\($0))" } ?? ""
      try StandardStream.print(
        Array("\(event.id)  \(words.printable)\(id.printable), \(time)\(day)\n".utf8))
    case .json:
      var json = JSONWriter()
      json.object { json in
        json.member("event", event.id.text)
        json.member("session", event.session.text)
        json.member("number", recorded.log.version)
        json.member("kind", event.fact.kind.rawValue)
        json.member("administration", event.fact.administration)
        json.member(happening: event, clock)
        json.member("basis", event.basis.rawValue)
        json.member("actor", event.actor)
        json.member("head", recorded.head.description)
      }
      json.endLine()
      try StandardStream.print(json.bytes)
    }
  }
}

extension Fact {
  /// The name of a new administration, which later commands need.
  fileprivate var newName: String? {
    switch self {
    case .drugStarted, .pumpConnected, .pushGiven, .injectionGiven: administration
    default: nil
    }
  }
}
