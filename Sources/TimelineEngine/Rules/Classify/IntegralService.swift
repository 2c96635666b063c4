import InfusionRecord

/// A drug that is given as part of another procedure is not charged; the procedure's own code holds its
/// administration.
///
/// Examples are an antihistamine by transfusion protocol, procedural sedation, and a drug for a contrast
/// study. The drug covers no minute of another drug. It blocks hydration as any drug of known class does
/// (rulebook D77).
enum IntegralService {
  static let rule = Rule(
    .integralService,
    claim: """
      A drug that is given as part of another procedure is not charged; the procedure's own code holds \
      its administration.
      """,
    sections: ["R15", "D78"],
    citations: [.miamiOBC, .hiiGuide, .cpiExperts2006])

  /// Excludes every row with this purpose. A flush as well: with another procedure that day, it is not the
  /// sole service.
  static func apply(_ draft: inout Draft) {
    for index in draft.rows.indices
    where draft.timeline.administrations[index].purpose == .integral
      && draft.rows[index].exists && draft.rows[index].exclusion != .inpatient
    {
      draft.rows[index].exclusion = .integralService
    }
  }
}

extension Clause.Definition {
  static let integralService = Self(
    .integralService, "Given as part of another procedure, whose code holds its administration.")
}
