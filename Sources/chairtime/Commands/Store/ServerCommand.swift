import ArgumentParser
import PlainText
import PostgresStore
import SessionStore

/// `chairtime server`: sets up a database of PostgreSQL that holds the records of suites.
struct ServerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "server",
    abstract: "Set up a database of PostgreSQL for the records of many suites.",
    discussion: """
      A database administrator runs these, with a login that owns the database; health needs less. --print \
      shows the SQL instead, to be read and run with psql. How to choose standbys, certificates and logins is in \
      docs/operations.md.
      """,
    subcommands: [
      Init.self, Upgrade.self, AddSuite.self, AddTerminal.self, RemoveTerminal.self, Health.self,
    ])

  /// What each step needs.
  struct Step: ParsableArguments {
    @Option(
      name: .customLong("on"),
      help: ArgumentHelp(
        "The database: postgres://LOGIN@HOST/DATABASE. The password comes from a passfile.",
        valueName: "address"))
    var address: String?

    @Flag(help: "Print the SQL instead of running it.")
    var print = false

    func validate() throws {
      if address == nil && !print {
        throw ValidationError("Name the database with --on, or use --print.")
      }
    }

    /// Prints the SQL, or runs it and prints what was done.
    func perform(_ sql: String, done: String) throws {
      if print {
        try StandardStream.print(Array((sql + "\n").utf8))
        return
      }
      guard let address else { return }
      try ServerSetup.run(sql, on: ServerAddress(address, needsSuite: false))
      var page = TextPage()
      page.wrap(done)
      try StandardStream.print(page)
    }
  }

  struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make the tables, functions and roles in an empty database.",
      discussion: """
        The roles belong to the whole server: chairtime_owner, chairtime_recorder, chairtime_reviewer \
        and chairtime_verifier. They are made if they are missing, which needs a login that may make \
        roles. Everything is one transaction.
        """)

    @OptionGroup var step: Step

    func run() throws {
      try step.perform(
        ServerSetup.initialization,
        done: "The tables are made. Add a suite with chairtime server add-suite.")
    }
  }

  struct Upgrade: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Bring the tables of an earlier program up to this one.",
      discussion: """
        Every fact stays as it is. Functions, triggers, policies and grants are made again as this program \
        makes them, also in a database that has its version already. Everything is one transaction, and \
        terminals wait for it. End earlier programs first: they do not use the new tables.
        """)

    @OptionGroup var step: Step

    func run() throws {
      try step.perform(
        ServerSetup.upgrade,
        done: "The tables have version \(ServerSchema.version), with the guards of this program.")
    }
  }

  struct AddSuite: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add-suite", abstract: "Add a suite, with an empty record.")

    @Argument(help: "The suite's name in addresses: letters, digits and - _ .")
    var suite: String

    @OptionGroup var step: Step

    func run() throws {
      try step.perform(
        ServerSetup.adding(suite: suite),
        done:
          "The suite \(suite.printable) is added. Add its terminals with chairtime server add-terminal."
      )
    }
  }

  struct AddTerminal: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add-terminal",
      abstract: "Give a machine's login its role in a suite.",
      discussion: """
        The login is made if there is none, without a password: set one with psql's \\password, or let \
        the server accept a client certificate. A recorder records; a reviewer also signs off, exports, \
        sends and changes people; a verifier reads. What a person may do is decided by the PIN of the \
        sign-in as well, so a machine at which supervisors work is a reviewer.
        """)

    @Argument(help: "The login of the machine, as chair-7.")
    var login: String

    @Option(help: "The suite.")
    var suite: String

    @Option(help: "What the machine may do.")
    var role: ServerSetup.TerminalRole = .reviewer

    @OptionGroup var step: Step

    func run() throws {
      try step.perform(
        ServerSetup.adding(terminal: login, to: suite, as: role),
        done: "The login \(login.printable) is a \(role.rawValue) of the suite \(suite.printable).")
    }
  }
}

extension ServerCommand {
  struct RemoveTerminal: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove-terminal",
      abstract: "Take a machine's login its role in a suite.",
      discussion: """
        The login then sees nothing of the suite. It stays, because it may have a role in another suite; \
        DROP ROLE removes it. To change a role, add the terminal again with another one.
        """)

    @Argument(help: "The login of the machine, as chair-7.")
    var login: String

    @Option(help: "The suite.")
    var suite: String

    @OptionGroup var step: Step

    func run() throws {
      try step.perform(
        ServerSetup.removing(terminal: login, from: suite),
        done: "The login \(login.printable) has no role in the suite \(suite.printable) any more.")
    }
  }
}

extension ServerSetup.TerminalRole: ExpressibleByArgument {}
