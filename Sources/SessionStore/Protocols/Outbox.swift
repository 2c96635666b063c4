package import InfusionRecord

/// Messages to another system, and what became of each; nothing of it is ever edited or removed.
///
/// A message is put in once, with its id and its bytes, and goes through states by appended steps. The
/// same id never comes with other bytes. How messages look is not known here.
///
/// ```
///        ┌────────────── release ──────────────┐
///        ▼                                     │
///  ──► held ──► sent ─┬─► acknowledged     rejected ──► withdrawn
///        │       ▲ │  └──────────────────────►
///        │       └─┘ again, the same bytes, until there is an answer
///        └─────────────► withdrawn
/// ```
package protocol Outbox: AnyObject {
  /// Withdraws messages and puts others in, all of it or nothing.
  ///
  /// - Parameters:
  ///   - facts: how many facts the store had when every session of `sessionsToLookAt` was looked at;
  ///     0 where that was not done.
  ///   - actor: who had it done.
  func change(
    _ changes: [OutboxChange], seen facts: Int, by actor: String, at: RecordedTime
  ) throws(StoreError)

  /// Appends a step to the message; `expecting` is how many it had when the step was decided on.
  func record(
    _ step: OutboxStep, of control: String, expecting: Int
  ) throws(StoreError)

  /// The message, or nil where there is none of that id.
  func entry(_ control: String) throws(StoreError) -> OutboxEntry?

  /// The messages of a session, in the order they were put in.
  func entries(of session: SessionID) throws(StoreError) -> [OutboxEntry]

  /// The ids of the messages in these states, in the order they were put in, at most `limit`.
  func controls(_ states: Set<OutboxState>, limit: Int) throws(StoreError) -> [String]

  /// The sessions whose messages may hold no longer: those with one that waits, and those with
  /// messages and facts recorded since the outbox was last looked through.
  func sessionsToLookAt() throws(StoreError) -> [SessionID]
}

/// How a message stands.
package enum OutboxState: Int, Sendable, CaseIterable {
  /// Waits to be sent.
  case held = 1
  /// It went out, and there is no answer: it may have been taken or not, and goes out again.
  case sent
  case acknowledged
  /// The other side refused it: nothing of it was posted. A person may release it again.
  case rejected
  /// It will never go out; it was never sent, or was rejected.
  case withdrawn

  package var text: String {
    switch self {
    case .held: "held"
    case .sent: "sent"
    case .acknowledged: "acknowledged"
    case .rejected: "rejected"
    case .withdrawn: "withdrawn"
    }
  }
}

/// One message: its id, its bytes, and what it posts.
package struct OutboxMessage: Sendable, Hashable {
  /// What one line of it charges or takes back.
  package struct Posting: Sendable, Hashable {
    /// The id the receiver knows it by, at most 12 characters.
    package var id: String
    package var unit: String
    package var isCredit: Bool
    package var code: String
    package var units: Int

    package init(id: String, unit: String, isCredit: Bool, code: String, units: Int) {
      self.id = id
      self.unit = unit
      self.isCredit = isCredit
      self.code = code
      self.units = units
    }
  }

  /// At most 20 characters.
  package var control: String
  package var session: SessionID
  package var made: RecordedTime
  /// At most 1 MiB.
  package var content: [UInt8]
  package var postings: [Posting]

  package init(
    control: String, session: SessionID, made: RecordedTime, content: [UInt8], postings: [Posting]
  ) {
    self.control = control
    self.session = session
    self.made = made
    self.content = content
    self.postings = postings
  }
}

/// A message came into a state.
package struct OutboxStep: Sendable, Hashable {
  package var state: OutboxState
  package var at: RecordedTime
  /// Who did it, or had it done.
  package var actor: String
  /// The peer's words, or a person's reason; nil where there is none. As confidential as a message.
  package var note: String?

  package init(_ state: OutboxState, at: RecordedTime, actor: String, note: String? = nil) {
    self.state = state
    self.at = at
    self.actor = actor
    self.note = note
  }
}

/// A message with all that became of it.
package struct OutboxEntry: Sendable, Hashable {
  package let message: OutboxMessage
  /// In order; the first is `held`.
  package let steps: [OutboxStep]

  package init(message: OutboxMessage, steps: [OutboxStep]) {
    self.message = message
    self.steps = steps
  }

  package var state: OutboxState { steps.last?.state ?? .held }
}

/// What is to be changed for one session.
package struct OutboxChange: Sendable {
  package var session: SessionID
  /// How many steps the session's messages had, all together, when this was decided on.
  package var expecting: Int
  /// Ids of held or rejected messages that hold no longer.
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
