import ArgumentParser
import InfusionRecord
import PlainText
import SessionStore
import SuiteProgram

/// What a person decides about a message.
extension OutboxCommand {
  /// `chairtime outbox release`.
  struct Release: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "release",
      abstract: "Hold rejected messages again, to be sent as they are.",
      discussion: """
        For messages that were rejected for a cause on the other side that has been fixed. A message \
        whose content must change is withdrawn instead, and the next fill makes a new one.
        """)

    @Argument(help: "Ids of rejected messages.")
    var controls: [String]

    @Option(help: ArgumentHelp("Why.", valueName: "text"))
    var reason: String?

    @OptionGroup var acting: Acting

    func run() throws {
      try OutboxCommand.move(controls, to: .held, from: [.rejected], reason, acting)
    }
  }

  /// `chairtime outbox withdraw`.
  struct Withdraw: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "withdraw",
      abstract: "Withdraw messages that are held or were rejected.",
      discussion: """
        They are never sent again. The next fill posts their charges in a new message, under the \
        site's file as it is then.
        """)

    @Argument(help: "Ids of held or rejected messages.")
    var controls: [String]

    @Option(help: ArgumentHelp("Why.", valueName: "text"))
    var reason: String

    @OptionGroup var acting: Acting

    func run() throws {
      try OutboxCommand.move(controls, to: .withdrawn, from: [.held, .rejected], reason, acting)
    }
  }

  /// `chairtime outbox settle`.
  struct Settle: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "settle",
      abstract: "Record the outcome of a sent message that has no answer.",
      discussion: """
        For when the other side was asked: it accepted the message (acknowledged), or it did not \
        (rejected). Your name and the reason stay with the message.
        """)

    enum Outcome: String, ExpressibleByArgument, CaseIterable { case acknowledged, rejected }

    @Argument(help: "The id of a message that is sent.")
    var control: String

    @Option(name: .customLong("as"), help: "The outcome.")
    var outcome: Outcome

    @Option(help: ArgumentHelp("Who said so.", valueName: "text"))
    var reason: String

    @OptionGroup var acting: Acting

    func run() throws {
      try OutboxCommand.move(
        [control], to: outcome == .acknowledged ? .acknowledged : .rejected, from: [.sent], reason,
        acting)
    }
  }

  private static func move(
    _ controls: [String], to state: OutboxState, from states: Set<OutboxState>, _ reason: String?,
    _ acting: Acting
  ) throws {
    if let reason, !GivenReason.saysSomething(reason) || reason.unicodeScalars.count > 400 {
      throw ValidationError("--reason: expected a text that says why, of at most 400 characters.")
    }
    var site = try Site.read(with: acting.store.address, formulary: nil)
    site.hash.formulary = try acting.acceptedFormulary()
    let (store, right) = try acting.open(site)
    // The lock of the sender: a message that is being sent cannot be moved.
    let lock = try FileLock.sending(from: acting.store.address)
    defer { withExtendedLifetime(lock) {} }
    for control in controls {
      let entry = try entry(control, in: store)
      guard states.contains(entry.state) else {
        let expected = OutboxState.allCases.filter(states.contains).map(\.text)
          .joined(separator: " or ")
        throw Complaint(
          "Message \(entry.message.control) is \(entry.state.text), not \(expected); it was left so."
        )
      }
      try store.record(
        OutboxStep(state, at: Host.now, actor: right.actor, note: reason),
        of: entry.message.control, expecting: entry.steps.count, under: right)
      try StandardStream.print(Array("\(entry.message.control)  \(state.text)\n".utf8))
    }
  }
}
