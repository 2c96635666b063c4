public import InfusionRecord

/// What a check of the whole store found.
public struct Verification: Sendable {
  /// Something that is not as it was recorded.
  public struct Problem: Sendable, Hashable {
    public enum Kind: String, Sendable, CaseIterable {
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

    public let kind: Kind
    /// The first fact concerned: its place in the store, from 1.
    public let position: Int?
    public let session: SessionID?
    public let sentence: String

    init(_ kind: Kind, _ position: Int? = nil, _ session: SessionID? = nil, sentence: String) {
      self.kind = kind
      self.position = position
      self.session = session
      self.sentence = sentence
    }
  }

  /// The head of the chain as far as it is whole.
  public let head: Head
  /// The head of the audit record's chain as far as it is whole.
  public let auditHead: Head
  /// The first break of the chain, then whatever else is wrong.
  public let problems: [Problem]

  public var isWhole: Bool { problems.isEmpty }
}
