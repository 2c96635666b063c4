import Glibc
import InfusionRecord
import RecorderUI
import ScriptedProgram
import SessionStore
import Synchronization
import TerminalCore
import TestSupport
import Testing

@testable import SuiteProgram

/// A server in this process that answers when a test lets it: a store on the thread of its requests.
final class Gate: Sendable {
  private struct State {
    var isOpen = true
    var isSilent = false
    var failures: [StoreError] = []
    var lostAnswers = 0
    var events: [Event.ID] = []
  }

  private let state = Mutex(State())

  /// From now on nothing is answered until `open`.
  func close() { state.withLock { $0.isOpen = false } }

  func open() { state.withLock { $0.isOpen = true } }

  /// Whether reading fails, as without a network.
  var isSilent: Bool {
    get { state.withLock { $0.isSilent } }
    set { state.withLock { $0.isSilent = newValue } }
  }

  /// The next append fails.
  func fail(_ error: StoreError) { state.withLock { $0.failures.append(error) } }

  /// The next appends are recorded, and their answers are lost.
  func loseAnswers(_ count: Int) { state.withLock { $0.lostAnswers = count } }

  /// What was recorded, by the ids.
  var recorded: [Event.ID] { state.withLock { $0.events } }

  fileprivate func pass() { while !state.withLock({ $0.isOpen }) { usleep(1_000) } }

  /// The store behind the gate.
  fileprivate func makeStore() -> MemoryStore {
    let store = MemoryStore()
    store.willRead = { [self] () throws(StoreError) in
      pass()
      if isSilent { throw .unreachable(path: "postgres://test/north", what: "no answer in time") }
    }
    store.willAppend = { [self] (batch, _) throws(StoreError) in
      pass()
      if let error = state.withLock({ $0.failures.popLast() }) { throw error }
      state.withLock { $0.events += batch.events.map(\.id) }
    }
    store.didAppend = { [self] () throws(StoreError) in
      let isLost = state.withLock { state in
        state.lostAnswers -= 1
        return state.lostAnswers >= 0
      }
      if isLost { throw .unanswered(path: "postgres://test/north") }
    }
    return store
  }
}

extension ScriptedProgram {
  /// A program whose store is behind a gate, after its first turn.
  init(behind gate: Gate, idleMinutes: Int? = nil) throws {
    var suite = Suite(name: "Suite B", chairs: (1...6).map(String.init), clock: .utc)
    suite.idleMinutes = idleMinutes
    let state = RecorderState(
      suite: suite, formulary: SampleRecord.formulary,
      actor: Actor(name: "J. Okafor", workstation: "ws-1"), size: Size(columns: 80, rows: 24),
      glyphs: .unicode, now: RecordedTime(milliseconds: start.seconds * 1000), seed: 7)
    let (formulary, now) = (state.formulary, state.now.instant)
    try self.init(state: state) { state, screen, workstation, expected in
      let requests = try RequestThread { () throws(StoreError) in
        let store = gate.makeStore()
        store.add(.elsewhere())
        return RecordAccess(
          store: store,
          accessControl: AccessControl(
            store: store, workstation: workstation, configuration: ConfigurationHash()),
          appointments: Expected(),
          desk: ReviewDesk(store: store, site: site, formulary: formulary, now: now),
          isRemote: true)
      }
      return EventLoop(
        state: state, requests: requests, screen: screen, workstation: workstation,
        appointments: expected, jobs: BackgroundJobs { _ in "Written." })
    }
    try loop.start()
    turn()
  }

  /// Turns until the screen shows a text, ten seconds at most.
  mutating func expect(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    for _ in 0..<2_000 where !shows(text) {
      usleep(5_000)
      turn()
    }
    #expect(shows(text), "\(self)", sourceLocation: sourceLocation)
  }

  /// Turns until everything that was asked for is answered.
  mutating func settle() {
    for _ in 0..<2_000 where !loop.outstanding.isEmpty {
      usleep(2_000)
      turn()
    }
  }
}
