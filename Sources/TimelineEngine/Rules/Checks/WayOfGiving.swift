import InfusionRecord

/// A way by which a drug is not given is found, hardest if that way is known to kill; no
/// unit changes.
///
/// The formulary lists the ways. The screens and commands ask the same question (`WayDoubt`), so an
/// imported document is judged as what was charted at the chair. A thrombolytic by push may have
/// cleared the catheter, which has a code of another family (R15).
enum WayOfGiving {
  static let rule = Rule(
    .wayOfGiving,
    claim: """
      A way by which a drug is not given is found, hardest if that way is known to kill; \
      no unit changes.
      """,
    sections: ["R15", "D41"],
    citations: [.deduction])

  static func apply(_ draft: inout Draft) {
    for position in draft.order where draft.rows[Int(position)].exists {
      let row = draft.timeline.administrations[Int(position)]
      let site = row.isSiteCharted ? draft.timeline.sites[row.site].kind : nil
      switch WayDoubt.kind(of: row.drug, row.technique, through: site) {
      case .fatal: draft.find(.fatalWay, position)
      case .unlisted: draft.find(.unusualWay, position)
      case nil: break
      }
      if row.technique == .push, row.purpose != .integral, isThrombolytic(row.drug) {
        draft.find(.catheterClearance, position)
      }
    }
  }

  private static func isThrombolytic(_ drug: Drug) -> Bool {
    thrombolytics.contains(drug.identity)
  }

  /// Drugs that clear a catheter.
  private static let thrombolytics: Set<String> = [
    "alteplase", "reteplase", "tenecteplase", "urokinase",
  ]
}

extension Finding.Definition {
  static let fatalWay = Self(
    .wayOfGiving, .error,
    "Given this way the drug is fatal; check what was given and how."
  )
  static let unusualWay = Self(
    .wayOfGiving, .warning,
    "The formulary does not list this way for the drug; check what was given and how.")
  static let catheterClearance = Self(
    .wayOfGiving, .warning,
    "A thrombolytic that cleared the catheter is no push; that has a code of another family.")
}
