package import InfusionRecord

/// The ordered stages of rules and the numbers in force from a date.
///
/// A session runs through four groups of stages:
///
/// ```
/// given      once for every session         count time ─► classify ─► overlap
/// charged    only if anything is reported,  choose the initial ─► relate the rest ─► count units
///            twice after a fallback (D35)
/// checked    once after `charged`           check units
/// drugs      once, if amounts are recorded  read drugs ─► gather lines ─► count ─► check drug lines
/// ```
///
/// Versions share the rules that did not change. A session is derived by the version in force on its
/// date, or by the version that the caller names.
package struct RuleBook: Sendable {
  /// How the answers of a stage's rules combine.
  package enum HitPolicy: String, Sendable {
    /// Each question has one answer; two answers are a conflict that names both rules.
    case unique
    /// The first answer counts.
    case first
    /// All answers count.
    case collect
  }

  /// A function of a rule and its place in a stage.
  package struct Step: Sendable {
    package let rule: Rule.ID
    /// What the rule does in this step; empty for the only step of a rule.
    package let name: String
    let apply: @Sendable (inout Draft) -> Void

    init(
      _ rule: Rule.ID, named name: String = "", _ apply: @escaping @Sendable (inout Draft) -> Void
    ) {
      self.rule = rule
      self.name = name
      self.apply = apply
    }
  }

  /// Steps that run in this order.
  package struct Stage: Sendable {
    package let name: String
    package let hitPolicy: HitPolicy
    package let steps: [Step]

    init(_ name: String, _ hitPolicy: HitPolicy, _ steps: [Step]) {
      self.name = name
      self.hitPolicy = hitPolicy
      self.steps = steps
    }
  }

  /// `2026.1`.
  package let version: String
  /// The first date of service it governs.
  package let from: CivilDate
  /// What was given: these stages run once for every session.
  let given: [Stage]
  /// What is charged: these stages run if anything of the family may be reported. They run again if
  /// the reason for the visit leaves an add-on without a primary (rulebook D35).
  let charged: [Stage]
  /// What is checked when the charges are final: these stages run once, after `charged`.
  let checked: [Stage]
  /// What the drugs come to: these stages run last, for a session in which amounts are recorded.
  let drugs: [Stage]
  package let parameters: Parameters

  /// All stages in the order in which a session meets them.
  package var stages: [Stage] { given + charged + checked + drugs }

  /// Every rule once, in the order in which a session meets them.
  package var rules: [Rule.ID] {
    var rules: [Rule.ID] = []
    for step in stages.flatMap(\.steps) where !rules.contains(step.rule) {
      rules.append(step.rule)
    }
    return rules
  }
}

extension RuleBook {
  /// Every version, oldest first.
  package static let versions: [RuleBook] = [year2026]

  /// The version with this name.
  package static func version(_ name: String) -> RuleBook? {
    versions.first { $0.version == name }
  }

  /// The version in force on a date: the oldest for dates before all, the newest without a date.
  package static func inForce(on date: CivilDate?) -> RuleBook {
    inForce(on: date, among: versions)
  }

  /// - Parameter versions: oldest first; tests add their own.
  static func inForce(on date: CivilDate?, among versions: [RuleBook]) -> RuleBook {
    guard let date else { return versions[versions.count - 1] }
    return versions.last { $0.from <= date } ?? versions[0]
  }
}
