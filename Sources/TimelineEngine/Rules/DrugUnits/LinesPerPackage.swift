import InfusionRecord

/// By the policy each National Drug Code has a given line, and the lines together have the units of the whole dose.
///
/// ```
/// 155 mg, unit 10 mg     100 mg of code a, 55 of b     16 units: a 10, b 6
/// 152 mg                  76 mg of code a, 76 of b     16 units: a 8, b 8
/// ```
///
/// Each code gets its whole units, and the units that are left go to the largest remainders, then to the container
/// opened first. Strength never matters for units, only milligrams.
enum LinesPerPackage {
  static let rule = Rule(
    .linesPerPackage,
    claim: """
      By the policy each National Drug Code has a given line, and the lines together have the units \
      of the whole dose.
      """,
    sections: ["DU4"], citations: [.uhcMaryland, .deduction], policies: ["drug.line_per_ndc"],
    disputes: ["One line for a code (Medicare), or one for each National Drug Code (payers)."])

  private struct Share {
    let ndc: String
    var amount: ExactDecimal
    var units = 0
  }

  static func apply(_ draft: inout Draft) {
    guard draft.policy.linePerNDC else { return }
    var lines: [DrugLine] = []
    for line in draft.drugs.lines {
      let group = draft.drugs.groups[line.group]
      guard !line.isDiscarded, group.containers != .mixed, case .amount = group.code.measure
      else {
        lines.append(line)
        continue
      }
      let shares = shares(of: group, line.units, draft)
      guard shares.count > 1 else {
        lines.append(line)
        continue
      }
      for share in shares where share.units > 0 {
        var part = line
        part.units = share.units
        part.packageOfLine = share.ndc
        part.because.append(DrugReason(.byPackage, "\(share.units)", "\(line.units)", share.ndc))
        lines.append(part)
      }
    }
    draft.drugs.lines = lines
  }

  /// What each code gave: the containers are used up in the order in which they were opened.
  private static func shares(of group: DrugGroup, _ units: Int, _ draft: Draft) -> [Share] {
    var left = group.given
    var shares: [Share] = []
    for container in draft.doses(of: group).flatMap(\.containers) {
      guard let ndc = container.ndc else { return [] }
      let used = min(left, container.labelled)
      left = left - used
      if let place = shares.firstIndex(where: { $0.ndc == ndc }) {
        shares[place].amount = shares[place].amount + used
      } else {
        shares.append(Share(ndc: ndc, amount: used))
      }
    }
    for index in shares.indices {
      shares[index].units = shares[index].amount.wholes(of: group.unit)
    }
    let open = max(0, units - shares.reduce(0) { $0 + $1.units })
    let order = shares.indices.sorted { one, other in
      let (a, b) = (
        shares[one].amount.remainder(of: group.unit), shares[other].amount.remainder(of: group.unit)
      )
      return a == b ? one < other : b < a
    }
    for index in order.prefix(open) { shares[index].units += 1 }
    return shares
  }
}

extension DrugReason.Definition {
  static let byPackage = Self(
    .linesPerPackage, .uhcMaryland, "$ of the $ units came from package $.")
}
