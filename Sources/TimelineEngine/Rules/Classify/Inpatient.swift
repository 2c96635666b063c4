import InfusionRecord

/// A service that starts at or after the inpatient order is not an outpatient service and is not charged.
///
/// ```
/// order     14:00                  │
/// iron      13:59–15:30   ████████████    charged whole
/// saline    14:00–15:30            ███    not charged
/// ```
///
/// A dose that began before the order stays one service, even if it was resumed after it. Minutes without
/// clock times are placed by their day: a later day than the order's is not charged. A service with neither
/// a time nor a day cannot be placed and is charged.
enum Inpatient {
  static let rule = Rule(
    .inpatient,
    claim: """
      A service that starts at or after the inpatient order is not an outpatient service and is not \
      charged.
      """,
    sections: ["R12", "D84"],
    citations: [.ahima107707, .icd10monitor49453])

  /// Excludes the rows of services that start at or after the order.
  static func apply(_ draft: inout Draft) {
    guard let order = draft.timeline.session.inpatientFrom else { return }
    let orderDay = draft.date(order)
    for index in draft.rows.indices where draft.rows[index].exists {
      let isLater =
        if let start = serviceStart(of: index, in: draft) {
          start >= order
        } else if let day = draft.timeline.administrations[index].day, let orderDay {
          // Minutes without clock times are placed by their day alone.
          day > orderDay
        } else {
          false
        }
      if isLater { draft.rows[index].exclusion = .inpatient }
    }
  }

  /// The first time of the row, or of the dose that it continues.
  private static func serviceStart(of index: Int, in draft: Draft) -> Instant? {
    let administrations = draft.timeline.administrations
    let row = administrations[index]
    guard let dose = row.dose else { return row.start ?? row.stop }
    var first: Instant?
    for other in administrations.indices where draft.rows[other].exists {
      guard administrations[other].dose == dose, administrations[other].drug == row.drug,
        administrations[other].technique == row.technique,
        administrations[other].encounter == row.encounter,
        let start = administrations[other].start ?? administrations[other].stop
      else { continue }
      first = first.map { min($0, start) } ?? start
    }
    return first
  }
}

extension Clause.Definition {
  static let inpatient = Self(
    .inpatient, "Started at or after the inpatient order, so it is not an outpatient service.")
}
