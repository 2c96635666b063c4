import InfusionRecord

/// Checks the rows of the outbox in the order of their chain.
package struct OutboxChainCheck {
  private var checked: CheckedHead
  /// The rows of each kind as far as the chain was checked.
  package private(set) var counts: OutboxCounts

  /// - Parameters:
  ///   - head: where the check begins, with the rows of each kind up to there.
  ///   - kept: a head of the chain that was written down earlier, outside the store.
  package init(
    after head: Head = .empty, counts: OutboxCounts = OutboxCounts(), kept: Head? = nil
  ) {
    checked = CheckedHead(after: head, kept: kept)
    self.counts = counts
  }

  /// The head of the chain as far as it was checked.
  package var head: Head { checked.head }

  /// Checks the next entry: its place, and the row it seals; nil for what is missing or unreadable.
  package mutating func check(
    _ position: Int, _ kind: OutboxRow.Kind?, _ number: Int64, _ row: OutboxRow?, seal: [UInt8]?
  ) throws(Verification.Problem) {
    let expected = head.count + 1
    guard position == expected else {
      throw problem("Entry \(expected) of the outbox's chain was removed.")
    }
    guard let kind, let seal else {
      throw problem("Entry \(position) of the outbox's chain was altered: it cannot be read.")
    }
    guard number == counts[kind] + 1 else {
      throw problem(
        "Entry \(position) of the outbox's chain was altered, removed or moved: "
          + "\(kind.words(counts[kind] + 1)) comes next there.")
    }
    guard let row else {
      throw problem("\(kind.words(number).capitalizedFirst) was removed, or cannot be read.")
    }
    guard row.seal(after: head.hash, number: number) == seal else {
      throw problem("\(row.words(number)) was altered, or an entry before it was replaced.")
    }
    counts[kind] = number
    checked.advance(to: seal)
  }

  /// Compares the chain with the highest numbers of the tables: what is in a table and not in the chain
  /// was inserted.
  package func check(tables: OutboxCounts) throws(Verification.Problem) {
    for kind in OutboxRow.Kind.allCases {
      if tables[kind] > counts[kind] {
        throw problem("\(kind.words(tables[kind]).capitalizedFirst) was inserted.")
      }
      if tables[kind] < counts[kind] {
        throw problem("\(kind.words(counts[kind]).capitalizedFirst) was removed.")
      }
    }
  }

  /// The difference to the head that was written down; nil if the chain contains it.
  package var missing: Verification.Problem? { checked.missing("entries of the outbox's chain") }

  private func problem(_ sentence: String) -> Verification.Problem {
    Verification.Problem(.outbox, sentence: sentence)
  }
}

extension OutboxRow {
  /// The row as the subject of a sentence.
  fileprivate func words(_ number: Int64) -> String {
    switch self {
    case .message(let message):
      "Message \(message.control), a line of it, its time or its session"
    case .step(_, let control): "Step \(number) of the outbox (message \(control))"
    case .filling, .checkpoint: kind.words(number).capitalizedFirst
    }
  }
}

extension OutboxRow.Kind {
  fileprivate func words(_ number: Int64) -> String {
    switch self {
    case .message: "message number \(number)"
    case .step: "step \(number) of the outbox"
    case .filling: "filling \(number) of the outbox"
    case .checkpoint: "checkpoint \(number)"
    }
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
