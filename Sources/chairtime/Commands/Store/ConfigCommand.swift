import ArgumentParser
import Glibc
import InfusionRecord
import Interchange
import PlainText
import RecorderUI
import SessionStore
import SuiteProgram

/// `chairtime config`: the site's configuration.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Check the site's configuration, begin one, or put a change into force.",
    subcommands: [Check.self, Begin.self, Accept.self])

  /// `chairtime config check`.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Check a site's configuration.",
      discussion: """
        Reads FILE; without it, $CHAIRTIME_CONFIG, or chairtime/site.toml in $XDG_CONFIG_HOME. Names \
        every fault with its line. Without FILE the user's own file, chairtime/user.toml in the same folder, \
        is checked too. The exit code is 2 if there is a fault.
        """)

    @Argument(help: "The site's file.", completion: .file())
    var file: String?

    func run() throws {
      let input = InputFile(path: file ?? Site.path, isTrusted: true)
      let own = file == nil ? try TerminalSettings.own() : nil
      // A user may have a file of keys where the site has none.
      let hasSite = own == nil || Site.isThere
      var configuration = SiteConfiguration()
      var faults: [DocumentError] = []
      if hasSite {
        (configuration, faults) = SiteConfiguration.check(try input.bytes(), file: input.name)
      }
      let (keymap, clashes) = Keymap.standard.bound(by: configuration.keys, from: input.name)
      faults += clashes
      if let own {
        let keys = own.configuration.keys
        faults += own.faults + keymap.bound(by: keys, from: TerminalSettings.ownPath).faults
      }
      var page = TextPage()
      guard faults.isEmpty else {
        for fault in faults { page.line(fault.description) }
        try StandardStream.print(page)
        throw ProgramExit.findings
      }
      let facility = configuration.facility
      let chairs = facility.chairs.count
      if hasSite {
        page.line(
          "\(input.name): \(facility.name), \(chairs.pluralized("chair")), "
            + "\(facility.timeZone ?? "the host's time zone"); no fault.")
      }
      if let own {
        let keys = own.configuration.keys.count
        page.line(
          "\(TerminalSettings.ownPath): \(keys.pluralized("action")) with other keys; no fault.")
      }
      if let warning = configuration.hl7PeerWarning { page.wrap(warning, first: "Warning: ") }
      if let warning = try configuration.store.flatMap({ try StoreAddress(option: $0).warning }) {
        page.wrap(warning, first: "Warning: ")
      }
      try StandardStream.print(page)
    }
  }

  /// `chairtime config accept`.
  struct Accept: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "accept",
      abstract: "Put the site's configuration into force as it stands now; for supervisors.",
      discussion: """
        If people are enrolled, nothing is signed off or exported under a changed configuration until \
        a supervisor has accepted it. Recording at the chair is not affected. The formulary and the \
        loaded tables are accepted with it: a suite that uses a formulary names it here as in the \
        other commands.
        """)

    @Option(name: .customLong("formulary"), help: SiteFormulary.help)
    var formularyFile: String?

    @OptionGroup var signIn: SignInOptions
    @OptionGroup var store: StoreOptions

    func run() throws {
      // Read before the PIN is asked: what the supervisor accepts is what was parsed here.
      let address = try self.store.address
      var hash = try Site.acceptable(with: address)
      hash.formulary = try SiteFormulary.read(formularyFile).hash
      let store = try address.open(.readWrite)
      let who = try signIn.signIn(store, for: .changeConfiguration)
      try store.audit(
        Host.entry(who.name, .configurationAccepted(hash: hash.text)), under: who.right)
      var page = TextPage()
      page.line(
        hash.site.isEmpty
          ? "Accepted: no configuration, the usual values." : "Accepted \(Site.path).")
      if !hash.site.isEmpty { page.line("sha256 \(hash.site)") }
      if let formularyFile {
        page.line("Accepted the formulary \(formularyFile.printable).")
        page.line("sha256 \(hash.formulary)")
      }
      if !hash.editTables.isEmpty {
        page.line("Accepted the edit tables \(EditTablesFile(of: address).path.printable).")
        page.line("sha256 \(hash.editTables)")
      }
      if !hash.drugTables.isEmpty {
        page.line(
          "Accepted the tables of drug codes \(DrugTablesFile(of: address).path.printable).")
        page.line("sha256 \(hash.drugTables)")
      }
      try StandardStream.print(page)
    }
  }

  /// `chairtime config init`.
  struct Begin: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "init", abstract: "Write a new site's configuration, with every key explained.",
      discussion: """
        Writes FILE; without it, $CHAIRTIME_CONFIG, or chairtime/site.toml in $XDG_CONFIG_HOME. If the \
        file exists, it is left as it is and the exit code is 1. - writes to standard output.
        """)

    @Argument(help: "The file to write.", completion: .file())
    var file: String?

    func run() throws {
      let path = file ?? Site.path
      let bytes = Array(SiteConfiguration.newFile.utf8)
      if path == "-" { return try StandardStream.print(bytes) }
      if file == nil { try OutputFile.makeFolder(of: path) }
      try OutputFile(path: path).writeNew(bytes)
      var page = TextPage()
      page.line("Wrote \(path); edit it, then run chairtime config check.")
      try StandardStream.print(page)
    }
  }
}
