import Foundation
package import InfusionRecord
package import SessionStore

/// A store in memory: all that the protocols promise except durability.
///
/// It shows that the protocols ask for nothing that only a file can provide.
package final class MemoryStore: Store {
  package let mode = StoreMode.readWrite
  package let location: String
  package private(set) var order: [SessionID] = []
  package private(set) var logs: [SessionID: EventLog] = [:]
  private var facts: [SessionID] = []
  private var chain = FactChain()
  private var auditRows: [AuditRow] = []
  private var auditSeal = Head.empty.hash
  private var messages: [OutboxEntry] = []
  private var examinedFacts = 0
  /// Called before facts are appended; what it throws fails the append.
  package var willAppend: ((Append, EventLog) throws(StoreError) -> Void)?
  /// Called after facts were appended; what it throws loses the answer, not the facts.
  package var didAppend: (() throws(StoreError) -> Void)?
  /// Called before facts or people are read; a test lets it wait, or lets it fail.
  package var willRead: (() throws(StoreError) -> Void)?
  /// Called before audit entries are appended; what it throws fails that.
  package var willAudit: (([AuditRow]) throws(StoreError) -> Void)?
  /// Returned by `changeSignal`.
  package var signal: (any ChangeSignal)?

  nonisolated(unsafe) private static var stores: [String: MemoryStore] = [:]
  private static let lock = NSLock()

  package init(_ location: String = "memory") {
    self.location = location
  }

  /// One store per folder, as there is one file per path.
  package static func shared(_ folder: String) -> MemoryStore {
    lock.lock()
    defer { lock.unlock() }
    let store = stores[folder] ?? MemoryStore(folder)
    stores[folder] = store
    return store
  }

  package func close() {}

  package func verify(
    against kept: KeptHeads, lines: (OutboxMessage) -> String?, progress: (Int, Int) -> Void
  ) throws(StoreError) -> Verification {
    Verification(head: try head(), auditHead: auditHead(), outboxHead: .empty, problems: [])
  }

  /// No other program can change the memory.
  package func checkChains() {}

  package func check(_ session: SessionID) {}

  package func reading<Result>(_ body: () throws -> Result) throws -> Result { try body() }

  // MARK: Facts

  /// Throws and records a refusal if the right does not allow the need.
  private func check(
    _ right: Right?, _ need: RightNeed, at time: RecordedTime?
  ) throws(StoreError) {
    guard let right, let refusal = try refusal(of: right, needing: need) else {
      return
    }
    seal(AuditRow(refusing: refusal, of: right, at: time))
    throw .refused(refusal)
  }

  package func append(_ batches: [Append], under right: Right) throws(StoreError) -> Head {
    var need = RightNeed()
    for batch in batches {
      need.acts.formUnion(batch.acts(from: logs[batch.session]?.status))
      need.authors.formUnion(batch.authors)
      if let time = batch.events.first?.recordedTime {
        let isHidden = batch.isHidden(
          from: right.actor, by: try restrictions(), after: logs[batch.session], at: time)
        need.isHidden = need.isHidden || isHidden
      }
    }
    for batch in batches { try batch.validate() }
    try check(right, need, at: batches.first?.events.first?.recordedTime)
    var pending: [Append] = []
    for batch in batches {
      let version = logs[batch.session]?.version ?? 0
      if version == batch.expecting {
        try willAppend?(batch, logs[batch.session] ?? EventLog(session: batch.session))
        pending.append(batch)
        continue
      }
      guard let log = logs[batch.session] else { throw .invalid(what: "no such session") }
      let since = Array(log.events.dropFirst(batch.expecting))
      if Array(since.prefix(batch.events.count)) == batch.events { continue }
      throw .changedMeanwhile(batch.session, since)
    }
    for batch in pending { batch.events.forEach(add) }
    try didAppend?()
    return try head()
  }

  /// Adds a fact as another process would.
  package func add(_ event: Event) {
    if logs[event.session] == nil { order.append(event.session) }
    logs[event.session, default: EventLog(session: event.session)].append(event)
    facts.append(event.session)
    _ = chain.append(FactRow(event, number: logs[event.session]?.version ?? 0))
  }

  /// Every session, in the order in which they were opened.
  package var all: [EventLog] { order.compactMap { logs[$0] } }

  package func log(of session: SessionID) throws(StoreError) -> EventLog? {
    try willRead?()
    return logs[session]
  }

  package func read<Made: Sendable>(
    _ days: ClosedRange<CivilDate>, _ transform: @Sendable ([EventLog]) -> [Made],
    _ body: (Made) throws -> Void
  ) throws {
    func day(_ log: EventLog) -> CivilDate? {
      log.openedAt.map { log.clock.date(at: $0) }
    }
    let found = order.compactMap { logs[$0] }.filter { day($0).map(days.contains) ?? false }
    let sorted = found.enumerated().sorted {
      (day($0.element)?.dayNumber ?? 0, $0.offset) < (day($1.element)?.dayNumber ?? 0, $1.offset)
    }
    for made in transform(sorted.map(\.element)) { try body(made) }
  }

  package func sessions(of days: ClosedRange<CivilDate>) -> [SessionID] {
    var found: [SessionID] = []
    try? read(days) { found.append($0.session) }
    return found
  }

  package func board<Made: Sendable>(_ transform: @Sendable ([EventLog]) -> [Made]) -> [Made] {
    transform(order.compactMap { logs[$0] }.filter { $0.status == .open })
  }

  package func lastVisits(of mrn: String, before day: CivilDate, limit: Int) -> [EventLog] {
    order.compactMap { logs[$0] }.filter { log in
      log.opening.map { PatientNumber.areSame($0.patient.mrn, mrn) } ?? false
    }
    .compactMap { log in log.openedAt.map { (log.clock.date(at: $0), log) } }
    .filter { $0.0 < day }.enumerated()
    .sorted { ($0.element.0, $0.offset) > ($1.element.0, $1.offset) }.prefix(limit)
    .map(\.element.1)
  }

  package func visits(of mrn: String) -> [EventLog] {
    order.compactMap { logs[$0] }.filter { log in
      log.opening.map { PatientNumber.areSame($0.patient.mrn, mrn) } ?? false
    }
  }

  package func openings() -> [EventLog] {
    order.compactMap { logs[$0] }.map { log in
      EventLog(
        session: log.session,
        events: log.events.filter {
          [.sessionOpened, .eventSuperseded, .movedToChair].contains($0.fact.kind)
        })
    }
  }

  package func sessions(named prefix: String, limit: Int) -> [SessionID] {
    Array(order.filter { $0.text.hasPrefix(prefix) }.sorted().reversed().prefix(limit))
  }

  package func session(of event: Event.ID) -> SessionID? {
    order.first { logs[$0]?.events.contains { $0.id == event } ?? false }
  }

  package func changes(since head: Head) throws(StoreError) -> Changes {
    try willRead?()
    var seen: [SessionID] = []
    for session in facts.dropFirst(head.count) where !seen.contains(session) {
      seen.append(session)
    }
    return Changes(head: try self.head(), sessions: seen)
  }

  package func changeSignal() -> (any ChangeSignal)? { signal }

  package func head() throws(StoreError) -> Head { Head(count: facts.count, hash: chain.seal) }

  // MARK: Audit record

  package func append(
    _ rows: [AuditRow], under right: Right?, if condition: () throws -> Bool
  ) throws(StoreError) -> Bool {
    for row in rows { try row.validate() }
    try check(
      right, need(of: rows, under: right),
      at: rows.first.map { RecordedTime(milliseconds: $0.recorded) })
    do {
      guard try condition() else { return false }
    } catch {
      throw error as? StoreError ?? .invalid(what: "\(error)")
    }
    try willAudit?(rows)
    for row in rows { seal(row) }
    return true
  }

  private func seal(_ row: AuditRow) {
    var row = row
    row.facts = Int64(facts.count)
    auditSeal = row.seal(after: auditSeal, fact: chain.seal)
    auditRows.append(row)
  }

  package func auditEntries(_ body: (AuditEntry) throws -> Void) throws {
    for row in auditRows { try body(row.entry()) }
  }

  package func enrolmentRows() -> [AuditRow] { auditRows.filter { $0.kind <= 4 } }

  package func restrictionRows() -> [AuditRow] { auditRows.filter { (12...15).contains($0.kind) } }

  package func auditRows(about person: String) -> [AuditRow] {
    auditRows.filter { $0.person == person }
  }

  package func acceptedConfiguration() -> String? {
    for case .configurationAccepted(let hash)? in auditRows.reversed().map({
      try? $0.entry().action
    }) {
      return hash
    }
    return nil
  }

  package func auditHead() -> Head { Head(count: auditRows.count, hash: auditSeal) }

  /// What a test says is wrong with the outbox.
  package var outboxFault: String?

  package func outboxDoubt() -> String? { outboxFault }

  // MARK: Outbox

  package func change(
    _ changes: [OutboxChange], seen facts: Int, under right: Right, at: RecordedTime
  ) throws(StoreError) {
    let actor = right.actor
    try check(right, RightNeed(acts: [.export]), at: at)
    let before = messages
    do throws(StoreError) {
      for change in changes {
        guard logs[change.session] != nil else { throw .invalid(what: "no such session") }
        let steps = entries(of: change.session).reduce(0) { $0 + $1.steps.count }
        if steps != change.expecting { throw .messageChanged(change.session.text) }
        for control in change.withdrawing {
          try append(
            OutboxStep(.withdrawn, at: at, actor: actor, note: change.reason), to: control)
        }
        for message in change.adding { try add(message, by: actor) }
      }
    } catch {
      messages = before
      throw error
    }
    examinedFacts = max(examinedFacts, facts)
  }

  private func add(_ message: OutboxMessage, by actor: String) throws(StoreError) {
    let known = messages.flatMap(\.message.postings)
    let isUsed = message.postings.contains { posting in
      known.contains {
        $0.id == posting.id
          && ($0.unit, $0.code, $0.units) != (posting.unit, posting.code, posting.units)
      }
    }
    if entry(message.control) != nil || isUsed { throw .invalid(what: "the id is used") }
    let held = OutboxStep(.held, at: message.made, actor: actor)
    messages.append(OutboxEntry(message: message, steps: [held]))
  }

  package func record(
    _ step: OutboxStep, of control: String, expecting: Int, under right: Right?
  ) throws(StoreError) {
    try check(right, step.need(under: right), at: step.at)
    if let entry = entry(control), entry.steps.count != expecting {
      throw .messageChanged(control)
    }
    try append(step, to: control)
  }

  private func append(_ step: OutboxStep, to control: String) throws(StoreError) {
    guard let index = messages.firstIndex(where: { $0.message.control == control }) else {
      throw .invalid(what: "no such message")
    }
    let next: Set<OutboxState> =
      switch messages[index].state {
      case .held: [.sent, .withdrawn]
      case .sent: [.sent, .acknowledged, .rejected]
      case .rejected: [.held, .withdrawn]
      case .acknowledged, .withdrawn: []
      }
    guard next.contains(step.state) else { throw .invalid(what: "no such step") }
    messages[index] = OutboxEntry(
      message: messages[index].message, steps: messages[index].steps + [step])
  }

  package func entry(_ control: String) -> OutboxEntry? {
    messages.first { $0.message.control == control }
  }

  package func entries(of session: SessionID) -> [OutboxEntry] {
    messages.filter { $0.message.session == session }
  }

  package func controls(_ states: Set<OutboxState>, limit: Int) -> [String] {
    Array(messages.filter { states.contains($0.state) }.map(\.message.control).prefix(limit))
  }

  package func sessionsToLookAt() -> [SessionID] {
    let open = messages.filter { [.held, .sent, .rejected].contains($0.state) }
    let changed = Set(facts.dropFirst(examinedFacts)).intersection(messages.map(\.message.session))
    return order.filter { changed.contains($0) || open.map(\.message.session).contains($0) }
  }
}
