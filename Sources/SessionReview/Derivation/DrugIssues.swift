package import InfusionRecord
package import TimelineEngine

extension Statement {
  /// What is missing for a drug's line, to add before the patient leaves, in the words of the findings.
  ///
  /// What is due is a matter of the policy, so the engine finds it, and the record alone does not.
  package var drugIssues: [Issue] {
    var found: [Issue] = []
    for finding in findings {
      guard let kind = finding.id.drugIssue, let position = finding.administration else { continue }
      let row = timeline.administrations[position]
      guard !row.isRunning else { continue }
      found.append(
        Issue(
          kind, [row.id], at: row.stop ?? row.start,
          "\(row.drug.displayName): \(sentence(finding))"))
    }
    return found.uniqued
  }
}

extension SessionDerivation {
  /// What is missing for the lines of drugs; empty without recorded amounts, which needs no derivation.
  package mutating func drugIssues(of log: EventLog, asOf: Instant) -> [Issue] {
    let policy = policies[log.opening?.payer]
    let isRecorded = log.entries.contains { $0.fact?.kind == .drugAccounted }
    guard policies.drugTables != .none, policy.drugLines != .off,
      isRecorded || policy.drugLines == .required
    else { return [] }
    return statement(of: log, asOf: asOf).drugIssues
  }
}

extension Finding.ID {
  /// What a nurse can still add; nil for everything else.
  fileprivate var drugIssue: Issue.Kind? {
    switch self {
    case .amountGivenMissing, .doseMissing: .amountNotRecorded
    case .containerMissing: .containerNotRecorded
    case .discardNotRecorded: .discardNotRecorded
    case .productUnknown: .productUnknown
    default: nil
    }
  }
}
