import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import SessionReview
import SessionStore
import SuiteProgram
import TimelineEngine

extension OutboxCommand {
  /// `chairtime outbox list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List the messages that wait, or with --all every message.",
      discussion: """
        Without --all lists the messages that are held, sent without an answer, or rejected. One line \
        per message: its id, its state, since when, how often it was sent, its session, its units. \
        Then a line for each signed session with units that no message posts, because they are held or \
        provisional or the session has no account number: those of the last 31 days, and those of the \
        messages listed. If the outbox is damaged, that is said and the exit code is 1.
        """)

    @Flag(help: "Also those that are acknowledged or withdrawn.")
    var all = false

    @Option(help: "How to print: text for a person, json for a program.")
    var format: PrintFormat = .text

    @OptionGroup var making: Making
    @OptionGroup var signIn: SignInOptions
    @OptionGroup var store: StoreOptions

    func run() throws {
      let site = try making.site(of: self.store)
      let clock = site.clock
      let (store, who) = try store.open(looking: signIn)
      var listed: [SessionID] = []
      let states = Set(all ? OutboxState.allCases : [.held, .sent, .rejected])
      for control in try store.controls(states, limit: Int(Int32.max)) {
        guard let entry = try store.entry(control) else { continue }
        listed.append(entry.message.session)
        let isHidden = try self.isHidden(entry.message.session, from: who.name, in: store)
        switch format {
        case .text:
          let sent = entry.steps.count { $0.state == .sent }
          let since = (entry.steps.last?.at ?? entry.message.made).instant
          try StandardStream.print(
            Array(
              ("\(control)  \(entry.state.text)  \(ClockText(clock, day: nil).full(since))  "
                + (sent > 1 ? "sent \(sent) times  " : "")
                + entry.message.session.text.printable + "  "
                + (isHidden
                  ? entry.message.postings.count.pluralized("line") + ", restricted" : entry.units)
                + "\n").utf8))
        case .json:
          var json = JSONWriter()
          entry.write(to: &json, clock, isHidden: isHidden)
          json.endLine()
          try StandardStream.print(json.bytes)
        }
      }
      try printUnpostedUnits(of: listed, in: store, site, for: who.name)
      try OutboxCommand.checkWhole(store)
    }

    /// Whether the codes of a session are hidden from a person: they tell what the patient is treated for.
    private func isHidden(
      _ session: SessionID, from person: String, in store: any Store
    ) throws -> Bool {
      let now = Host.now
      let restrictions = try store.restrictions(at: now)
      if restrictions.isEmpty { return false }
      guard let log = try store.log(of: session) else { return false }
      return restrictions.hides(log, from: person, at: now)
    }

    /// Units of signed sessions that are in no message.
    private func printUnpostedUnits(
      of listed: [SessionID], in store: any Store, _ site: Site, for person: String
    ) throws {
      let now = Host.now.instant
      var derivation = site.derivation(now: now)
      let today = site.clock.date(at: now)
      var seen: Set<SessionID> = []
      func print(_ log: EventLog) throws {
        guard seen.insert(log.session).inserted, log.status == .reviewed else { return }
        let session = derivation.session(log)
        let unposted = session.unposted
        guard session.standing.isSignedOff, !unposted.isEmpty else { return }
        let isHidden = try self.isHidden(log.session, from: person, in: store)
        switch format {
        case .text:
          let words = isHidden ? "restricted" : unposted.words
          try StandardStream.print(
            Array("not posted  \(log.session.text.printable)  \(words)\n".utf8))
        case .json:
          var json = JSONWriter()
          json.object { json in
            json.member("session", log.session.text)
            json.member("state", "not posted")
            if !isHidden { json.member(of: unposted) }
          }
          json.endLine()
          try StandardStream.print(json.bytes)
        }
      }
      try store.read(CivilDate(dayNumber: today.dayNumber - 30)...today, print)
      for session in listed where !seen.contains(session) {
        if let log = try store.log(of: session) { try print(log) }
      }
    }
  }

  /// `chairtime outbox show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Show one message: its segments, and its steps.",
      discussion: "The message names the patient. --raw writes its bytes as they are sent.")

    @Argument(help: "The message's id.")
    var control: String

    @Flag(help: "Write the bytes only.")
    var raw = false

    @OptionGroup var signIn: SignInOptions
    @OptionGroup var glass: BreakGlassOption
    @OptionGroup var store: StoreOptions

    func run() throws {
      let site = try Site.read()
      let (store, who) = try store.open(looking: signIn, breaking: glass)
      let entry = try OutboxCommand.entry(control, in: store)
      if let log = try store.log(of: entry.message.session) {
        try store.admit(log, under: who.right, breaking: glass)
        try store.auditView(of: log, by: who)
      }
      if raw {
        try OutputFile.refuseTerminal("A raw message")
        return try StandardStream.print(entry.message.content)
      }
      let clock = site.clock
      var page = TextPage()
      page.line(
        "\(entry.message.control)  \(entry.state.text)  \(entry.message.session.text)  "
          + entry.units)
      page.line("")
      for step in entry.steps {
        let time = ClockText(clock, day: nil).full(step.at.instant)
        let note = step.note.map { ": \($0.printable)" } ?? ""
        page.wrap(
          "\(time)  \(step.state.text), "
            + "\(step.actor.printable)\(note)")
      }
      page.line("")
      for segment in entry.message.content.split(separator: 0x0D) {
        page.line(String(decoding: segment, as: UTF8.self).printable)
      }
      try StandardStream.print(page)
      try OutboxCommand.checkWhole(store)
    }
  }

  /// Throws what is wrong with the outbox, after it was shown: a damaged one may lack messages.
  fileprivate static func checkWhole(_ store: any Store) throws {
    if let warning = try store.outboxWarning() { throw Complaint(warning) }
    try store.checkChains()
  }

  static func entry(_ control: String, in store: any Store) throws -> OutboxEntry {
    guard let entry = try store.entry(control.uppercased()) else {
      throw Complaint("There is no message \(control.printable) in the outbox.")
    }
    return entry
  }
}

extension OutboxEntry {
  /// `+96413 +96415×2 -96413`.
  var units: String {
    message.postings.map { posting in
      "\(posting.isCredit ? "-" : "+")\(posting.code)"
        + (posting.units == 1 ? "" : "×\(posting.units)")
    }.joined(separator: " ")
  }

  /// Without the message itself, which names the patient. A step's note holds the peer's words.
  /// - Parameter isHidden: leaves out the codes, and the words of the peer, which may name the patient.
  fileprivate func write(
    to json: inout JSONWriter, _ clock: LocalClock, isHidden: Bool
  ) {
    json.object { json in
      json.member("control", message.control)
      json.member("session", message.session.text)
      json.member("state", state.text)
      if isHidden { json.member("restricted", true) }
      json.list("postings", isHidden ? [] : message.postings) { json, posting in
        json.object { json in
          json.member("id", posting.id)
          json.member("kind", posting.isCredit ? "credit" : "charge")
          json.member("code", posting.code)
          json.member("units", posting.units)
        }
      }
      json.list("steps", steps) { json, step in
        json.object { json in
          json.member("state", step.state.text)
          json.member("at", clock.written(step.at.instant, seconds: true))
          json.member("actor", step.actor)
          json.member("note", isHidden ? nil : step.note)
        }
      }
    }
  }
}
