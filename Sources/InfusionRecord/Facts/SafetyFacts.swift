/// What a session holds beside its administrations: reactions, allergies and alerts. No charge rests on it.
package struct SafetyFacts: Sendable, Hashable {
  package struct TimedReaction: Sendable, Hashable {
    package var time: Instant
    package var reaction: Reaction

    package init(time: Instant, reaction: Reaction) {
      self.time = time
      self.reaction = reaction
    }
  }

  /// In the order in which they happened.
  package var reactions: [TimedReaction]
  /// Nil if nothing was stated.
  package var statement: AllergyStatement?

  package init(reactions: [TimedReaction] = [], statement: AllergyStatement? = nil) {
    self.reactions = reactions
    self.statement = statement
  }
}

extension EventLog {
  package var safetyFacts: SafetyFacts {
    SafetyFacts(
      reactions: reactions.map { .init(time: $0.time, reaction: $0.reaction) },
      statement: allergyStatement)
  }
}
