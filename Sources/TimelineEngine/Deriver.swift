package import InfusionRecord

/// Derives statements, one session after another.
///
/// The same facts, rulebook version and policy always give the same statement. A deriver keeps the
/// storage of its draft between sessions, and nothing of the sessions themselves: deriving without
/// it would allocate some thirty arrays a session.
package struct Deriver: Sendable {
  /// The version to derive by; nil for the version in force on each session's date.
  package let rulebook: RuleBook?
  private let versions: [RuleBook]
  private var draft: Draft

  package init(rulebook: RuleBook? = nil) {
    self.init(rulebook: rulebook, versions: RuleBook.versions)
  }

  /// - Parameter versions: the versions to choose from; tests add their own.
  init(rulebook: RuleBook? = nil, versions: [RuleBook]) {
    self.rulebook = rulebook
    self.versions = versions
    self.draft = Draft(policy: .standard, parameters: .year2026)
  }

  /// What a session comes to.
  ///
  /// - Parameters:
  ///   - timeline: the session; its positions must be in range.
  ///   - policy: the settings on which sources disagree.
  ///   - editTables: the CMS edit tables that the site loaded.
  ///   - drugTables: the codes and packages of drugs; without them no drug line is made.
  ///   - asOf: the moment to derive for; nil for the latest time in the session. The wall clock is
  ///     never read (rulebook D38).
  package mutating func statement(
    of timeline: Timeline, policy: Policy = .standard, editTables: EditTables = .none,
    drugTables: DrugTables? = nil, asOf: Instant? = nil
  ) -> Statement {
    draft.begin(
      timeline, policy: policy, editTables: editTables, drugTables: drugTables, asOf: asOf)
    let book = rulebook ?? RuleBook.inForce(on: draft.firstDate, among: versions)
    draft.parameters = book.parameters
    draft.run(book.given)
    if draft.isReportable {
      let findingCount = draft.findings.count
      draft.run(book.charged)
      let ranked = draft.encountersToRank()
      if !ranked.isEmpty {
        draft.findings.removeSubrange(findingCount...)
        draft.beginRanking(ranked)
        draft.run(book.charged)
      }
      draft.run(book.checked)
      if draft.hasDrugFacts { draft.run(book.drugs) }
    }
    return draft.statement(rulebook: book.version)
  }
}

extension Draft {
  /// By index: iterating copies each step, which costs 3 % of a derivation.
  fileprivate mutating func run(_ stages: [RuleBook.Stage]) {
    for stage in stages.indices {
      for step in stages[stage].steps.indices { stages[stage].steps[step].apply(&self) }
    }
  }

  /// The local date of the session's first moment.
  fileprivate var firstDate: CivilDate? {
    guard let first = order.first else { return nil }
    let administration = timeline.administrations[Int(first)]
    return date(administration.start ?? administration.stop)
  }
}
