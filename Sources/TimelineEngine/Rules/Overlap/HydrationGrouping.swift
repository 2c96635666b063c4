import InfusionRecord

// Pieces of hydration form groups that are charged together: by order if the policy says so, and apart
// if a drug infusion came between them.

extension HydrationMinutes {
  /// Puts every piece into a group and adds up the minutes of each group.
  static func groupPieces(drugs: [DrugStretch], in draft: inout Draft) {
    if isOneBlock(draft) {
      groupAll(&draft)
    } else {
      group(roots: joinDoses(in: draft), drugs: drugs, in: &draft)
    }
    sumGroups(&draft)
  }

  /// For each dose the first dose that it is joined with, which may be itself.
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

  /// Whether all pieces are of one row and may be joined.
  private static func isOneBlock(_ draft: Draft) -> Bool {
    let pieces = draft.pieces
    guard draft.policy.hydrationJoin != .never, let first = pieces.first else { return false }
    return pieces.indices.allSatisfy { pieces[$0].row == first.row }
  }

  private static func groupAll(_ draft: inout Draft) {
    let group = newGroup(for: draft.pieces[0], in: &draft)
    for index in draft.pieces.indices { draft.pieces[index].group = group }
  }

  /// Numbers the groups, then sorts the pieces by group and by canonical order of their rows.
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
    if isJoined { uniteCatheters(&draft) }
    let ranks = draft.canonicalRanks
    sortInPlace(&draft.pieces) { left, right in
      (left.group, ranks[Int(left.row)], left.interval.start)
        < (right.group, ranks[Int(right.row)], right.interval.start)
    }
  }

  /// Takes from each dose of a group the minutes that another dose of the group counts on another
  /// catheter, so that hydration joined over several catheters counts once (rulebook D75).
  ///
  /// ```
  /// port   ████████····      order o1, keeps 10:13–14:43
  /// arm    ··████████··      order o1, counts only what the port does not
  /// ```
  ///
  /// On one catheter `layPieces` has done that already. The pieces are in its order, in which the
  /// earlier order and dose come first and a dose stays together.
  private static func uniteCatheters(_ draft: inout Draft) {
    let first = draft.pieces[0].catheter
    guard draft.pieces.contains(where: { $0.catheter != first }) else { return }
    var counted = [GroupCover](repeating: GroupCover(), count: draft.groups.count)
    var kept: [HydrationPiece] = []
    var free: [Interval] = []
    for piece in draft.pieces {
      let group = Int(piece.group)
      counted[group].begin(piece.dose)
      free.removeAll(keepingCapacity: true)
      IntervalList.subtract(counted[group].others[...], from: piece.interval, into: &free)
      counted[group].own.append(contentsOf: free)
      let taken = piece.interval.seconds - IntervalList.seconds(free[...])
      if taken > 0 {
        draft.rows[Int(piece.row)].besideHydration += taken
        draft.doses[Int(piece.dose)].ranBesideHydration = true
      }
      for interval in free {
        var part = piece
        part.interval = interval
        kept.append(part)
      }
    }
    draft.pieces = kept
  }

  /// What a group counts so far: the stretches of the dose at hand, and those of the doses before it.
  private struct GroupCover {
    private var dose: Int32 = -1
    var own: [Interval] = []
    private(set) var others: [Interval] = []

    mutating func begin(_ next: Int32) {
      guard next != dose else { return }
      dose = next
      for interval in own { IntervalList.insert(interval, into: &others) }
      own.removeAll(keepingCapacity: true)
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

  /// The joined doses of a group. If drug infusions separate pieces, also the catheter and the number
  /// of drug infusions before the piece.
  private struct GroupKey: Hashable {
    var root: Int32
    var catheter: Int32 = -1
    var separators = 0
  }

  /// The doses and catheters on which a drug infusion came between two pieces.
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
        if draft.doses[dose].isDisputed { draft.groups[number].isDisputed = true }
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

  /// The union of each dose's pieces. Pieces of different doses do not overlap: `layPieces` and
  /// `uniteCatheters` saw to that.
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
}
