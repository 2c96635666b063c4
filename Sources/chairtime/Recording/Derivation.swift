import InfusionRecord
import Interchange
import SessionStore
import TimelineEngine

/// Derives recorded sessions under one policy and rulebook.
struct Derivation {
  let formulary: Formulary
  var policy = Policy.standard
  var deriver = Deriver()

  init(formulary: Formulary, policy: Policy = .standard, rulebook: RuleBook? = nil) {
    self.formulary = formulary
    self.policy = policy
    deriver = Deriver(rulebook: rulebook)
  }

  /// What a session comes to at a moment; nil is its last word, whoever asks and whenever.
  ///
  /// The last word is the latest time among its facts, clinical or recorded: two people who derive the
  /// same facts look from the same moment.
  mutating func statement(of log: EventLog, asOf: Instant? = nil) -> Statement {
    derived(log, asOf: asOf).statement
  }

  /// The same with the record it was derived from, as of the same moment.
  mutating func derived(_ log: EventLog, asOf: Instant? = nil) -> Derived {
    let recorded = log.timeline(asOf: asOf ?? log.lastWord, formulary: formulary)
    return Derived(
      log: log, recorded: recorded,
      statement: deriver.statement(of: recorded.timeline, policy: policy, asOf: asOf))
  }

  /// A session as of a moment, and what it comes to.
  struct Derived {
    let log: EventLog
    let recorded: RecordedTimeline
    let statement: Statement
  }

  /// The seal of a statement, as a review keeps it: SHA-256 of its JSON.
  static func seal(of statement: Statement) -> String {
    var json = JSONWriter()
    statement.write(to: &json)
    return Seal.sha256(json.bytes)
  }
}

/// How the units of one statement differ from those of another.
struct UnitDifference {
  struct Line {
    let text: String
    let before: Int
    let after: Int
    let why: String
  }

  let lines: [Line]

  init(lines: [Line]) {
    self.lines = lines
  }

  init(from before: Statement, to after: Statement) {
    var order: [String] = []
    var units: [String: (before: Int, after: Int)] = [:]
    var reasons: [String: String] = [:]
    for (statement, isAfter) in [(before, false), (after, true)] {
      for charge in statement.charges {
        let key = UnitDifference.key(charge, in: statement)
        if units[key] == nil { order.append(key) }
        var known = units[key] ?? (0, 0)
        if isAfter { known.after += charge.units } else { known.before += charge.units }
        units[key] = known
        // The reasons of the statement that has it, and of the new one where both do.
        if isAfter || reasons[key] == nil {
          reasons[key] = statement.reasons(of: charge).map {
            "\($0.text) (\($0.rule.text))"
          }.joined(separator: " ")
        }
      }
    }
    lines = order.compactMap { key in
      guard let found = units[key], found.before != found.after else { return nil }
      return Line(
        text: key, before: found.before, after: found.after, why: reasons[key] ?? "")
    }
  }

  private static func key(_ charge: Charge, in statement: Statement) -> String {
    var parts = [charge.code.number] + charge.modifiers.texts
    if let date = charge.serviceDate { parts.append(date.iso) }
    parts.append("site \(statement.site(of: charge).id)")
    let encounter = statement.encounter(of: charge)
    if encounter != "1" { parts.append("encounter \(encounter)") }
    return parts.joined(separator: " ")
  }

  /// One line a unit that differs, with the rule that decides it now.
  func write(to page: inout TextPage, indent: String = "  ") {
    for line in lines {
      page.line("\(indent)\(line.text)", "\(line.before) -> \(line.after)")
      if !line.why.isEmpty { page.wrap(line.why, first: "\(indent)  ") }
    }
  }
}
