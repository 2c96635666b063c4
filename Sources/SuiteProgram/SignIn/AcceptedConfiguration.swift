import Glibc
package import SessionStore

/// The site's configuration as a supervisor put it into force.
///
/// The file lies on the host's disk, where an engineer edits it. Where people are enrolled a changed
/// file is no reason to stop recording at the chair, because no fact depends on it; but nothing is
/// signed off or exported under it until a supervisor has accepted it.
package struct AcceptedConfiguration: Sendable {
  package static let refusal =
    "The site's configuration changed since a supervisor accepted it; read it, then run "
    + "chairtime config accept. Nothing was done."

  /// The SHA-256 of the site's file; empty where there is none.
  package let hash: @Sendable () throws -> String

  package init(hash: @escaping @Sendable () throws -> String) {
    self.hash = hash
  }

  /// Whether the site's file is the one a supervisor accepted last.
  ///
  /// No file needs no acceptance: the usual values hold, which nobody can have changed.
  package func isInForce(_ store: any Store) throws -> Bool {
    try hash() == (store.acceptedConfiguration() ?? "")
  }
}
