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
    citations: [.supercoder2013, .transmittal902, .payerready],
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

  // MARK: Only pushed

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
        let row = Int(dose.firstRow)
        draft.relate(
          index,
          Relation(
            role: .first, rule: .laterPush,
            why: Reason(.laterPush, .furtherPush, administration: row)))
        continue
      }
      if repeated(index, after: lastReported, in: &draft) { lastReported = index }
    }
  }

  /// A push of the same drug again; whether it is reported.
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
        why: Reason(.laterPush, .repeatPush, administration: Int(row), gap)))
    return true
  }

  // MARK: Also infused

  private static func besideInfusion(_ course: Range<Int>, in draft: inout Draft) {
    var lastReported: Int?
    for position in course {
      let index = Int(draft.courses[position])
      guard draft.doses[index].kind == .push else { continue }
      let row = draft.doses[index].firstRow
      draft.find(.sameDrugPushAndInfusion, row)
      guard draft.timeline.session.setting == .facility else {
        refuse(index, .repeatPushOffice, .repeatPushOffice, in: &draft)
        continue
      }
      let limit = draft.parameters.repeatPushGap
      let fromInfusion = gapToInfusion(index, course: course, in: draft)
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
            .laterPush, .pushBesideInfusion, administration: Int(row),
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
          why: Reason(.laterPush, .furtherPush, administration: Int(row)), isDisputed: true))
    }
  }

  /// Whole minutes between a push and the nearest charged infusion of its course; 0 inside one, nil
  /// where the push has no time.
  private static func gapToInfusion(
    _ push: Int, course: Range<Int>, in draft: Draft
  ) -> Int? {
    guard let start = draft.doses[push].start else { return nil }
    let end = draft.doses[push].end ?? start
    var nearest = Int.max
    for position in course {
      let infusion = draft.doses[Int(draft.courses[position])]
      guard infusion.timing == .byTime || infusion.timing == .concurrent,
        let from = infusion.start, let to = infusion.end
      else { continue }
      // Doses whose times were added are still apart.
      var spans = draft.joined.filter { $0.dose == draft.courses[position] }.map(\.span)
      if spans.isEmpty { spans = [Interval(start: from, end: to)] }
      for span in spans {
        if span.end <= start {
          nearest = min(nearest, draft.minutesBetween(span.end, start))
        } else if end <= span.start {
          nearest = min(nearest, draft.minutesBetween(end, span.start))
        } else {
          return 0
        }
      }
    }
    return nearest
  }

  // MARK: Small verbs

  /// Whole minutes from one push to the next, by the policy's measuring point.
  private static func interval(from first: Int, to next: Int, in draft: Draft) -> Int? {
    let a = draft.doses[first]
    let b = draft.doses[next]
    guard let start = a.start, let later = b.start else { return nil }
    let from = draft.policy.pushInterval == .start ? start : a.end ?? start
    return draft.minutesBetween(from, later)
  }

  private static func refuse(
    _ index: Int, _ clause: Clause, _ finding: Finding.ID, number: Int = 0, in draft: inout Draft
  ) {
    draft.find(finding, draft.doses[index].firstRow, number: number)
    draft.relate(index, Relation(role: .none, rule: .laterPush))
    draft.doses[index].clause = clause
  }
}
