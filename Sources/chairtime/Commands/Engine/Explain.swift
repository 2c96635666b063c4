import ArgumentParser
import Glibc
import InfusionRecord
import Interchange
import PlainText
import SessionStore
import SQLiteStore
import SuiteProgram
import TimelineEngine

/// `chairtime explain`: one statement on paper, or all that an auditor asks of a session.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain every unit and every uncharged minute of a session.",
    discussion: """
      Prints the statement of a session for a person, 80 columns wide: what was recorded, each unit \
      with the rules, minutes, clock ranges and sources behind it, every minute that is not charged \
      and why, the account of minutes, and the findings.

      SESSION is a session document, - for one on standard input, or a session of the store. With \
      --packet the record of a stored session comes with it: the facts and their corrections, the \
      sign-offs, and the proof that the record is as it was written.
      """)

  @Argument(help: "A session of the store, or a session document.")
  var session: String

  @Flag(help: "Everything an auditor asks of a stored session.")
  var packet = false

  @Option(help: "How to print: text for a person, json for a program.")
  var format: PrintFormat = .text

  @OptionGroup var engine: EngineOptions
  @OptionGroup var signIn: SignInOptions
  @OptionGroup var store: StoreOptions

  func validate() throws {
    if packet, engine.asOf != nil || engine.rulebook != nil || !engine.policies.isEmpty {
      throw ValidationError(
        "--packet shows what stands; expected no --as-of, --policy, --rulebook.")
    }
  }

  func run() throws {
    let formulary = try engine.formulary()
    if packet { return try printPacket(formulary) }
    if session == "-" || access(session, F_OK) == 0 { return try explainDocument(formulary) }
    guard store.place.exists else {
      throw Complaint(
        "There is no file \(session.printable), and no store \(store.place.path.printable).")
    }
    let (store, who) = try store.open(looking: signIn)
    let log = try log(in: store)
    try store.auditView(of: log.session, by: who)
    if engine.asOf == nil, engine.rulebook == nil, engine.policies.isEmpty {
      var reviewing = Reviewing(
        site: try Site.read(), formulary: formulary, now: Host.now.instant)
      return try print(reviewing.session(log).statement)
    }
    var derivation = Derivation(
      formulary: formulary,
      policy: try engine.policy(over: Site.read().configuration.policy(for: log.opening?.payer)),
      rulebook: engine.rulebook.flatMap(RuleBook.version))
    try print(derivation.statement(of: log, asOf: try moment(for: log)))
  }

  private func explainDocument(_ formulary: Formulary) throws {
    let input = InputFile(path: session)
    let document = try SessionDocument(input.bytes(), file: input.name, formulary: formulary)
    var deriver = engine.deriver()
    try print(engine.statement(of: document, file: input.name, by: &deriver))
  }

  private func print(_ statement: Statement) throws {
    switch format {
    case .text: try StandardStream.print(statement.page)
    case .json:
      var json = JSONWriter()
      statement.write(to: &json)
      json.endLine()
      try StandardStream.print(json.bytes)
    }
  }

  private func log(in store: SQLiteStore) throws -> EventLog {
    let name = try Choice.session(session, in: store)
    guard let log = try store.log(of: name) else {
      throw Complaint("There is no session \(session.printable).")
    }
    return log
  }

  /// An open session is explained as of now, unless another moment was asked.
  private func moment(for log: EventLog) throws -> Instant? {
    try engine.moment(on: log.clock) ?? (log.status == .open ? Host.now.instant : nil)
  }

  private func printPacket(_ formulary: Formulary) throws {
    let (store, who) = try store.open(signing: signIn, for: .export)
    try AcceptedConfiguration.check(store, who)
    let log = try log(in: store)
    if store.mode == .readWrite {
      let what = "packet \(log.session.text) (\(format.rawValue))"
      try store.audit(Host.entry(who.name, .exported(what: what, sessions: 1)))
    }
    var reviewing = Reviewing(
      site: try Site.read(), formulary: formulary, now: Host.now.instant)
    var progress = Progress("verifying")
    let found = try store.verify(against: nil, audit: nil) { progress.show($0, of: $1) }
    progress.end()
    let packet = AuditPacket(log, found, by: &reviewing)
    switch format {
    case .text: try StandardStream.print(packet.page)
    case .json:
      var json = JSONWriter()
      packet.write(to: &json)
      try StandardStream.print(json.bytes)
    }
    if !found.isWhole { throw Ending.findings }
  }
}
