import InfusionRecord

/// Checks the audit entries in the order of their chain, and that the facts they refer to exist.
package struct AuditCheck {
  private var checked: CheckedHead
  /// The head of the outbox that the last entry knew.
  private var outbox: Head?

  /// `kept` is a head of the audit record that was written down earlier, outside the store. The check
  /// begins after `head`.
  package init(after head: Head = .empty, kept: Head? = nil) {
    checked = CheckedHead(after: head, kept: kept)
  }

  /// The head of the chain as far as it was checked.
  package var head: Head { checked.head }

  /// Checks the next entry: its place, its row, its seal and the seal of fact number `facts`; nil for
  /// what cannot be read.
  ///
  /// - Parameter outboxSeal: gives the seal of an entry of the outbox's chain; nil if there is none.
  package mutating func check(
    _ position: Int, _ row: AuditRow?, seal: [UInt8]?, fact: [UInt8]?,
    outboxSeal: (Int) -> [UInt8]?
  ) throws(Verification.Problem) {
    let expected = head.count + 1
    guard position == expected else {
      throw Verification.Problem(.removed, sentence: "Audit entry \(expected) was removed.")
    }
    guard let row, (try? row.entry()) != nil, let seal else {
      throw Verification.Problem(
        .altered, sentence: "Audit entry \(position) was altered: it cannot be read.")
    }
    guard let fact = row.facts == 0 ? Head.empty.hash : fact else {
      throw Verification.Problem(
        .tailCut,
        sentence: "Audit entry \(position) knew \(row.facts) facts, and that many are not there.")
    }
    guard row.seal(after: head.hash, fact: fact) == seal else {
      throw Verification.Problem(
        .altered,
        sentence:
          "Audit entry \(position) was altered, or the one before it or a fact it knew was replaced."
      )
    }
    if let known = row.outboxHead, known != outbox {
      guard outboxSeal(known.count) == known.hash else {
        throw Verification.Problem(.outbox, sentence: AuditCheck.lacking(known, position: position))
      }
      outbox = known
    }
    checked.advance(to: seal)
  }

  /// The sentence about an entry that knew more of the outbox than there is, or something different.
  package static func lacking(_ outbox: Head, position: Int) -> String {
    "Audit entry \(position) knew \(outbox.count.pluralized("entry", "entries")) of the outbox, and "
      + "they were removed or replaced."
  }

  /// The difference to the head that was written down; nil if the chain contains it.
  package var missing: Verification.Problem? { checked.missing("audit entries") }
}
