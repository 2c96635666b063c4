import InfusionRecord

/// Each further drug pushed earns 96375 or 96411 once; the same drug again earns 96376 in a
/// facility, more than 30 minutes from every reported push, and chemotherapy nothing.
///
/// ```
/// 10:00 morphine     reported
/// 10:25 morphine     25 min: not reported
/// 10:40 morphine     40 min from the reported one: 96376
/// ```
///
/// The reported push may be a later one, on another site (rulebook D72). A repeated push also needs more
/// than 30 minutes to every infusion whose bag holds the drug, charged or not (D73, D76). A push of a drug
/// that was also infused alone is never its first push (D11). If only a mixed bag held the drug, it is another
/// infusate (D33), so its first push is charged; sources disagree on it as on the others, so it needs review.
///
/// The distance to a push or an infusion without a time is not known, so no repeated push is reported
/// beside one.
enum LaterPush {
  static let rule = Rule(
    .laterPush,
    claim: """
      Each further drug pushed earns 96375 or 96411 once; the same drug again earns 96376 in a \
      facility, more than 30 minutes from every reported push, and chemotherapy nothing.
      """,
    sections: ["R7", "D11", "D15", "D53", "D58", "D61", "D72", "D73", "D76"],
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
    var infusions: RecordedInfusions?
    while lower < draft.courses.count {
      let upper = draft.endOfCourse(lower)
      let course = lower..<upper
      if course.contains(where: { draft.doses[Int(draft.courses[$0])].kind == .push }) {
        let first = draft.doses[Int(draft.courses[lower])]
        if first.isChemo {
          first.courseHasInfusion
            ? chemoBesideInfusion(course, in: &draft) : chemoPushes(course, in: &draft)
        } else if course.count > 1 {
          let known = infusions ?? recordedInfusions(in: draft)
          infusions = known
          pushes(course, beside: known, in: &draft)
        } else {
          pushes(course, beside: RecordedInfusions(), in: &draft)
        }
      }
      lower = upper
    }
  }

  private static func recordedInfusions(in draft: Draft) -> RecordedInfusions {
    var infusions = RecordedInfusions()
    infusions.addAll(of: draft)
    return infusions
  }

  // MARK: Courses of pushes

  /// The pushes of a drug that is not chemotherapy, infused or not.
  private static func pushes(
    _ course: Range<Int>, beside infusions: RecordedInfusions, in draft: inout Draft
  ) {
    let first = draft.doses[Int(draft.courses[course.lowerBound])]
    var reported = ReportedPushes()
    reported.addInitials(of: course, in: draft)
    let spans = infusions.spans(of: first.infusate, encounter: first.encounter)
    for position in course {
      let index = Int(draft.courses[position])
      guard draft.doses[index].kind == .push else { continue }
      if draft.doses[index].relation?.role == .initial {
        reported.pass(index, in: draft)
        continue
      }
      let isAlsoInfused = draft.doses[index].isAlsoInfused
      if isAlsoInfused { draft.find(.sameDrugPushAndInfusion, draft.doses[index].firstRow) }
      if !first.courseHasInfusion, reported.isEmpty {
        isFirst(
          index, isAlsoInfused ? .pushOfMixture : .furtherPush, isDisputed: isAlsoInfused,
          in: &draft)
        reported.add(index, in: draft)
        continue
      }
      if repeated(index, after: reported, spans: spans, in: &draft) {
        reported.add(index, in: draft)
      }
    }
  }

  private static func isFirst(
    _ index: Int, _ form: Reason.Form, isDisputed: Bool = false, in draft: inout Draft
  ) {
    draft.relate(
      index,
      Relation(
        role: .first, rule: .laterPush,
        why: Reason(.laterPush, form, administration: draft.doses[index].firstRow),
        isDisputed: isDisputed))
  }

  /// Judges a push of the same drug; returns whether it is reported.
  private static func repeated(
    _ index: Int, after reported: ReportedPushes, spans: InfusionSpans, in draft: inout Draft
  ) -> Bool {
    let dose = draft.doses[index]
    let row = dose.firstRow
    let limit = draft.parameters.repeatPushGap
    guard draft.timeline.session.setting == .facility else {
      if dose.courseHasInfusion {
        leaveOut(index, .pushOfInfusedOffice, in: &draft)
      } else {
        draft.find(.repeatPushOffice, row)
        leaveOut(index, .repeatPushOffice, in: &draft)
      }
      return false
    }
    guard let start = dose.start, !reported.hasUntimed, !spans.hasUntimed else {
      leaveOutUntimed(index, after: reported, spans: spans, in: &draft)
      return false
    }
    let fromInfusion = spans.gap(to: Interval(start: start, end: dose.end ?? start))
    let nearest = reported.nearest(to: index, in: draft)
    if let nearest, nearest.minutes <= limit {
      draft.find(
        .repeatPushTooSoon, row, other: draft.doses[nearest.dose].firstRow,
        number: nearest.minutes)
      leaveOut(index, .repeatPushTooSoon, in: &draft)
      return false
    }
    guard fromInfusion > limit else {
      if !dose.isAlsoInfused { draft.find(.sameDrugPushAndInfusion, row) }
      leaveOut(index, .pushOfInfusedDrug, in: &draft)
      return false
    }
    let why =
      dose.courseHasInfusion
      ? Reason(.laterPush, .pushBesideInfusion, administration: row, fromInfusion)
      : Reason(.laterPush, .repeatPush, administration: row, nearest?.minutes ?? 0)
    draft.relate(
      index,
      Relation(
        role: .repeatPush, rule: .laterPush, why: why, isDisputed: dose.isAlsoInfused))
    return true
  }

  /// Leaves out a push whose distance to a reported push, or to an infusion, is not known.
  private static func leaveOutUntimed(
    _ index: Int, after reported: ReportedPushes, spans: InfusionSpans, in draft: inout Draft
  ) {
    let row = draft.doses[index].firstRow
    if !spans.hasUntimed, !reported.isEmpty || spans.isEmpty {
      draft.find(
        .repeatPushUntimed, row, other: reported.anyDose.map { draft.doses[$0].firstRow })
      leaveOut(index, .repeatPushUntimed, in: &draft)
    } else {
      if !draft.doses[index].isAlsoInfused { draft.find(.sameDrugPushAndInfusion, row) }
      leaveOut(index, .pushOfInfusedUntimed, in: &draft)
    }
  }

  // MARK: Chemotherapy

  private static func chemoPushes(_ course: Range<Int>, in draft: inout Draft) {
    var isUsedUp = course.contains {
      draft.doses[Int(draft.courses[$0])].relation?.role == .initial
    }
    for position in course {
      let index = Int(draft.courses[position])
      guard draft.doses[index].kind == .push, draft.doses[index].relation?.role != .initial
      else { continue }
      if isUsedUp {
        refuseChemo(index, in: &draft)
      } else {
        isUsedUp = true
        let isAlsoInfused = draft.doses[index].isAlsoInfused
        if isAlsoInfused { draft.find(.sameDrugPushAndInfusion, draft.doses[index].firstRow) }
        isFirst(index, .furtherChemoPush, isDisputed: isAlsoInfused, in: &draft)
      }
    }
  }

  private static func chemoBesideInfusion(_ course: Range<Int>, in draft: inout Draft) {
    var isEarliest = true
    for position in course {
      let index = Int(draft.courses[position])
      guard draft.doses[index].kind == .push else { continue }
      defer { isEarliest = false }
      if draft.doses[index].relation?.role == .initial { continue }
      guard isEarliest else {
        refuseChemo(index, in: &draft)
        continue
      }
      draft.find(.sameDrugPushAndInfusion, draft.doses[index].firstRow)
      isFirst(index, .chemoPushOfInfused, isDisputed: true, in: &draft)
    }
  }

  private static func refuseChemo(_ index: Int, in draft: inout Draft) {
    draft.find(.repeatChemoPush, draft.doses[index].firstRow)
    leaveOut(index, .repeatChemoPush, in: &draft)
  }

  private static func leaveOut(_ index: Int, _ clause: Clause, in draft: inout Draft) {
    draft.relate(index, Relation(role: .none, rule: .laterPush))
    draft.doses[index].clause = clause
  }
}

extension Sentence {
  static let furtherPush: Self = "First push of another drug."
  static let pushOfMixture: Self =
    "First push of a drug that a mixed bag also held; reported by this rulebook."
  static let furtherChemoPush: Self = "First push of another chemotherapy."
  static let chemoPushOfInfused: Self =
    "First push of a chemotherapy that was also infused; reported once by this rulebook."
  static let repeatPush: Self =
    "The same drug again, # min from the nearest reported push of it; more than 30 are needed."
  static let pushBesideInfusion: Self =
    "Push of a drug that was also infused, # min from the infusion; reported by this rulebook."
}

extension Clause.Definition {
  static let repeatPushOffice = Self(
    .laterPush, "An office does not report a repeated push of the same drug.")
  static let pushOfInfusedOffice = Self(
    .laterPush, "An office does not report a push of a drug that was also infused.")
  static let repeatPushTooSoon = Self(
    .laterPush, "A repeated push needs more than 30 minutes to every reported push of the drug.")
  static let repeatPushUntimed = Self(
    .laterPush,
    "How far a repeated push is from the reported push of the drug is not recorded; more than 30 minutes "
      + "are needed.")
  static let repeatChemoPush = Self(
    .laterPush, "No code covers a repeated push of the same chemotherapy.")
  static let pushOfInfusedDrug = Self(
    .laterPush, "A push too near an infusion of the same drug is not reported.")
  static let pushOfInfusedUntimed = Self(
    .laterPush,
    "How far the push is from an infusion of the same drug is not recorded; more than 30 minutes are "
      + "needed.")
}

extension Finding.Definition {
  static let repeatChemoPush = Self(
    .laterPush, .note, "No code covers a repeated push of the same chemotherapy.")
  static let repeatPushOffice = Self(
    .laterPush, .note, "An office does not report a repeated push of the same drug.")
  static let repeatPushTooSoon = Self(
    .laterPush, .note, "A reported push of the same drug is # min away; more than 30 are needed.")
  static let repeatPushUntimed = Self(
    .laterPush, .warning,
    "How far this push is from the reported push of the same drug is not recorded; it is not reported."
  )
  static let sameDrugPushAndInfusion = Self(
    .laterPush, .warning, "The drug was also infused; sources disagree on its push.")
}
