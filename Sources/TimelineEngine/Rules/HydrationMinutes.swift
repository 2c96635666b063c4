import InfusionRecord

/// Hydration counts only while no drug runs on the same catheter, and no minute of it counts twice.
///
/// ```
/// hydration   ████████████████      10:50–13:25
/// chemo       ····████████····      11:20–13:05
/// counts      ████········████      30 + 20 = 50 min of one order
/// ```
///
/// What is left is joined by order, unless the policy joins all or none.
enum HydrationMinutes {
  static let rule = Rule(
    .hydrationMinutes,
    claim: """
      Hydration counts only while no drug runs on the same catheter, and no minute of it counts \
      twice.
      """,
    sections: ["R8", "D6", "D17", "D18", "D19", "D66", "D69"],
    citations: [.medlearnNov2021, .noridianA52732, .cptAssistant2007, .rcaShort],
    policies: ["hydration.join"],
    disputes: [
      "Blocks before and after a drug: added (CPT Assistant 2007), or each alone (a payer)."
    ])

  /// A stretch in which a drug ran through a catheter.
  private struct DrugStretch {
    var encounter: Int32
    var catheter: Int32
    var interval: Interval
    /// An infusion, which separates blocks where the policy joins none; a push does not.
    var isInfusion: Bool
  }

  static func apply(_ draft: inout Draft) {
    guard draft.doses.contains(where: { $0.kind == .hydration }) else { return }
    let drugs = drugStretches(in: draft)
    let roots = joinDoses(in: draft)
    layPieces(drugs: drugs, roots: roots, in: &draft)
    sumGroups(&draft)
    reportUnknownDrugs(&draft)
  }

  // MARK: What is subtracted

  private static func drugStretches(in draft: Draft) -> [DrugStretch] {
    var list: [DrugStretch] = []
    for dose in draft.doses where dose.section > .hydration {
      switch dose.kind {
      case .infusion, .push, .pending, .held: break
      default: continue
      }
      if dose.technique == .subcutaneousInfusion { continue }
      let isInfusion = dose.kind == .infusion
      for row in draft.doseRows[dose.rows.indices] {
        let prepared = draft.rows[Int(row)]
        for interval in draft.intervals[prepared.segments.indices] {
          list.append(
            DrugStretch(
              encounter: prepared.encounter, catheter: prepared.catheter, interval: interval,
              isInfusion: isInfusion))
        }
      }
    }
    list.sort { left, right in
      if left.encounter != right.encounter { return left.encounter < right.encounter }
      if left.catheter != right.catheter { return left.catheter < right.catheter }
      return left.interval.start < right.interval.start
    }
    return list
  }

  // MARK: What belongs together

  /// For each dose the first dose of its join; itself where it stands alone.
  private static func joinDoses(in draft: Draft) -> [Int32: Int32] {
    var roots: [Int32: Int32] = [:]
    func root(_ dose: Int32) -> Int32 {
      var found = dose
      while let next = roots[found], next != found { found = next }
      return found
    }
    var firstOfKey: [String: Int32] = [:]
    for position in draft.order {
      let row = draft.rows[Int(position)]
      guard row.dose >= 0, draft.doses[Int(row.dose)].kind == .hydration else { continue }
      if roots[row.dose] == nil { roots[row.dose] = row.dose }
      let key: String
      switch draft.policy.hydrationJoin {
      case .never: continue
      case .all: key = "\(row.encounter)\u{1F}\(row.codedSite)"
      case .sameOrder:
        guard let order = draft.timeline.administrations[Int(position)].order else { continue }
        key = "\(row.encounter)\u{1F}\(row.codedSite)\u{1F}\(order)"
      }
      if let first = firstOfKey[key] {
        roots[root(row.dose)] = root(first)
      } else {
        firstOfKey[key] = row.dose
      }
    }
    return roots.mapValues { root($0) }
  }

  // MARK: What is left

  private static func layPieces(
    drugs: [DrugStretch], roots: [Int32: Int32], in draft: inout Draft
  ) {
    let rows = rowsByOrder(in: draft)
    var claimed: [Int64: [Interval]] = [:]
    for position in rows { layPieces(of: position, drugs: drugs, claimed: &claimed, in: &draft) }
    group(roots: roots, drugs: drugs, in: &draft)
  }

  /// The rows of hydration, those of the order that began first in front: it keeps the minute.
  private static func rowsByOrder(in draft: Draft) -> [Int32] {
    var firstOfOrder: [String: Int] = [:]
    var rows: [(rank: Int, row: Int32)] = []
    for (rank, position) in draft.order.enumerated() {
      let row = draft.rows[Int(position)]
      guard row.exists, row.dose >= 0, row.section == .hydration,
        draft.timeline.administrations[Int(position)].purpose == .hydration
      else { continue }
      // Rows come by time and id, so the first seen of an order began first.
      let order = draft.timeline.administrations[Int(position)].order.map { "o\($0)" }
      let key = "\(row.encounter)\u{1F}\(row.codedSite)\u{1F}" + (order ?? "d\(row.dose)")
      let first = firstOfOrder[key] ?? rank
      firstOfOrder[key] = first
      if row.isDocumented, draft.doses[Int(row.dose)].kind == .hydration {
        rows.append((first, position))
      }
    }
    return rows.enumerated().sorted {
      ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
    }.map(\.element.row)
  }

  private static func layPieces(
    of position: Int32, drugs: [DrugStretch], claimed: inout [Int64: [Interval]],
    in draft: inout Draft
  ) {
    let row = draft.rows[Int(position)]
    let key = Int64(row.encounter) << 32 | Int64(row.catheter)
    var covers: [Interval] = []
    for drug in drugs where drug.encounter == row.encounter && drug.catheter == row.catheter {
      covers.append(drug.interval)
    }
    IntervalList.normalize(&covers, from: 0)
    for index in row.segments.indices {
      var free: [Interval] = []
      IntervalList.subtract(covers[...], from: draft.intervals[index], into: &free)
      let afterDrugs = IntervalList.seconds(free[...])
      draft.rows[Int(position)].besideDrug += draft.intervals[index].seconds - afterDrugs
      for stretch in free {
        var left: [Interval] = []
        IntervalList.subtract(claimed[key, default: []][...], from: stretch, into: &left)
        draft.rows[Int(position)].besideHydration +=
          stretch.seconds - IntervalList.seconds(left[...])
        for piece in left {
          draft.pieces.append(
            HydrationPiece(
              interval: piece, row: position, dose: row.dose, catheter: row.catheter, group: -1))
        }
      }
    }
    claimed[key, default: []].append(contentsOf: draft.intervals[row.segments.indices])
    IntervalList.normalize(&claimed[key, default: []], from: 0)
  }

  /// Numbers the groups: by join, or by the drug infusions that separate where none are joined.
  private static func group(
    roots: [Int32: Int32], drugs: [DrugStretch], in draft: inout Draft
  ) {
    var groupOfKey: [String: Int32] = [:]
    let separates = draft.policy.hydrationJoin == .never
    let splits = separates ? splitCatheters(drugs: drugs, in: draft) : []
    for index in draft.pieces.indices {
      let piece = draft.pieces[index]
      let root = roots[piece.dose] ?? piece.dose
      var key = "\(root)"
      let catheterKey = "\(root)\u{1F}\(piece.catheter)"
      if separates, splits.contains(catheterKey) {
        key = "\(catheterKey)\u{1F}\(separators(before: piece, drugs: drugs, in: draft))"
      }
      if let known = groupOfKey[key] {
        draft.pieces[index].group = known
      } else {
        let number = Int32(draft.groups.count)
        groupOfKey[key] = number
        draft.pieces[index].group = number
        let row = draft.rows[Int(piece.row)]
        draft.groups.append(
          HydrationGroup(
            encounter: row.encounter, site: row.codedSite, firstRow: piece.row,
            start: piece.interval.start))
      }
    }
  }

  /// The doses and catheters on which a drug infusion lies between two pieces.
  private static func splitCatheters(drugs: [DrugStretch], in draft: Draft) -> Set<String> {
    var counts: [String: Int] = [:]
    var splits: Set<String> = []
    for piece in draft.pieces {
      let key = "\(piece.dose)\u{1F}\(piece.catheter)"
      let count = separators(before: piece, drugs: drugs, in: draft)
      if let known = counts[key], known != count { splits.insert(key) }
      counts[key] = count
    }
    return splits
  }

  private static func separators(
    before piece: HydrationPiece, drugs: [DrugStretch], in draft: Draft
  ) -> Int {
    let encounter = draft.rows[Int(piece.row)].encounter
    var count = 0
    for drug in drugs
    where drug.isInfusion && drug.encounter == encounter && drug.catheter == piece.catheter
      && drug.interval.end <= piece.interval.start
    {
      count += 1
    }
    return count
  }

  private static func sumGroups(_ draft: inout Draft) {
    for number in draft.groups.indices {
      let pieces = draft.pieces.filter { $0.group == Int32(number) }
      for piece in pieces {
        let dose = draft.doses[Int(piece.dose)]
        if dose.isMissingFact { draft.groups[number].isMissingFact = true }
        if dose.isRunning { draft.groups[number].isRunning = true }
        if piece.interval.start < draft.groups[number].start {
          draft.groups[number].start = piece.interval.start
          draft.groups[number].firstRow = piece.row
        }
      }
      // Each dose's union, one after another: catheters do not touch each other's clocks.
      var counted: [Interval] = []
      for dose in Set(pieces.map(\.dose)) {
        counted += IntervalList.union(pieces.filter { $0.dose == dose }.map(\.interval))
      }
      counted.sort { ($0.start, $0.end) < ($1.start, $1.end) }
      draft.groups[number].counted = Run(
        start: Int32(draft.intervals.count), count: Int32(counted.count))
      draft.groups[number].seconds = IntervalList.seconds(counted[...])
      draft.intervals.append(contentsOf: counted)
    }
  }

  /// Finds drugs without both times that may have run inside hydration.
  private static func reportUnknownDrugs(_ draft: inout Draft) {
    for dose in draft.doses where dose.section > .hydration {
      guard dose.kind == .held || dose.isForMissingTime else { continue }
      for row in draft.doseRows[dose.rows.indices] {
        let unknown = draft.rows[Int(row)]
        guard !unknown.isDocumented else { continue }
        let mayRunInside = draft.pieces.contains { piece in
          piece.catheter == unknown.catheter
            && draft.rows[Int(piece.row)].encounter == unknown.encounter
            && (unknown.start.map { $0 < piece.interval.end } ?? true)
            && (unknown.end.map { $0 > piece.interval.start } ?? true)
        }
        if mayRunInside { draft.find(.hydrationBesideUnknownDrug, row) }
      }
    }
  }
}
