import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import SessionStore
import SuiteProgram

/// `chairtime people`: manages who may sign in, and with which role.
struct PeopleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "people", abstract: "Enrol people, give roles and PINs.",
    discussion: """
      Until the first person is enrolled, the account of the host has every right and no PIN is asked. \
      The first person enrolled must be a supervisor; from then on everyone signs in, and only \
      supervisors manage people. Enrol two supervisors: one can give the other a new PIN.

      A name that could be taken for another one (case, blanks, accents, letters that look alike) is \
      refused.

      PINs have 6 to 12 digits. Dates, runs, pairs and keys that lie together are refused. The terminal asks for them without showing them. With --pin-stdin they \
      are read from standard input, one line each: first the PIN of the person who runs the command, \
      then the new one. If nobody is enrolled, the new one is the only line.
      """,
    subcommands: [List.self, Add.self, RoleCommand.self, PINCommand.self, Retire.self])

  /// The options of the commands that change who is enrolled.
  struct Managing: ParsableArguments {
    @OptionGroup var signIn: SignInOptions
    @OptionGroup var store: StoreOptions

    /// Signs in a person who may manage people and makes a change.
    ///
    /// A refused change ends the command with the reason.
    func change(
      creating: Bool = false,
      _ change: (any Store, SignInOptions.SignedIn) throws -> Void
    ) throws {
      let store = try store.open(.readWrite, creating: creating)
      let who = try signIn.signIn(store, for: .managePeople)
      try Naming.reportingRefusals { try change(store, who) }
    }
  }

  /// `chairtime people list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List who is enrolled.")

    @Option(help: "How to print: text for a person, json for a program.")
    var format: PrintFormat = .text

    @OptionGroup var store: StoreOptions

    func run() throws {
      let roster = try store.open(.readOnly).people()
      switch format {
      case .text:
        var page = TextPage()
        for person in roster.people {
          page.line(person.name.printable, person.isRetired ? "retired" : person.role.rawValue)
        }
        if roster.isEmpty {
          page.wrap("Nobody is enrolled: the account of the host has every right.")
        }
        try StandardStream.print(page)
      case .json:
        var json = JSONWriter()
        for person in roster.people {
          json.object { json in
            json.member("name", person.name)
            json.member("role", person.role.rawValue)
            json.member("retired", person.isRetired)
          }
          json.endLine()
        }
        try StandardStream.print(json.bytes)
      }
    }
  }

  /// `chairtime people add`.
  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Enrol a person; the first must be a supervisor.")

    @Argument(help: "The name facts are recorded under, as colleagues write it.")
    var name: String

    @Option(help: "What the person may do.")
    var role: Role

    @OptionGroup var managing: Managing

    func validate() throws { try Naming.check(name) }

    func run() throws {
      // Read before the PIN is asked: the first supervisor accepts what was parsed here.
      let configuration = Result { try Site.acceptable(with: managing.store.address) }
      var isFirst = false
      try managing.change(creating: true) { store, who in
        isFirst = !who.isEnrolled
        if isFirst, role != .supervisor { throw RosterRefusal.firstMustSupervise }
        let pin = try NewPIN.ask(for: name, managing.signIn, isFirst: isFirst)
        try store.enrol(
          name, as: role, pin: pin, under: who.right, at: Host.now,
          accepting: isFirst ? configuration.get() : nil)
      }
      var page = TextPage()
      page.line("Enrolled \(name) as \(role.rawValue).")
      if isFirst {
        page.wrap(
          "From now on everyone signs in. Enrol a second supervisor, who can give this one a new "
            + "PIN.")
      }
      try StandardStream.print(page)
    }
  }

  /// `chairtime people role`.
  struct RoleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "role", abstract: "Make a person a nurse or a supervisor.")

    @Argument(help: "The person.")
    var name: String

    @Argument(help: "What the person may do from now on.")
    var role: Role

    @OptionGroup var managing: Managing

    func run() throws {
      try managing.change { store, who in
        try store.give(role, to: name, under: who.right, at: Host.now)
      }
      try StandardStream.print(Array("\(name.printable) is a \(role.rawValue) now.\n".utf8))
    }
  }

  /// `chairtime people pin`.
  struct PINCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "pin", abstract: "Change your own PIN, or give a person a new one.",
      discussion: """
        Without NAME it changes the PIN of the person who signs in. Only a supervisor gives another \
        person a new PIN; that also ends the wait after wrong PINs.
        """)

    @Argument(help: "Whose PIN; without it, your own.")
    var name: String?

    @OptionGroup var signIn: SignInOptions
    @OptionGroup var store: StoreOptions

    func run() throws {
      let store = try store.open(.readWrite)
      let isOwn = name == nil || name == (signIn.actor ?? Host.actor)
      let who = try signIn.signIn(store, for: isOwn ? .look : .managePeople)
      let whose = name ?? who.name
      guard try store.people()[whose] != nil else {
        throw Complaint(RosterRefusal.unknown.sentence)
      }
      let pin = try NewPIN.ask(for: whose, signIn)
      try Naming.reportingRefusals {
        try store.setPIN(of: whose, to: pin, under: who.right, at: Host.now)
      }
      try StandardStream.print(Array("\(whose.printable) has a new PIN.\n".utf8))
    }
  }

  /// `chairtime people retire`.
  struct Retire: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "retire", abstract: "End a person's rights; the name stays with the facts.")

    @Argument(help: "Who leaves.")
    var name: String

    @OptionGroup var managing: Managing

    func run() throws {
      try managing.change { store, who in
        try store.retire(name, under: who.right, at: Host.now)
      }
      try StandardStream.print(Array("\(name.printable) was retired.\n".utf8))
    }
  }
}

/// Checks names of people, and reports refused changes.
private enum Naming {
  static func check(_ name: String) throws {
    guard (1...60).contains(name.count), name == name.printable,
      name.contains(where: { !$0.isWhitespace }), name.first != " ", name.last != " "
    else {
      throw ValidationError("A name has 1 to 60 printable characters, no blank at either end.")
    }
    guard !NameSkeleton(name).looksLike(NameSkeleton("nobody")) else {
      throw ValidationError("nobody is nobody's name.")
    }
  }

  /// Runs a change of the roster and turns a refusal into the command's message.
  static func reportingRefusals(_ change: () throws -> Void) throws {
    do {
      try change()
    } catch let refusal as RosterRefusal {
      throw Complaint("\(refusal.sentence) Nothing was changed.")
    } catch StoreError.refused(let refusal) {
      throw Complaint("\(refusal.sentence) Nothing was changed.")
    }
  }
}

/// Asks for a new PIN; twice on a terminal.
private enum NewPIN {
  /// - Parameter isFirst: whether nobody is enrolled, so that an empty line in place of the signer's PIN
  ///   is skipped.
  static func ask(for name: String, _ options: SignInOptions, isFirst: Bool = false) throws -> PIN {
    let question = "New PIN for \(name.printable), 6 to 12 digits"
    var text = try options.secret(question)
    if isFirst, options.pinFromInput, text.isEmpty { text = try options.secret(question) }
    let pin: PIN
    do throws(PIN.Fault) {
      pin = try PIN(choosing: text)
    } catch {
      throw Complaint("\(error.sentence) Nothing was changed.")
    }
    if !options.pinFromInput {
      let again = PIN(typed: try options.secret("Type it again"))
      guard again == pin else { throw Complaint("The two PINs differ. Nothing was changed.") }
    }
    return pin
  }
}
