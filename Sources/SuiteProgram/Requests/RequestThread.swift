import Glibc
import InfusionRecord
package import SessionStore
import Synchronization

/// Carries requests out on a thread of its own, in which the store is opened and stays.
///
/// No key waits for the network: the loop goes on, and a pipe wakes it when there is an answer. Requests
/// run one after the other; those that a key waits for go first. None is ever broken off.
package final class RequestThread: RequestCarrier {
  private let shared: Shared

  /// The store's own signal stays on its thread; the loop only needs to know how often to look.
  private final class Signal: ChangeSignal {
    let descriptor: Int32 = -1
    let interval: Int64
    init(interval: Int64) { self.interval = interval }
    func clear() {}
  }

  package let signal: (any ChangeSignal)?

  /// Opens the store on the thread, and waits for that.
  package init(
    _ open: @escaping @Sendable () throws(StoreError) -> RecordAccess
  ) throws(StoreError) {
    guard let shared = Shared(), BackgroundThread.isStarted({ shared.run(open) }) else {
      throw .nowhere(what: "The system has no room for another thread or pipe")
    }
    self.shared = shared
    while shared.state.withLock({ $0.opened == nil }) { _ = shared.answered.wait(-1) }
    switch shared.state.withLock({ $0.opened }) {
    case .failure(let error)?: throw error
    case .success(let interval?)?: signal = Signal(interval: interval)
    case .success(nil)?, nil: signal = nil
    }
  }

  deinit { shared.end() }

  package func send(_ request: Request) {
    shared.state.withLock { state in
      if request.isLater { state.later.append(request) } else { state.soon.append(request) }
    }
    shared.asked.wake()
  }

  package func takeAnswer() -> Answer? {
    shared.state.withLock { $0.answers.isEmpty ? nil : $0.answers.removeFirst() }
  }

  package func wait(milliseconds: Int) -> Bool {
    if shared.state.withLock({ !$0.answers.isEmpty }) { return true }
    guard shared.answered.wait(Int32(clamping: milliseconds)) else { return false }
    shared.answered.clear()
    return true
  }

  package var descriptor: Int32 { shared.answered.reading }

  package func takeSignal() -> Bool {
    shared.answered.clear()
    return shared.state.withLock { state in
      defer { state.isSignalled = false }
      return state.isSignalled
    }
  }
}

/// What both threads hold.
private final class Shared: Sendable {
  struct State {
    var soon: [Request] = []
    var later: [Request] = []
    var answers: [Answer] = []
    var isSignalled = false
    var isEnding = false
    /// How the store was opened: how often to look for changes, nil if it signals none.
    var opened: Result<Int64?, StoreError>?
  }

  let state = Mutex(State())
  /// Wakes the thread.
  let asked: WakePipe
  /// Wakes the loop.
  let answered: WakePipe
  /// Milliseconds for which signals are left alone after one, so that a flood of them costs little.
  private static let signalPause: Int32 = 100

  /// nil if the system has no room for more descriptors.
  init?() {
    guard let asked = WakePipe(), let answered = WakePipe() else { return nil }
    self.asked = asked
    self.answered = answered
  }

  func end() {
    state.withLock { $0.isEnding = true }
    asked.wake()
  }

  /// The thread.
  func run(_ open: () throws(StoreError) -> RecordAccess) {
    let access: RecordAccess
    do throws(StoreError) {
      access = try open()
    } catch {
      state.withLock { $0.opened = .failure(error) }
      answered.wake()
      return
    }
    let signal = access.store.changeSignal()
    state.withLock { $0.opened = .success(signal?.interval) }
    answered.wake()
    var isPausing = false
    while true {
      while let request = next() {
        let answer = request.work(access)
        state.withLock { $0.answers.append(answer) }
        answered.wake()
      }
      if state.withLock({ $0.isEnding }) { return }
      let other = isPausing ? -1 : signal?.descriptor ?? -1
      let ready = asked.wait(isPausing ? Shared.signalPause : -1, or: other)
      asked.clear()
      isPausing = ready.other
      guard ready.other else { continue }
      signal?.clear()
      state.withLock { $0.isSignalled = true }
      answered.wake()
    }
  }

  private func next() -> Request? {
    state.withLock { state in
      if !state.soon.isEmpty { return state.soon.removeFirst() }
      return state.later.isEmpty ? nil : state.later.removeFirst()
    }
  }
}
