import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import SessionReview
import SessionStore
import SuiteProgram

/// `chairtime session show`: shows a session as it stands on disk.
struct SessionShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a session: its timeline, units so far, what is missing.",
    discussion: """
      Reads the store and records nothing. --facts lists every fact with its number, its author and \
      the corrections made to it.
      """)

  @OptionGroup var session: SessionArgument

  @Flag(help: "List every fact with its number.")
  var facts = false

  @Option(help: "How to print: text for a person, json for a program.")
  var format: PrintFormat = .text

  @OptionGroup var engine: EngineOptions
  @OptionGroup var signIn: SignInOptions
  @OptionGroup var glass: BreakGlassOption
  @OptionGroup var store: StoreOptions

  func run() throws {
    let (store, who) = try store.open(looking: signIn, breaking: glass)
    let session = try Choice.session(session.text, in: store)
    guard let log = try store.log(of: session) else {
      throw Complaint("There is no session \(session.text.printable).")
    }
    try store.admit(log, under: who.right, breaking: glass)
    try store.auditView(of: log, by: who)
    let formulary = try engine.formulary()
    let now = try engine.moment(on: log.clock) ?? Host.now.instant
    var derivation = SessionDerivation(
      formulary: formulary, policies: try Site.policies(with: self.store.address),
      now: now)
    let terms = try engine.terms(over: derivation.policies[log.opening?.payer])
    let (recorded, statement) = derivation.derive(log, under: terms, asOf: now)
    let shown = SessionPage(
      log: log, formulary: formulary, now: now, recorded: recorded, statement: statement,
      planned: try self.store.plan(for: log, in: store, formulary),
      earlier: log.status == .open
        ? try self.store.earlierVisits(of: log, in: store, formulary) : EarlierVisits(),
      listsFacts: facts)
    switch format {
    case .text: try StandardStream.print(shown.page)
    case .json: try StandardStream.print(shown.json)
    }
  }
}
