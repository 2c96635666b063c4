import InfusionRecord

/// Containers that would have given the dose with less waste are found; units stay those of what was opened.
///
/// ```
/// 300 mg, sold as 100 and 400 mg     one 400     found: three 100 waste nothing
/// 301 mg                             one 400     nothing: four 100 waste as much
/// ```
///
/// The sizes are those of the code in the form that was opened. A code with more than five sizes is not judged. By the
/// policy `cap` no more waste is billed than the best combination leaves.
enum LeastWaste {
  static let rule = Rule(
    .leastWaste,
    claim: """
      Containers that would have given the dose with less waste are found; units stay those of what \
      was opened.
      """,
    sections: ["DU9"],
    citations: [.cgsDrugUnits, .noridianDrugs, .aapc147401, .icd10monitorVials, .deduction],
    policies: ["minimum_waste"],
    disputes: [
      "The smallest containers on the market (CGS, Noridian), or those in stock (AAPC 147401)."
    ])

  static func apply(_ draft: inout Draft) {
    guard draft.policy.leastWaste != .off, let tables = draft.drugs.tables else { return }
    for index in draft.drugs.groups.indices {
      let group = draft.drugs.groups[index]
      guard group.wantsModifier, group.containers == .single, group.code.kind != .unlisted,
        case .amount(_, let unit) = group.code.measure
      else { continue }
      var limit = ExactDecimal.zero
      for part in parts(of: group, draft) {
        let labelled = part.containers.reduce(ExactDecimal.zero) { $0 + $1.labelled }
        let left = max(.zero, labelled - part.amount)
        let sizes = sizes(of: group.code, unit, openedAs: part.containers, tables)
        guard !part.isShared, !left.isZero,
          let best = VialChoice(giving: part.amount, from: sizes), best.total < labelled
        else {
          limit = limit + left
          continue
        }
        limit = limit + (best.total - part.amount)
        draft.find(
          .avoidableDiscard, part.row,
          [
            draft.text(left, of: group.code), best.text(unit.rawValue),
            draft.text(best.total - part.amount, of: group.code),
          ])
      }
      if draft.policy.leastWaste == .cap { draft.drugs.groups[index].discardLimit = limit }
    }
  }

  /// One dose with all its parts.
  private struct Part {
    let row: Int32
    let identity: String
    var amount = ExactDecimal.zero
    var containers: [OpenedContainer] = []
    var isShared = false
  }

  private static func parts(of group: DrugGroup, _ draft: Draft) -> [Part] {
    var parts: [Part] = []
    for dose in draft.doses(of: group) {
      let known = parts.firstIndex { $0.identity == dose.identity }
      let place = known ?? parts.count
      if known == nil { parts.append(Part(row: dose.row, identity: dose.identity)) }
      parts[place].amount = parts[place].amount + dose.amount
      parts[place].containers += dose.containers
      parts[place].isShared = parts[place].isShared || dose.facts.isShared
    }
    return parts
  }

  /// The sizes in which the code is sold, in the form of the opened containers, smallest first.
  private static func sizes(
    of code: DrugCode, _ unit: DrugAmount.Unit, openedAs containers: [OpenedContainer],
    _ tables: DrugTables
  ) -> [ExactDecimal] {
    VialChoice.sizes(
      of: tables.packages(of: code.code), unit, openedAs: containers.compactMap(\.amount))
  }
}

extension Finding.Definition {
  static let avoidableDiscard = Self(
    .leastWaste, .warning, "$ are left over; $ would have left $.")
}

extension DrugReason.Definition {
  static let leastWasteLimit = Self(
    .leastWaste, .cgsDrugUnits,
    "By the site's policy no more waste is billed than the best containers leave: $.")
}
