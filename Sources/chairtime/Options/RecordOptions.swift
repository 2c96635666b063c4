import ArgumentParser
import InfusionRecord
import Interchange
import RecorderUI
import SessionStore
import SuiteProgram

/// The options of every command that records a fact: the time, how it is known, why, and the actor.
struct RecordOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "When it happened: now, 0930, 9:30, -5 (minutes ago), 12:05 yesterday; without it, now.",
      valueName: "time"))
  var at: String?

  @Option(help: "How the time is known; without it, observed, or late-entry from 31 minutes on.")
  var basis: TimeBasis?

  @Option(help: ArgumentHelp("Why, if a reason is due.", valueName: "text"))
  var reason: String?

  @OptionGroup var signIn: SignInOptions
  @OptionGroup var glass: BreakGlassOption

  @Option(help: "How to print what was recorded.")
  var format: PrintFormat = .text

  @Option(name: .customLong("formulary"), help: SiteFormulary.help)
  var formularyFile: String?

  @OptionGroup var store: StoreOptions

  /// Opens the store and signs in.
  ///
  /// - Parameter creating: whether a missing store is created; only for a first session.
  func recorder(creating: Bool = false) throws -> Recorder {
    let formulary = try SiteFormulary.read(formularyFile).formulary
    let store = try store.open(.readWrite, creating: creating)
    let who = try signIn.signIn(store, for: .record)
    return Recorder(store: store, formulary: formulary, right: who.right, options: self)
  }
}
