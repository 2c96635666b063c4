import ArgumentParser
import Glibc
import InfusionRecord
import Interchange
import PlainText
import SessionReview
import SessionStore
import SuiteProgram
import TimelineEngine

/// `chairtime explain`: prints statements for people, or a session's packet for an auditor.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain every unit and every uncharged minute of a session.",
    discussion: """
      Prints the statement of a session for a person, 80 columns wide: what was recorded, each unit \
      with the rules, minutes, clock ranges and sources behind it, every minute that is not charged \
      and why, the account of minutes, and the findings.

      SESSION is a session of the store, a session document, a folder of documents, or - for \
      documents on standard input: one document, or one per line (JSON Lines). With --packet the record \
      of a stored session comes with it: the facts and their corrections, the sign-offs, and the proof \
      that the record is as it was written.
      """)

  @Argument(
    help: ArgumentHelp(
      "Sessions of the store, session documents, or folders of them.", valueName: "session"),
    completion: .file())
  var sessions: [FileNames] = []

  @OptionGroup var filesFrom: FileListOption

  @Flag(help: "Everything an auditor needs of a stored session.")
  var packet = false

  @Option(help: "How to print: text for a person, json for a program.")
  var format: PrintFormat = .text

  @OptionGroup var engine: EngineOptions
  @OptionGroup var signIn: SignInOptions
  @OptionGroup var glass: BreakGlassOption
  @OptionGroup var store: StoreOptions

  private var names: [String] { sessions.flatMap(\.names) }

  func validate() throws {
    let names = names
    if names.isEmpty, filesFrom.list == nil {
      throw ValidationError("There is nothing to explain; expected a session or a document.")
    }
    try filesFrom.check(with: names)
    guard packet else { return }
    if names.count != 1 || filesFrom.list != nil {
      throw ValidationError("--packet is about one session of the store.")
    }
    if engine.asOf != nil || engine.rulebook != nil || !engine.policies.isEmpty {
      throw ValidationError(
        "--packet shows the session as it stands; expected no --as-of, --policy, --rulebook.")
    }
  }

  func run() throws {
    if packet { return try printPacket(of: names[0]) }
    let formulary = try engine.formulary()
    var deriver = engine.deriver()
    // Read only for documents: of a stored session the tables are those next to its store.
    var known: EngineOptions.Tables?
    var isFirst = true
    var isComplete = true
    func report(_ fault: any Error) {
      ProgramExit.printError(fault)
      isComplete = false
    }
    func explain(_ input: consuming DocumentInput) throws {
      let tables = try known ?? engine.tables()
      known = tables
      while let document = input.next() {
        let fault = try document.read(with: formulary) { document, name in
          try print(
            engine.statement(of: document, file: name, under: tables, by: &deriver),
            isFirst: &isFirst)
        }
        if let fault { report(fault) }
      }
    }
    let address = try store.address
    var opened: (store: any Store, by: SignInOptions.SignedIn)?
    var asked: (any Store)?
    defer { asked?.close() }
    for name in names {
      let isFound = try address.isFound()
      if try name == "-" || access(name, F_OK) == 0 && !isSession(name, of: address, by: &asked) {
        try explain(DocumentInput([name]))
      } else if !isFound {
        report(
          Complaint(
            "There is no file \(name.printable), and no store \(address.name.printable)."))
      } else {
        let (store, who) = try opened ?? store.open(looking: signIn, breaking: glass)
        opened = (store, who)
        do {
          let log = try log(of: name, in: store)
          try store.admit(log, under: who.right, breaking: glass)
          try store.auditView(of: log, by: who)
          try print(statement(of: log, formulary), isFirst: &isFirst)
        } catch let complaint as Complaint {
          report(complaint)
        }
      }
    }
    if let list = filesFrom.list { try explain(DocumentInput([], list: list)) }
    if !isComplete { throw ProgramExit.error }
  }

  /// Whether a name that a file has means sessions of the store.
  ///
  /// A file in the folder must not pass for a session: it is named ./NAME. The store is asked only whether
  /// there are such sessions, so no sign-in is needed. If it cannot be opened, the name of a document is one.
  private func isSession(
    _ name: String, of address: StoreAddress, by asked: inout (any Store)?
  ) throws -> Bool {
    if name.contains("/") { return false }
    do {
      guard try address.isFound() else { return false }
      if SessionID(name).isGenerated { return true }
      let store = try asked ?? address.open(.readOnly)
      asked = store
      return try Choice.isSession(name, in: store)
    } catch {
      if name.hasSuffix(".json") || name.hasSuffix(".jsonl") { return false }
      throw error
    }
  }

  /// The statement of a session of the store.
  private func statement(of log: EventLog, _ formulary: Formulary) throws -> Statement {
    var derivation = SessionDerivation(
      formulary: formulary, policies: try Site.policies(with: self.store.address),
      now: Host.now.instant)
    if engine.asOf == nil, engine.rulebook == nil, engine.policies.isEmpty {
      return derivation.session(log).statement
    }
    let terms = try engine.terms(over: derivation.policies[log.opening?.payer])
    return derivation.statement(of: log, under: terms, asOf: try moment(for: log))
  }

  private func print(_ statement: Statement, isFirst: inout Bool) throws {
    switch format {
    case .text:
      if !isFirst { try StandardStream.print([0x0A]) }
      isFirst = false
      try StandardStream.print(statement.page)
    case .json:
      var json = JSONWriter()
      statement.write(to: &json)
      json.endLine()
      try StandardStream.print(json.bytes)
    }
  }

  private func log(of name: String, in store: any Store) throws -> EventLog {
    let session = try Choice.session(name, in: store)
    guard let log = try store.log(of: session) else {
      throw Complaint("There is no session \(name.printable).")
    }
    return log
  }

  /// The moment of `--as-of`; without it, now for an open session.
  private func moment(for log: EventLog) throws -> Instant? {
    try engine.moment(on: log.clock) ?? (log.status == .open ? Host.now.instant : nil)
  }

  private func printPacket(of name: String) throws {
    let site = try Site.read(with: self.store.address, formulary: engine.formularyFile)
    let (store, who) = try store.open(signing: signIn, for: .export, by: site.hash)
    let log = try log(of: name, in: store)
    try store.admit(log, under: who.right, breaking: glass)
    if store.mode == .readWrite {
      let what = "packet \(log.session.text) (\(format.rawValue))"
      try store.audit(Host.entry(who.name, .exported(what: what, sessions: 1)), under: who.right)
    }
    var derivation = SessionDerivation(
      formulary: site.formulary, policies: site.policies, configuration: site.hash.text,
      now: Host.now.instant)
    var progress = Progress("verifying")
    let names = site.configuration.hl7
    // One moment, so that what is printed is what was verified.
    let (packet, found) = try store.reading {
      let found = try store.verify(
        against: KeptHeads(), lines: { $0.difference(names: names) },
        progress: { progress.show($0, of: $1) })
      let log = try self.log(of: name, in: store)
      return (AuditPacket(log, found, by: &derivation), found)
    }
    progress.end()
    switch format {
    case .text: try StandardStream.print(packet.page)
    case .json:
      var json = JSONWriter()
      packet.write(to: &json)
      try StandardStream.print(json.bytes)
    }
    if !found.isWhole { throw ProgramExit.findings }
  }
}
