package import InfusionRecord
package import TimelineEngine

/// What changed from one statement of a session to another: units that rose, units that fell, and why.
///
/// Two statements of one session differ because time went on, because a fact was recorded or
/// corrected, or because they were derived under another policy or rulebook version. Units are compared
/// by code, modifiers, date, encounter and site. Administrations are matched by id, so the statements
/// may come from different timelines of the session.
///
/// ```
/// 09:55   96365 dexamethasone                       chemotherapy pending
/// 09:56   96413 paclitaxel   96367 dexamethasone    96365 fell, 96367 and 96413 rose: a rerank
/// ```
package struct StatementDifference: Sendable {
  /// Where units stand.
  package struct Place: Sendable, Hashable {
    package let code: Code
    package let modifiers: Modifiers
    /// Nil if no time of the session is known.
    package let serviceDate: CivilDate?
    package let encounter: String
    /// The id of the coded site.
    package let site: String
  }

  /// What became of units that fell.
  package enum Fate: Sendable, Hashable {
    /// The same service is reported by another code now, or no longer as the first initial.
    case recoded(Code)
    /// The same code stands on another date or site now, or with another modifier.
    case moved
    /// Another service has the minutes or the code now.
    case yielded(Clause)
    /// Nothing took their place: the facts behind them, or the rules, changed.
    case lost
  }

  /// Units of one place that rose or fell.
  package struct Change: Sendable {
    package let place: Place
    /// Units before and after; never equal.
    package let from: Int
    package let to: Int
    /// The ids of the administrations behind them.
    package let administrations: [String]
    /// The rule that decided, if the later statement has one.
    package let rule: Rule.ID?
    /// Why, in the words of that rule.
    package let because: String
    /// What became of them; nil if they rose.
    package let fate: Fate?
    /// The reasons of the units that are left, or of those that there were if none is left.
    package let reasons: [Reason]

    /// Above 0 if they rose.
    package var units: Int { to - from }
  }

  package let risen: [Change]
  package let fallen: [Change]
  /// The lines of drugs that rose or fell.
  package let drugs: [DrugLineChange]
  private let before: StatementPlaces
  private let after: StatementPlaces

  package init(from: Statement, to: Statement) {
    let before = StatementPlaces(from)
    let after = StatementPlaces(to)
    risen = after.places.compactMap { place, held in
      let was = before.units(at: place)
      guard held.units > was else { return nil }
      let reason = held.reasons.first
      return Change(
        place: place, from: was, to: held.units, administrations: held.administrations,
        rule: reason?.rule, because: reason?.text ?? "", fate: nil, reasons: held.reasons)
    }
    fallen = before.places.compactMap { place, held in
      guard after.units(at: place) < held.units else { return nil }
      return Change(place, fell: held, before: before, after: after)
    }
    drugs = DrugLineChange.found(from: from, to: to)
    (self.before, self.after) = (before, after)
  }

  package var isEmpty: Bool { risen.isEmpty && fallen.isEmpty && drugs.isEmpty }

  /// Every change: those of places in the earlier statement in its order, then those of new places.
  package var changes: [Change] {
    var changes: [Place: Change] = [:]
    for change in fallen + risen { changes[change.place] = change }
    return (before.places + after.places).map(\.place).uniqued.compactMap { changes[$0] }
  }

  /// Whether units fell only because another service ranks higher now.
  ///
  /// Time alone lowers a charge in no other way.
  package var isRerank: Bool {
    !fallen.isEmpty && fallen.allSatisfy { $0.fate != .lost }
      && fallen.contains { $0.fate != .moved }
  }

  /// What happened, for a person: one sentence a change.
  package var sentences: [String] {
    if isEmpty { return ["No unit changed."] }
    var list = fallen.map(\.sentence) + risen.map(\.sentence) + drugs.map(\.sentence)
    if isRerank {
      list.insert("Another service ranks higher now, so units moved between codes.", at: 0)
    }
    return list
  }

  /// Units by code in one sentence, short enough for a prompt: `Units change: 96415: 1 to 2`.
  package var codeSentence: String {
    let codes = (before.places + after.places).map(\.place.code).uniqued
    var changes = codes.compactMap { code -> String? in
      let (was, becomes) = (before.units(of: code), after.units(of: code))
      return was == becomes ? nil : "\(code.number): \(was) to \(becomes)"
    }
    changes += drugs.map { "\($0.code): \($0.from) to \($0.to)" }
    return changes.isEmpty
      ? "No unit changes." : "Units change: " + changes.joined(separator: ", ")
  }
}

extension StatementDifference.Place {
  /// `96413 59 2026-03-02 site port`; the encounter is named unless it is `1`.
  package var text: String {
    var parts = [code.number] + modifiers.texts
    if let serviceDate { parts.append(serviceDate.iso) }
    parts.append("site \(site)")
    if encounter != "1" { parts.append("encounter \(encounter)") }
    return parts.joined(separator: " ")
  }
}

extension StatementDifference.Change {
  /// `96365 on 02-Mar-2026 fell from 1 to 0, now 96367: Another drug infused …`
  package var sentence: String {
    var text = place.code.text(with: place.modifiers.texts)
    if let date = place.serviceDate { text += " on \(date.display)" }
    text += " \(units > 0 ? "rose" : "fell") from \(from) to \(to)"
    switch fate {
    case .recoded(let code): text += ", now \(code.number)"
    case .moved: text += ", now on another date, site or modifier"
    case .yielded, .lost, nil: break
    }
    return because.isEmpty ? text + "." : text + ": " + because
  }

  /// Every reason with its rule.
  package var why: String {
    reasons.map { "\($0.text) (\($0.rule.text))" }.joined(separator: " ")
  }

  /// Units of one place that fell.
  fileprivate init(
    _ place: StatementDifference.Place, fell held: StatementPlaces.Held, before: StatementPlaces,
    after: StatementPlaces
  ) {
    let left = after.places.first { $0.place == place }?.held
    let taker = after.places.first { candidate, taking in
      guard candidate != place, candidate.encounter == place.encounter else { return false }
      let rose = taking.units > before.units(at: candidate)
      return taking.administrations.contains {
        held.administrations.contains($0) && (rose || !before.holds($0, at: candidate))
      }
    }
    let clauses = after.clauses(of: held.administrations)
    let fate: StatementDifference.Fate
    let rule: Rule.ID?
    let because: String
    if let taker {
      let isSame =
        taker.place.code == place.code
        && taker.place.modifiers.isEmpty == place.modifiers.isEmpty
      fate = isSame ? .moved : .recoded(taker.place.code)
      rule = taker.held.reasons.first?.rule
      because = taker.held.reasons.first?.text ?? ""
    } else if let clause = clauses.first(where: \.yieldsToAnother) {
      fate = .yielded(clause)
      rule = clause.rule
      because = clause.sentence
    } else if let reason = left?.reasons.first {
      fate = .lost
      rule = reason.rule
      because = reason.text
    } else {
      fate = .lost
      rule = clauses.first?.rule
      because =
        clauses.first?.sentence
        ?? (after.knows(held.administrations)
          ? "Its minutes no longer earn it." : "It is no longer recorded.")
    }
    self.init(
      place: place, from: held.units, to: left?.units ?? 0, administrations: held.administrations,
      rule: rule, because: because, fate: fate, reasons: left?.reasons ?? held.reasons)
  }
}

extension Clause {
  /// Whether it says that another service has what this one could have had.
  fileprivate var yieldsToAnother: Bool {
    switch self {
    case .coveredByInfusion, .concurrentOnce, .concurrentChemo, .hydrationBesideDrug,
      .hydrationOnce, .repeatPushOffice, .pushOfInfusedOffice, .repeatPushTooSoon,
      .repeatPushUntimed, .repeatChemoPush,
      .pushOfInfusedDrug, .pushOfInfusedUntimed, .repeatShortInfusion, .furtherHourMinimum,
      .flushNotSole,
      .secondSubcutaneous:
      true
    default: false
    }
  }
}
