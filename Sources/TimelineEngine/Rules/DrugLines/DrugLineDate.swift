import InfusionRecord

/// A drug has one given line for each code, date and encounter, dated by the start of the administration.
///
/// ```
/// 350 mg, 23:40–01:50, rest discarded 02:00     both lines on the first date
/// 100 mg, 00:10                                 a line of its own on the second
/// ```
///
/// A dose over midnight is not split, and its waste has the date of the dose.
enum DrugLineDate {
  static let rule = Rule(
    .drugLineDate,
    claim: """
      A drug has one given line for each code, date and encounter, dated by the start of the \
      administration.
      """,
    sections: ["DU28"], citations: [.deduction])

  static func apply(_ draft: inout Draft) {
    for index in draft.drugs.doses.indices {
      let dose = draft.drugs.doses[index]
      guard let code = dose.code else { continue }
      let known = draft.drugs.groups.firstIndex { group in
        group.code.code == code.code && group.code.from == code.from && group.date == dose.date
          && group.encounter == dose.encounter && group.supply == dose.facts.supply
      }
      if let known {
        draft.drugs.groups[known].doses.append(index)
      } else {
        var group = DrugGroup(
          code: code, date: dose.date, encounter: dose.encounter, supply: dose.facts.supply)
        group.doses = [index]
        draft.drugs.groups.append(group)
      }
    }
    for index in draft.drugs.groups.indices { explainDate(index, &draft) }
  }

  /// Says why the date is the first if the dose ended on another.
  private static func explainDate(_ index: Int, _ draft: inout Draft) {
    let group = draft.drugs.groups[index]
    guard let date = group.date else { return }
    let isSpread = draft.doses(of: group).contains { dose in
      [draft.rows[Int(dose.row)].end, dose.facts.discarded?.at].contains { moment in
        moment.flatMap { draft.date($0) } ?? date != date
      }
    }
    if isSpread {
      draft.drugs.groups[index].because.append(DrugReason(.startDate, date.display))
    }
  }
}

extension DrugReason.Definition {
  static let startDate = Self(
    .drugLineDate, .deduction, "The administration began on $, so that is the date of its lines.")
}
