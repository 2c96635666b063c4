package import InfusionRecord

/// A store of facts: they are appended, read and followed, never changed.
///
/// The protocol is small, so that a server for several machines can implement it as well as a file. An
/// append names the version of the session that it was decided on. If another process has recorded a
/// fact in that session since, nothing is written and the caller gets the new facts.
///
/// ```
///  log of s  version 6 ──► decide ──► append(expecting 6) ──► durable, acknowledged
///                                          └─ version is 7 by now ──► changedMeanwhile([event 7])
/// ```
package protocol FactStore: AnyObject {
  /// Appends all `batches` or none, if `right` allows it as of the same transaction. They are on
  /// durable storage when this returns.
  ///
  /// A refusal is recorded in the audit record and thrown as `refused`.
  @discardableResult
  func append(_ batches: [Append], under right: Right) throws(StoreError) -> Head

  /// The session's log; nil if there is no such session.
  func log(of session: SessionID) throws(StoreError) -> EventLog?

  /// Calls `body` with the result of `transform` for each session of these days, by local day of
  /// opening, in the order they were opened.
  ///
  /// `transform` gets a chunk of sessions and returns as many results, in order; it runs on several
  /// threads at once. One day is in memory at a time. An error that `body` throws ends the reading.
  func read<Made: Sendable>(
    _ days: ClosedRange<CivilDate>, _ transform: @escaping @Sendable ([EventLog]) -> [Made],
    _ body: (Made) throws -> Void
  ) throws

  /// The sessions of these days, in the order in which `read` gives them.
  func sessions(of days: ClosedRange<CivilDate>) throws(StoreError) -> [SessionID]

  /// The results of `transform` for the open sessions, in the order they were opened.
  ///
  /// As in `read`, `transform` gets a chunk of sessions, on several threads; it may leave some out.
  func board<Made: Sendable>(
    _ transform: @escaping @Sendable ([EventLog]) -> [Made]
  ) throws(StoreError) -> [Made]

  /// The patient's last visits that were opened before a day, newest first and `limit` at most, by the
  /// record number as it stands after corrections.
  func lastVisits(
    of mrn: String, before day: CivilDate, limit: Int
  ) throws(StoreError) -> [EventLog]

  /// All visits of a patient, by the record number as it stands after corrections, in the order in which
  /// they were opened.
  func visits(of mrn: String) throws(StoreError) -> [EventLog]

  /// For each session a log of its opening alone, with the corrections and the moves to another chair, in
  /// the order in which the sessions were opened. Other facts are left out, so these logs tell who the
  /// patients are and nothing of what was given.
  func openings() throws(StoreError) -> [EventLog]

  /// The sessions whose names begin with `prefix`, newest first, at most `limit`.
  func sessions(named prefix: String, limit: Int) throws(StoreError) -> [SessionID]

  /// The session of an event; nil if there is no such event.
  func session(of event: Event.ID) throws(StoreError) -> SessionID?

  /// The sessions with facts after `head`, from this process or any other.
  func changes(since head: Head) throws(StoreError) -> Changes

  /// The number of facts, and the seal of the last.
  func head() throws(StoreError) -> Head

  /// A signal for facts of other processes; nil if the caller has to poll `changes`.
  func changeSignal() -> (any ChangeSignal)?

  /// Throws if what was recorded since the last checkpoint is not as it was sealed.
  ///
  /// Called before data is exported. A store calls it itself before it records a sign-off, fills the
  /// outbox or records that a message is sent.
  func checkChains() throws(StoreError)

  /// Throws if a fact of a session is not as it was sealed, whenever it was recorded.
  func check(_ session: SessionID) throws(StoreError)

  /// Runs `body`, in which every read sees the store as it was at one moment. It may not write.
  ///
  /// What is verified and then exported is read inside, so that nothing is changed in between.
  func reading<Result>(_ body: () throws -> Result) throws -> Result

  /// Throws if the open sessions, or the index by which patients are found, are not what the facts make.
  ///
  /// Called when the board opens, and before a patient is looked up.
  func checkLists() throws(StoreError)

  /// Does housekeeping, so that no append has to. The event loop calls this when it is idle.
  func maintain()
}

extension FactStore {
  package func maintain() {}

  /// The patient's last visit that was opened before a day; nil if there was none.
  package func lastVisit(of mrn: String, before day: CivilDate) throws(StoreError) -> EventLog? {
    try lastVisits(of: mrn, before: day, limit: 1).first
  }

  /// The same for the sessions of some days.
  package func check(_ days: ClosedRange<CivilDate>) throws(StoreError) {
    for session in try sessions(of: days) { try check(session) }
  }

  /// A store that reads them from the facts has nothing to compare.
  package func checkLists() throws(StoreError) {}

  /// Appends `events` to a session that had `version` events when they were decided on.
  @discardableResult
  package func append(
    _ events: [Event], to session: SessionID, expecting version: Int, under right: Right
  ) throws(StoreError) -> Head {
    try append([Append(session: session, expecting: version, events: events)], under: right)
  }

  /// Calls `body` with each session of these days, by local day of opening, in the order they were
  /// opened.
  package func read(
    _ days: ClosedRange<CivilDate>, _ body: (EventLog) throws -> Void
  ) throws {
    try read(days, { $0 }, body)
  }

  /// The open sessions, in the order they were opened.
  package func board() throws(StoreError) -> [EventLog] { try board { $0 } }

  /// The sessions that were opened before a day and are still open, in the order they were opened.
  package func leftOpen(before day: CivilDate) throws(StoreError) -> [EventLog] {
    try board { logs in
      logs.filter { log in log.openedAt.map { log.clock.date(at: $0) < day } ?? false }
    }
  }

  /// The sessions of one day.
  package func logs(on day: CivilDate) throws -> [EventLog] {
    var logs: [EventLog] = []
    try read(day...day) { logs.append($0) }
    return logs
  }
}

/// Events to append to one session.
package struct Append: Sendable {
  package var session: SessionID
  /// The number of events that the session had when these were decided on; 0 opens it.
  package var expecting: Int
  package var events: [Event]

  package init(session: SessionID, expecting: Int, events: [Event]) {
    self.session = session
    self.expecting = expecting
    self.events = events
  }

  /// The names under which the events are recorded.
  package var authors: Set<String> { Set(events.map(\.actor)) }

  /// Throws if no store may take these events, whatever it holds.
  package func validate() throws(StoreError) {
    guard (1...128).contains(session.text.unicodeScalars.count) else {
      throw .invalid(what: "a session's name has 1 to 128 characters")
    }
    if expecting == 0, !events.isEmpty, !session.isPlain {
      throw .invalid(what: SessionID.rule)
    }
    for (offset, event) in events.enumerated() {
      guard event.session == session else {
        throw .invalid(what: "an event names another session")
      }
      guard event.clinicalTime.seconds % 60 == 0 else {
        throw .invalid(what: "a clinical time is a whole minute")
      }
      let opens = expecting == 0 && offset == 0
      guard (event.fact.kind == .sessionOpened) == opens else {
        throw .invalid(what: "a session begins with its opening, and has one")
      }
      for text in [event.session.text, event.actor, event.workstation, event.reason ?? "-"]
      where text.isEmpty || text.unicodeScalars.contains("\0") {
        throw .invalid(what: "a name or reason is empty or holds a zero byte")
      }
    }
  }
}
