import RecorderUI
import SessionStore

/// Requests to the store, and their answers.
extension EventLoop {
  /// How long a key waits for an answer. Most are there by then, so that a server feels like a file; after
  /// that the screen says that it waits, and keys go on.
  static let patience = Duration.milliseconds(30)

  /// Sends a request.
  ///
  /// - Parameters:
  ///   - kind: what the screen says while there is no answer, if a key waits for it. The state asks for no
  ///     second such thing meanwhile.
  ///   - isLater: whether requests that a key waits for go first.
  mutating func ask(
    _ kind: AwaitedAnswer.Kind? = nil, isLater: Bool = false,
    _ work: @escaping @Sendable (RecordAccess) -> Answer
  ) {
    let number = nextRequest
    nextRequest += 1
    outstanding.insert(number)
    let request = Request(isLater: isLater) { access in
      let answer = work(access)
      return { loop in
        loop.outstanding.remove(number)
        if kind != nil {
          loop.state.awaited = nil
          loop.isChanged = true
        }
        answer(&loop)
      }
    }
    requests.send(request)
    settle(until: number)
    if let kind, outstanding.contains(number) { state.wait(for: kind) }
  }

  /// Takes the answers that are there, in the order of the requests; waits for one of them as long as a key
  /// may wait.
  mutating func settle(until number: Int? = nil) {
    repeat {
      while let answer = requests.takeAnswer() { answer(&self) }
      guard let number, outstanding.contains(number), let left = patienceLeft else { return }
      guard requests.wait(milliseconds: left) else { return }
    } while true
  }

  /// What is left of the time that the keys of this turn may wait, in milliseconds; nil if nothing is.
  private var patienceLeft: Int? {
    guard let end = patienceEnd else { return nil }
    let left = ContinuousClock.now.duration(to: end)
    return left > .zero ? max(1, Int(left / .milliseconds(1))) : nil
  }

  /// Waits for every answer, for at most so long.
  mutating func settleAll(within limit: Duration) {
    patienceEnd = ContinuousClock.now + limit
    defer { patienceEnd = nil }
    while let last = outstanding.min(), patienceLeft != nil { settle(until: last) }
  }
}
