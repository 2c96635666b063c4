import InfusionRecord

/// Ordered hydration counts from 31 minutes: 96360 and its hours if it is the only intravenous
/// service of the encounter; otherwise all of it is 96361.
///
/// Fluid that keeps a line open, flushes, dilutes or bridges blood units is not hydration, and
/// hydration has no push form.
enum Hydration {
  static let rule = Rule(
    .hydration,
    claim: """
      Ordered hydration counts from 31 minutes: 96360 and its hours if it is the only \
      intravenous service of the encounter; otherwise all of it is 96361.
      """,
    sections: ["R8", "D16", "D47"],
    citations: [
      .noridianA52732, .noridianPostPay, .noridianHydration, .rac0137, .palmettoA53778,
      .cptRanking, .cptMidnight, .codapedia, .codeBook, .deduction,
    ],
    parameters: [.hydrationEntry, .hour, .hourTail])

  /// Charges every group that reaches 31 minutes.
  static func apply(_ draft: inout Draft) {
    for index in draft.groups.indices {
      let group = draft.groups[index]
      let units = draft.parameters.hours(group.minutes, entry: draft.parameters.hydrationEntry)
      guard units > 0 else { continue }
      let initial = draft.initials.first { $0.group == Int32(index) }
      let isOnlyService = draft.initials.contains {
        $0.group >= 0 && $0.encounter == group.encounter
      }
      let further: Reason.Form = isOnlyService ? .hydrationFurther : .hydrationBesideDrug
      for piece in draft.pieces[group.pieces.indices] {
        draft.rows[Int(piece.row)].chargedHydration += piece.interval.seconds
        draft.rows[Int(piece.row)].isHydrationCharged = true
        for (row, seconds) in draft.rowsBeside(piece) {
          draft.rows[Int(row)].chargedHydration += seconds
          draft.rows[Int(row)].isHydrationCharged = true
        }
      }
      for hour in 0..<units {
        let isInitial = hour == 0 && initial != nil
        var line = UnitLine(
          isInitial ? .hydration : .hydrationHour, encounter: group.encounter, site: group.site,
          start: group.start,
          why: isInitial
            ? whyInitial(index, byReason: initial?.byReason == true, in: draft)
            : Reason(.hydration, further, administration: group.firstRow))
        line.group = Int32(index)
        line.hour = Int32(hour)
        line.counted = group.counted
        line.countedSeconds = group.seconds
        line.minutes = Int32(group.minutes)
        if isInitial, let initial {
          line.modifiers = SecondInitial.modifiers(of: initial, in: draft)
          line.modifierWhy = line.modifiers.isEmpty ? nil : initial.laterThan
        }
        line.status = group.isMissingFact ? .held : group.isDisputed ? .review : .final
        draft.units.append(line)
      }
    }
  }

  /// The group is the initial by the reason for the visit, alone, or as the earliest of its site.
  private static func whyInitial(_ index: Int, byReason: Bool, in draft: Draft) -> Reason {
    let group = draft.groups[index]
    if byReason {
      return Reason(.initialService, .initialByReason, administration: group.firstRow)
    }
    let isAlone = !draft.groups.indices.contains { other in
      other != index && draft.groups[other].encounter == group.encounter
        && draft.groups[other].site == group.site
        && draft.groups[other].minutes >= draft.parameters.hydrationEntry
    }
    return Reason(
      .hydration, isAlone ? .hydrationInitial : .hydrationEarliest,
      administration: group.firstRow)
  }
}

extension Draft {
  /// The other rows of a piece's dose that ran at the same time, and for how many seconds. Their
  /// union is charged, so they are charged too (rulebook D2, D4).
  func rowsBeside(_ piece: HydrationPiece) -> [(row: Int32, seconds: Int64)] {
    let members = doses[Int(piece.dose)].rows
    guard members.count > 1, doses[Int(piece.dose)].ranBesideHydration else { return [] }
    var list: [(row: Int32, seconds: Int64)] = []
    for row in doseRows[members.indices] where row != piece.row {
      let other = rows[Int(row)]
      guard other.besideHydration > 0, other.catheter == piece.catheter else { continue }
      let seconds = IntervalList.seconds(
        of: piece.interval, inside: intervals[other.segments.indices])
      if seconds > 0 { list.append((row, seconds)) }
    }
    return list
  }
}

extension Sentence {
  static let hydrationInitial: Self =
    "No drug by vein can be the initial of the encounter, so hydration is."
  static let hydrationEarliest: Self =
    """
    No drug by vein can be the initial of the encounter, so hydration is; of several on one site \
    the first to begin takes the first block.
    """
  static let hydrationFurther: Self = "Hydration after the first block is reported by its hours."
  static let hydrationBesideDrug: Self =
    "Hydration beside a higher service is reported by its hours."
}

extension Clause.Definition {
  static let hydrationMinimum = Self(.hydration, "Hydration of 30 minutes or less is not charged.")
  static let hydrationPurpose = Self(
    .hydration, "Fluid to keep a line open, flush, dilute or bridge is not hydration.")
  static let hydrationNoPush = Self(.hydration, "Hydration has no push form.")
}

extension Finding.Definition {
  static let hydrationNotOrdered = Self(
    .hydration, .error, "Hydration needs an order and an indication; one is not recorded.")
}
