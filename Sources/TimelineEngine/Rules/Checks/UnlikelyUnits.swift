import InfusionRecord

/// Units of one code and date above the medically unlikely edit are found, never trimmed.
///
/// We have only the values of the practitioner table that we have seen.
enum UnlikelyUnits {
  static let rule = Rule(
    .unlikelyUnits,
    claim: """
      Units of one code and date above the medically unlikely edit are found, never trimmed.
      """,
    sections: ["R21"],
    citations: [.firstCoastMUE, .payerready, .codingahead])

  static func apply(_ draft: inout Draft) {
    guard draft.timeline.session.setting == .professional else { return }
    for edit in draft.parameters.unlikelyPractitioner {
      var totals: [(date: CivilDate?, units: Int, row: Int32?)] = []
      for line in draft.units where line.code == edit.code {
        if let known = totals.firstIndex(where: { $0.date == line.date }) {
          totals[known].units += 1
        } else {
          totals.append((line.date, 1, line.row(in: draft)))
        }
      }
      for total in totals where total.units > edit.units {
        draft.find(.aboveMUE, total.row, number: total.units, code: edit.code)
      }
    }
  }
}

extension Finding.Definition {
  static let aboveMUE = Self(
    .unlikelyUnits, .warning, "# units of % on one date are above the medically unlikely edit.")
}
