import Glibc
import SessionStore
import SQLiteStore

/// The site's configuration as a supervisor put it into force.
///
/// The file lies on the host's disk, where an engineer edits it. Where people are enrolled a changed
/// file is no reason to stop recording at the chair, because no fact depends on it; but nothing is
/// signed off or exported under it until a supervisor has accepted it.
enum AcceptedConfiguration {
  static let refusal =
    "The site's configuration changed since a supervisor accepted it; read it, then run "
    + "chairtime config accept. Nothing was done."

  /// The SHA-256 of the site's file; empty where there is none.
  static func hash() throws -> String {
    let path = Site.path
    if access(path, F_OK) != 0, errno == ENOENT || errno == ENOTDIR { return "" }
    return Seal.sha256(try InputFile(path: path).bytes())
  }

  /// Whether the site's file is the one a supervisor accepted last.
  ///
  /// No file needs no acceptance: the usual values hold, which nobody can have changed.
  static func isInForce(_ store: SQLiteStore) throws -> Bool {
    try hash() == (store.acceptedConfiguration() ?? "")
  }

  /// Refuses where people are enrolled and the file is not the one accepted.
  static func check(_ store: SQLiteStore, _ who: SignInOptions.SignedIn) throws {
    guard who.isEnrolled, try !isInForce(store) else { return }
    throw Complaint(refusal)
  }
}
