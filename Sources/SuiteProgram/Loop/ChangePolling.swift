import SessionStore

/// When the event loop asks the store for facts of other processes, which must show within a second.
///
/// A store that signals changes is polled after a signal, and every five or ten seconds in case a signal was
/// lost; an idle board therefore sleeps. A store without signals is polled every 0.9 seconds. All times
/// are milliseconds of the workstation's clock.
struct ChangePolling {
  /// The head up to which facts were loaded.
  var head = Head.empty
  private let signal: (any ChangeSignal)?
  private var lastPoll: Int64 = 0
  /// When a change was signalled that no poll has found yet.
  private var signalledAt: Int64?

  static let unsignalledInterval: Int64 = 900
  private static let signalledInterval: Int64 = 250
  /// A fact is signalled when it is written, but can be read only once the disk has it. We poll this
  /// long for a fact that was signalled.
  private static let commitTime: Int64 = 1_000

  init(signal: (any ChangeSignal)?) {
    self.signal = signal
  }

  /// How long to wait for the next poll. `isHurried` polls as often as a store without signals needs.
  func wait(at now: Int64, isHurried: Bool) -> Int64 {
    interval(isHurried: isHurried) - abs(now - lastPoll)
  }

  private func interval(isHurried: Bool) -> Int64 {
    guard let signal, !isHurried else { return ChangePolling.unsignalledInterval }
    return signalledAt == nil ? signal.interval : ChangePolling.signalledInterval
  }

  /// What becomes readable with the next signal; -1 while a signalled change is being looked for.
  var descriptor: Int32 { signalledAt == nil ? signal?.descriptor ?? -1 : -1 }

  mutating func takeSignal(at now: Int64) {
    signal?.clear()
    signalledAt = now
  }

  /// Notes the result of a poll.
  mutating func polled(at now: Int64, isFound: Bool) {
    lastPoll = now
    if let since = signalledAt, isFound || abs(now - since) > ChangePolling.commitTime {
      signalledAt = nil
    }
  }
}
