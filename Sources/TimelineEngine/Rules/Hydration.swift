import InfusionRecord

/// Ordered hydration counts from 31 minutes: 96360 and its hours where it is the only intravenous
/// service of the encounter, else all of it is 96361.
///
/// Fluid that keeps a line open, flushes, dilutes or bridges blood units is not hydration, and
/// hydration has no push form.
enum Hydration {
  static let rule = Rule(
    .hydration,
    claim: """
      Ordered hydration counts from 31 minutes: 96360 and its hours where it is the only \
      intravenous service of the encounter, else all of it is 96361.
      """,
    sections: ["R8", "D16", "D47"],
    citations: [.noridianA52732, .noridianHydration, .rac0137, .palmettoA53778, .codapedia],
    parameters: [.hydrationEntry, .hour, .hourTail])

  /// Charges every group that is long enough.
  static func charge(_ draft: inout Draft) {
    for index in draft.groups.indices {
      let group = draft.groups[index]
      let units = draft.parameters.hours(group.minutes, entry: draft.parameters.hydrationEntry)
      guard units > 0 else { continue }
      let initial = draft.initials.first { $0.group == Int32(index) }
      draft.groups[index].unitCount = Int32(units)
      for piece in draft.pieces[group.pieces.indices] {
        draft.rows[Int(piece.row)].chargedHydration += piece.interval.seconds
        draft.rows[Int(piece.row)].isHydrationCharged = true
      }
      for unit in 0..<units {
        let isInitial = unit == 0 && initial != nil
        var line = UnitLine(
          code: isInitial ? .hydration : .hydrationHour, units: 1,
          date: DateOfService.date(
            ofUnit: unit, counted: group.counted, seconds: group.seconds, start: group.start,
            in: draft),
          encounter: group.encounter, site: group.site,
          why: Reason(
            .hydration, isInitial ? .hydrationInitial : .hydrationFurther,
            administration: group.firstRow))
        line.group = Int32(index)
        line.minutes = Int32(group.minutes)
        if isInitial, let initial {
          line.modifiers = SecondInitial.modifiers(of: initial, in: draft)
          line.hasSiteModifier = !line.modifiers.isEmpty
        }
        line.status = group.isMissingFact ? .held : .final
        draft.append(line)
      }
    }
  }
}
