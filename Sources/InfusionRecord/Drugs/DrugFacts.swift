/// What is recorded about the amount of one administration: what was given, of which product, from
/// which containers, what was discarded and whose the drug was.
///
/// Few sessions have such facts, so an administration holds a reference to them.
package final class DrugFacts: Sendable {
  /// Whose the drug was. Documents hold the raw values.
  package enum Supply: String, Sendable, CaseIterable, Hashable {
    case stock, patient
    case whiteBag = "white-bag"
    case free
  }

  /// The amount that reached the patient.
  package let given: DrugAmount?
  package let product: DrugProduct?
  /// The containers opened for the administration, in the order in which they were opened.
  package let containers: [DrugContainer]
  /// What was discarded; an amount of 0 says that nothing was.
  package let discarded: DrugDiscard?
  package let supply: Supply
  /// Whether other patients were treated from the containers.
  package let isShared: Bool

  package init(
    given: DrugAmount? = nil, product: DrugProduct? = nil, containers: [DrugContainer] = [],
    discarded: DrugDiscard? = nil, supply: Supply = .stock, isShared: Bool = false
  ) {
    self.given = given
    self.product = product
    self.containers = containers
    self.discarded = discarded
    self.supply = supply
    self.isShared = isShared
  }
}

extension DrugFacts: Hashable {
  package static func == (left: DrugFacts, right: DrugFacts) -> Bool {
    left === right
      || (left.given == right.given && left.product == right.product
        && left.containers == right.containers && left.discarded == right.discarded
        && left.supply == right.supply && left.isShared == right.isShared)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(given)
    hasher.combine(containers)
    hasher.combine(supply)
  }
}

/// The product of a drug: the code on its label, the brand, or both.
package struct DrugProduct: Sendable, Hashable {
  /// The National Drug Code as printed.
  package var ndc: String?
  package var brand: String?

  package init(ndc: String? = nil, brand: String? = nil) {
    self.ndc = ndc
    self.brand = brand
  }
}

/// Containers of one kind that were opened: vials, ampoules, prefilled syringes or bags as the
/// manufacturer labels them.
package struct DrugContainer: Sendable, Hashable {
  /// What the label says about further doses. Documents hold the raw values.
  package enum Kind: String, Sendable, CaseIterable, Hashable {
    case singleDose = "single-dose"
    case multiDose = "multi-dose"
  }

  package var ndc: String?
  /// The labelled amount of one container; nil if it was not recorded.
  package var amount: DrugAmount?
  package var kind: Kind?
  package var count: Int
  package var lot: String?
  package var expires: CivilDate?
  package var serial: String?

  package init(
    ndc: String? = nil, amount: DrugAmount? = nil, kind: Kind? = nil, count: Int = 1,
    lot: String? = nil, expires: CivilDate? = nil, serial: String? = nil
  ) {
    self.ndc = ndc
    self.amount = amount
    self.kind = kind
    self.count = count
    self.lot = lot
    self.expires = expires
    self.serial = serial
  }
}

/// An amount that was discarded, and what the record says about it.
package struct DrugDiscard: Sendable, Hashable {
  /// Documents hold the raw values.
  package enum Place: String, Sendable, CaseIterable, Hashable { case chair, pharmacy }

  package var amount: DrugAmount
  package var at: Instant?
  package var by: String?
  package var reason: String?
  package var witness: String?
  package var place: Place?

  package init(
    _ amount: DrugAmount, at: Instant? = nil, by: String? = nil, reason: String? = nil,
    witness: String? = nil, place: Place? = nil
  ) {
    self.amount = amount
    self.at = at
    self.by = by
    self.reason = reason
    self.witness = witness
    self.place = place
  }
}
