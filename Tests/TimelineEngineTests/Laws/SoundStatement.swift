import InfusionRecord
import TestSupport
import TimelineEngine

/// What holds for the statement of every session.
enum SoundStatement {
  /// The first fault of a statement, or nil.
  static func fault(_ statement: Statement) -> String? {
    if !statement.conflicts.isEmpty { return "rules contradict each other" }
    return minutes(statement) ?? charges(statement) ?? addOns(statement) ?? findings(statement)
  }

  /// The ledger names every row that exists once, and every uncharged minute has a rule.
  private static func minutes(_ statement: Statement) -> String? {
    var behindCharge: Set<Int> = []
    for charge in statement.charges {
      for row in statement.administrations(of: charge) { behindCharge.insert(Int(row)) }
    }
    let asOf = statement.asOf ?? .distantFuture
    let existing = statement.timeline.administrations.indices.filter {
      let row = statement.timeline.administrations[$0]
      return (row.start ?? row.stop).map { $0 <= asOf } ?? true
    }
    let listed = statement.minutes.map(\.administration)
    if listed.sorted() != existing { return "the ledger lists \(listed), not \(existing)" }
    for entry in statement.minutes {
      let id = statement.timeline.administrations[entry.administration].id
      let why = statement.uncharged.filter { $0.administration == entry.administration }
      let explained = why.reduce(0) { $0 + $1.minutes.count }
      if entry.charged.count < 0 || entry.uncharged.count < 0
        || why.contains(where: { $0.minutes < 0 })
      {
        return "\(id) has minutes below zero"
      }
      if explained != entry.uncharged.count {
        return "\(id): \(entry.uncharged.count) min uncharged, \(explained) explained"
      }
      if let recorded = recordedMinutes(entry.administration, in: statement),
        recorded != entry.recorded.count
      {
        return "\(id): \(entry.recorded.count) min recorded, \(recorded) by the clock"
      }
      if !behindCharge.contains(entry.administration), why.isEmpty {
        return "\(id) has neither a charge nor an uncharged row"
      }
      if !behindCharge.contains(entry.administration), entry.charged.count > 0 {
        return "\(id) has charged minutes and no charge"
      }
    }
    return nil
  }

  /// Running minutes by the clock alone; nil if an end had to be computed.
  private static func recordedMinutes(_ position: Int, in statement: Statement) -> Int? {
    let row = statement.timeline.administrations[position]
    guard let asOf = statement.asOf, let start = row.start else { return nil }
    guard row.isRunning || row.stop != nil else { return nil }
    let end = min(row.isRunning ? asOf : row.stop ?? asOf, asOf)
    var seconds = end - start
    for pause in row.pauses where pause.start < end {
      seconds -= min(pause.stop ?? end, end) - pause.start
    }
    return Int(max(0, seconds) / 60)
  }

  private static func charges(_ statement: Statement) -> String? {
    var places: Set<String> = []
    for charge in statement.charges {
      if charge.units < 1 { return "\(charge.code.number) has \(charge.units) units" }
      if statement.administrations(of: charge).isEmpty { return "\(charge.code.number) has no row" }
      if statement.reasons(of: charge).isEmpty { return "\(charge.code.number) has no reason" }
      let place =
        "\(charge.code.number) \(charge.modifiers.texts) \(charge.serviceDate?.iso ?? "") "
        + "\(statement.encounter(of: charge)) \(statement.site(of: charge)?.id ?? "")"
      if !places.insert(place).inserted { return "\(place) stands twice" }
    }
    return nil
  }

  /// The primaries as the rulebook lists them, independent of the engine's list.
  private static let primaries: [String: [String]] = [
    "96361": ["96360", "96365", "96374", "96409", "96413"],
    "96366": ["96365", "96367"],
    "96367": ["96365", "96374", "96409", "96413"],
    "96368": ["96365", "96366", "96413", "96415", "96416"],
    "96370": ["96369"], "96371": ["96369"],
    "96375": ["96365", "96374", "96409", "96413"],
    "96376": ["96365", "96374", "96409", "96413"],
    "96411": ["96409", "96413"],
    "96415": ["96413", "96417"],
    "96417": ["96413"],
  ]

  /// Only add-ons without a primary in their encounter are found and marked.
  private static func addOns(_ statement: Statement) -> String? {
    for charge in statement.charges {
      guard let listed = primaries[charge.code.number] else { continue }
      let hasPrimary = statement.charges.contains {
        $0.encounterText(in: statement) == charge.encounterText(in: statement)
          && listed.contains($0.code.number)
      }
      let isFound = statement.findings.contains { finding in
        finding.id == .addOnWithoutPrimary && finding.code == charge.code
          && finding.administration.map {
            statement.timeline.administrations[$0].encounter
          } == charge.encounterText(in: statement)
      }
      if hasPrimary == isFound {
        return "\(charge.code.number) \(hasPrimary ? "has" : "lacks") a primary"
      }
      if !hasPrimary, charge.status != .review, charge.status != .held {
        return "\(charge.code.number) lacks a primary and is \(charge.status.text)"
      }
    }
    return nil
  }

  private static func findings(_ statement: Statement) -> String? {
    let rows = statement.timeline.administrations.indices
    for finding in statement.findings {
      for row in [finding.administration, finding.other].compactMap({ $0 })
      where !rows.contains(row) {
        return "\(finding.id.text) names no row"
      }
      if finding.text.contains("#") || finding.text.contains("%") {
        return "\(finding.id.text) has a gap in its sentence"
      }
    }
    let stops = statement.findings.filter { $0.id == .missingStop }.map(\.administration)
    let computed = statement.findings.filter { $0.id == .computedStop }.map(\.administration)
    if stops.contains(where: computed.contains) { return "a stop is missing and computed" }
    return nil
  }
}

extension Charge {
  fileprivate func encounterText(in statement: Statement) -> String {
    statement.encounter(of: self)
  }
}
