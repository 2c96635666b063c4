package import TimelineEngine

/// The policies of one site: its own, and those that it agreed with single payers.
package struct PayerPolicies: Sendable, Hashable {
  /// For every payer without a policy of its own.
  package var standard: Policy
  /// By the payer's name in lower case.
  package var byPayer: [String: Policy]
  /// The CMS edit tables that the site loaded, which are the same for every payer.
  package var editTables: EditTables
  /// The codes and packages of drugs.
  package var drugTables: DrugTableSource

  package init(
    _ standard: Policy = .standard, byPayer: [String: Policy] = [:],
    editTables: EditTables = .none, drugTables: DrugTableSource = .none
  ) {
    self.standard = standard
    self.byPayer = byPayer
    self.editTables = editTables
    self.drugTables = drugTables
  }

  /// The policy for the sessions of one payer; nil is a session that names no payer.
  package subscript(payer: String?) -> Policy {
    payer.flatMap { byPayer[$0.lowercased()] } ?? standard
  }

  /// The same policies, each with one change.
  package func changed<Failure: Error>(
    _ change: (inout Policy) throws(Failure) -> Void
  ) throws(Failure) -> PayerPolicies {
    var result = self
    try change(&result.standard)
    for payer in byPayer.keys {
      var policy = result[payer]
      try change(&policy)
      result.byPayer[payer] = policy
    }
    return result
  }
}
