import SessionStore

/// Tables that a supervisor loads in the place of others.
struct TablesLoad {
  /// For the audit record.
  let what: String
  /// The hash of the file that stands for the new tables, and of the one it replaces.
  let hash: String
  let before: String

  /// Audits the load, and accepts the new tables if those that they replace were accepted.
  ///
  /// The supervisor who loads tables puts them into force. What else is not accepted stays so.
  func audit(
    in store: any Store, under right: Right, at part: WritableKeyPath<ConfigurationHash, String>
  ) throws {
    var accepted = ConfigurationHash(text: try store.acceptedConfiguration() ?? "")
    var actions = [AuditAction.imported(what: what)]
    if right.proof != .account, accepted[keyPath: part] == before {
      accepted[keyPath: part] = hash
      actions.append(.configurationAccepted(hash: accepted.text))
    }
    let now = Host.now
    try store.audit(actions.map { Host.entry(right.actor, $0, at: now) }, under: right)
  }
}
