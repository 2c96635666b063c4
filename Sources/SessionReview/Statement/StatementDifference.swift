public import InfusionRecord

/// What changed from one statement of a session to another: units that rose, units that fell, why.
///
/// Two statements of one session differ because time went on, because a fact was recorded or
/// corrected, or because another policy or rulebook version was asked. Units are compared by code,
/// modifiers, date, encounter and site; administrations are matched by id, so that the statements
/// may come from different readings of the record.
///
/// ```
/// 09:55   96365 dexamethasone                       chemotherapy pending
/// 09:56   96413 paclitaxel   96367 dexamethasone    96365 fell, 96367 and 96413 rose: a rerank
/// ```
public struct StatementDifference: Sendable {
  /// Where units stand.
  public struct Place: Sendable, Hashable {
    public let code: Code
    public let modifiers: Modifiers
    /// Nil where no time of the session is known.
    public let serviceDate: CivilDate?
    public let encounter: String
    /// The id of the coded site.
    public let site: String
  }

  /// What became of units that fell.
  public enum Fate: Sendable, Hashable {
    /// The same service is reported by another code now, or as no longer the first initial.
    case recoded(Code)
    /// The same code stands on another date or site now, or with another modifier for its own.
    case moved
    /// Another service keeps the minutes or the code now.
    case yielded(Clause)
    /// Nothing took their place: the facts behind them, or the rules, changed.
    case lost
  }

  /// Units of one place that rose or fell.
  public struct Change: Sendable {
    public let place: Place
    /// Units before and after; never equal.
    public let from: Int
    public let to: Int
    /// The ids of the administrations behind them.
    public let administrations: [String]
    /// The rule that decided, where the later statement has one.
    public let rule: Rule.ID?
    /// Why, in the words of that rule.
    public let because: String
    /// What became of them; nil where they rose.
    public let fate: Fate?

    /// Above 0 where they rose.
    public var units: Int { to - from }
  }

  public let risen: [Change]
  public let fallen: [Change]

  /// What changed between two statements of one session.
  public init(from: Statement, to: Statement) {
    let before = Side(from)
    let after = Side(to)
    var risen: [Change] = []
    for (place, held) in after.places where held.units > before.units(at: place) {
      risen.append(
        Change(
          place: place, from: before.units(at: place), to: held.units,
          administrations: held.administrations, rule: held.reason?.rule,
          because: held.reason?.text ?? "", fate: nil))
    }
    self.risen = risen
    fallen = before.places.compactMap { place, held in
      let left = after.units(at: place)
      guard left < held.units else { return nil }
      return Change(place, fell: held, to: left, before: before, after: after)
    }
  }

  public var isEmpty: Bool { risen.isEmpty && fallen.isEmpty }

  /// Whether units fell and every one of them moved because another service ranks higher now.
  ///
  /// Time alone lowers a charge in no other way.
  public var isRerank: Bool {
    !fallen.isEmpty && fallen.allSatisfy { $0.fate != .lost }
      && fallen.contains { $0.fate != .moved }
  }

  /// What happened, for a person: one sentence a change.
  public var sentences: [String] {
    if isEmpty { return ["No unit changed."] }
    var list = fallen.map(\.sentence) + risen.map(\.sentence)
    if isRerank {
      list.insert("Another service ranks higher now, so units moved between codes.", at: 0)
    }
    return list
  }
}

extension StatementDifference.Change {
  /// `96365 on 02-Mar-2026 fell from 1 to 0, now 96367: Another drug infused …`
  public var sentence: String {
    var text = place.code.number + place.modifiers.texts.map { "-\($0)" }.joined()
    if let date = place.serviceDate { text += " on \(date.display)" }
    text += " \(units > 0 ? "rose" : "fell") from \(from) to \(to)"
    switch fate {
    case .recoded(let code): text += ", now \(code.number)"
    case .moved: text += ", now on another date, site or modifier"
    default: break
    }
    return because.isEmpty ? text + "." : text + ": " + because
  }

  /// Units of one place that fell.
  fileprivate init(
    _ place: StatementDifference.Place, fell held: Side.Held, to left: Int, before: Side,
    after: Side
  ) {
    let taker = after.places.first { candidate, taking in
      guard candidate != place, candidate.encounter == place.encounter else { return false }
      let rose = taking.units > before.units(at: candidate)
      return taking.administrations.contains {
        held.administrations.contains($0) && (rose || !before.holds($0, at: candidate))
      }
    }
    let clause = after.clauses(of: held.administrations).first(where: \.yieldsToAnother)
    let fate: StatementDifference.Fate
    let rule: Rule.ID?
    let because: String
    if let taker {
      let isSame =
        taker.place.code == place.code
        && taker.place.modifiers.isEmpty == place.modifiers.isEmpty
      fate = isSame ? .moved : .recoded(taker.place.code)
      rule = taker.held.reason?.rule
      because = taker.held.reason?.text ?? ""
    } else if let clause {
      fate = .yielded(clause)
      rule = clause.rule
      because = clause.sentence
    } else if let reason = after.places.first(where: { $0.place == place })?.held.reason {
      fate = .lost
      rule = reason.rule
      because = reason.text
    } else {
      let clause = after.clauses(of: held.administrations).first
      fate = .lost
      rule = clause?.rule
      because =
        clause?.sentence
        ?? (after.knows(held.administrations)
          ? "Its minutes no longer earn it." : "It is no longer recorded.")
    }
    self.init(
      place: place, from: held.units, to: left, administrations: held.administrations, rule: rule,
      because: because, fate: fate)
  }
}

extension Clause {
  /// Whether it says that another service has what this one could have had.
  fileprivate var yieldsToAnother: Bool {
    switch self {
    case .coveredByInfusion, .concurrentOnce, .concurrentChemo, .hydrationBesideDrug,
      .hydrationOnce, .repeatPushOffice, .repeatPushTooSoon, .repeatChemoPush,
      .pushOfInfusedDrug, .repeatShortInfusion, .furtherHourMinimum, .flushNotSole,
      .secondSubcutaneous:
      true
    default: false
    }
  }
}

/// A statement's units by place, and its uncharged rows by id.
private struct Side {
  struct Held {
    var units: Int
    var administrations: [String]
    var reason: Reason?
  }

  private(set) var places: [(place: StatementDifference.Place, held: Held)] = []
  private let statement: Statement

  init(_ statement: Statement) {
    self.statement = statement
    for charge in statement.charges {
      let place = StatementDifference.Place(
        code: charge.code, modifiers: charge.modifiers, serviceDate: charge.serviceDate,
        encounter: statement.encounter(of: charge), site: statement.site(of: charge).id)
      var ids: [String] = []
      for row in statement.administrations(of: charge) {
        let id = statement.timeline.administrations[Int(row)].id
        if !ids.contains(id) { ids.append(id) }
      }
      places.append(
        (
          place,
          Held(
            units: charge.units, administrations: ids, reason: statement.reasons(of: charge).first)
        ))
    }
  }

  func units(at place: StatementDifference.Place) -> Int {
    places.first { $0.place == place }?.held.units ?? 0
  }

  /// Whether an administration stands behind units at a place.
  func holds(_ id: String, at place: StatementDifference.Place) -> Bool {
    places.contains { $0.place == place && $0.held.administrations.contains(id) }
  }

  /// Whether any of these administrations is recorded.
  func knows(_ ids: [String]) -> Bool {
    statement.minutes.contains {
      ids.contains(statement.timeline.administrations[$0.administration].id)
    }
  }

  /// Why minutes of these administrations are not charged.
  func clauses(of ids: [String]) -> [Clause] {
    statement.uncharged.filter {
      ids.contains(statement.timeline.administrations[$0.administration].id)
    }.map(\.clause)
  }
}
