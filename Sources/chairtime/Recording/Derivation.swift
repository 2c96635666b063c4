import InfusionRecord
import Interchange
import SessionStore
import SQLiteStore
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

  /// Derives as a review did: under its rulebook and its policy.
  init(formulary: Formulary, under review: Review) {
    self.init(
      formulary: formulary, policy: Policy(settings: review.policy),
      rulebook: RuleBook.version(review.rulebook))
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
