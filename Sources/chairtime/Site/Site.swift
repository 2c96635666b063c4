import Glibc
import InfusionRecord
import Interchange
import SessionReview
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
    let (configuration, hash) = try configured()
    return Site(
      configuration: configuration,
      clock: try Host.clock(configured: configuration.facility.timeZone), hash: hash)
  }

  /// Reads all that a derivation and a signature depend on: the site's file, the clock, the edit tables
  /// next to the store, and the formulary.
  ///
  /// A command calls this once, before it asks for a PIN. Edit tables that cannot be read are told on
  /// standard error; a program with screens says so there.
  static func read(
    with store: StoreAddress, formulary path: String?, hasScreen: Bool = false
  ) throws -> Site {
    var site = try read()
    let (tables, hash, fault) = EditTablesFile(of: store).readIfPossible()
    site.editTables = tables
    site.hash.editTables = hash
    site.editTablesHint = fault.map { EditTablesFile.hint($0) }
    if let hint = site.editTablesHint, !hasScreen { ProgramExit.printError(Complaint(hint)) }
    (site.formulary, site.hash.formulary) = try SiteFormulary.read(path)
    return site
  }

  /// Reads what stored sessions are derived under: the policies of the site's file, and the edit
  /// tables next to the store.
  static func policies(
    with store: StoreAddress
  ) throws(DocumentError) -> (policies: PayerPolicies, hash: ConfigurationHash) {
    let (configuration, siteHash) = try configured()
    var hash = siteHash
    var policies = configuration.policies
    let (tables, tablesHash, fault) = EditTablesFile(of: store).readIfPossible()
    policies.editTables = tables
    hash.editTables = tablesHash
    if let fault { ProgramExit.printError(Complaint(EditTablesFile.hint(fault))) }
    return (policies, hash)
  }

  /// Reads the hashes of the site's file and of the edit tables, to accept them: what cannot be read is
  /// not accepted.
  static func acceptable(with store: StoreAddress) throws(DocumentError) -> ConfigurationHash {
    var (_, hash) = try configured()
    hash.editTables = try EditTablesFile(of: store).read().hash
    return hash
  }

  /// Reads the site's file, for what needs no clock.
  static func configured() throws(DocumentError) -> (
    configuration: SiteConfiguration, hash: ConfigurationHash
  ) {
    let path = path
    let isAsked = !(variable("CHAIRTIME_CONFIG") ?? "").isEmpty
    if !isAsked, access(path, F_OK) != 0, errno == ENOENT || errno == ENOTDIR {
      return (SiteConfiguration(), ConfigurationHash())
    }
    let file = InputFile(path: path, isTrusted: true)
    let bytes = try file.bytes()
    let configuration = try SiteConfiguration(bytes, file: file.name)
    return (configuration, ConfigurationHash(site: Seal.sha256(configuration.acceptedBytes)))
  }
}

extension ScheduleFolder {
  /// The schedules next to the store.
  init(_ store: StoreAddress) { self.init(path: store.schedule) }
}

extension EditTablesFile {
  /// The tables next to the store.
  init(of store: StoreAddress) { self.init(path: store.editTables) }
}

extension FileLock {
  /// The lock of the one process that sends from the store.
  static func sending(from store: StoreAddress) throws -> FileLock {
    try FileLock(path: store.outboxLock, for: .sending)
  }
}
