import InfusionRecord

/// Each further drug pushed earns 96375 or 96411 once; the same drug again earns 96376 in a
/// facility, more than 30 minutes after the last reported push, and chemotherapy nothing.
///
/// ```
/// 10:00 morphine     reported
/// 10:25 morphine     25 min: not reported
/// 10:40 morphine     40 min after the reported one: 96376
/// ```
///
/// A push of a drug that was also infused is never its first push (rulebook D11).
enum LaterPush {
  static let rule = Rule(
    .laterPush,
    claim: """
      Each further drug pushed earns 96375 or 96411 once; the same drug again earns 96376 in a \
      facility, more than 30 minutes after the last reported push, and chemotherapy nothing.
      """,
    sections: ["R7", "D11", "D15", "D53", "D58", "D61"],
    citations: [
      .cptFurtherPush, .supercoder2013, .transmittal902, .payerready, .codeBook, .deduction,
    ],
    parameters: [.repeatPushGap],
    policies: ["push.interval_from"],
    disputes: [
      "At least 30 minutes (several pages) or more than 30 (CPT Assistant 2011).",
      "A push of a drug that was also infused: left to carriers in 2005.",
    ])

  static func apply(_ draft: inout Draft) {
    var lower = 0
    while lower < draft.courses.count {
      let upper = draft.endOfCourse(lower)
      let course = lower..<upper
      if course.contains(where: { draft.doses[Int(draft.courses[$0])].kind == .push }) {
        let first = draft.doses[Int(draft.courses[lower])]
        switch (first.courseHasInfusion, first.isChemo) {
        case (true, true): chemoBesideInfusion(course, in: &draft)
        case (true, false): besideInfusion(course, in: &draft)
        case (false, _): pushes(course, in: &draft)
        }
      }
      lower = upper
    }
  }

  // MARK: Courses of pushes

  private static func pushes(_ course: Range<Int>, in draft: inout Draft) {
    let isUsedUp = course.contains {
      draft.doses[Int(draft.courses[$0])].relation?.role == .initial
    }
    var isFirst = !isUsedUp
    var lastReported: Int?
    for position in course {
      let index = Int(draft.courses[position])
      let dose = draft.doses[index]
      guard dose.kind == .push else { continue }
      if dose.relation?.role == .initial {
        lastReported = index
        continue
      }
      if isFirst {
        isFirst = false
        lastReported = index
        let row = dose.firstRow
        draft.relate(
          index,
          Relation(
            role: .first, rule: .laterPush,
            why: Reason(
              .laterPush, dose.isChemo ? .furtherChemoPush : .furtherPush, administration: row)))
        continue
      }
      if repeated(index, after: lastReported, in: &draft) { lastReported = index }
    }
  }

  /// Judges a push of the same drug; returns whether it is reported.
  private static func repeated(
    _ index: Int, after last: Int?, in draft: inout Draft
  ) -> Bool {
    let row = draft.doses[index].firstRow
    if draft.doses[index].isChemo {
      refuse(index, .repeatChemoPush, .repeatChemoPush, in: &draft)
      return false
    }
    guard draft.timeline.session.setting == .facility else {
      refuse(index, .repeatPushOffice, .repeatPushOffice, in: &draft)
      return false
    }
    let gap = last.flatMap { interval(from: $0, to: index, in: draft) }
    guard let gap, gap > draft.parameters.repeatPushGap else {
      refuse(index, .repeatPushTooSoon, .repeatPushTooSoon, number: max(0, gap ?? 0), in: &draft)
      return false
    }
    draft.relate(
      index,
      Relation(
        role: .repeatPush, rule: .laterPush,
        why: Reason(.laterPush, .repeatPush, administration: row, gap)))
    return true
  }

  // MARK: Courses with an infusion

  private static func besideInfusion(_ course: Range<Int>, in draft: inout Draft) {
    var lastReported: Int?
    let spans = ChargedSpans(course, in: draft)
    for position in course {
      let index = Int(draft.courses[position])
      guard draft.doses[index].kind == .push else { continue }
      let row = draft.doses[index].firstRow
      draft.find(.sameDrugPushAndInfusion, row)
      guard draft.timeline.session.setting == .facility else {
        draft.relate(index, Relation(role: .none, rule: .laterPush))
        draft.doses[index].clause = .repeatPushOffice
        continue
      }
      let limit = draft.parameters.repeatPushGap
      // A push without any time counts as near every infusion.
      let start = draft.doses[index].start
      let end = draft.doses[index].end ?? start
      let fromInfusion = start.flatMap { start in
        end.map { spans.gap(to: Interval(start: start, end: $0)) }
      }
      let fromPush = lastReported.map { interval(from: $0, to: index, in: draft) ?? 0 } ?? .max
      guard let fromInfusion, fromInfusion > limit, fromPush > limit else {
        draft.relate(index, Relation(role: .none, rule: .laterPush))
        draft.doses[index].clause = .pushOfInfusedDrug
        continue
      }
      lastReported = index
      draft.relate(
        index,
        Relation(
          role: .repeatPush, rule: .laterPush,
          why: Reason(
            .laterPush, .pushBesideInfusion, administration: row,
            min(fromInfusion, fromPush)),
          isDisputed: true))
    }
  }

  private static func chemoBesideInfusion(_ course: Range<Int>, in draft: inout Draft) {
    var isFirst = true
    for position in course {
      let index = Int(draft.courses[position])
      guard draft.doses[index].kind == .push else { continue }
      defer { isFirst = false }
      if draft.doses[index].relation?.role == .initial { continue }
      guard isFirst else {
        refuse(index, .repeatChemoPush, .repeatChemoPush, in: &draft)
        continue
      }
      let row = draft.doses[index].firstRow
      draft.find(.sameDrugPushAndInfusion, row)
      draft.relate(
        index,
        Relation(
          role: .first, rule: .laterPush,
          why: Reason(.laterPush, .chemoPushOfInfused, administration: row), isDisputed: true))
    }
  }

  /// The charged infusions of a course, by start, each with the latest end up to it.
  private struct ChargedSpans {
    private var spans: [Interval] = []
    private var latestEnd: [Instant] = []

    init(_ course: Range<Int>, in draft: Draft) {
      for position in course {
        let infusion = draft.doses[Int(draft.courses[position])]
        guard infusion.timing == .byTime || infusion.timing == .concurrent,
          let start = infusion.start, let end = infusion.end
        else { continue }
        // Doses whose times were added still have their own spans.
        let joined = draft.joined.filter { $0.dose == draft.courses[position] }
        spans += joined.isEmpty ? [Interval(start: start, end: end)] : joined.map(\.span)
      }
      spans.sort { $0.start < $1.start }
      var latest = Instant.distantPast
      for span in spans {
        latest = max(latest, span.end)
        latestEnd.append(latest)
      }
    }

    /// Whole minutes between a stretch and the nearest span; 0 if they overlap.
    func gap(to stretch: Interval) -> Int {
      var low = 0
      var high = spans.count
      while low < high {
        let middle = (low + high) / 2
        if spans[middle].start <= stretch.start { low = middle + 1 } else { high = middle }
      }
      var nearest = Int64.max
      if low > 0 { nearest = stretch.start - latestEnd[low - 1] }
      if low < spans.count { nearest = min(nearest, spans[low].start - stretch.end) }
      return nearest == .max ? .max : Minutes(flooring: max(0, nearest)).count
    }
  }

  // MARK: Parts of the judgement

  /// Whole minutes from the start or the end of one push, as the policy says, to the next.
  private static func interval(from first: Int, to next: Int, in draft: Draft) -> Int? {
    let a = draft.doses[first]
    let b = draft.doses[next]
    guard let start = a.start, let later = b.start else { return nil }
    let from = draft.policy.pushInterval == .start ? start : a.end ?? start
    return Minutes(flooring: later - from).count
  }

  private static func refuse(
    _ index: Int, _ clause: Clause, _ finding: Finding.ID, number: Int = 0, in draft: inout Draft
  ) {
    draft.find(finding, draft.doses[index].firstRow, number: number)
    draft.relate(index, Relation(role: .none, rule: .laterPush))
    draft.doses[index].clause = clause
  }
}

extension Sentence {
  static let furtherPush: Self = "First push of another drug."
  static let furtherChemoPush: Self = "First push of another chemotherapy."
  static let chemoPushOfInfused: Self =
    "First push of a chemotherapy that was also infused; reported once by this rulebook."
  static let repeatPush: Self =
    "The same drug again # min after the last reported push; more than 30 are needed."
  static let pushBesideInfusion: Self =
    "Push of a drug that was also infused, # min apart; reported once more by this rulebook."
}

extension Clause.Definition {
  static let repeatPushOffice = Self(
    .laterPush, "An office does not report a repeated push of the same drug.")
  static let repeatPushTooSoon = Self(
    .laterPush, "A repeated push needs more than 30 minutes since the last reported one.")
  static let repeatChemoPush = Self(
    .laterPush, "No code covers a repeated push of the same chemotherapy.")
  static let pushOfInfusedDrug = Self(
    .laterPush, "A push too near an infusion of the same drug is not reported.")
}

extension Finding.Definition {
  static let repeatChemoPush = Self(
    .laterPush, .note, "No code covers a repeated push of the same chemotherapy.")
  static let repeatPushOffice = Self(
    .laterPush, .note, "An office does not report a repeated push of the same drug.")
  static let repeatPushTooSoon = Self(
    .laterPush, .note, "The same drug was pushed # min before; more than 30 are needed.")
  static let sameDrugPushAndInfusion = Self(
    .laterPush, .warning, "The drug was also infused; sources disagree on its push.")
}
