package import SessionStore

/// The site's configuration as a supervisor put it into force.
///
/// An engineer edits the file on the host's disk. If people are enrolled, a changed file does not stop
/// recording at the chair, because no fact depends on it; but nothing is signed off or exported under
/// it until a supervisor accepts it.
package struct AcceptedConfiguration: Sendable {
  package static let refusal =
    "The site's configuration changed since a supervisor accepted it; read it, then run "
    + "chairtime config accept. Nothing was done."

  /// The SHA-256 of the site's file; empty without a file.
  package let hash: @Sendable () throws -> String

  package init(hash: @escaping @Sendable () throws -> String) {
    self.hash = hash
  }

  /// Whether the site's file is the one that a supervisor accepted last.
  ///
  /// A missing file needs no acceptance: the default values hold.
  package func isInForce(_ audit: any AuditLog) throws -> Bool {
    try hash() == (audit.acceptedConfiguration() ?? "")
  }
}
