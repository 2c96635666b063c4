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
    var place: Place
    var interval: Interval
    /// An infusion, which separates blocks where the policy joins none; a push does not.
    var isInfusion: Bool
  }

  /// A catheter in an encounter.
  private struct Place: Hashable, Comparable {
    var encounter: Int32
    var catheter: Int32

    init(_ row: Row) {
      encounter = row.encounter
      catheter = row.catheter
    }

    static func < (left: Place, right: Place) -> Bool {
      (left.encounter, left.catheter) < (right.encounter, right.catheter)
    }
  }

  static func apply(_ draft: inout Draft) {
    guard draft.doses.indices.contains(where: { draft.doses[$0].kind == .hydration }) else {
      return
    }
    let drugs = drugStretches(in: draft)
    layPieces(drugs: drugs, in: &draft)
    if isOneBlock(draft) {
      groupAll(&draft)
    } else {
      group(roots: joinDoses(in: draft), drugs: drugs, in: &draft)
    }
    sumGroups(&draft)
    reportUnknownDrugs(&draft)
  }

  // MARK: What is subtracted

  /// The drugs' running stretches, by place and start.
  private static func drugStretches(in draft: Draft) -> [DrugStretch] {
    var list: [DrugStretch] = []
    list.reserveCapacity(draft.rows.count)
    for dose in draft.doses.indices where draft.doses[dose].section > .hydration {
      let kind = draft.doses[dose].kind
      switch kind {
      case .infusion, .push, .pending, .held: break
      default: continue
      }
      if draft.doses[dose].technique == .subcutaneousInfusion { continue }
      for member in draft.doses[dose].rows.indices {
        let row = Int(draft.doseRows[member])
        let place = Place(draft.rows[row])
        for index in draft.rows[row].segments.indices {
          list.append(
            DrugStretch(
              place: place, interval: draft.intervals[index], isInfusion: kind == .infusion))
        }
      }
    }
    sortInPlace(&list) { left, right in
      left.place != right.place
        ? left.place < right.place : left.interval.start < right.interval.start
    }
    return list
  }

  // MARK: What is left

  private static func layPieces(drugs: [DrugStretch], in draft: inout Draft) {
    let rows = rowsByOrder(in: draft)
    var claimed: [Place: [Interval]] = [:]
    var covers: [Interval] = []
    var covered: Place?
    for position in rows {
      let place = Place(draft.rows[Int(position)])
      if place != covered {
        covered = place
        covers.removeAll(keepingCapacity: true)
        for drug in drugs where drug.place == place { covers.append(drug.interval) }
        IntervalList.normalize(&covers, from: 0)
      }
      if rows.count == 1 {
        layPieces(of: position, covers: covers, claimed: [], in: &draft)
        return
      }
      layPieces(of: position, covers: covers, claimed: claimed[place] ?? [], in: &draft)
      for index in draft.rows[Int(position)].segments.indices {
        IntervalList.insert(draft.intervals[index], into: &claimed[place, default: []])
      }
    }
  }

  /// The rows of hydration, those of the order and dose that began first in front: it keeps the
  /// minute.
  private static func rowsByOrder(in draft: Draft) -> [Int32] {
    var candidates: [Int32] = []
    for position in draft.order {
      let index = Int(position)
      guard draft.rows[index].exists, draft.rows[index].dose >= 0,
        draft.rows[index].section == .hydration,
        draft.timeline.administrations[index].purpose == .hydration
      else { continue }
      candidates.append(position)
    }
    func counts(_ position: Int32) -> Bool {
      let row = draft.rows[Int(position)]
      return row.isDocumented && draft.doses[Int(row.dose)].kind == .hydration
    }
    guard candidates.count > 1 else { return candidates.allSatisfy(counts) ? candidates : [] }
    var firstOfOrder: [String: Int] = [:]
    var firstOfDose: [Int32: Int] = [:]
    var rows: [(order: Int, dose: Int, rank: Int, row: Int32)] = []
    for (rank, position) in candidates.enumerated() {
      let row = draft.rows[Int(position)]
      // Rows come by time and id, so the first seen of an order or dose began first.
      let order = draft.timeline.administrations[Int(position)].order.map { "o\($0)" }
      let key = "\(row.encounter)\u{1F}\(row.codedSite)\u{1F}" + (order ?? "d\(row.dose)")
      let first = firstOfOrder[key] ?? rank
      firstOfOrder[key] = first
      // A dose stays together, so that it is the same told as one row or as several.
      let dose = firstOfDose[row.dose] ?? rank
      firstOfDose[row.dose] = dose
      if counts(position) { rows.append((first, dose, rank, position)) }
    }
    rows.sort { ($0.order, $0.dose, $0.rank) < ($1.order, $1.dose, $1.rank) }
    return rows.map(\.row)
  }

  private static func layPieces(
    of position: Int32, covers: [Interval], claimed: [Interval], in draft: inout Draft
  ) {
    let row = draft.rows[Int(position)]
    var free: [Interval] = []
    swap(&free, &draft.scratch)
    free.removeAll(keepingCapacity: true)
    for index in row.segments.indices {
      let before = free.count
      IntervalList.subtract(covers[...], from: draft.intervals[index], into: &free)
      draft.rows[Int(position)].besideDrug +=
        draft.intervals[index].seconds - IntervalList.seconds(free[before...])
    }
    if !claimed.isEmpty {
      let unclaimed = free.count
      for index in 0..<unclaimed {
        let before = free.count
        IntervalList.subtract(claimed[...], from: free[index], into: &free)
        draft.rows[Int(position)].besideHydration +=
          free[index].seconds - IntervalList.seconds(free[before...])
      }
      free.removeSubrange(..<unclaimed)
    }
    if draft.rows[Int(position)].besideHydration > 0 {
      draft.doses[Int(row.dose)].ranBesideHydration = true
    }
    for piece in free {
      draft.pieces.append(
        HydrationPiece(
          interval: piece, row: position, dose: row.dose, catheter: row.catheter, group: -1))
    }
    swap(&free, &draft.scratch)
  }

  // MARK: What belongs together

  /// For each dose the first dose of its join; itself where it stands alone.
  private static func joinDoses(in draft: Draft) -> [Int32] {
    var roots = draft.doses.indices.map { Int32($0) }
    func root(_ dose: Int32) -> Int32 {
      var found = dose
      while roots[Int(found)] != found { found = roots[Int(found)] }
      return found
    }
    let doses = draft.doses
    guard draft.policy.hydrationJoin != .never,
      doses.indices.lazy.filter({ doses[$0].kind == .hydration }).prefix(2).count > 1
    else { return roots }
    var firstOfKey: [String: Int32] = [:]
    for position in draft.order {
      let row = draft.rows[Int(position)]
      guard row.dose >= 0, draft.doses[Int(row.dose)].kind == .hydration else { continue }
      var key = "\(row.encounter)\u{1F}\(row.codedSite)"
      if draft.policy.hydrationJoin == .sameOrder {
        guard let order = draft.timeline.administrations[Int(position)].order else { continue }
        key += "\u{1F}\(order)"
      }
      if let first = firstOfKey[key] {
        roots[Int(root(row.dose))] = root(first)
      } else {
        firstOfKey[key] = row.dose
      }
    }
    return roots.indices.map { root(Int32($0)) }
  }

  /// Whether all pieces are of one row and nothing separates them.
  private static func isOneBlock(_ draft: Draft) -> Bool {
    let pieces = draft.pieces
    guard draft.policy.hydrationJoin != .never, let first = pieces.first else { return false }
    return pieces.indices.allSatisfy { pieces[$0].row == first.row }
  }

  private static func groupAll(_ draft: inout Draft) {
    let group = newGroup(for: draft.pieces[0], in: &draft)
    for index in draft.pieces.indices { draft.pieces[index].group = group }
  }

  /// Numbers the groups, and sorts the pieces by group and row, rows by time and id.
  private static func group(
    roots: [Int32], drugs: [DrugStretch], in draft: inout Draft
  ) {
    let isJoined = draft.policy.hydrationJoin != .never
    let splits = isJoined ? [] : splitPlaces(drugs: drugs, in: draft)
    var groupOfKey: [GroupKey: Int32] = [:]
    var groupOfRoot = [Int32](repeating: -1, count: roots.count)
    for index in draft.pieces.indices {
      let piece = draft.pieces[index]
      var key = GroupKey(root: roots[Int(piece.dose)])
      if splits.isEmpty {
        let root = Int(key.root)
        if groupOfRoot[root] < 0 { groupOfRoot[root] = newGroup(for: piece, in: &draft) }
        draft.pieces[index].group = groupOfRoot[root]
        continue
      }
      if splits.contains(GroupKey(root: key.root, catheter: piece.catheter)) {
        key.catheter = piece.catheter
        key.separators = separators(before: piece, drugs: drugs, in: draft)
      }
      if let known = groupOfKey[key] {
        draft.pieces[index].group = known
        continue
      }
      let number = newGroup(for: piece, in: &draft)
      groupOfKey[key] = number
      draft.pieces[index].group = number
    }
    guard draft.pieces.count > 1 else { return }
    let ranks = draft.canonicalRanks
    sortInPlace(&draft.pieces) { left, right in
      (left.group, ranks[Int(left.row)], left.interval.start)
        < (right.group, ranks[Int(right.row)], right.interval.start)
    }
  }

  private static func newGroup(for piece: HydrationPiece, in draft: inout Draft) -> Int32 {
    let row = draft.rows[Int(piece.row)]
    draft.groups.append(
      HydrationGroup(
        encounter: row.encounter, site: row.codedSite, firstRow: piece.row,
        start: piece.interval.start))
    return Int32(draft.groups.count - 1)
  }

  /// What makes a group: the join, and where drug infusions separate, the catheter and how many
  /// came before.
  private struct GroupKey: Hashable {
    var root: Int32
    var catheter: Int32 = -1
    var separators = 0
  }

  /// The doses and catheters on which a drug infusion lies between two pieces.
  private static func splitPlaces(drugs: [DrugStretch], in draft: Draft) -> Set<GroupKey> {
    var counts: [GroupKey: Int] = [:]
    var splits: Set<GroupKey> = []
    for piece in draft.pieces {
      let key = GroupKey(root: piece.dose, catheter: piece.catheter)
      let count = separators(before: piece, drugs: drugs, in: draft)
      if let known = counts[key], known != count { splits.insert(key) }
      counts[key] = count
    }
    return splits
  }

  private static func separators(
    before piece: HydrationPiece, drugs: [DrugStretch], in draft: Draft
  ) -> Int {
    let place = Place(draft.rows[Int(piece.row)])
    var count = 0
    for drug in drugs
    where drug.isInfusion && drug.place == place && drug.interval.end <= piece.interval.start {
      count += 1
    }
    return count
  }

  private static func sumGroups(_ draft: inout Draft) {
    var lower = 0
    while lower < draft.pieces.count {
      let number = Int(draft.pieces[lower].group)
      var upper = lower
      while upper < draft.pieces.count, draft.pieces[upper].group == Int32(number) { upper += 1 }
      draft.groups[number].pieces = Run(start: Int32(lower), count: Int32(upper - lower))
      for index in lower..<upper {
        let piece = draft.pieces[index]
        let dose = Int(piece.dose)
        if draft.doses[dose].isMissingFact { draft.groups[number].isMissingFact = true }
        if draft.doses[dose].isRunning { draft.groups[number].isRunning = true }
        if piece.interval.start < draft.groups[number].start {
          draft.groups[number].start = piece.interval.start
          draft.groups[number].firstRow = piece.row
        }
      }
      let run = countedStretches(lower..<upper, in: &draft)
      draft.groups[number].counted = run
      draft.groups[number].seconds = draft.seconds(run)
      lower = upper
    }
  }

  /// Finds drugs without both times that may have run inside hydration.
  /// Each dose's union, one after another: catheters do not touch each other's clocks.
  private static func countedStretches(_ range: Range<Int>, in draft: inout Draft) -> Run {
    let start = draft.intervals.count
    guard range.count > 1 else {
      draft.intervals.append(draft.pieces[range.lowerBound].interval)
      return Run(start: Int32(start), count: 1)
    }
    var pieces = Array(draft.pieces[range])
    sortInPlace(&pieces) { ($0.dose, $0.interval.start) < ($1.dose, $1.interval.start) }
    var first = start
    for index in pieces.indices {
      if index > 0, pieces[index].dose != pieces[index - 1].dose {
        IntervalList.normalize(&draft.intervals, from: first)
        first = draft.intervals.count
      }
      draft.intervals.append(pieces[index].interval)
    }
    IntervalList.normalize(&draft.intervals, from: first)
    if first > start { draft.intervals[start...].sort { $0.start < $1.start } }
    return Run(start: Int32(start), count: Int32(draft.intervals.count - start))
  }

  private static func reportUnknownDrugs(_ draft: inout Draft) {
    for dose in draft.doses.indices where draft.doses[dose].section > .hydration {
      switch draft.doses[dose].kind {
      case .infusion, .push, .pending, .held: break
      default: continue
      }
      guard draft.doses[dose].technique != .push else { continue }
      for member in draft.doses[dose].rows.indices {
        let row = draft.doseRows[member]
        guard !draft.rows[Int(row)].isDocumented else { continue }
        let unknown = draft.rows[Int(row)]
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
