import InfusionRecord

// How far a repeated push is from what was given before and after it.

/// The reported pushes of a course, for the distance of a further push (rulebook D15, D72).
///
/// Initials are known before the walk through the course; the rest is reported on the way. So only
/// initials can be later than the push at hand, at most one on each site.
struct ReportedPushes {
  /// The reported push with the latest start so far, or with the latest end, as the policy measures.
  private var latest: Int?
  private var laterInitials: [Int] = []
  /// A reported push without a time, so that no distance to it is known.
  private var untimed: Int?
  var hasUntimed: Bool { untimed != nil }

  /// Adds the initials of a course, before the walk through it.
  ///
  /// A method, because an initialiser owns its parameters and would copy the draft.
  mutating func addInitials(of course: Range<Int>, in draft: Draft) {
    for position in course {
      let index = Int(draft.courses[position])
      let dose = draft.doses[index]
      guard dose.kind == .push, dose.relation?.role == .initial else { continue }
      laterInitials.append(index)
      if dose.start == nil { untimed = untimed ?? index }
    }
  }

  var isEmpty: Bool { latest == nil && laterInitials.isEmpty && !hasUntimed }

  /// One of them, first of all one without a time; nil if there is none.
  var anyDose: Int? { untimed ?? latest ?? laterInitials.first }

  /// Passes an initial on the walk.
  mutating func pass(_ initial: Int, in draft: Draft) {
    laterInitials.removeAll { $0 == initial }
    add(initial, in: draft)
  }

  mutating func add(_ push: Int, in draft: Draft) {
    guard let origin = origin(push, in: draft) else {
      untimed = untimed ?? push
      return
    }
    guard let latest, let last = self.origin(latest, in: draft), origin < last else {
      latest = push
      return
    }
  }

  /// The reported push that is nearest to a push with a time, and the whole minutes between; nil if
  /// none has a time.
  func nearest(to push: Int, in draft: Draft) -> (dose: Int, minutes: Int)? {
    var best: (dose: Int, minutes: Int)?
    func compare(_ dose: Int, _ from: Instant?, _ to: Instant?) {
      guard let from, let to else { return }
      let minutes = Minutes(flooring: max(0, to - from)).count
      if minutes < best?.minutes ?? .max { best = (dose, minutes) }
    }
    if let latest { compare(latest, origin(latest, in: draft), draft.doses[push].start) }
    for later in laterInitials { compare(later, origin(push, in: draft), draft.doses[later].start) }
    return best
  }

  /// Where the interval to a later push begins.
  private func origin(_ push: Int, in draft: Draft) -> Instant? {
    let dose = draft.doses[push]
    return draft.policy.pushInterval == .start ? dose.start : dose.end ?? dose.start
  }
}

/// The spans of infusions, by start, each with the latest end up to it.
struct InfusionSpans {
  private var spans: [Interval]
  private var latestEnd: [Instant] = []
  /// A paper record gives an infusion without clock times, so that no distance to it is known.
  let hasUntimed: Bool

  init(_ list: [Interval] = [], hasUntimed: Bool = false) {
    self.hasUntimed = hasUntimed
    spans = list.sorted { $0.start < $1.start }
    var latest = Instant.distantPast
    for span in spans {
      latest = max(latest, span.end)
      latestEnd.append(latest)
    }
  }

  var isEmpty: Bool { spans.isEmpty }

  /// Whole minutes between a stretch and the nearest span; 0 if they overlap.
  func gap(to stretch: Interval) -> Int {
    let next = spans.partitioningIndex { $0.start > stretch.start }
    var nearest = Int64.max
    if next > 0 { nearest = stretch.start - latestEnd[next - 1] }
    if next < spans.count { nearest = min(nearest, spans[next].start - stretch.end) }
    return nearest == .max ? .max : Minutes(flooring: max(0, nearest)).count
  }
}

/// Every recorded intravenous infusion, charged or not, by encounter and by the drugs in its bag
/// (rulebook D73, D76).
///
/// Prolonged pumps are left out: a bolus of their drug is an ordinary push (D11).
struct RecordedInfusions {
  private struct Entry {
    var encounter: Int32
    var infusate: Int32
    /// Nil for an infusion of a paper record without clock times.
    var span: Interval?
  }

  /// Sorted by encounter and infusate.
  private var entries: [Entry] = []
  /// For each infusate that shares a drug with another one, these and itself.
  private var sharing: [Int32: Set<Int32>] = [:]

  /// Adds what a session records.
  ///
  /// A method, because an initialiser owns its parameters and would copy the draft.
  mutating func addAll(of draft: Draft) {
    var joined: [Int32: [Interval]] = [:]
    for part in draft.joined { joined[part.dose, default: []].append(part.span) }
    for index in draft.doses.indices where draft.doses[index].section > .hydration {
      switch draft.doses[index].kind {
      case .infusion, .pending, .held: break
      default: continue
      }
      let dose = draft.doses[index]
      if dose.technique == .subcutaneousInfusion { continue }
      if dose.isWithoutClock {
        entries.append(Entry(encounter: dose.encounter, infusate: dose.infusate, span: nil))
      }
      guard let start = dose.start, let end = dose.end else { continue }
      // Doses whose times were added still have their own spans.
      for span in joined[Int32(index)] ?? [Interval(start: start, end: end)] {
        entries.append(Entry(encounter: dose.encounter, infusate: dose.infusate, span: span))
      }
    }
    addExcluded(in: draft)
    guard !entries.isEmpty else { return }
    entries.sort { ($0.encounter, $0.infusate) < ($1.encounter, $1.infusate) }
    if draft.infusates.hasMixtures { findSharing(in: draft) }
  }

  /// Adds infusions that are part of another procedure or of the inpatient stay: they ran, though
  /// nothing of them is charged.
  private mutating func addExcluded(in draft: Draft) {
    for index in draft.rows.indices where HydrationMinutes.isExcludedDrug(index, in: draft) {
      guard draft.timeline.administrations[index].technique != .push, draft.rows[index].dose >= 0
      else { continue }
      let dose = draft.doses[Int(draft.rows[index].dose)]
      guard Int(dose.firstRow) == index, dose.seconds / 60 >= Int64(draft.parameters.infusionEntry),
        let start = dose.start, let end = dose.end
      else { continue }
      entries.append(
        Entry(
          encounter: dose.encounter, infusate: dose.infusate,
          span: Interval(start: start, end: end)))
    }
  }

  private mutating func findSharing(in draft: Draft) {
    var infusatesOfDrug: [Substring: Set<Int32>] = [:]
    for infusate in 0..<Int32(draft.infusates.count) {
      for drug in draft.infusates.parts(of: infusate) {
        infusatesOfDrug[drug, default: []].insert(infusate)
      }
    }
    for infusates in infusatesOfDrug.values where infusates.count > 1 {
      for infusate in infusates { sharing[infusate, default: []].formUnion(infusates) }
    }
  }

  /// The infusions of an encounter whose bag holds a drug of the infusate.
  func spans(of infusate: Int32, encounter: Int32) -> InfusionSpans {
    guard !entries.isEmpty else { return InfusionSpans() }
    var list: [Interval] = []
    var hasUntimed = false
    for other in sharing[infusate] ?? [infusate] {
      let first = entries.partitioningIndex {
        ($0.encounter, $0.infusate) >= (encounter, other)
      }
      for entry in entries[first...] {
        guard entry.encounter == encounter, entry.infusate == other else { break }
        if let span = entry.span { list.append(span) } else { hasUntimed = true }
      }
    }
    return InfusionSpans(list, hasUntimed: hasUntimed)
  }
}
