package import InfusionRecord
package import TimelineEngine

/// Derives recorded sessions: as they stand, as they were signed, and under other terms.
///
/// Screens, exports, commands and the replay derive by this one rule:
///
/// ```
/// session                       facts                 policy, rulebook and loaded tables
/// signed, and nothing changed   all but sign-offs     those of the sign-off
/// every other                   all                   the payer's policy, rulebook of the date, all loaded tables
/// ```
///
/// An open session is seen from `now`. A closed one is seen from its last word, the latest time among
/// its facts, so that two people who derive the same facts see the same statement.
package struct SessionDerivation: Sendable {
  package let formulary: Formulary
  package let policies: PayerPolicies
  /// The CMS edit tables that the site loaded.
  package var editTables: EditTables { policies.editTables }
  /// The hashes of the files that `formulary` and `policies` were read from, for signatures.
  package let configuration: String
  package var now: Instant
  /// One for each rulebook version, because a deriver reuses its buffers.
  private var derivers: [String: Deriver] = [:]

  package init(
    formulary: Formulary, policies: PayerPolicies = PayerPolicies(),
    configuration: String = "", now: Instant
  ) {
    self.formulary = formulary
    self.policies = policies
    self.configuration = configuration
    self.now = now
  }

  // MARK: Any terms

  /// Derives a log.
  ///
  /// - Parameters:
  ///   - terms: nil for the policy of the payer and the rulebook in force on the session's date.
  ///   - asOf: nil for the last word of the log.
  package mutating func derive(
    _ log: EventLog, under terms: DerivationTerms? = nil, asOf: Instant? = nil
  ) -> (recorded: RecordedTimeline, statement: Statement) {
    let terms = terms ?? DerivationTerms(policy: policies[log.opening?.payer])
    let recorded = log.timeline(asOf: asOf ?? log.latestMoment, formulary: formulary)
    let drugTables = terms.tables.map(policies.drugTables.restricted) ?? policies.drugTables
    let statement = derivers[
      terms.rulebook?.version ?? "", default: Deriver(rulebook: terms.rulebook)
    ].statement(
      of: recorded.timeline, policy: terms.policy,
      editTables: terms.tables.map(editTables.restricted) ?? editTables,
      drugTables: drugTables.tables(for: recorded.timeline, terms.policy), asOf: asOf)
    return (recorded, statement)
  }

  /// What a log comes to; see `derive`.
  package mutating func statement(
    of log: EventLog, under terms: DerivationTerms? = nil, asOf: Instant? = nil
  ) -> Statement {
    derive(log, under: terms, asOf: asOf).statement
  }

  // MARK: As it stands

  /// The session as it stands.
  package mutating func session(_ log: EventLog) -> DerivedSession {
    guard let signOff = log.lastSignOff else {
      return current(log, standing: log.status == .open ? .open : .closed)
    }
    let facts = log.withoutReviews
    let terms = DerivationTerms(signOff.review)
    let signed = derive(facts, under: terms)
    let standing = ReviewStanding.SignOff(review: signOff.review, at: signOff.event.recordedTime)
    if log.status == .reviewed, signed.statement.digest == signOff.review.statementHash {
      return DerivedSession(
        log: facts, recorded: signed.recorded, statement: signed.statement,
        standing: .reviewed(standing))
    }
    let seen = statement(of: log.facts(before: signOff.event), under: terms)
    var sentences = StatementDifference(from: seen, to: signed.statement).sentences
    sentences += corrections(in: log, after: signOff.event)
    switch log.status {
    case .open: sentences.insert("It was reopened.", at: 0)
    case .closed: sentences.insert("It was reopened and closed again.", at: 0)
    case .reviewed:
      // Nothing was recorded since, so the program words or derives it differently.
      if log.facts(before: signOff.event).version == facts.version {
        sentences = [
          "Its facts are those that were signed, but this version of Chairtime states them otherwise; "
            + "sign it again."
        ]
      }
    }
    return current(log, standing: .changed(standing, sentences: sentences))
  }

  /// What was corrected after a sign-off besides drugs and times, and whether what was sent is posted again.
  private func corrections(in log: EventLog, after signOff: Event) -> [String] {
    guard let end = log.events.firstIndex(where: { $0.id == signOff.id }) else { return [] }
    return log.events[end...].compactMap { event in
      guard let (was, now) = log.correction(by: event) else { return nil }
      let changes = now.differences(from: was)
      if changes.isEmpty { return nil }
      let words = now.words(in: log, formulary: formulary)
      return "\(words): \(changes.joined(separator: ", "))."
        + (now.changesPosting(from: was) ? " What was sent is credited and charged again." : "")
    }
  }

  private mutating func current(_ log: EventLog, standing: ReviewStanding) -> DerivedSession {
    let asOf = log.status == .open ? now : nil
    let (recorded, statement) = derive(log, asOf: asOf)
    return DerivedSession(
      log: log, recorded: recorded, statement: statement, standing: standing, asOf: asOf)
  }

  // MARK: As it was signed

  /// The statement that a reviewer signed, derived from the facts before the sign-off; nil if the
  /// session is not signed off now.
  ///
  /// `isAsSigned` is false if those facts no longer come to the hash that was signed.
  package mutating func signedStatement(
    of log: EventLog
  ) -> (statement: Statement, isAsSigned: Bool)? {
    guard log.status == .reviewed, let signOff = log.lastSignOff else { return nil }
    let statement = statement(
      of: log.facts(before: signOff.event), under: DerivationTerms(signOff.review))
    return (statement, statement.digest == signOff.review.statementHash)
  }
}

/// The policy, the rulebook and the loaded tables to derive a session under.
package struct DerivationTerms: Sendable {
  package var policy: Policy
  /// Nil for the version in force on the session's date.
  package var rulebook: RuleBook?
  /// The names of the edit tables and of the tables of drugs; nil for all that are loaded.
  package var tables: [String]?

  package init(policy: Policy, rulebook: RuleBook? = nil, tables: [String]? = nil) {
    self.policy = policy
    self.rulebook = rulebook
    self.tables = tables
  }

  /// The terms of a sign-off.
  ///
  /// A rulebook version that this program does not know becomes the one in force on the session's
  /// date; the hash of the statement then tells the difference.
  package init(_ review: Review) {
    self.init(
      policy: Policy(settings: review.policy), rulebook: RuleBook.version(review.rulebook),
      tables: review.editTables)
  }
}

extension EventLog {
  /// The last sign-off that was not withdrawn, even if the session was reopened after it.
  package var lastSignOff: (event: Event, review: Review)? {
    for entry in entries.reversed() {
      if case .sessionReviewed(let review) = entry.fact { return (entry.original, review) }
    }
    return nil
  }

  /// The facts that a reviewer saw: those recorded before the sign-off, without earlier sign-offs.
  package func facts(before signOff: Event) -> EventLog {
    let seen = events.prefix { $0.id != signOff.id }
    return EventLog(session: session, events: Array(seen)).withoutReviews
  }
}
