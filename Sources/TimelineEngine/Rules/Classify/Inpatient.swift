import InfusionRecord

/// A service that starts at or after the inpatient order is not an outpatient service and is not charged.
///
/// ```
/// order     14:00                  │
/// iron      13:59–15:30   ████████████    charged whole
/// saline    14:00–15:30            ███    not charged
/// saline        ?–15:30            ··█    not charged, for review
/// ```
///
/// A dose that began before the order stays one service, even if it was resumed after it. Minutes without
/// clock times are placed by their day: a later day than the order's is not charged.
///
/// The record may not tell on which side of the order a service began. A service stands at the first time
/// that is recorded of it, its stop if it has no start (rulebook D61). One that has no time, and no other
/// day than the order's, is charged. Both are found and need review.
enum Inpatient {
  static let rule = Rule(
    .inpatient,
    claim: """
      A service that starts at or after the inpatient order is not an outpatient service and is not \
      charged.
      """,
    sections: ["R12", "D61", "D84"],
    citations: [.ahima107707, .icd10monitor49453, .deduction])

  /// Excludes the rows of services that start at or after the order.
  static func apply(excluding draft: inout Draft) {
    guard let order = draft.timeline.session.inpatientFrom else { return }
    let orderDay = draft.date(order)
    var services: [DoseName: Service] = [:]
    for index in draft.rows.indices where draft.rows[index].exists {
      guard let name = DoseName(draft.timeline.administrations[index]) else { continue }
      services[name, default: Service()].add(draft.timeline.administrations[index])
    }
    for index in draft.rows.indices where draft.rows[index].exists {
      let row = draft.timeline.administrations[index]
      switch (DoseName(row).flatMap { services[$0] } ?? Service(row)).place(order, on: orderDay) {
      case .before: break
      case .after: draft.rows[index].exclusion = .inpatient
      case .noneBefore:
        draft.rows[index].exclusion = .inpatientUnknown
        draft.rows[index].isPlaceUnknown = true
      case .unknown: draft.rows[index].isPlaceUnknown = true
      }
    }
  }

  /// Finds the services of which the record does not tell whether they began before the order.
  ///
  /// This step comes after `DrugClass`. A row that would not be charged on either side is no doubt.
  static func apply(doubting draft: inout Draft) {
    for position in draft.order where draft.rows[Int(position)].isPlaceUnknown {
      if isCharged(Int(position), in: draft) {
        draft.find(.inpatientUnknown, position)
      } else {
        draft.rows[Int(position)].isPlaceUnknown = false
      }
    }
  }

  /// Whether a row of an outpatient may be charged, by its technique, class and purpose.
  private static func isCharged(_ index: Int, in draft: Draft) -> Bool {
    let row = draft.timeline.administrations[index]
    if row.purpose == .integral || draft.rows[index].isUnclassified { return false }
    switch row.technique {
    case .pumpDisconnect, .oral: return false
    case .flush: return true
    case .infusion, .push, .intramuscular, .subcutaneous, .subcutaneousInfusion, .pump, .pumpRefill,
      .implantedPumpRefill, .onBodyInjector:
      switch DrugClass.section(of: draft.rows[index].drugClass, policy: draft.policy) {
      case .outside: return false
      case .hydration: return row.purpose == .hydration
      case .drug, .chemo: return true
      }
    }
  }

  // MARK: Services

  private enum Place {
    case before, after
    /// No recorded time is before the order, but an earlier one may not be recorded.
    case noneBefore
    case unknown
  }

  /// When a row, or the rows of a dose, began as far as the record tells.
  private struct Service {
    /// The earliest known time.
    private var first: Instant?
    /// The earliest day of minutes without clock times.
    private var day: CivilDate?
    /// A row may have begun earlier than it is recorded.
    private var hasOpenStart = false

    init() {}

    init(_ row: Administration) { add(row) }

    mutating func add(_ row: Administration) {
      if let known = row.start ?? row.stop {
        first = min(first ?? known, known)
        if row.start == nil { hasOpenStart = true }
      } else if let day = row.day {
        self.day = min(self.day ?? day, day)
      } else {
        hasOpenStart = true
      }
    }

    func place(_ order: Instant, on orderDay: CivilDate?) -> Place {
      if let first, first < order { return .before }
      if let day, let orderDay, day < orderDay { return .before }
      guard hasOpenStart || (day != nil && day == orderDay) else { return .after }
      return first == nil ? .unknown : .noneBefore
    }
  }
}

extension Clause.Definition {
  static let inpatient = Self(
    .inpatient, "Started at or after the inpatient order, so it is not an outpatient service.")
  static let inpatientUnknown = Self(
    .inpatient,
    "No recorded time of it is before the inpatient order, and not all of its times are recorded.")
}

extension Finding.Definition {
  static let inpatientUnknown = Self(
    .inpatient, .warning,
    "The record does not tell whether this began before the inpatient order.")
}
