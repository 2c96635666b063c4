import InfusionRecord

/// A drug of which nothing was given has no line, whatever was prepared or discarded.
///
/// ```
/// prepared 400 mg, given 1.6 mg     J1745 × 1, JW × 39, for review
/// prepared 400 mg, given 0 mg       no line
/// ```
///
/// A discarded amount can be billed only after a dose was given.
enum NothingGiven {
  static let rule = Rule(
    .nothingGiven,
    claim: "A drug of which nothing was given has no line, whatever was prepared or discarded.",
    sections: ["DU14"], citations: [.cam078, .chapter17Waste])

  static func apply(_ draft: inout Draft) {
    for dose in draft.drugs.doses where dose.given.value.isZero {
      guard !dose.facts.containers.isEmpty || dose.facts.discarded != nil else { continue }
      draft.find(.preparedNotGiven, dose.row)
    }
    draft.drugs.doses.removeAll { $0.given.value.isZero }
  }
}

extension Finding.Definition {
  static let preparedNotGiven = Self(
    .nothingGiven, .note, "The drug was prepared and nothing of it was given, so it has no line.")
}
