import Crypto
package import InfusionRecord

/// What was added to the outbox, as its chain seals it.
///
/// One chain holds the messages with their lines, the steps, the marks of fillings and the checkpoints, in
/// the order in which they were added. `docs/store.md` lists the sealed bytes.
///
/// ```
///  seal n = SHA-256( seal n−1 ‖ kind ‖ number ‖ what the kind holds )
/// ```
package enum OutboxRow: Sendable {
  case message(OutboxMessage)
  case step(OutboxStep, of: String)
  /// Every session of the outbox was examined up to the fact of `head`.
  case filling(head: Head, by: String, at: RecordedTime)
  case checkpoint(Checkpoint)

  /// The number that stands for a kind on disk. It never changes.
  package enum Kind: Int64, Sendable, CaseIterable {
    case message = 1
    case step = 2
    case filling = 3
    case checkpoint = 4
  }

  package var kind: Kind {
    switch self {
    case .message: .message
    case .step: .step
    case .filling: .filling
    case .checkpoint: .checkpoint
    }
  }

  /// The seal of the row, which is number `number` of its kind, after the seal `predecessor`.
  package func seal(after predecessor: [UInt8], number: Int64) -> [UInt8] {
    var bytes = SealedBytes(after: predecessor)
    bytes.add(kind.rawValue)
    bytes.add(number)
    switch self {
    case .message(let message):
      bytes.add(message.control)
      bytes.add(message.session.text)
      bytes.add(message.made.milliseconds)
      bytes.add(raw: [UInt8](SHA256.hash(data: message.content)))
      bytes.add(Int64(message.postings.count))
      for line in message.postings {
        bytes.add(line.id)
        bytes.add(line.unit)
        bytes.add(line.isCredit ? 1 : 0)
        bytes.add(line.code)
        bytes.add(Int64(line.units))
      }
    case .step(let step, let control):
      bytes.add(control)
      bytes.add(Int64(step.state.rawValue))
      bytes.add(step.at.milliseconds)
      bytes.add(step.actor)
      bytes.add(step.note)
    case .filling(let head, let actor, let at):
      bytes.add(head)
      bytes.add(actor)
      bytes.add(at.milliseconds)
    case .checkpoint(let checkpoint):
      bytes.add(checkpoint.facts)
      bytes.add(checkpoint.audit)
      for kind in Kind.allCases where kind != .checkpoint {
        bytes.add(checkpoint.counts[kind])
      }
      // A checkpoint that only notes heads has none, nor has one of a store before version 7.
      if let list = checkpoint.list { bytes.add(list.text) }
    }
    return bytes.seal
  }
}

/// How many rows of each kind the outbox's chain holds.
package struct OutboxCounts: Sendable, Hashable {
  package var messages: Int64 = 0
  package var steps: Int64 = 0
  package var fillings: Int64 = 0
  package var checkpoints: Int64 = 0

  package init() {}

  package subscript(kind: OutboxRow.Kind) -> Int64 {
    get {
      switch kind {
      case .message: messages
      case .step: steps
      case .filling: fillings
      case .checkpoint: checkpoints
      }
    }
    set {
      switch kind {
      case .message: messages = newValue
      case .step: steps = newValue
      case .filling: fillings = newValue
      case .checkpoint: checkpoints = newValue
      }
    }
  }
}

/// The heads up to which the chains of facts, of the audit record and of the outbox were verified.
///
/// A checkpoint is a row of the outbox's chain. Signatures, exports and messages verify what was recorded
/// after the last one; `chairtime verify` reads everything.
package struct Checkpoint: Sendable, Hashable {
  package var facts = Head.empty
  package var audit = Head.empty
  /// The end of the outbox's chain. Not sealed in the checkpoint's row: that is the row after it.
  package var outbox = Head.empty
  package var counts = OutboxCounts()
  /// What the list of sessions came to; nil in one that only notes heads, or of a store before version 7.
  package var list: SessionListDigest?

  package init() {}

  /// The number of entries of all three chains.
  package var entries: Int { facts.count + audit.count + outbox.count }
}

extension SealedBytes {
  /// Adds the number of a chain's entries and the seal of the last.
  fileprivate mutating func add(_ head: Head) {
    add(Int64(head.count))
    add(raw: head.hash)
  }
}
