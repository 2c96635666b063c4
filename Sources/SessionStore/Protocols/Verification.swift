package import InfusionRecord

/// What a check of the whole store found.
package struct Verification: Sendable {
  /// Something that is not as it was recorded.
  package struct Problem: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
      case altered, removed, inserted, reordered
      /// The end is missing: a head written down earlier counts more facts.
      case tailCut = "tail-cut"
      /// The chain is whole but not the one whose head was written down.
      case rewritten
      /// Lists made from the facts, sessions by day and status, do not agree with them.
      case index
      /// A message to another system, or what became of it, is not as it was written.
      case outbox
      /// The tables or their guards are not as the program makes them.
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

  /// The head of the chain as far as it is whole.
  package let head: Head
  /// The head of the audit record's chain as far as it is whole.
  package let auditHead: Head
  /// The first break of the chain, then whatever else is wrong.
  package let problems: [Problem]

  package init(head: Head, auditHead: Head, problems: [Problem]) {
    self.head = head
    self.auditHead = auditHead
    self.problems = problems
  }

  package var isWhole: Bool { problems.isEmpty }
}
