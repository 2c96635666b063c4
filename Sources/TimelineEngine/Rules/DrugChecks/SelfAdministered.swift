import InfusionRecord

/// A drug given under the skin that the hospital's payment system does not pay is found, and its line stays.
///
/// ```
/// ustekinumab by vein, J3358            nothing
/// ustekinumab under the skin, J3357     found
/// ```
///
/// Medicare's contractors list drugs that patients usually take themselves; those are not covered when given under the
/// skin. We have no such list, and judge by the status of the code (E1).
enum SelfAdministered {
  static let rule = Rule(
    .selfAdministered,
    claim: """
      A drug given under the skin that the hospital's payment system does not pay is found, and its \
      line stays.
      """,
    sections: ["DU24"], citations: [.noridianSelf, .cmsDrugFiles])

  static func apply(_ draft: inout Draft) {
    guard let tables = draft.drugs.tables else { return }
    for group in draft.drugs.groups {
      let isUnderSkin = draft.doses(of: group).contains { $0.route == .subcutaneous }
      guard isUnderSkin, tables.status(of: group.code) == "E1" else { continue }
      draft.find(.selfAdministered, draft.firstRow(of: group), [group.code.code])
    }
  }
}

extension Finding.Definition {
  static let selfAdministered = Self(
    .selfAdministered, .warning,
    "$ under the skin may be on the contractor's list of self-administered drugs, which are not paid."
  )
}
