import InfusionRecord

/// Each further drug infused for 16 minutes or more of its own earns one first block, 96417 or
/// 96367, once an infusate and encounter, before or after the initial.
///
/// Sequential means rank and drug, not the time of day: a bag before chemotherapy is 96367 too. A push
/// that is the initial of a further site leaves the first block of its drug to the infusion (rulebook
/// D71).
enum SequentialInfusion {
  static let rule = Rule(
    .sequentialInfusion,
    claim: """
      Each further drug infused for 16 minutes or more of its own earns one first block, 96417 or \
      96367, once an infusate and encounter, before or after the initial.
      """,
    sections: ["R5", "D9", "D10", "D71"],
    citations: [.medlearnAug2023, .aapc170565, .cptRanking, .codeBook],
    parameters: [.infusionEntry],
    disputes: ["A contractor sentence gives no unit to a second drug of 20 minutes."])

  static func apply(_ draft: inout Draft) {
    var lower = 0
    while lower < draft.courses.count {
      let upper = draft.endOfCourse(lower)
      // An initial infusion of the infusate on any site is its first block; an initial push is not.
      var isUsedUp = false
      var first: Int?
      for position in lower..<upper {
        let dose = Int(draft.courses[position])
        if draft.doses[dose].kind == .infusion, draft.doses[dose].relation?.role == .initial {
          isUsedUp = true
        }
        if first == nil, draft.doses[dose].timing == .byTime { first = dose }
      }
      if !isUsedUp, let first {
        draft.relate(
          first,
          Relation(
            role: .first, rule: .sequentialInfusion,
            why: Reason(
              .sequentialInfusion, draft.doses[first].isChemo ? .sequentialChemo : .sequential,
              administration: draft.doses[first].firstRow)))
      }
      lower = upper
    }
  }
}

extension Sentence {
  static let sequential: Self =
    "Another drug infused for 16 minutes or more: one first block a drug and encounter."
  static let sequentialChemo: Self =
    "Another chemotherapy infused for 16 minutes or more: one first block a drug and encounter."
}
