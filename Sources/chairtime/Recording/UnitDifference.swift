import InfusionRecord
import Interchange
import PlainText
import TimelineEngine

/// The units of two statements side by side where they differ: `96413 … 1 -> 2`, and why.
///
/// A person who asks what a correction, a policy or a rulebook changes reads before and after. What
/// became of units that fell is told by `StatementDifference`.
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
