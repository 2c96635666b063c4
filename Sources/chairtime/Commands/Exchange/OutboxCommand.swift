import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import SessionStore
import SQLiteStore
import SuiteProgram

/// `chairtime outbox`: charges on their way to the hospital's system.
struct OutboxCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "outbox",
    abstract: "Send charges to the hospital's system, and see what became of them.",
    discussion: """
      fill makes messages (HL7 v2 DFT^P03) of what was signed off and holds them; send sends what is \
      held and records the answers. A message has one id and one content for ever. What was sent \
      decides what comes next: a later change goes out as credits of what holds no longer and charges \
      of what is new. The system to send to is `peer` in [hl7] of the site's file.
      """,
    subcommands: [
      Fill.self, List.self, Show.self, Send.self, Release.self, Withdraw.self, Settle.self,
      Write.self,
    ])

  /// What the commands that change something take.
  struct Acting: ParsableArguments {
    @OptionGroup var signIn: SignInOptions
    @OptionGroup var store: StoreOptions

    /// Opens the store for somebody who may export; charges leave the house here as well.
    func open(_ site: Site) throws -> (store: SQLiteStore, by: String) {
      let (store, who) = try store.open(signing: signIn, for: .export)
      try AcceptedConfiguration.check(store, who)
      try who.checkSupervisor(of: site, else: "nothing was changed")
      guard store.mode == .readWrite else { throw StoreError.readOnly(path: store.place.path) }
      return (store, who.name)
    }
  }

  /// What the commands that make messages take.
  struct Making: ParsableArguments {
    @Option(name: .customLong("formulary"), help: SiteFormulary.help)
    var formularyFile: String?

    func formulary() throws -> Formulary { try SiteFormulary.read(formularyFile) }
  }

  /// `chairtime outbox fill`.
  struct Fill: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "fill",
      abstract: "Hold messages for what was signed off.",
      discussion: """
        Takes the sessions of the days, and those of any day that have messages already and were \
        signed off again since. Prints the ids of the new messages. What is held and holds no longer \
        is withdrawn. To fill the same day twice makes no second message.
        """)

    @OptionGroup var days: DayOptions
    @OptionGroup var making: Making
    @OptionGroup var acting: Acting

    func run() throws {
      let site = try Site.read()
      let (store, actor) = try acting.open(site)
      var filling = OutboxFilling(
        store, site: site, formulary: try making.formulary(), actor: actor, at: Host.now)
      try filling.fill(try days.days(site))
      var page = TextPage()
      for control in filling.held { page.line("\(control)  held") }
      if filling.withdrawn > 0 { page.line("\(filling.withdrawn.named("message")) withdrawn") }
      try StandardStream.print(page)
      if filling.leftOut > 0 {
        Ending.complain(
          Complaint(
            filling.leftOut.named(
              "session is not signed off as it stands", "sessions are not signed off as they stand")
              + " and not in the outbox."))
      }
    }
  }

  /// `chairtime outbox send`.
  struct Send: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "send",
      abstract: "Send what is held, and record the answers.",
      discussion: """
        Looks first whether what is held still holds, then sends one message after another over MLLP. \
        AA and CA acknowledge a message, AE, AR, CE and CR reject it. Without an answer it stays sent \
        and goes out again with the next send, the same id and bytes. One process sends at a time. The \
        exit code is 2 when a message was rejected, 1 when there was no answer.
        """)

    @OptionGroup var making: Making
    @OptionGroup var acting: Acting

    func run() throws {
      let site = try Site.read()
      guard let peer = site.configuration.hl7Peer else {
        throw Complaint(
          "There is no peer to send to; give host and port as peer in [hl7] of \(Site.path.printable)."
        )
      }
      let (store, actor) = try acting.open(site)
      let lock = try OutboxLock(beside: store.place)
      defer { withExtendedLifetime(lock) {} }
      var filling = OutboxFilling(
        store, site: site, formulary: try making.formulary(), actor: actor, at: Host.now)
      try filling.fill()
      try OutboxCommand.audit(store, actor, "outbox to \(peer.text)")
      var sending = OutboxSending(
        store, to: peer, within: .seconds(site.configuration.hl7Seconds), actor: actor,
        on: Host.workstation
      ) { line in
        try StandardStream.print(Array("\(line)\n".utf8))
      }
      try sending.send()
      var page = TextPage()
      page.line(
        "\(sending.acknowledged.named("message")) acknowledged, \(sending.rejected) rejected")
      if sending.waiting > 0 {
        page.line("\(sending.waiting.named("message")) held behind a rejected one of its session")
      }
      try StandardStream.print(page)
      if sending.rejected + sending.waiting > 0 { throw Ending.findings }
    }
  }

  /// `chairtime outbox write`.
  struct Write: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "write",
      abstract: "Write what is held to a batch file, for a system that loads files.",
      discussion: """
        The file (FHS BHS … BTS FTS) holds every message that is held or was sent without an answer. \
        Once it is whole on the disk each is recorded as acknowledged, with the file's name: who hands \
        the file over answers for it. A file of that name is replaced.
        """)

    @Argument(help: "The file to write.", completion: .file())
    var file: String

    @OptionGroup var making: Making
    @OptionGroup var acting: Acting

    func run() throws {
      let site = try Site.read()
      let (store, actor) = try acting.open(site)
      let lock = try OutboxLock(beside: store.place)
      defer { withExtendedLifetime(lock) {} }
      let now = Host.now
      var filling = OutboxFilling(
        store, site: site, formulary: try making.formulary(), actor: actor, at: now)
      try filling.fill()
      try OutboxCommand.audit(store, actor, "outbox to a file")
      let sink = Sink(OutputFile(path: file))
      let name = String(file.split(separator: "/").last ?? "")
      try sink.take(
        Array(
          HL7Envelope.head(
            names: site.configuration.hl7, name: name, at: now,
            clock: site.clock
          ).utf8))
      var written: [(control: String, steps: Int)] = []
      for control in try store.controls([.held, .sent], limit: Int(Int32.max)) {
        guard let entry = try store.entry(control), entry.state == .held || entry.state == .sent
        else { continue }
        try store.record(
          OutboxStep(.sent, at: Host.now, actor: actor), of: control, expecting: entry.steps.count)
        try sink.take(entry.message.content)
        written.append((control, entry.steps.count + 1))
      }
      try sink.take(Array(HL7Envelope.foot(messages: written.count).utf8))
      try sink.finish()
      for message in written {
        try store.record(
          OutboxStep(
            .acknowledged, at: Host.now, actor: actor,
            note: "Written to the file \(name.printable)."),
          of: message.control, expecting: message.steps)
      }
      var page = TextPage()
      page.line("\(written.count.named("message")) written to \(file)")
      try StandardStream.print(page)
    }
  }
}

extension OutboxCommand {
  /// Written down before the first byte leaves: an export that breaks off was one.
  fileprivate static func audit(_ store: SQLiteStore, _ actor: String, _ what: String) throws {
    let waiting = try store.controls([.held, .sent], limit: Int(Int32.max)).count
    guard waiting > 0 else { return }
    try store.audit(Host.entry(actor, .exported(what: "hl7 \(what)", sessions: waiting)))
  }
}
