import Glibc

/// The home folder of the account, and paths that begin with `~`.
///
/// A shell expands `~` only at the beginning of a word, so it arrives unexpanded in a variable that a
/// service file sets and in `--store=~/x`.
package enum HomeFolder {
  /// `HOME` if it is an absolute path, otherwise the account's folder; nil if it has none.
  package static func path(environment: (String) -> String?) -> String? {
    if let home = environment("HOME"), home.hasPrefix("/") { return home }
    return folder(getpwuid(geteuid()))
  }

  /// The path with `~` and `~name` replaced; nil if that folder is not known.
  package static func expanding(
    _ path: String, environment: (String) -> String?
  ) -> String? {
    guard path.hasPrefix("~") else { return path }
    let name = path.dropFirst().prefix { $0 != "/" }
    let rest = path.dropFirst(1 + name.count)
    let home = name.isEmpty ? self.path(environment: environment) : folder(getpwnam(String(name)))
    return home.map { ($0 == "/" ? "" : $0) + rest }
  }

  private static func folder(_ account: UnsafeMutablePointer<passwd>?) -> String? {
    guard let folder = account?.pointee.pw_dir else { return nil }
    let path = String(cString: folder)
    return path.hasPrefix("/") ? path : nil
  }
}
