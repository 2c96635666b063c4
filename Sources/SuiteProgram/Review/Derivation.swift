package import InfusionRecord
import Interchange
import PlainText
import SessionStore
package import TimelineEngine

/// Derives recorded sessions under one policy and rulebook.
package struct Derivation {
  package let formulary: Formulary
  package var policy = Policy.standard
  package var deriver = Deriver()

  package init(formulary: Formulary, policy: Policy = .standard, rulebook: RuleBook? = nil) {
    self.formulary = formulary
    self.policy = policy
    deriver = Deriver(rulebook: rulebook)
  }

  /// Derives as a review did: under its rulebook and its policy.
  package init(formulary: Formulary, under review: Review) {
    self.init(
      formulary: formulary, policy: Policy(settings: review.policy),
      rulebook: RuleBook.version(review.rulebook))
  }

  /// What a session comes to at a moment; nil is its last word, whoever asks and whenever.
  ///
  /// The last word is the latest time among its facts, clinical or recorded: two people who derive the
  /// same facts look from the same moment.
  package mutating func statement(of log: EventLog, asOf: Instant? = nil) -> Statement {
    derived(log, asOf: asOf).statement
  }

  /// The same with the record it was derived from, as of the same moment.
  package mutating func derived(_ log: EventLog, asOf: Instant? = nil) -> Derived {
    let recorded = log.timeline(asOf: asOf ?? log.latestMoment, formulary: formulary)
    return Derived(
      log: log, recorded: recorded,
      statement: deriver.statement(of: recorded.timeline, policy: policy, asOf: asOf))
  }

  /// A session as of a moment, and what it comes to.
  package struct Derived {
    package let log: EventLog
    package let recorded: RecordedTimeline
    package let statement: Statement
  }

  /// The seal of a statement, as a review keeps it: SHA-256 of its JSON.
  package static func seal(of statement: Statement) -> String {
    var json = JSONWriter()
    statement.write(to: &json)
    return Seal.sha256(json.bytes)
  }
}

extension PolicyValue {
  /// As a command line writes it.
  package var argument: String {
    switch self {
    case .text(let text): text
    case .flag(let flag): flag ? "true" : "false"
    case .number(let number): number == number.rounded() ? String(Int(number)) : "\(number)"
    }
  }
}
