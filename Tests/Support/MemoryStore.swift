import Foundation
package import InfusionRecord
package import SessionStore

/// Facts in memory: the smallest thing that keeps the promises of a store except durability.
///
/// Shows that the interface asks for nothing only a file can give.
package final class MemoryStore: FactStore {
  package private(set) var order: [SessionID] = []
  package private(set) var logs: [SessionID: EventLog] = [:]
  private var facts: [SessionID] = []
  /// Called before facts are appended; what it throws fails the append.
  package var willAppend: ((Append, EventLog) throws(StoreError) -> Void)?
  /// The signal of changes; nil by default.
  package var signal: (any ChangeSignal)?
  /// People with their PINs, and the audit log.
  var enrolled: [String: (person: Person, pin: PIN)] = [:]
  package internal(set) var entries: [AuditEntry] = []

  package init() {}

  /// Every session, in the order of opening.
  package var all: [EventLog] { order.compactMap { logs[$0] } }

  nonisolated(unsafe) private static var stores: [String: MemoryStore] = [:]
  private static let lock = NSLock()

  /// One store for each folder, as one file would be.
  package static func shared(_ folder: String) -> MemoryStore {
    lock.lock()
    defer { lock.unlock() }
    let store = stores[folder] ?? MemoryStore()
    stores[folder] = store
    return store
  }

  package func append(_ batches: [Append]) throws(StoreError) -> Head {
    var pending: [Append] = []
    for batch in batches {
      let version = logs[batch.session]?.version ?? 0
      let opens = batch.events.first.map { $0.fact.kind == .sessionOpened } ?? false
      if opens != (batch.expecting == 0) { throw .invalid(what: "a session begins once") }
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
    return try head()
  }

  /// Adds a fact as another process would.
  package func add(_ event: Event) {
    if logs[event.session] == nil { order.append(event.session) }
    logs[event.session, default: EventLog(session: event.session)].append(event)
    facts.append(event.session)
  }

  package func log(of session: SessionID) -> EventLog? { logs[session] }

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

  package func lastVisit(of mrn: String, before day: CivilDate) -> EventLog? {
    order.compactMap { logs[$0] }.filter { $0.opening?.patient.mrn == mrn }
      .compactMap { log in log.openedAt.map { (log.clock.date(at: $0), log) } }
      .filter { $0.0 < day }.enumerated()
      .max { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }?.element.1
  }

  package func sessions(named prefix: String, limit: Int) -> [SessionID] {
    Array(order.filter { $0.text.hasPrefix(prefix) }.sorted().reversed().prefix(limit))
  }

  package func session(of event: Event.ID) -> SessionID? {
    order.first { logs[$0]?.events.contains { $0.id == event } ?? false }
  }

  package func changes(since head: Head) throws(StoreError) -> Changes {
    var seen: [SessionID] = []
    for session in facts.dropFirst(head.count) where !seen.contains(session) {
      seen.append(session)
    }
    return Changes(head: try self.head(), sessions: seen)
  }

  package func changeSignal() -> (any ChangeSignal)? { signal }

  package func head() throws(StoreError) -> Head {
    facts.isEmpty ? .empty : Head(count: facts.count, hash: [UInt8](repeating: 1, count: 32))
  }
}
