import Glibc
import InfusionRecord
import Interchange
import SessionStore
import SuiteProgram

/// The site's configuration.
///
/// `$CHAIRTIME_CONFIG` names its file. Without it, the file is `chairtime/site.toml` in
/// `$XDG_CONFIG_HOME` (XDG base directory specification 0.8), or in `~/.config` if that is not set. A
/// site without the file has the default values. A fault in the file ends the command, so that
/// nothing is derived under mistyped policies or exported under mistyped names.
extension Site {
  /// The path of the file, whether or not it exists.
  static var path: String {
    if let named = variable("CHAIRTIME_CONFIG"), !named.isEmpty { return named }
    var folder = variable("XDG_CONFIG_HOME") ?? ""
    if !folder.hasPrefix("/") { folder = (variable("HOME") ?? "/") + "/.config" }
    return folder + "/chairtime/site.toml"
  }

  /// Reads the site's file, or `named` instead.
  static func read(_ named: String? = nil) throws(DocumentError) -> Site {
    let path = named ?? path
    let isAsked = named != nil || !(variable("CHAIRTIME_CONFIG") ?? "").isEmpty
    if !isAsked, access(path, F_OK) != 0, errno == ENOENT || errno == ENOTDIR {
      return Site(SiteConfiguration())
    }
    let file = InputFile(path: path, isTrusted: true)
    return Site(try SiteConfiguration(file.bytes(), file: file.name))
  }

  /// The zone of the sessions is the environment's, otherwise the file's, otherwise the host's.
  private init(_ configuration: SiteConfiguration) {
    let named = variable("CHAIRTIME_ZONE").flatMap { LocalClock(zone: $0) == nil ? nil : $0 }
    self.init(
      configuration: configuration, zone: named ?? configuration.facility.timeZone ?? Host.zone)
  }
}

extension AcceptedConfiguration {
  /// That of this site's file.
  static let site = AcceptedConfiguration {
    let path = Site.path
    if access(path, F_OK) != 0, errno == ENOENT || errno == ENOTDIR { return "" }
    return Seal.sha256(try InputFile(path: path).bytes())
  }

  /// Refuses where people are enrolled and the file is not the one accepted.
  static func check(_ store: any Store, _ who: SignInOptions.SignedIn) throws {
    guard who.isEnrolled, try !site.isInForce(store) else { return }
    throw Complaint(refusal)
  }
}

extension ScheduleFolder {
  /// The schedules next to the store.
  init(_ store: StoreAddress) { self.init(path: store.folder + "/schedule") }
}

extension OutboxLock {
  /// The lock of the store's outbox.
  convenience init(of store: StoreAddress) throws { try self.init(path: store.outboxLock) }
}
