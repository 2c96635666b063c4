import InfusionRecord

/// Each further drug infused for 16 minutes or more of its own earns one first block, 96417 or
/// 96367, once an infusate and encounter, before or after the initial.
///
/// Sequential speaks of rank and drug, not of the clock: a bag given before chemotherapy is 96367
/// all the same.
enum SequentialInfusion {
  static let rule = Rule(
    .sequentialInfusion,
    claim: """
      Each further drug infused for 16 minutes or more of its own earns one first block, 96417 or \
      96367, once an infusate and encounter, before or after the initial.
      """,
    sections: ["R5", "D9", "D10"],
    citations: [.medlearnAug2023, .cptRanking, .codeBook],
    parameters: [.infusionEntry],
    disputes: ["A contractor sentence gives no unit to a second drug of 20 minutes."])

  static func apply(_ draft: inout Draft) {
    var lower = 0
    while lower < draft.courses.count {
      let upper = draft.endOfCourse(lower)
      let course = draft.courses[lower..<upper]
      // An initial of the infusate, on whatever site, uses the first block up.
      let isUsedUp = course.contains { draft.doses[Int($0)].relation?.role == .initial }
      if !isUsedUp,
        let first = course.first(where: { draft.doses[Int($0)].timing == .byTime })
      {
        draft.relate(
          Int(first),
          Relation(
            role: .first, rule: .sequentialInfusion,
            why: Reason(
              .sequentialInfusion, .sequential,
              administration: draft.doses[Int(first)].firstRow)))
      }
      lower = upper
    }
  }
}
