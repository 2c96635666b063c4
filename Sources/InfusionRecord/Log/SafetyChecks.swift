extension EventLog {
  /// The most allergies or alerts of one fact.
  static let mostListed = 50

  /// The refusal of a reaction whose values are impossible.
  func checkReaction(_ reaction: Reaction) -> Refusal? {
    guard Reaction.grades.contains(reaction.grade) else {
      return Refusal(.valueOutOfRange, "A reaction has a grade from 1 to 5 (CTCAE).")
    }
    if Set(reaction.signs).count < reaction.signs.count {
      return Refusal(.valueOutOfRange, "A sign of a reaction is named once.")
    }
    return reaction.otherSigns.flatMap { missing($0, "The other signs are empty.") }
      ?? reaction.drugsGiven.flatMap { missing($0, "What was given is empty.") }
      ?? reaction.vitals.fault.map { Refusal(.valueOutOfRange, $0) }
  }

  /// The refusal of allergies without a substance, or of an empty alert.
  func checkAllergies(_ statement: AllergyStatement) -> Refusal? {
    if case .known(let list) = statement.allergies, list.isEmpty {
      return Refusal(.textMissing, "Name the allergies, or say that none is known.")
    }
    let lengths = [statement.allergies.list.count, statement.alerts.count]
    if lengths.contains(where: { $0 > EventLog.mostListed }) {
      return Refusal(
        .valueOutOfRange,
        "A patient has at most \(EventLog.mostListed) allergies and as many alerts.")
    }
    let texts =
      statement.allergies.list.flatMap { [$0.substance, $0.reaction ?? ""] } + statement.alerts
    if texts.reduce(0, { $0 + $1.unicodeScalars.count }) > RecordLimits.noteLength {
      return Refusal(
        .textTooLong,
        "Allergies and alerts are too long; shorten them to \(RecordLimits.noteLength) characters.")
    }
    for allergy in statement.allergies.list {
      if let refusal = missing(allergy.substance, "An allergy names a substance.")
        ?? allergy.reaction.flatMap({ missing($0, "What the allergy did is empty.") })
      {
        return refusal
      }
    }
    for alert in statement.alerts {
      if let refusal = missing(alert, "An alert is empty.") { return refusal }
    }
    return nil
  }
}
