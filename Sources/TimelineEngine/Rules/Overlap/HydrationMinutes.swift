import InfusionRecord

/// Hydration counts only while no drug runs on the same catheter, and no minute of it counts twice.
///
/// ```
/// hydration   ████████████████      10:50–13:25
/// chemo       ····████████····      11:20–13:05
/// counts      ████········████      30 + 20 = 50 min of one order
/// ```
///
/// The minutes that are left are joined by order, unless the policy joins all or none. Joined minutes of
/// several catheters are united, so that two bags at once never count twice. A pump that runs and is not
/// prolonged is a drug that runs, although its charge is held (rulebook D74).
enum HydrationMinutes {
  static let rule = Rule(
    .hydrationMinutes,
    claim: """
      Hydration counts only while no drug runs on the same catheter, and no minute of it counts \
      twice.
      """,
    sections: ["R8", "D6", "D17", "D18", "D19", "D66", "D69", "D74", "D75"],
    citations: [
      .noridianA52732, .medlearnNov2021, .noridianTPE, .aapc149056, .cptAssistant2007, .rcaShort,
      .deduction,
    ],
    policies: ["hydration.join"],
    disputes: [
      "Blocks before and after a drug: added (CPT Assistant 2007), or each alone (a payer)."
    ])

  /// A stretch in which a drug ran through a catheter.
  struct DrugStretch {
    var place: Place
    var row: Int32
    var interval: Interval
    /// An infusion separates blocks if the policy joins none; a push does not.
    var isInfusion: Bool
  }

  /// A catheter in an encounter.
  struct Place: Hashable, Comparable {
    var encounter: Int32
    var catheter: Int32

    init(_ row: Draft.Row) {
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
    groupPieces(drugs: drugs, in: &draft)
    reportUnknownDrugs(&draft)
  }

  // MARK: The drugs

  /// The stretches in which drugs ran, by place and start.
  static func drugStretches(in draft: Draft) -> [DrugStretch] {
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
              place: place, row: Int32(row), interval: draft.intervals[index],
              isInfusion: kind == .infusion))
        }
      }
    }
    list += excludedStretches(in: draft)
    sortInPlace(&list) { left, right in
      left.place != right.place
        ? left.place < right.place : left.interval.start < right.interval.start
    }
    return list
  }

  // MARK: The pieces

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

  /// The rows of hydration, first the order and dose that began first, because it keeps the minute
  /// if two run at once.
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
      // Rows are in order of time and id, so the first row of an order or dose began first.
      let order = draft.timeline.administrations[Int(position)].order.map { "o\($0)" }
      let key = "\(row.encounter)\u{1F}\(row.codedSite)\u{1F}" + (order ?? "d\(row.dose)")
      let first = firstOfOrder[key] ?? rank
      firstOfOrder[key] = first
      // A dose stays together, so that it counts the same as one row or as several.
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

  /// Finds drugs without both times that may have run inside hydration.
  private static func reportUnknownDrugs(_ draft: inout Draft) {
    for dose in draft.doses.indices where draft.doses[dose].section > .hydration {
      switch draft.doses[dose].kind {
      case .infusion, .push, .pending, .held: break
      default: continue
      }
      guard draft.doses[dose].technique != .push else { continue }
      for member in draft.doses[dose].rows.indices {
        reportUnknown(draft.doseRows[member], in: &draft)
      }
    }
    for position in draft.order
    where isExcludedDrug(Int(position), in: draft)
      && draft.timeline.administrations[Int(position)].technique != .push
    {
      reportUnknown(position, in: &draft)
    }
  }

  private static func reportUnknown(_ row: Int32, in draft: inout Draft) {
    let unknown = draft.rows[Int(row)]
    guard !unknown.isDocumented || unknown.isWithoutClock else { return }
    let mayRunInside = draft.pieces.contains { piece in
      piece.catheter == unknown.catheter
        && draft.rows[Int(piece.row)].encounter == unknown.encounter
        && (unknown.start.map { $0 < piece.interval.end } ?? true)
        && (unknown.end.map { $0 > piece.interval.start } ?? true)
    }
    if mayRunInside { draft.find(.hydrationBesideUnknownDrug, row) }
  }
}

extension Clause.Definition {
  static let hydrationBesideDrug = Self(
    .hydrationMinutes, "Hydration beside a drug on the same access does not count.")
  static let hydrationOnce = Self(
    .hydrationMinutes, "Two hydrations at once count once; the earlier keeps the minute.")
}

extension Finding.Definition {
  static let hydrationBesideUnknownDrug = Self(
    .hydrationMinutes, .warning, "A drug without both times may have run inside this hydration.")
}
