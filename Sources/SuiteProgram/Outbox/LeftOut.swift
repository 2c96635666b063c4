import InfusionRecord
package import SessionReview

/// What of some sessions no message posts, counted so that nothing is left out without a word.
package struct LeftOut: Sendable, Hashable {
  /// Sessions that are not signed off as they stand.
  package private(set) var unsigned = 0
  /// Signed sessions without the account number that the policy requires.
  package private(set) var withoutAccount = 0
  /// Units of signed sessions that are held or provisional, and how many sessions have them.
  package private(set) var heldUnits = 0
  package private(set) var sessionsWithHeldUnits = 0
  /// Drugs of signed sessions that are charged nothing for want of a class.
  package private(set) var drugsWithoutClass = 0

  package init() {}

  package mutating func add(_ session: DerivedSession) {
    guard session.standing.isSignedOff else {
      unsigned += 1
      return
    }
    if session.statement.lacksAccount { withoutAccount += 1 }
    drugsWithoutClass += session.unposted.drugsWithoutClass
    let held = session.unposted.countHeld
    guard held > 0 else { return }
    heldUnits += held
    sessionsWithHeldUnits += 1
  }

  /// One sentence for each kind.
  ///
  /// - Parameter place: `the batch`, `the outbox`.
  package func sentences(_ place: String) -> [String] {
    var sentences: [String] = []
    if unsigned > 0 {
      sentences.append(
        unsigned.pluralized("session is", "sessions are") + " left out of \(place): "
          + (unsigned == 1
            ? "it is not signed off as it stands." : "they are not signed off as they stand."))
    }
    if withoutAccount > 0 {
      sentences.append(
        withoutAccount.pluralized("session is", "sessions are") + " left out of \(place): "
          + (withoutAccount == 1 ? "it has" : "they have")
          + " no visit or account number to post to.")
    }
    if heldUnits > 0 {
      sentences.append(
        heldUnits.pluralized("unit", "units") + " of "
          + sessionsWithHeldUnits.pluralized("signed session")
          + (heldUnits == 1 ? " is" : " are")
          + " held or provisional and left out of \(place); chairtime review of the day names them."
      )
    }
    if drugsWithoutClass > 0 {
      sentences.append(
        drugsWithoutClass.pluralized("drug", "drugs") + " of signed sessions "
          + (drugsWithoutClass == 1 ? "has" : "have")
          + " no class, so no unit of \(drugsWithoutClass == 1 ? "it" : "them") is in \(place).")
    }
    return sentences
  }
}
