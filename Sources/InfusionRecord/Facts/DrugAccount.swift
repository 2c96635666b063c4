/// What is known of the drug of one administration: amount given, product, containers, what was
/// discarded, supply.
///
/// A later account of the administration replaces an earlier one, so an account repeats what still holds.
package struct DrugAccount: Sendable, Hashable {
  package var administration: String
  package var facts: DrugFacts

  package init(administration: String, facts: DrugFacts) {
    self.administration = administration
    self.facts = facts
  }
}

extension DrugFacts {
  /// What is known of a drug of which nothing was recorded.
  package static let none = DrugFacts()

  /// Whether nothing is recorded that is not usual.
  package var isEmpty: Bool { self == DrugFacts.none }

  /// The same facts with some of them replaced.
  package func changing(
    given: DrugAmount?? = nil, product: DrugProduct?? = nil, containers: [DrugContainer]? = nil,
    discarded: DrugDiscard?? = nil, supply: Supply? = nil, isShared: Bool? = nil
  ) -> DrugFacts {
    DrugFacts(
      given: given ?? self.given, product: product ?? self.product,
      containers: containers ?? self.containers, discarded: discarded ?? self.discarded,
      supply: supply ?? self.supply, isShared: isShared ?? self.isShared)
  }

  /// The labelled amount of all containers in one unit; nil without containers, if an amount is missing or
  /// if the units differ in kind.
  package func labelled(in unit: DrugAmount.Unit) -> ExactDecimal? {
    guard !containers.isEmpty else { return nil }
    var sum = ExactDecimal.zero
    for container in containers {
      guard let amount = container.amount?.value(in: unit) else { return nil }
      sum = sum + amount * ExactDecimal(container.count)
    }
    return sum
  }

  /// The labelled amount less the amount given. It must be discarded, unless the containers are for several
  /// doses or patients. Nil if it cannot be computed.
  package var rest: DrugAmount? {
    guard let given, let labelled = labelled(in: given.unit), given.value <= labelled else {
      return nil
    }
    return DrugAmount(labelled - given.value, given.unit)
  }
}

extension DrugDiscard {
  /// Whether a site that wants a witness wants one of it: something was discarded at the chair.
  package var isSeenByWitness: Bool { place != .pharmacy && !amount.value.isZero }
}

extension RecordedAdministration {
  /// The account that holds: the one recorded last; nil if there is none.
  package var account: EventLog.Entry? { accounts.last }

  /// What is known of its drug; nil if no account was recorded.
  package var drugFacts: DrugFacts? { account?.fact?.account?.facts }

  /// What was known of its drug at a moment.
  func drugFacts(at moment: Instant) -> DrugFacts? {
    accounts.last { $0.clinicalTime <= moment }?.fact?.account?.facts
  }
}

extension Fact {
  /// The account of a drug that the fact states; nil for other facts.
  package var account: DrugAccount? {
    if case .drugAccounted(let account) = self { return account }
    return nil
  }
}
