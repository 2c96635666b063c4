package import InfusionRecord

/// The result of a check of the whole store.
package struct Verification: Sendable {
  /// Something that is not as it was recorded. A check throws the first break of a chain.
  package struct Problem: Error, Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
      case altered, removed, inserted, reordered
      /// The end is missing: a head that was written down counts more entries.
      case tailCut = "tail-cut"
      /// The chain is whole, but it is not the one whose head was written down.
      case rewritten
      /// The list of sessions by day and status does not agree with the facts.
      case index
      /// A message to another system, or one of its steps, is not as it was written.
      case outbox
      /// The tables or their triggers are not those of this program.
      case schema
      /// The file's structure is broken.
      case structure
    }

    package let kind: Kind
    /// The first fact concerned: its place in the store, from 1.
    package let position: Int?
    package let session: SessionID?
    package let sentence: String

    package init(
      _ kind: Kind, _ position: Int? = nil, _ session: SessionID? = nil, sentence: String
    ) {
      self.kind = kind
      self.position = position
      self.session = session
      self.sentence = sentence
    }
  }

  /// The head of the facts' chain, up to the first break.
  package let head: Head
  /// The head of the audit record's chain, up to the first break.
  package let auditHead: Head
  /// The head of the outbox's chain, up to the first break.
  package let outboxHead: Head
  /// The first break of each chain, then everything else.
  package let problems: [Problem]

  package init(head: Head, auditHead: Head, outboxHead: Head, problems: [Problem]) {
    self.head = head
    self.auditHead = auditHead
    self.outboxHead = outboxHead
    self.problems = problems
  }

  package var isWhole: Bool { problems.isEmpty }
}

/// Heads that were written down earlier, outside the store.
package struct KeptHeads: Sendable {
  package var facts: Head?
  package var audit: Head?
  package var outbox: Head?

  package init(facts: Head? = nil, audit: Head? = nil, outbox: Head? = nil) {
    self.facts = facts
    self.audit = audit
    self.outbox = outbox
  }
}

/// The end of a chain as far as it was checked, and whether it contains a head written down earlier.
struct CheckedHead {
  private(set) var head: Head
  private let kept: Head?
  private var isKeptFound: Bool

  /// `head` is where the check begins.
  init(after head: Head = .empty, kept: Head?) {
    self.head = head
    self.kept = kept
    isKeptFound = kept == nil || kept?.count == 0
  }

  mutating func advance(to seal: [UInt8]) {
    head = Head(count: head.count + 1, hash: seal)
    if let kept, kept.count == head.count { isKeptFound = kept.hash == seal }
  }

  /// The head that was written down, if the chain does not contain it.
  var missing: Head? { isKeptFound ? nil : kept }

  /// The same as a problem; nil if the chain contains the head.
  ///
  /// - Parameter entries: what the chain holds, in the plural: `audit entries`.
  func missing(_ entries: String) -> Verification.Problem? {
    guard let kept = missing else { return nil }
    if kept.count > head.count {
      return Verification.Problem(
        .tailCut,
        sentence: "The last \(kept.count - head.count) \(entries) were removed: there are "
          + "\(head.count), the head written down counts \(kept.count).")
    }
    return Verification.Problem(
      .rewritten,
      sentence: "The \(entries) up to \(kept.count) are not the ones whose head was written down.")
  }
}
