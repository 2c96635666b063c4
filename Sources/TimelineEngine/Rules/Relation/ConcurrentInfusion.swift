import InfusionRecord

/// A drug with fewer than 16 minutes of its own during another infusion is concurrent, 96368, once an
/// encounter and date however many run at once; chemotherapy has no concurrent code.
///
/// The drug that starts first gets the unit. Pushes and hydration are never concurrent.
enum ConcurrentInfusion {
  static let rule = Rule(
    .concurrentInfusion,
    claim: """
      A drug with fewer than 16 minutes of its own during another infusion is concurrent, 96368, \
      once an encounter and date however many run at once; chemotherapy has no concurrent code.
      """,
    sections: ["R6", "D30", "D31", "D32"],
    citations: [.asco2008, .aapcSimultaneous, .aapc2006, .aapc176906, .medlearnJan2022],
    parameters: [.infusionEntry],
    policies: ["concurrent.scope", "chemo_overlap"],
    disputes: [
      "Two chemotherapies at once: unlisted code (CPT Assistant 2005) or no code (MedLearn).",
      "Once a date (code book) or once an encounter (ASCO).",
    ])

  /// Keeps the earliest of the concurrent infusions of each scope.
  static func apply(limiting draft: inout Draft) {
    var concurrent: [(dose: Int32, scope: Int64)] = []
    for index in draft.doses.indices where draft.doses[index].timing == .concurrent {
      concurrent.append((Int32(index), scope(of: draft.doses[index], in: draft)))
    }
    guard concurrent.count > 1 else { return }
    let doses = draft.doses
    let administrations = draft.timeline.administrations
    sortInPlace(&concurrent) { one, other in
      if one.scope != other.scope { return one.scope < other.scope }
      return doses[Int(one.dose)].startsBefore(doses[Int(other.dose)], among: administrations)
    }
    for (earlier, later) in zip(concurrent, concurrent.dropFirst())
    where earlier.scope == later.scope {
      draft.doses[Int(later.dose)].timing = .concurrentOnce
    }
  }

  /// The encounter, and the date if the policy limits by date.
  private static func scope(of dose: Dose, in draft: Draft) -> Int64 {
    let day = draft.policy.concurrentScope == .date ? draft.date(dose.start)?.dayNumber ?? 0 : 0
    return Int64(dose.encounter) << 32 | Int64(UInt32(bitPattern: day))
  }

  /// Relates the concurrent infusions and those that chemotherapy leaves without a code.
  static func apply(relating draft: inout Draft) {
    for index in draft.doses.indices {
      let dose = draft.doses[index]
      let row = dose.firstRow
      switch dose.timing {
      case .concurrent:
        draft.relate(
          index,
          Relation(
            role: .concurrent, rule: .concurrentInfusion,
            why: Reason(
              .concurrentInfusion, .concurrent, administration: row, dose.countedMinutes,
              dose.minutes)))
      case .concurrentOnce:
        draft.relate(index, Relation(role: .none, rule: .concurrentInfusion))
        draft.doses[index].clause = .concurrentOnce
      case .unlisted:
        draft.relate(
          index,
          Relation(
            role: .unlisted, rule: .concurrentInfusion,
            why: Reason(.concurrentInfusion, .chemoBeside, administration: row), isDisputed: true))
      case .flagged:
        draft.relate(index, Relation(role: .none, rule: .concurrentInfusion))
        draft.doses[index].clause = .concurrentChemo
      default: break
      }
    }
  }
}

extension Sentence {
  static let concurrent: Self =
    "Ran beside another infusion on the same access: # of its & min were its own."
  static let chemoBeside: Self =
    "Chemotherapy beside another infusion, reported as unlisted by the site's policy."
}

extension Clause.Definition {
  static let concurrentOnce = Self(
    .concurrentInfusion, "The concurrent code is reported once, however many drugs run beside.")
  static let concurrentChemo = Self(
    .concurrentInfusion, "No code covers chemotherapy beside another infusion.")
}

extension Finding.Definition {
  static let concurrentChemo = Self(
    .concurrentInfusion, .warning,
    "This chemotherapy ran beside another infusion; no code covers that.")
}
