import InfusionRecord
import SessionReview
import TestSupport
import TimelineEngine

/// A law: a sentence, and a function that returns how a session breaks it, or nil.
struct Law: Sendable {
  let sentence: String
  let fault: @Sendable (inout LawSample) -> String?

  static let all = [
    Law(sentence: "Minutes balance, every row is accounted for, add-ons are found, rules agree") {
      SoundStatement.fault($0.statement)
    },
    Law(
      sentence: "Every reason stands under an administration and cites a source of its rule, "
        + "uncharged minutes say what ran beside them, and the status agrees with the findings"
    ) {
      SoundReasons.fault($0.statement)
    },
    Law(
      sentence: "Order of rows changes nothing, whole days only dates, "
        + "and a deriver used before nothing", fault: toldOtherwise),
    Law(sentence: "Order of sites changes no code, and their names nothing", fault: sitesOtherwise),
    Law(sentence: "What happened after the moment does not exist", fault: asOf),
    Law(sentence: "Time alone lowers a charge only by re-ranking", fault: timeAlone),
    Law(sentence: "Splitting an interrupted dose into rows changes no charge", fault: split),
    Law(sentence: "No line depends on a drug whose class nobody knows", fault: unknown),
    Law(sentence: "Minutes of two drugs are never pooled", fault: separated),
    Law(sentence: "The shaded minutes of a bar are those of the account") { shaded($0.statement) },
  ]

  // MARK: The laws

  private static func toldOtherwise(_ sample: inout LawSample) -> String? {
    let timeline = sample.session.timeline
    let keepsOffset = ["UTC", "America/Phoenix"].contains(timeline.session.clock.zone)
    let days = keepsOffset ? Int64(sample.chance.one(of: -400...400)) : 0
    let other = timeline.reordered(using: &sample.chance.generator).shifted(by: days * 86_400)
    let statement = sample.derive(other)
    return difference(
      sample.lines(of: sample.statement),
      StatementText(statement, from: sample.session.base + days * 86_400).lines)
  }

  private static func sitesOtherwise(_ sample: inout LawSample) -> String? {
    let timeline = sample.session.timeline
    guard timeline.sites.count > 1 else { return nil }
    let reordered = timeline.withSitesReordered(using: &sample.chance.generator)
    let renamed = timeline.renamed
    return difference(codes(sample.statement), codes(sample.derive(reordered)))
      ?? difference(chargesBySite(sample.statement), chargesBySite(sample.derive(renamed)))
  }

  private static func asOf(_ sample: inout LawSample) -> String? {
    let moment = sample.anyMoment()
    // Minutes without clock times are dated by the first day known, and reasons are told one by one.
    let timeline = sample.session.timeline
    guard timeline.session.reasonsForVisit.count < 2,
      !timeline.administrations.contains(where: { $0.statedMinutes != nil })
    else { return nil }
    let whole = sample.derive(sample.session.timeline, asOf: moment)
    let cut = sample.derive(sample.session.timeline.cut(at: moment), asOf: moment)
    return difference(sample.lines(of: whole), sample.lines(of: cut))
  }

  private static func timeAlone(_ sample: inout LawSample) -> String? {
    let moment = sample.anyMoment()
    let timeline = sample.session.timeline.cut(at: moment)
    guard timeline.administrations.contains(where: \.isRunning) else { return nil }
    let later = moment + Int64(sample.chance.one(of: [1, 5, 16, 31, 60, 61, 240]) * 60)
    let change = StatementDifference(
      from: sample.derive(timeline, asOf: moment), to: sample.derive(timeline, asOf: later))
    if change.isRerank || change.fallen.allSatisfy({ $0.fate == .moved }) { return nil }
    return change.sentences.joined(separator: "\n")
  }

  private static func split(_ sample: inout LawSample) -> String? {
    let timeline = sample.session.timeline
    for index in timeline.administrations.indices {
      guard let split = timeline.split(at: index) else { continue }
      return difference(
        chargesWithoutRows(sample.statement), chargesWithoutRows(sample.derive(split)))
    }
    return nil
  }

  private static func separated(_ sample: inout LawSample) -> String? {
    // By this policy a dose beside another keeps its full time (D31), more than its own drug leaves it alone.
    guard sample.session.policy.chemoOverlap != .sequentialFull else { return nil }
    let together = timedUnits(sample.statement)
    let alone = timedUnits(sample.derive(sample.session.timeline.separated))
    return together <= alone ? nil : "\(together) timed units together, \(alone) alone"
  }

  private static func unknown(_ sample: inout LawSample) -> String? {
    guard let asOf = sample.statement.asOf,
      let known = sample.session.timeline.withoutUnknownDrugs
    else { return nil }
    let whole = sample.derive(sample.session.timeline, asOf: asOf)
    // A service of the inpatient stay needs no class.
    let unclassified = whole.findings.filter { $0.id == .unclassifiedDrug }
    let removed = sample.session.timeline.administrations.count - known.administrations.count
    guard unclassified.count == removed else { return nil }
    if whole.status != .held && whole.status != .provisional {
      return "a session with an unknown drug is \(whole.status.text)"
    }
    // The reason for the visit may be the drug itself.
    let reasons = sample.session.timeline.session.reasonsForVisit.count
    guard known.session.reasonsForVisit.count == reasons else { return nil }
    return difference(
      chargesWithoutRows(whole), chargesWithoutRows(sample.derive(known, asOf: asOf)))
  }

  /// Flooring may leave a minute over.
  private static func shaded(_ statement: Statement) -> String? {
    for entry in statement.minutes {
      let row = statement.timeline.administrations[entry.administration]
      guard row.statedMinutes == nil, row.start != nil else { continue }
      let shaded = ShadedMinutes(statement, at: entry.administration)
      let charged = Int(IntervalList.seconds(shaded.charged[...]) / 60)
      let uncharged = Int(IntervalList.seconds(shaded.uncharged[...]) / 60)
      if charged != entry.charged.count || !(0...1).contains(entry.uncharged.count - uncharged) {
        return "\(row.id): \(charged) and \(uncharged) min shaded, "
          + "\(entry.charged.count) and \(entry.uncharged.count) min by the account"
      }
    }
    return nil
  }

  // MARK: Comparing

  private static func difference(_ first: [String], _ second: [String]) -> String? {
    guard first != second else { return nil }
    return second.difference(from: first).map { change in
      switch change {
      case .insert(_, let line, _): "+ \(line)"
      case .remove(_, let line, _): "- \(line)"
      }
    }.joined(separator: "\n")
  }

  /// Code, modifiers, units, date, encounter, site, minutes and status of each charge.
  private static func chargesWithoutRows(_ statement: Statement) -> [String] {
    statement.charges.map { charge in
      "\(charge.code.number) \(charge.modifiers.texts) \(charge.units) "
        + "\(charge.serviceDate?.iso ?? "") \(statement.encounter(of: charge)) "
        + "\(statement.site(of: charge)?.id ?? "") \(charge.minutes.count) \(charge.status.text)"
    }
  }

  /// The units of each code and set of modifiers.
  private static func codes(_ statement: Statement) -> [String] {
    StatementText(statement).codes.split(separator: " ").map(String.init).sorted()
  }

  /// Each charge with the position of its site.
  private static func chargesBySite(_ statement: Statement) -> [String] {
    statement.charges.map { charge in
      let site = statement.site(of: charge)?.id ?? ""
      let position = statement.timeline.sites.firstIndex { $0.id == site } ?? -1
      return "\(charge.code.number) \(charge.modifiers.texts) \(charge.units) \(position)"
    }
  }

  /// First blocks and hours of drug infusions.
  private static func timedUnits(_ statement: Statement) -> Int {
    statement.charges.reduce(0) { $0 + (timed.contains($1.code) ? $1.units : 0) }
  }

  private static let timed: Set<Code> = [
    .chemoInfusion, .chemoSequential, .chemoHour, .infusion, .infusionSequential, .infusionHour,
  ]
}

/// A random session with its statement, to try the laws on.
///
/// Its statement comes from a fresh deriver, all others from one that has seen every session
/// before.
struct LawSample {
  private(set) var session = RandomSession(seed: 0)
  private(set) var statement: Statement
  var chance = Chance(seed: 0)
  private var used = Deriver()

  init() {
    statement = used.statement(of: session.timeline)
  }

  mutating func begin(seed: UInt64) {
    session = RandomSession(seed: seed)
    chance = Chance(seed: seed ^ 0xABCD)
    var fresh = Deriver()
    statement = fresh.statement(of: session.timeline, policy: session.policy)
  }

  mutating func derive(_ timeline: Timeline, asOf: Instant? = nil) -> Statement {
    used.statement(of: timeline, policy: session.policy, asOf: asOf)
  }

  /// A moment during the session.
  mutating func anyMoment() -> Instant {
    session.base + Int64(chance.one(of: 0...max(1, session.high)) * 60)
  }

  func lines(of statement: Statement) -> [String] {
    StatementText(statement, from: session.base).lines
  }
}
