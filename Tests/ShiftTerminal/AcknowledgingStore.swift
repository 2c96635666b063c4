import InfusionRecord
import SQLiteStore
import SessionStore

/// A store that says `ack ID` for each fact once it is on disk, and `refused` for what it did not take.
final class AcknowledgingStore: FactStore {
  let store: SQLiteStore
  /// How often another terminal had recorded in the session meanwhile.
  private(set) var conflicts = 0

  init(_ store: SQLiteStore) {
    self.store = store
  }

  func append(_ batches: [Append], under right: Right) throws(StoreError) -> Head {
    do throws(StoreError) {
      let head = try store.append(batches, under: right)
      for event in batches.flatMap(\.events) { ShiftTerminal.say("ack \(event.id)") }
      return head
    } catch {
      if case .changedMeanwhile = error {
        conflicts += 1
      } else {
        ShiftTerminal.say("refused \(error.sentence)")
      }
      throw error
    }
  }

  func log(of session: SessionID) throws(StoreError) -> EventLog? { try store.log(of: session) }

  func read<Made: Sendable>(
    _ days: ClosedRange<CivilDate>, _ transform: @escaping @Sendable ([EventLog]) -> [Made],
    _ body: (Made) throws -> Void
  ) throws {
    try store.read(days, transform, body)
  }

  func sessions(of days: ClosedRange<CivilDate>) throws(StoreError) -> [SessionID] {
    try store.sessions(of: days)
  }

  func board<Made: Sendable>(
    _ transform: @escaping @Sendable ([EventLog]) -> [Made]
  ) throws(StoreError) -> [Made] {
    try store.board(transform)
  }

  func visits(of mrn: String) throws(StoreError) -> [EventLog] { try store.visits(of: mrn) }

  func openings() throws(StoreError) -> [EventLog] { try store.openings() }

  func lastVisits(
    of mrn: String, before day: CivilDate, limit: Int
  ) throws(StoreError) -> [EventLog] {
    try store.lastVisits(of: mrn, before: day, limit: limit)
  }

  func sessions(named prefix: String, limit: Int) throws(StoreError) -> [SessionID] {
    try store.sessions(named: prefix, limit: limit)
  }

  func session(of event: Event.ID) throws(StoreError) -> SessionID? { try store.session(of: event) }
  func changes(since head: Head) throws(StoreError) -> Changes { try store.changes(since: head) }
  func head() throws(StoreError) -> Head { try store.head() }
  func changeSignal() -> (any ChangeSignal)? { store.changeSignal() }
  func checkChains() throws(StoreError) { try store.checkChains() }
  func check(_ session: SessionID) throws(StoreError) { try store.check(session) }
  func reading<Result>(_ body: () throws -> Result) throws -> Result { try store.reading(body) }
  func checkLists() throws(StoreError) { try store.checkLists() }
  func maintain() { store.maintain() }
}
