import ArgumentParser
import Glibc
import NcursesTerminal

/// The program's root command.
@main
struct Chairtime: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chairtime",
    abstract: "Record infusions at the chair; see the units they come to.",
    version: "0.1.0",
    subcommands: [
      BoardCommand.self,
      Derive.self,
      Explain.self,
      FormularyCommand.self,
      EditsCommand.self,
      CodesCommand.self,
      Rules.self,
      Session.self,
      ReviewCommand.self,
      ExportCommand.self,
      OutboxCommand.self,
      Verify.self,
      Backup.self,
      Copy.self,
      ServerCommand.self,
      Demo.self,
      ConfigCommand.self,
      Import.self,
      ScheduleCommand.self,
      Replay.self,
      PeopleCommand.self,
      PatientCommand.self,
      AuditCommand.self,
    ],
    defaultSubcommand: BoardCommand.self)

  static func main() {
    ProcessPrivacy.begin()
    // With SIGXFSZ ignored, a write beyond the file size limit fails with an error.
    signal(SIGXFSZ, SIG_IGN)
    do {
      try ProcessText.check()
      var words = Array(CommandLine.arguments.dropFirst())
      if ["derive", "explain"].contains(words.first) { words = FileNames.joiningRuns(in: words) }
      var command = try parsed(words)
      try command.run()
    } catch {
      ProgramExit.exit(for: error)
    }
  }

  /// Parses the command that the first words name by itself.
  ///
  /// From the root, the parser defines every command and the arguments of the board first: 3.1 ms
  /// instead of 2.2 for `session start`. Only the root knows the texts of help and errors, so it parses
  /// what the command does not accept.
  static func parsed(_ words: [String]) throws -> any ParsableCommand {
    var named: any ParsableCommand.Type = Chairtime.self
    var rest = words[...]
    while let word = rest.first,
      let next = named.configuration.subcommands.first(where: {
        $0.configuration.commandName == word
      })
    {
      named = next
      rest = rest.dropFirst()
    }
    if named.configuration.subcommands.isEmpty, let command = try? named.parseAsRoot(Array(rest)),
      type(of: command) == named
    {
      return command
    }
    return try parseAsRoot(words)
  }
}
