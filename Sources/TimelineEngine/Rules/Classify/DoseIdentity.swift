import InfusionRecord

/// Rows are one dose when they share dose, infusate, technique, coded site and encounter; rows of
/// one bag are one infusion; the same drug without either is another dose.
///
/// ```
/// riTUXimab  dose 1   ████····
/// riTUXimab  dose 1   ·····███   one dose, interrupted: the stretches add up
/// ceftriaxone         ██······
/// ceftriaxone         ·····██·   two doses: each is judged on its own
/// ```
///
/// An infusate is the exact set of drugs in one bag, without a carrier fluid. This rule runs after
/// `AccessSites` because a dose belongs to its coded site.
enum DoseIdentity {
  static let rule = Rule(
    .doseIdentity,
    claim: """
      Rows are one dose when they share dose, infusate, technique, coded site and encounter; rows \
      of one bag are one infusion; the same drug without either is another dose.
      """,
    sections: ["R9", "D4", "D33", "D68", "D69"],
    citations: [.aapc149056, .asco2008, .aapcSimultaneous],
    parameters: [.adjacentGap],
    disputes: ["ICD10monitor adds the times of all bags of one drug; see repeat_dose.mode."])

  /// Makes doses of the rows.
  static func apply(joining draft: inout Draft) {
    draft.infusates.removeAll()
    guard hasSharedRows(draft.timeline) else {
      standAlone(&draft)
      return
    }
    var doseOfKey: [Key: Int32] = [:]
    doseOfKey.reserveCapacity(draft.order.count)
    var pairs: [(dose: Int32, row: Int32)] = []
    pairs.reserveCapacity(draft.order.count)
    let administrations = draft.timeline.administrations
    let hasBags = administrations.indices.contains { administrations[$0].bag != nil }
    let bags = hasBags ? bagMembers(in: draft) : [:]
    draft.infusates.hasMixtures = bags.values.contains { $0.count > 1 }
    for position in draft.order {
      let row = draft.rows[Int(position)]
      guard row.exists else { continue }
      let members = members(of: position, bags: bags, in: draft)
      let infusate = draft.infusates.number(infusateText(position, members: members, in: draft))
      var dose: Int32?
      if let key = key(of: position, members: members, infusate: infusate, in: draft) {
        dose = doseOfKey[key]
        if dose == nil { doseOfKey[key] = Int32(draft.doses.count) }
      }
      if dose == nil {
        dose = Int32(draft.doses.count)
        draft.doses.append(newDose(position, infusate: infusate, in: draft))
      }
      if let dose { pairs.append((dose, position)) }
    }
    collect(&pairs, in: &draft)
  }

  /// Whether any row names a dose or a bag.
  private static func hasSharedRows(_ timeline: Timeline) -> Bool {
    let administrations = timeline.administrations
    return administrations.indices.contains {
      administrations[$0].bag != nil || administrations[$0].dose != nil
    }
  }

  /// Makes each row a dose, for sessions in which no row names a dose or bag.
  private static func standAlone(_ draft: inout Draft) {
    for position in draft.order where draft.rows[Int(position)].exists {
      let infusate = draft.infusates.number(
        draft.timeline.administrations[Int(position)].drug.identity)
      var dose = newDose(position, infusate: infusate, in: draft)
      dose.rows = Run(start: Int32(draft.doseRows.count), count: 1)
      draft.doseRows.append(position)
      draft.rows[Int(position)].dose = Int32(draft.doses.count)
      dose.take(draft.rows[Int(position)])
      dose.isMissingFact = lacksFact(position, in: draft)
      dose.segments = draft.rows[Int(position)].segments
      dose.seconds = draft.rows[Int(position)].seconds
      draft.doses.append(dose)
    }
  }

  private static func newDose(_ position: Int32, infusate: Int32, in draft: Draft) -> Dose {
    let row = draft.rows[Int(position)]
    let technique = draft.timeline.administrations[Int(position)].technique
    var dose = Dose(
      firstRow: position, technique: technique, encounter: row.encounter,
      site: usesCodedSite(position, in: draft) ? row.codedSite : row.catheter)
    dose.infusate = infusate
    return dose
  }

  private static func usesCodedSite(_ position: Int32, in draft: Draft) -> Bool {
    switch draft.timeline.administrations[Int(position)].technique {
    case .infusion, .push: true
    case .pump: !draft.rows[Int(position)].isProlongedPump
    default: false
    }
  }

  // MARK: Keys of doses

  private static func bagMembers(in draft: Draft) -> [BagName: [Int32]] {
    var bags: [BagName: [Int32]] = [:]
    for position in draft.order where draft.rows[Int(position)].exists {
      guard let bag = bagName(of: position, in: draft) else { continue }
      bags[bag, default: []].append(position)
    }
    return bags
  }

  private static func bagName(of position: Int32, in draft: Draft) -> BagName? {
    guard draft.rows[Int(position)].section != .outside else { return nil }
    return BagName(draft.timeline.administrations[Int(position)])
  }

  private static func members(
    of position: Int32, bags: [BagName: [Int32]], in draft: Draft
  ) -> [Int32]? {
    bagName(of: position, in: draft).flatMap { bags[$0] }
  }

  /// The drugs of the bag without its carrier, as one key.
  private static func infusateText(
    _ position: Int32, members: [Int32]?, in draft: Draft
  ) -> String {
    guard let members, members.count > 1 else {
      return draft.timeline.administrations[Int(position)].drug.identity
    }
    let hasDrug = members.contains { draft.rows[Int($0)].section > .hydration }
    let drugs = members.filter { !hasDrug || draft.rows[Int($0)].section > .hydration }
      .map { draft.timeline.administrations[Int($0)].drug.identity }
    return Set(drugs).sorted(by: precedes).joined(separator: Interner.separator)
  }

  /// What the rows of one dose share once bags, coded sites and exclusions are known. `DoseName` is what
  /// they share as recorded.
  private struct Key: Hashable {
    enum Name: Hashable { case dose(String), bag(String) }

    let name: Name
    let infusate: Int32
    let technique: Technique
    let site: Int32
    let encounter: Int32
    let isFluid: Bool
    let isProlongedPump: Bool
    let exclusion: Clause?
  }

  /// The key of a row; nil for a row that is a dose of its own.
  private static func key(
    of position: Int32, members: [Int32]?, infusate: Int32, in draft: Draft
  ) -> Key? {
    let isAlone =
      draft.timeline.administrations[Int(position)].dose == nil
      && draft.timeline.administrations[Int(position)].bag == nil
    if isAlone { return nil }
    let row = draft.rows[Int(position)]
    let record = draft.timeline.administrations[Int(position)]
    // The drugs of a bag are one dose, even if they name several.
    let shared =
      members.map { rows in
        rows.compactMap { draft.timeline.administrations[Int($0)].dose }.min(by: precedes)
      } ?? record.dose
    guard row.section != .outside || record.technique == .oral || row.isExcludedService,
      shared != nil || record.bag != nil
    else { return nil }
    let site = usesCodedSite(position, in: draft) ? row.codedSite : row.catheter
    // Fluid that is not hydration is never one dose with hydration.
    let isFluid =
      row.section == .hydration && members == nil && record.purpose != .hydration
    return Key(
      name: shared.map(Key.Name.dose) ?? .bag(record.bag ?? ""), infusate: infusate,
      technique: record.technique, site: site, encounter: row.encounter, isFluid: isFluid,
      isProlongedPump: row.isProlongedPump, exclusion: row.exclusion)
  }

  // MARK: Summaries of doses

  private static func collect(_ pairs: inout [(dose: Int32, row: Int32)], in draft: inout Draft) {
    // The offset keeps the canonical order of the rows of a dose.
    if draft.doses.count < pairs.count {
      pairs = pairs.enumerated().sorted {
        ($0.element.dose, $0.offset) < ($1.element.dose, $1.offset)
      }.map(\.element)
    }
    var lower = 0
    while lower < pairs.count {
      var upper = lower
      while upper < pairs.count, pairs[upper].dose == pairs[lower].dose { upper += 1 }
      let dose = Int(pairs[lower].dose)
      draft.doses[dose].rows = Run(
        start: Int32(draft.doseRows.count), count: Int32(upper - lower))
      for index in lower..<upper { draft.doseRows.append(pairs[index].row) }
      summarize(dose, in: &draft)
      lower = upper
    }
  }

  /// Sets the class, the ends and the running stretches of a dose from its rows.
  static func summarize(_ dose: Int, in draft: inout Draft) {
    let lower = draft.intervals.count
    let single = draft.doses[dose].rows.count == 1
    var value = draft.doses[dose]
    value.section = .outside
    value.start = nil
    value.end = nil
    for position in draft.doseRows[value.rows.indices] {
      let row = draft.rows[Int(position)]
      draft.rows[Int(position)].dose = Int32(dose)
      if precedes(draft.id(position), draft.id(value.firstRow)) { value.firstRow = position }
      value.take(row)
      if lacksFact(position, in: draft) { value.isMissingFact = true }
      if single {
        value.segments = row.segments
        value.seconds = row.seconds
      } else {
        for index in row.segments.indices { draft.intervals.append(draft.intervals[index]) }
      }
    }
    if !single {
      value.segments = draft.appendUnion(from: lower)
      value.seconds = draft.seconds(value.segments)
    }
    draft.doses[dose] = value
  }

  /// Whether the technique uses an access site, which an injection does not, and none is charted.
  static func lacksSite(_ position: Int32, in draft: Draft) -> Bool {
    guard !draft.timeline.administrations[Int(position)].isSiteCharted else { return false }
    switch draft.timeline.administrations[Int(position)].technique {
    case .infusion, .push, .subcutaneousInfusion, .pump: return true
    default: return false
    }
  }

  /// Whether the site is missing, or a fact that hydration needs.
  static func lacksFact(_ position: Int32, in draft: Draft) -> Bool {
    let index = Int(position)
    if lacksSite(position, in: draft) { return true }
    return draft.rows[index].section == .hydration
      && draft.timeline.administrations[index].hydrationFacts != .all
      && draft.timeline.administrations[index].bag == nil
  }
}

extension Dose {
  /// Adds the class, the ends and the state of a row.
  fileprivate mutating func take(_ row: Draft.Row) {
    if row.section >= section {
      section = row.section
      drugClass = Dose.higher(row.drugClass, drugClass)
    }
    if let position = row.position { start = min(start ?? position, position) }
    if let last = row.end ?? row.start { end = max(end ?? last, last) }
    isRunning = isRunning || row.isRunning
    isComputed = isComputed || row.isComputed
    isWithoutClock = isWithoutClock || row.isWithoutClock
    isSeenInPause = isSeenInPause || row.isSeenInPause
    isSeenRunning = isSeenRunning || (row.isLastSeen && !row.isSeenInPause)
    isDisputed = isDisputed || row.isClassDisputed || row.isPlaceUnknown
  }

  /// The class that decides the codes of a mixture.
  private static func higher(_ left: Drug.Class, _ right: Drug.Class) -> Drug.Class {
    func rank(_ drugClass: Drug.Class) -> Int {
      switch drugClass {
      case .chemotherapy: 0
      case .complexBiologic: 1
      case .hormonalAntineoplastic: 2
      case .therapeutic: 3
      case .hydration: 4
      case .other: 5
      }
    }
    return rank(left) <= rank(right) ? left : right
  }
}
