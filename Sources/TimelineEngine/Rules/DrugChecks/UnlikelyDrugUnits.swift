import InfusionRecord

/// Units of one drug code and date above the known limit are found, never trimmed.
///
/// ```
/// infliximab, limit 150     150 units     nothing
///                           151 units     found
/// ```
///
/// Given and discarded units of the date add up. We have seen one limit.
enum UnlikelyDrugUnits {
  static let rule = Rule(
    .unlikelyDrugUnits,
    claim: "Units of one drug code and date above the known limit are found, never trimmed.",
    sections: ["DU22"], citations: [.noridianDrugs])

  static func apply(_ draft: inout Draft) {
    for limit in draft.parameters.unlikelyDrugUnits {
      let lines = draft.drugs.lines.filter { $0.code.code == limit.code }
      var dates: [CivilDate?] = []
      for line in lines where !dates.contains(line.serviceDate) { dates.append(line.serviceDate) }
      for date in dates {
        let ofDate = lines.filter { $0.serviceDate == date }
        let units = ofDate.reduce(0) { $0 + $1.units }
        guard units > limit.units, let row = ofDate.first?.administrations.first else { continue }
        draft.find(
          .aboveMUE, Int32(row), ["\(units)", limit.code, "\(limit.units)"],
          wording: .unlikelyDrugUnits)
      }
    }
  }
}

extension Finding.Definition {
  static let unlikelyDrugUnits = Self(
    .unlikelyDrugUnits, .warning,
    "$ units of $ on one date, given and discarded, are above the known limit of $.")
}
