package import InfusionRecord

/// Messages to another system, with their states; nothing of it is ever edited or removed.
///
/// A message is added once, with its id and its bytes, and changes its state by appended steps. An id
/// never stands for other bytes. The store does not know the format of a message.
///
/// ```
///        ┌────────────── release ──────────────┐
///        ▼                                     │
///  ──► held ──► sent ─┬─► acknowledged     rejected ──► withdrawn
///        │       ▲ │  └──────────────────────►
///        │       └─┘ resent, the same bytes, until there is an answer
///        └─────────────► withdrawn
/// ```
package protocol Outbox: AnyObject {
  /// Withdraws messages and adds others, all of it or nothing.
  ///
  /// - Parameters:
  ///   - facts: the number of facts in the store when every session of `sessionsToLookAt` was
  ///     examined; 0 if that was not done.
  ///   - right: who started it; checked in the same transaction, as for facts.
  func change(
    _ changes: [OutboxChange], seen facts: Int, under right: Right, at: RecordedTime
  ) throws(StoreError)

  /// Appends a step to a message that had `expecting` steps when it was decided on.
  ///
  /// - Parameter right: nil only for a peer's answer (`acknowledged`, `rejected`). The answer is kept
  ///   even if the sender's right ended after the message was sent.
  func record(
    _ step: OutboxStep, of control: String, expecting: Int, under right: Right?
  ) throws(StoreError)

  /// The message with this id; nil if there is none.
  func entry(_ control: String) throws(StoreError) -> OutboxEntry?

  /// The messages of a session, in the order they were added.
  func entries(of session: SessionID) throws(StoreError) -> [OutboxEntry]

  /// The ids of the messages in these states, in the order they were added, at most `limit`.
  func controls(_ states: Set<OutboxState>, limit: Int) throws(StoreError) -> [String]

  /// The sessions whose messages may be out of date: those with a message that is not acknowledged or
  /// withdrawn, and those with messages and with facts recorded since the last examination.
  func sessionsToLookAt() throws(StoreError) -> [SessionID]
}

/// A change of one session's messages.
package struct OutboxChange: Sendable {
  package var session: SessionID
  /// The number of steps of all the session's messages when this was decided on.
  package var expecting: Int
  /// Ids of held or rejected messages that are out of date.
  package var withdrawing: [String]
  package var adding: [OutboxMessage]
  /// Why messages are withdrawn.
  package var reason: String?

  package init(
    session: SessionID, expecting: Int, withdrawing: [String], adding: [OutboxMessage],
    reason: String? = nil
  ) {
    self.session = session
    self.expecting = expecting
    self.withdrawing = withdrawing
    self.adding = adding
    self.reason = reason
  }
}
