package import SessionStore

/// What the loop does with the outcome of a request.
package typealias Answer = @Sendable (inout EventLoop) -> Void

/// A thing that the loop wants from the store: it runs where the store is, and gives the answer.
package struct Request: Sendable {
  /// Whether requests that a key waits for go first.
  var isLater: Bool
  var work: @Sendable (RecordAccess) -> Answer
}

/// Brings the loop's requests to the store, and the answers back.
///
/// ```
///  loop ──send──► work(access) ──► answer ──takeAnswer──► answer(&loop)
///                 in the loop: a file, which answers within a key's time
///                 on a thread: a server, which may not answer for seconds
/// ```
package protocol RequestCarrier: AnyObject {
  /// Runs the request, at once or later.
  func send(_ request: Request)

  /// The answer that came first of those that were not taken; nil if there is none.
  func takeAnswer() -> Answer?

  /// Waits until there is an answer, or the time is over; false if it is over.
  func wait(milliseconds: Int) -> Bool

  /// Becomes readable when there is an answer or a signal of the store; -1 if requests run at once.
  var descriptor: Int32 { get }

  /// Makes the descriptor quiet until the next answer; true if the store signalled a change.
  func takeSignal() -> Bool

  /// When the store signals changes by itself.
  var signal: (any ChangeSignal)? { get }
}
