import Glibc
import InfusionRecord
import Interchange
import RecorderUI
import SessionReview
import SessionStore
import SuiteProgram
import TimelineEngine

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
    return folder + "/site.toml"
  }

  /// The folder of the account's own settings.
  static var folder: String {
    var folder = variable("XDG_CONFIG_HOME") ?? ""
    if !folder.hasPrefix("/") {
      folder = (HomeFolder.path(environment: variable) ?? "") + "/.config"
    }
    return folder + "/chairtime"
  }

  /// Whether there is a file to read; one that `$CHAIRTIME_CONFIG` names has to be there.
  static var isThere: Bool {
    if !(variable("CHAIRTIME_CONFIG") ?? "").isEmpty { return true }
    return access(path, F_OK) == 0 || (errno != ENOENT && errno != ENOTDIR)
  }

  /// Reads the site's file and the clock. Throws if the time zone is not known.
  static func read() throws -> Site {
    let (configuration, hash) = try configured()
    return Site(
      configuration: configuration,
      clock: try Host.clock(configured: configuration.facility.timeZone), hash: hash)
  }

  /// Reads all that a derivation and a signature depend on: the site's file, the clock, the loaded tables
  /// next to the store, and the formulary.
  ///
  /// A command calls this once, before it asks for a PIN. Tables that cannot be read are told on standard
  /// error; a program with screens says so there.
  static func read(
    with store: StoreAddress, formulary path: String?, hasScreen: Bool = false
  ) throws -> Site {
    var site = try read()
    site.readTables(next: store)
    if !hasScreen {
      for hint in site.tablesHints { ProgramExit.printError(Complaint(hint)) }
    }
    (site.formulary, site.hash.formulary) = try SiteFormulary.read(path)
    return site
  }

  /// Reads what stored sessions are derived under: the policies of the site's file, and the loaded tables
  /// next to the store.
  static func policies(with store: StoreAddress) throws(DocumentError) -> PayerPolicies {
    let (configuration, hash) = try configured()
    var site = Site(configuration: configuration, clock: .utc, hash: hash)
    site.readTables(next: store)
    for hint in site.tablesHints { ProgramExit.printError(Complaint(hint)) }
    return site.policies
  }

  private mutating func readTables(next store: StoreAddress) {
    let edits = EditTablesFile(of: store).readIfPossible()
    (editTables, hash.editTables) = (edits.tables, edits.hash)
    let file = DrugTablesFile(of: store)
    let drugs = file.readIfPossible()
    drugTables = file.source(of: drugs.tables, hash: drugs.hash)
    hash.drugTables = drugs.hash
    tablesHints =
      [edits.fault.map { EditTables.hint($0) }, drugs.fault.map { LoadedDrugTables.hint($0) }]
      .compactMap(\.self)
  }

  /// Reads the hashes of the site's file and of the loaded tables, to accept them: what cannot be read is
  /// not accepted.
  static func acceptable(with store: StoreAddress) throws -> ConfigurationHash {
    var (_, hash) = try configured()
    hash.editTables = try EditTablesFile(of: store).read().hash
    let file = DrugTablesFile(of: store)
    let drugs = try file.read()
    for table in drugs.tables.tables { _ = try file.rows(of: table) }
    hash.drugTables = drugs.hash
    return hash
  }

  /// Reads the site's file, for what needs no clock.
  static func configured() throws(DocumentError) -> (
    configuration: SiteConfiguration, hash: ConfigurationHash
  ) {
    guard isThere else { return (SiteConfiguration(), ConfigurationHash()) }
    let file = InputFile(path: path, isTrusted: true)
    let bytes = try file.bytes()
    let configuration = try SiteConfiguration(bytes, file: file.name)
    if let fault = Keymap.standard.bound(by: configuration.keys, from: file.name).faults.first {
      throw fault
    }
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

extension DrugTablesFile {
  /// The tables next to the store.
  init(of store: StoreAddress) { self.init(path: store.drugTables) }
}

extension DrugTableSource {
  /// The codes and packages of drugs, with those loaded next to the store; throws if their list cannot be
  /// read.
  static func read(with store: StoreAddress) throws(DocumentError) -> DrugTableSource {
    let file = DrugTablesFile(of: store)
    let (tables, hash) = try file.read()
    return file.source(of: tables, hash: hash)
  }
}

extension FileLock {
  /// The lock of the one process that sends from the store.
  static func sending(from store: StoreAddress) throws -> FileLock {
    try FileLock(path: store.outboxLock, for: .sending)
  }
}
