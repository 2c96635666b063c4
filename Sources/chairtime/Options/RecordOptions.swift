public import ArgumentParser
public import InfusionRecord
import Interchange
import SessionStore
import SQLiteStore

/// What every command that records one fact takes: the time, how it is known, why, and who says so.
struct RecordOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "When it happened: now, 0930, 9:30, -5 (minutes ago), 12:05 yesterday; else now.",
      valueName: "time"))
  var at: String?

  @Option(help: "How the time is known; else observed, late-entry from 31 minutes on.")
  var basis: TimeBasis?

  @Option(help: ArgumentHelp("Why, where a reason is due.", valueName: "text"))
  var reason: String?

  @OptionGroup var signIn: SignInOptions

  @Option(help: "How to print what was recorded.")
  var format: PrintFormat = .text

  @Option(name: .customLong("formulary"), help: SiteFormulary.help)
  var formularyFile: String?

  @OptionGroup var store: StoreOptions

  /// What the options say, apart from how they were read.
  struct Values: Hashable {
    var at: String?
    var basis: TimeBasis?
    var reason: String?
    var signIn = SignInOptions.Values()
    var format = PrintFormat.text
    var formularyFile: String?
    var store = StoreOptions.Values()
  }

  var values: Values {
    Values(
      at: at, basis: basis, reason: reason, signIn: signIn.values, format: format,
      formularyFile: formularyFile, store: store.values)
  }

  func recorder(creating: Bool = false) throws -> Recorder {
    try values.recorder(creating: creating)
  }
}

extension RecordOptions.Values {
  /// Opens the store and makes ready to record; a missing store is made only for a first session.
  func recorder(creating: Bool = false) throws -> Recorder {
    let store = try store.open(.readWrite, creating: creating)
    let who = try signIn.signIn(store, for: .record)
    return Recorder(
      store: store, formulary: try SiteFormulary.read(formularyFile), actor: who.name,
      authority: who.authority, workstation: Host.name, options: self)
  }
}

extension TimeBasis: ExpressibleByArgument {}
extension Technique: ExpressibleByArgument {}
extension Drug.Class: ExpressibleByArgument {}
extension Administration.StopReason: ExpressibleByArgument {}
extension Administration.Purpose: ExpressibleByArgument {}
extension Administration.PumpOwner: ExpressibleByArgument {}
extension AccessSite.Kind: ExpressibleByArgument {}
extension AccessSite.SecondSiteReason: ExpressibleByArgument {}
extension SessionContext.Setting: ExpressibleByArgument {}
extension Role: ExpressibleByArgument {}
