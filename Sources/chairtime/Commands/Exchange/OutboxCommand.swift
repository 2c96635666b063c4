import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import SessionStore
import SuiteProgram

/// `chairtime outbox`: sends charges to the hospital's system.
struct OutboxCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "outbox",
    abstract: "Send charges to the hospital's system, and see how each message stands.",
    discussion: """
      fill makes messages (HL7 v2 DFT^P03) of the signed-off sessions and holds them; send sends the \
      held messages and records the answers. The id and content of a message never change. After a \
      later change the next message credits the charges that no longer hold and charges the new ones. \
      The system to send to is `peer` in [hl7] of the site's file.
      """,
    subcommands: [
      Fill.self, List.self, Show.self, Send.self, Release.self, Withdraw.self, Settle.self,
      Write.self,
    ])

  /// The options of the commands that change messages.
  struct Acting: ParsableArguments {
    @OptionGroup var signIn: SignInOptions
    @OptionGroup var store: StoreOptions

    /// Opens the store for a person who may export, because messages disclose charges as exports do.
    func open(_ site: Site) throws -> (store: any Store, by: Right) {
      let (store, who) = try store.open(signing: signIn, for: .export, by: site.hash)
      try who.checkSupervisor(of: site, else: "nothing was changed")
      guard store.mode == .readWrite else {
        throw StoreError.readOnly(path: store.location)
      }
      return (store, who.right)
    }

    /// The hash of the accepted formulary, for commands that make no message and so read none.
    func acceptedFormulary() throws -> String {
      let accepted = try store.open(.readOnly).acceptedConfiguration() ?? ""
      return ConfigurationHash(text: accepted).formulary
    }
  }

  /// The options of the commands that make messages.
  struct Making: ParsableArguments {
    @Option(name: .customLong("formulary"), help: SiteFormulary.help)
    var formularyFile: String?

    /// Reads what messages are made by.
    func site(of store: StoreOptions) throws -> Site {
      try Site.read(with: store.address, formulary: formularyFile)
    }
  }

  /// `chairtime outbox fill`.
  struct Fill: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "fill",
      abstract: "Make messages for the signed-off sessions and hold them.",
      discussion: """
        Covers the sessions of the days, and sessions of any day that already have messages and were \
        signed off again since. Prints the ids of the new messages. Withdraws held messages that no \
        longer apply. Filling the same day twice makes no second message.
        """)

    @OptionGroup var days: DayOptions
    @OptionGroup var making: Making
    @OptionGroup var acting: Acting

    func run() throws {
      let site = try making.site(of: acting.store)
      let (store, right) = try acting.open(site)
      var filling = OutboxFilling(
        store, site: site, formulary: site.formulary, under: right, at: Host.now)
      try filling.fill(try days.days(site))
      var page = TextPage()
      for control in filling.held { page.line("\(control)  held") }
      if filling.withdrawn > 0 { page.line("\(filling.withdrawn.pluralized("message")) withdrawn") }
      try StandardStream.print(page)
      for sentence in filling.leftOut.sentences("the outbox") {
        ProgramExit.printError(Complaint(sentence))
      }
    }
  }

  /// `chairtime outbox send`.
  struct Send: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "send",
      abstract: "Send the held messages, and record the answers.",
      discussion: """
        Checks that the held messages still apply, then sends them one by one over MLLP. AA and CA \
        acknowledge a message, AE, AR, CE and CR reject it. A message without an answer stays sent; the \
        next send repeats it with the same id and bytes. One process sends at a time. The exit code is \
        2 if a message was rejected, 1 if there was no answer.
        """)

    @OptionGroup var making: Making
    @OptionGroup var acting: Acting

    func run() throws {
      let site = try making.site(of: acting.store)
      guard let peer = site.configuration.hl7Peer else {
        throw Complaint(
          "There is no peer to send to; give host and port as peer in [hl7] of \(Site.path.printable)."
        )
      }
      let (store, right) = try acting.open(site)
      let lock = try FileLock.sending(from: acting.store.address)
      defer { withExtendedLifetime(lock) {} }
      var filling = OutboxFilling(
        store, site: site, formulary: site.formulary, under: right, at: Host.now)
      try filling.fill()
      try OutboxCommand.audit(store, right, "outbox to \(peer.text)")
      var sending = OutboxSending(
        store, to: peer, isInClear: site.configuration.hl7PeerInClear,
        account: site.configuration.hl7PeerAccount,
        within: .seconds(site.configuration.hl7Seconds), under: right, on: Host.workstation
      ) { line in
        try StandardStream.print(Array("\(line)\n".utf8))
      }
      try sending.send()
      var page = TextPage()
      page.line(
        "\(sending.acknowledged.pluralized("message")) acknowledged, \(sending.rejected) rejected")
      if sending.waiting > 0 {
        page.line(
          "\(sending.waiting.pluralized("message")) held behind a rejected one of its session")
      }
      try StandardStream.print(page)
      if sending.rejected + sending.waiting > 0 { throw ProgramExit.findings }
    }
  }

  /// `chairtime outbox write`.
  struct Write: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "write",
      abstract: "Write the held messages to a batch file, for a system that loads files.",
      discussion: """
        The file (FHS BHS … BTS FTS) holds every message that is held or was sent without an answer. \
        Once the whole file is on the disk, each message is recorded as acknowledged, with the file's \
        name: the person who delivers the file is responsible for it. A file that is there is left as \
        it is. Without a message no file is written.
        """)

    @Argument(help: "The file to write.", completion: .file())
    var file: String

    @OptionGroup var making: Making
    @OptionGroup var acting: Acting

    func run() throws {
      let output = OutputFile(path: file)
      try output.check()
      let site = try making.site(of: acting.store)
      let (store, right) = try acting.open(site)
      let lock = try FileLock.sending(from: acting.store.address)
      defer { withExtendedLifetime(lock) {} }
      let now = Host.now
      var filling = OutboxFilling(
        store, site: site, formulary: site.formulary, under: right, at: now)
      try filling.fill()
      try OutboxCommand.audit(store, right, "outbox to a file")
      let name = String(file.split(separator: "/").last ?? "")
      guard try !store.controls([.held, .sent], limit: 1).isEmpty else {
        var page = TextPage()
        page.line("No message is held; \(file) was not written.")
        return try StandardStream.print(page)
      }
      let sink = Sink(output)
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
          OutboxStep(.sent, at: Host.now, actor: right.actor), of: control,
          expecting: entry.steps.count, under: right)
        try sink.take(entry.message.content)
        written.append((control, entry.steps.count + 1))
      }
      try sink.take(Array(HL7Envelope.foot(messages: written.count).utf8))
      try sink.finish()
      for message in written {
        try store.record(
          OutboxStep(
            .acknowledged, at: Host.now, actor: right.actor,
            note: "Written to the file \(name.printable)."),
          of: message.control, expecting: message.steps, under: nil)
      }
      var page = TextPage()
      page.line("\(written.count.pluralized("message")) written to \(file)")
      try StandardStream.print(page)
    }
  }
}

extension OutboxCommand {
  /// Called before the first byte is sent, because an export that breaks off also disclosed data.
  fileprivate static func audit(_ store: any Store, _ right: Right, _ what: String) throws {
    let waiting = try store.controls([.held, .sent], limit: Int(Int32.max)).count
    guard waiting > 0 else { return }
    try store.audit(
      Host.entry(right.actor, .exported(what: "hl7 \(what)", sessions: waiting)), under: right)
  }
}
