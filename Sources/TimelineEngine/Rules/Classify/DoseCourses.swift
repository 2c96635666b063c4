import InfusionRecord

// A course is the infusions and pushes of one infusate in one encounter, first to start first.

extension DoseIdentity {
  /// Lists the courses, and marks the doses of a course that has a charged infusion.
  static func apply(arranging draft: inout Draft) {
    for index in draft.doses.indices
    where draft.doses[index].kind == .infusion || draft.doses[index].kind == .push {
      draft.courses.append(Int32(index))
    }
    var list: [Int32] = []
    swap(&list, &draft.courses)
    if list.count > 1 {
      let doses = draft.doses
      let administrations = draft.timeline.administrations
      sortInPlace(&list) { left, right in
        let a = doses[Int(left)]
        let b = doses[Int(right)]
        if a.encounter != b.encounter { return a.encounter < b.encounter }
        if a.infusate != b.infusate { return a.infusate < b.infusate }
        return a.startsBefore(b, among: administrations)
      }
    }
    swap(&list, &draft.courses)
    var lower = 0
    while lower < draft.courses.count {
      let upper = draft.endOfCourse(lower)
      let hasInfusion = (lower..<upper).contains {
        let timing = draft.doses[Int(draft.courses[$0])].timing
        return timing == .byTime || timing == .concurrent
      }
      if hasInfusion {
        for index in lower..<upper {
          draft.doses[Int(draft.courses[index])].courseHasInfusion = true
        }
      }
      lower = upper
    }
    if draft.infusates.hasMixtures { markPushesOfMixtures(&draft) }
  }

  /// Marks the pushes of which another infusate holds a drug and has a charged infusion (rulebook D73).
  private static func markPushesOfMixtures(_ draft: inout Draft) {
    struct Place: Hashable {
      let encounter: Int32
      let drug: Substring
    }
    var infusates: [Place: Set<Int32>] = [:]
    for position in draft.courses {
      let dose = draft.doses[Int(position)]
      guard dose.kind == .infusion, dose.timing == .byTime || dose.timing == .concurrent else {
        continue
      }
      for drug in draft.infusates.parts(of: dose.infusate) {
        infusates[Place(encounter: dose.encounter, drug: drug), default: []].insert(dose.infusate)
      }
    }
    guard !infusates.isEmpty else { return }
    for position in draft.courses where draft.doses[Int(position)].kind == .push {
      let dose = draft.doses[Int(position)]
      draft.doses[Int(position)].isInfusedInMixture =
        draft.infusates.parts(of: dose.infusate).contains { drug in
          infusates[Place(encounter: dose.encounter, drug: drug)]?
            .contains { $0 != dose.infusate } ?? false
        }
    }
  }

  /// Finds doses of a course that follow each other so closely that they may be one dose.
  static func apply(comparing draft: inout Draft) {
    for index in draft.courses.indices.dropLast() {
      let first = draft.doses[Int(draft.courses[index])]
      guard first.kind == .infusion, let end = first.end, !first.isRunning else { continue }
      for next in index + 1..<min(index + 33, draft.courses.count) {
        let second = draft.doses[Int(draft.courses[next])]
        guard second.encounter == first.encounter, second.infusate == first.infusate,
          let start = second.start
        else { break }
        guard second.kind == .infusion else { continue }
        let gap = start - end
        if gap > Int64(draft.parameters.adjacentGap) * 60 { break }
        let sameCatheter =
          draft.rows[Int(first.firstRow)].catheter == draft.rows[Int(second.firstRow)].catheter
        if gap >= 0, sameCatheter {
          draft.find(
            .sameDrugBackToBack, second.firstRow, other: first.firstRow, number: Int(gap / 60))
          break
        }
      }
    }
  }
}

extension Draft {
  /// The end of the course that begins at `lower` in `courses`.
  func endOfCourse(_ lower: Int) -> Int {
    let first = doses[Int(courses[lower])]
    var upper = lower + 1
    while upper < courses.count, doses[Int(courses[upper])].infusate == first.infusate,
      doses[Int(courses[upper])].encounter == first.encounter
    {
      upper += 1
    }
    return upper
  }
}

extension Finding.Definition {
  static let sameDrugBackToBack = Self(
    .doseIdentity, .warning,
    "The same drug ran again # min later; confirm that these are two doses.")
}
