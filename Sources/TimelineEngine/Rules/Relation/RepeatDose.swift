import InfusionRecord

/// A further dose of the same infusate never earns a second first block; from 31 counted minutes it
/// earns further-hour units on its own time.
///
/// ```
/// 16–30 min   no unit and a finding, or as the policy says
/// 31–90 min   one unit of 96366 or 96415
/// ```
enum RepeatDose {
  static let rule = Rule(
    .repeatDose,
    claim: """
      A further dose of the same infusate never earns a second first block; from 31 counted \
      minutes it earns further-hour units on its own time.
      """,
    sections: ["R9", "D10", "D23", "D34", "D53", "D70"],
    citations: [.rca4136, .rcaShort, .haugenQuestions, .codeBook, .deduction],
    parameters: [.repeatInfusionEntry],
    policies: ["repeat_dose.mode", "repeat_dose.short_infusion"],
    disputes: [
      "Each dose on its own (Shah, CPT Assistant 2011) or the times added (ICD10monitor).",
      "16 to 30 minutes: 96366 (Shah), 96376 (Haugen) or nothing.",
    ])

  /// Relates the doses that no other rule related.
  static func apply(relating draft: inout Draft) {
    for position in draft.courses {
      let index = Int(position)
      let dose = draft.doses[index]
      guard dose.timing == .byTime, dose.relation == nil else { continue }
      let minutes = dose.countedMinutes
      let row = dose.firstRow
      if minutes >= draft.parameters.repeatInfusionEntry {
        draft.relate(
          index,
          Relation(
            role: .repeatInfusion, rule: .repeatDose,
            why: Reason(
              .repeatDose, dose.isChemo ? .repeatChemoDose : .repeatDose, administration: row,
              minutes)))
        continue
      }
      draft.find(.repeatShortInfusion, dose.firstRow, number: minutes)
      func why(_ form: Reason.Form) -> Reason {
        Reason(.repeatDose, form, administration: row, minutes)
      }
      switch draft.policy.shortRepeat {
      case .furtherHour:
        draft.relate(
          index,
          Relation(
            role: .shortRepeatHour, rule: .repeatDose, why: why(.shortRepeatHour),
            isDisputed: true))
      case .repeatPush where !dose.isChemo && draft.timeline.session.setting == .facility:
        draft.relate(
          index,
          Relation(
            role: .shortRepeatPush, rule: .repeatDose, why: why(.shortRepeatPush),
            isDisputed: true))
      default:
        draft.relate(index, Relation(role: .none, rule: .repeatDose))
        draft.doses[index].clause = .repeatShortInfusion
      }
    }
  }

  /// Joins doses of 16 minutes or more of one infusate, encounter and coded site, if the policy adds
  /// their times.
  static func apply(adding draft: inout Draft) {
    guard draft.policy.repeatDose == .addTimes else { return }
    var firstOfKey: [String: Int] = [:]
    for index in draft.doses.indices
    where draft.doses[index].kind == .infusion && !draft.doses[index].isIntended {
      let dose = draft.doses[index]
      let key = "\(dose.encounter)\u{1F}\(dose.infusate)\u{1F}\(dose.site)"
      guard let first = firstOfKey[key] else {
        firstOfKey[key] = index
        continue
      }
      merge(index, into: first, in: &draft)
    }
  }

  private static func merge(_ other: Int, into first: Int, in draft: inout Draft) {
    if !draft.joined.contains(where: { $0.dose == Int32(first) }) {
      remember(first, as: first, in: &draft)
    }
    remember(other, as: first, in: &draft)
    let lower = draft.doseRows.count
    let rows = Array(draft.doseRows[draft.doses[first].rows.indices])
    let more = Array(draft.doseRows[draft.doses[other].rows.indices])
    draft.doseRows.append(contentsOf: rows + more)
    draft.doses[first].rows = Run(
      start: Int32(lower), count: Int32(draft.doseRows.count - lower))
    draft.doses[other].rows.count = 0
    draft.doses[other].kind = .outside
    let isDisputed = draft.doses[first].isDisputed || draft.doses[other].isDisputed
    DoseIdentity.summarize(first, in: &draft)
    draft.doses[first].isDisputed = draft.doses[first].isDisputed || isDisputed
  }

  private static func remember(_ dose: Int, as first: Int, in draft: inout Draft) {
    guard let start = draft.doses[dose].start, let end = draft.doses[dose].end else { return }
    draft.joined.append((dose: Int32(first), span: Interval(start: start, end: end)))
  }
}

extension Sentence {
  static let repeatDose: Self =
    """
    Another dose of the same drug is reported, so this one earns further-hour units only, by its own \
    # min.
    """
  static let countedTogether: Self =
    "# counted min of several doses, added by the site's policy."
  static let shortRepeatHour: Self =
    "A further dose of # min, reported as a further hour by the site's policy."
  static let shortRepeatPush: Self =
    "A further dose of # min, reported as a repeated push by the site's policy."
}

extension Clause.Definition {
  static let repeatShortInfusion = Self(
    .repeatDose, "A repeated dose of 16 to 30 minutes is not reported by default.")
  static let furtherHourMinimum = Self(
    .repeatDose, "A repeated dose earns further-hour units from 31 counted minutes.")
}

extension Finding.Definition {
  static let repeatShortInfusion = Self(
    .repeatDose, .warning, "A repeated dose of # min; sources disagree whether it is reported.")
}
