package import InfusionRecord

/// How much of what is computed from the chains is compared with them. Each holds those before it.
package enum VerificationScope: Int, Comparable {
  /// The open sessions, and the number of entries by which patients are found.
  case board
  /// The chains from the last checkpoint on, and the list of sessions.
  case signature
  /// The indexes of the list of sessions, in a store that has them.
  case export
  /// The state of each message.
  case outbox

  package static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
}

/// What a connection verified so far.
package struct VerificationProgress {
  /// How far the chains were verified; nil before they were.
  package var verified: Checkpoint?
  /// The number of verified entries at the last checkpoint.
  package var entriesAtCheckpoint = 0
  /// A digest of the list of sessions, and the number of facts that it stands for.
  package var list: (facts: Int, digest: SessionListDigest)?
  /// What was compared with the chains, and what counted the commits of others then.
  package var compared: (version: String, scope: VerificationScope)?

  /// The most entries that an act verifies; then a checkpoint is due.
  package static let entriesPerCheckpoint = 2_000

  package init() {}

  /// Whether many entries were verified since the last checkpoint.
  package var isCheckpointDue: Bool {
    guard let verified else { return false }
    return verified.entries - entriesAtCheckpoint >= VerificationProgress.entriesPerCheckpoint
  }
}

/// Checks the facts of one session against their own seals, wherever the last checkpoint is.
package struct SessionFactsCheck {
  private let session: SessionID
  private var chain = FactChain()
  private var number: Int64 = 0

  package init(of session: SessionID) {
    self.session = session
  }

  /// Checks the next fact; returns what is wrong, nil if nothing is.
  ///
  /// - Parameters:
  ///   - place: its place in the store.
  ///   - before: the seal of the fact before it in the store; nil for the first.
  package mutating func fault(
    _ fact: FactRow, at place: Int64, after before: [UInt8]?, seal: [UInt8]
  ) -> String? {
    number += 1
    let predecessor = before ?? Head.empty.hash
    if fact.number == number, chain.sealing(fact, after: predecessor) == seal { return nil }
    return "Fact \(place) (session \(session)) was altered, or one before it was removed."
  }
}
