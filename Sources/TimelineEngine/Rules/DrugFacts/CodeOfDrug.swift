import InfusionRecord

/// The date of service picks the code of a drug, and its unit, from those in force on that date.
///
/// ```
/// furosemide 40 mg     2025-03-31     J1940, 20 mg     2 units
///                      2025-04-01     J1938, 1 mg     40 units
/// ```
///
/// The codes are those of the National Drug Code on the record, otherwise those of the formulary, with the
/// codes that they followed and led to. Codes only for dialysis or for COVID-19 are left out, because no
/// session says that a patient has it. A code that another one in force replaced is left out, too.
enum CodeOfDrug {
  static let rule = Rule(
    .codeOfDrug,
    claim: """
      The date of service picks the code of a drug, and its unit, from those in force on that date.
      """,
    sections: ["DU19"], citations: [.cmsDrugFiles, .deduction])

  static func apply(_ draft: inout Draft) {
    guard let tables = draft.drugs.tables else { return }
    for index in draft.drugs.doses.indices {
      var dose = draft.drugs.doses[index]
      let state = draft.rows[Int(dose.row)]
      let administration = draft.timeline.administrations[Int(dose.row)]
      dose.date = draft.date(state.start ?? state.end) ?? administration.day
      let ndcs = [dose.facts.product?.ndc] + dose.facts.containers.map(\.ndc)
      dose.package = ndcs.lazy.compactMap { $0.flatMap { tables.package(ndc: $0)?.package } }.first
      let listed = codes(of: administration.drug, dose, in: tables)
      let rows = tables.lineage(of: listed).flatMap { tables.rows(of: $0) }
      let inForce = rows.filter { row in
        dose.date.map { row.applies(on: $0) } ?? (row.until == nil)
      }
      dose.candidates = inForce.filter { row in
        isUsable(row, by: dose)
          && !row.replacedBy.contains { code in inForce.contains { $0.code == code } }
      }
      let isOnlyUnlisted = !rows.isEmpty && rows.allSatisfy { $0.kind == .unlisted }
      if isOnlyUnlisted { dose.code = inForce.first }
      if dose.candidates.isEmpty, !isOnlyUnlisted {
        let date = dose.date?.display ?? "the date of service"
        draft.find(.noCodeOnDate, dose.row, [administration.drug.displayName, date])
      }
      draft.drugs.doses[index] = dose
    }
  }

  private static func codes(
    of drug: Drug, _ dose: DrugDose, in tables: DrugTables
  ) -> [String] {
    if let package = dose.package { return [package.code] }
    let named = tables.rows(named: drug.entry?.name ?? drug.text).map(\.code)
    var codes = drug.entry?.hcpcs ?? []
    for code in named where !codes.contains(code) { codes.append(code) }
    guard codes.isEmpty else { return codes }
    let brand = dose.facts.product?.brand ?? drug.text
    return tables.codes.filter { ProductChoice.names($0, brand) }.map(\.code)
  }

  private static func isUsable(_ row: DrugCode, by dose: DrugDose) -> Bool {
    switch row.kind {
    case .unlisted, .esrd, .covid: false
    case .drug, .imaging, .blood: row.route == nil || row.route == dose.route
    }
  }
}

extension Finding.Definition {
  static let noCodeOnDate = Self(
    .codeOfDrug, .warning,
    "No code of $ is known on $; the tables may lack one, otherwise it has an unlisted code.")
}

extension DrugReason.Definition {
  static let codeByDate = Self(
    .codeOfDrug, .cmsDrugFiles, "$ is the code in force on $, one unit is $.")
}
