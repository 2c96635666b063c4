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
    if let named = variable("CHAIRTIME_CONFIG"), !named.isEmpty {
      return HomeFolder.expanding(named, environment: variable) ?? named
    }
    var folder = variable("XDG_CONFIG_HOME") ?? ""
    if !folder.hasPrefix("/") {
      folder = (HomeFolder.path(environment: variable) ?? "") + "/.config"
    }
    return folder + "/chairtime/site.toml"
  }

  /// Reads the site's file and the clock. Throws if the time zone is not known.
  static func read() throws -> Site {
    let configuration = try configured()
    return Site(
      configuration: configuration,
      clock: try Host.clock(configured: configuration.facility.timeZone))
  }

  /// Reads the site's file, for what needs no clock.
  static func configured() throws(DocumentError) -> SiteConfiguration {
    let path = path
    let isAsked = !(variable("CHAIRTIME_CONFIG") ?? "").isEmpty
    if !isAsked, access(path, F_OK) != 0, errno == ENOENT || errno == ENOTDIR {
      return SiteConfiguration()
    }
    let file = InputFile(path: path, isTrusted: true)
    return try SiteConfiguration(file.bytes(), file: file.name)
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
  convenience init(of store: StoreAddress) throws { try self.init(path: store.outboxLock) }
}
