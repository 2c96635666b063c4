import Glibc
import InfusionRecord
import PostgresStore
import SQLiteStore
import SessionStore
import Synchronization

/// A store that says `ack ID` for each fact once it is recorded, `refused` for what it did not take, and `silent` for
/// a server that gave no answer.
final class AcknowledgingStore: FactStore {
  let store: any Store
  /// How often another terminal had recorded in the session meanwhile.
  static let conflicts = Atomic(0)

  init(_ store: any Store) {
    self.store = store
  }

  /// Opens a file, or a suite of a server; a server that is being replaced is waited for.
  static func open(_ name: String) throws(StoreError) -> AcknowledgingStore {
    guard ServerAddress.isServer(name) else {
      return AcknowledgingStore(try SQLiteStore(StorePlace(path: name)))
    }
    for _ in 0..<60 {
      do throws(StoreError) {
        return AcknowledgingStore(try PostgresStore(ServerAddress(name)))
      } catch {
        guard error.isSilence else { throw error }
        usleep(500_000)
      }
    }
    return AcknowledgingStore(try PostgresStore(ServerAddress(name)))
  }

  func append(_ batches: [Append], under right: Right) throws(StoreError) -> Head {
    do throws(StoreError) {
      let head = try store.append(batches, under: right)
      for event in batches.flatMap(\.events) { ShiftTerminal.say("ack \(event.id)") }
      return head
    } catch {
      if case .changedMeanwhile = error {
        AcknowledgingStore.conflicts.add(1, ordering: .relaxed)
      } else {
        ShiftTerminal.say("\(error.isSilence ? "silent" : "refused") \(error.sentence)")
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

extension StoreError {
  /// Whether a server gave no answer, or cannot be written while another takes its place.
  var isSilence: Bool {
    switch self {
    case .unanswered, .unreachable, .busy, .readOnly: true
    default: false
    }
  }
}
