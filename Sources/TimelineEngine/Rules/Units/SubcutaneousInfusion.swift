import InfusionRecord

/// A subcutaneous infusion of 16 minutes or more is 96369 once an encounter with 96370 for its
/// hours; further drugs earn only their hours, and a second site 96371 once.
///
/// Without both times it is an injection, whatever `missing_stop` says (D59). It is its own site. If the
/// encounter also has an intravenous initial, it is a second initial that needs review.
enum SubcutaneousInfusion {
  static let rule = Rule(
    .subcutaneousInfusion,
    claim: """
      A subcutaneous infusion of 16 minutes or more is 96369 once an encounter with 96370 for its \
      hours; further drugs earn only their hours, and a second site 96371 once.
      """,
    sections: ["R23", "D21", "D59", "D64"],
    citations: [.codeBook, .rac0071, .icd10monitorSC],
    parameters: [.infusionEntry, .hour, .hourTail],
    policies: ["modifier.second_site"],
    disputes: ["Outside the ranking (ICD10monitor), or among the initials (RAC 0071)."])

  static func apply(_ draft: inout Draft) {
    var doses: [Int32] = []
    for index in draft.doses.indices where draft.doses[index].kind == .subcutaneous {
      doses.append(Int32(index))
    }
    guard !doses.isEmpty else { return }
    sortInPlace(&doses) { left, right in
      let a = draft.doses[Int(left)].encounter
      let b = draft.doses[Int(right)].encounter
      return a != b ? a < b : draft.startsBefore(left, right)
    }
    var lower = 0
    while lower < doses.count {
      var upper = lower
      let encounter = draft.doses[Int(doses[lower])].encounter
      while upper < doses.count, draft.doses[Int(doses[upper])].encounter == encounter {
        upper += 1
      }
      charge(Array(doses[lower..<upper]), in: &draft)
      lower = upper
    }
  }

  /// Charges the subcutaneous infusions of one encounter, given in the order of their starts.
  private static func charge(_ doses: [Int32], in draft: inout Draft) {
    var drugs: [Int32] = []
    for dose in doses where !drugs.contains(draft.doses[Int(dose)].infusate) {
      drugs.append(draft.doses[Int(dose)].infusate)
    }
    for (number, drug) in drugs.enumerated() {
      let course = doses.filter { draft.doses[Int($0)].infusate == drug }
      chargeDrug(course, isFirst: number == 0, in: &draft)
    }
    let first = draft.doses[Int(doses[0])].site
    if let second = doses.first(where: { draft.doses[Int($0)].site != first }) {
      let dose = draft.doses[Int(second)]
      draft.emit(
        .subcutaneousNewSite, dose: Int(second),
        why: Reason(
          .subcutaneousInfusion, .subcutaneousSites, administration: dose.firstRow))
      // A new site pays for no minutes.
      draft.doses[Int(second)].unitCount -= 1
    }
  }

  /// Charges one drug, whose minutes are the union of its doses on all sites.
  private static func chargeDrug(_ course: [Int32], isFirst: Bool, in draft: inout Draft) {
    let lower = draft.intervals.count
    for dose in course {
      for index in draft.doses[Int(dose)].segments.indices {
        draft.intervals.append(draft.intervals[index])
      }
    }
    let run = draft.appendUnion(from: lower)
    let seconds = draft.seconds(run)
    let minutes = Int(seconds / 60)
    let units = draft.parameters.hours(minutes, entry: draft.parameters.infusionEntry)
    let first = Int(course[0])
    let row = draft.doses[first].firstRow
    for dose in course {
      draft.doses[Int(dose)].counted = draft.doses[Int(dose)].segments
      draft.doses[Int(dose)].countedSeconds = draft.doses[Int(dose)].seconds
      draft.doses[Int(dose)].timing = .byTime
    }
    if !isFirst {
      draft.find(.secondSubcutaneousInfusion, row)
      if units < 2 {
        for dose in course { draft.doses[Int(dose)].clause = .secondSubcutaneous }
        return
      }
    }
    // All doses of the drug support the units; the lines name the first.
    for dose in course { draft.doses[Int(dose)].unitCount += 1 }
    for hour in (isFirst ? 0 : 1)..<max(units, 1) {
      emit(hour, of: units, first: first, run: run, seconds: seconds, in: &draft)
    }
  }

  private static func emit(
    _ hour: Int, of units: Int, first: Int, run: Run, seconds: Int64, in draft: inout Draft
  ) {
    let dose = draft.doses[first]
    let minutes = Int(seconds / 60)
    let row = dose.firstRow
    let hasIV = draft.initials.contains { $0.encounter == dose.encounter }
    let isBeside = hour == 0 && hasIV
    var line = UnitLine(
      hour == 0 ? .subcutaneousInfusion : .subcutaneousHour, encounter: dose.encounter,
      site: dose.site, start: dose.start,
      why: hour == 0
        ? Reason(.subcutaneousInfusion, .subcutaneousFirst, administration: row, minutes)
        : Reason(
          .subcutaneousInfusion, .subcutaneousHours, administration: row, units - 1, minutes))
    line.dose = Int32(first)
    line.hour = Int32(hour)
    line.counted = run
    line.countedSeconds = seconds
    line.minutes = Int32(minutes)
    line.status = dose.isDisputed ? .review : .final
    if isBeside {
      line.status = .review
      draft.find(.subcutaneousWithIV, dose.firstRow)
      if let modifier = draft.policy.secondSiteModifier {
        line.modifiers.insert(modifier)
        line.modifierWhy = .modifierSubcutaneous
      }
    }
    if dose.isMissingFact { line.status = .held }
    draft.units.append(line)
  }
}

extension Sentence {
  static let subcutaneousFirst: Self =
    "Subcutaneous infusion of # min; first block once an encounter."
  static let subcutaneousHours: Self = "Further hours: # in & min of one drug."
  static let modifierSubcutaneous: Self =
    "Modifier: a subcutaneous infusion beside an intravenous initial."
  static let subcutaneousSites: Self = "More than one subcutaneous site in the encounter."
}

extension Clause.Definition {
  static let secondSubcutaneous = Self(
    .subcutaneousInfusion,
    "A further subcutaneous drug earns units only by its hours past the first.")
}

extension Finding.Definition {
  static let subcutaneousWithIV = Self(
    .subcutaneousInfusion, .warning,
    "A subcutaneous infusion beside an intravenous initial; payers differ.")
  static let secondSubcutaneousInfusion = Self(
    .subcutaneousInfusion, .note,
    "The first block of a subcutaneous infusion is reported once an encounter.")
}
