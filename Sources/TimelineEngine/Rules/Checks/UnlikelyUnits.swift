import InfusionRecord

/// Units of one code and date above the medically unlikely edit are found, never trimmed.
///
/// The limits are those of the table that the site loaded, if one is in force on the date. Otherwise we
/// have only the values of the practitioner table that we have seen.
enum UnlikelyUnits {
  static let rule = Rule(
    .unlikelyUnits,
    claim: """
      Units of one code and date above the medically unlikely edit are found, never trimmed.
      """,
    sections: ["R21"],
    citations: [.firstCoastMUE, .payerready, .codingahead])

  /// Units that one edit counts: of a date, or of a claim line with its modifiers.
  private struct Total {
    let code: Code
    let date: CivilDate?
    let modifiers: Modifiers?
    let limit: Int
    let row: Int32?
    var units: Int
  }

  static func apply(_ draft: inout Draft) {
    let setting = EditTables.Setting(draft.timeline.session.setting)
    var totals: [Total] = []
    for line in draft.units {
      guard let edit = limit(of: line.code, on: line.date, in: setting, draft) else { continue }
      // An edit with indicator 1 counts each claim line.
      let modifiers = edit.isByLine ? line.modifiers : nil
      let known = totals.firstIndex {
        $0.code == line.code && $0.date == line.date && $0.modifiers == modifiers
      }
      if let known {
        totals[known].units += 1
      } else {
        totals.append(
          Total(
            code: line.code, date: line.date, modifiers: modifiers, limit: edit.units,
            row: line.row(in: draft), units: 1))
      }
    }
    guard totals.contains(where: { $0.units > $0.limit }) else { return }
    sortInPlace(&totals) { $0.code.number < $1.code.number }
    for total in totals where total.units > total.limit {
      draft.find(.aboveMUE, total.row, number: total.units, code: total.code)
    }
  }

  private static func limit(
    of code: Code, on date: CivilDate?, in setting: EditTables.Setting, _ draft: Draft
  ) -> (units: Int, isByLine: Bool)? {
    if let date, draft.editTables.table(.unlikelyEdits, in: setting, on: date) != nil {
      return draft.editTables.unlikelyLimit(for: code, on: date, in: setting)
        .map { ($0.limit.units, $0.limit.adjudication == 1) }
    }
    guard setting == .practitioner else { return nil }
    return draft.parameters.unlikelyPractitioner.first { $0.code == code }.map { ($0.units, false) }
  }
}

extension Finding.Definition {
  static let aboveMUE = Self(
    .unlikelyUnits, .warning, "# units of % on one date are above the medically unlikely edit.")
}
