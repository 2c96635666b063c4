import InfusionRecord

/// All doses of a code on one date and encounter are added before they are rounded, once.
///
/// ```
/// morphine, unit 10 mg     4 + 4 mg     1 unit     each for itself: 2
///                          6 + 5 mg     2 units                     2
/// ```
///
/// By the policy each administration is rounded for itself, as some hospital systems do. The parts of an
/// interrupted dose are always one.
enum DrugRounding {
  static let rule = Rule(
    .drugRounding,
    claim: """
      All doses of a code on one date and encounter are added before they are rounded, once.
      """,
    sections: ["DU3"], citations: [.chapter17Units, .rta2017, .deduction],
    policies: ["drug.round_per"],
    disputes: ["Added for the date, or rounded for each administration; no source says it."])

  static func apply(_ draft: inout Draft) {
    let isEach = draft.policy.drugRounding == .administration
    if isEach { draft.splitGroups { dose, _ in dose.identity } }
    for index in draft.drugs.groups.indices {
      let doses = draft.doses(of: draft.drugs.groups[index])
      var group = draft.drugs.groups[index]
      for dose in doses {
        group.given = group.given + dose.amount
        group.status = max(group.status, dose.status)
        for reason in dose.because where !group.because.contains(reason) {
          group.because.append(reason)
        }
      }
      if doses.count > 1 {
        group.because.append(
          DrugReason(.addedFirst, "\(doses.count)", draft.text(group.given, of: group.code)))
      } else if isEach {
        group.because.append(DrugReason(.roundedEach))
      }
      draft.drugs.groups[index] = group
    }
  }
}

extension Draft {
  /// Splits each group into one for each key of its doses, in the order of the doses.
  mutating func splitGroups(by key: (DrugDose, Draft) -> String) {
    var split: [DrugGroup] = []
    for group in drugs.groups {
      var keys: [String] = []
      var parts: [DrugGroup] = []
      for index in group.doses {
        let key = key(drugs.doses[index], self)
        if let place = keys.firstIndex(of: key) {
          parts[place].doses.append(index)
        } else {
          keys.append(key)
          var part = group
          part.doses = [index]
          parts.append(part)
        }
      }
      split += parts
    }
    drugs.groups = split
  }
}

extension DrugReason.Definition {
  static let addedFirst = Self(
    .drugRounding, .rta2017, "$ administrations of the date were added before rounding: $.")
  static let roundedEach = Self(
    .drugRounding, .deduction, "Each administration is rounded for itself by the site's policy.")
}
