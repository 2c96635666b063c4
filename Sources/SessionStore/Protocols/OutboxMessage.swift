package import InfusionRecord

/// The state of a message; the raw values are on disk and never change.
package enum OutboxState: Int, Sendable, CaseIterable {
  /// It is waiting to be sent.
  case held = 1
  /// It was sent and there is no answer, so it is sent again: the receiver may have it or not.
  case sent = 2
  case acknowledged = 3
  /// The receiver refused it and posted nothing of it. A person may release it again.
  case rejected = 4
  /// It is never sent again; it was held or rejected before.
  case withdrawn = 5

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

/// A message: its id, its bytes, and what it posts.
package struct OutboxMessage: Sendable, Hashable {
  /// One line of it: a charge or a credit.
  package struct Posting: Sendable, Hashable {
    /// The id for the receiver, at most 12 characters.
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

/// A change of a message to a state.
package struct OutboxStep: Sendable, Hashable {
  package var state: OutboxState
  package var at: RecordedTime
  /// Who did it or started it.
  package var actor: String
  /// The receiver's text, or a person's reason. It is as confidential as a message.
  package var note: String?

  package init(_ state: OutboxState, at: RecordedTime, actor: String, note: String? = nil) {
    self.state = state
    self.at = at
    self.actor = actor
    self.note = note
  }
}

/// A message with its steps.
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
