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
      Rules.self,
      Session.self,
      ReviewCommand.self,
      ExportCommand.self,
      OutboxCommand.self,
      Verify.self,
      Backup.self,
      Demo.self,
      ConfigCommand.self,
      Import.self,
      ScheduleCommand.self,
      Replay.self,
      PeopleCommand.self,
      AuditCommand.self,
    ],
    defaultSubcommand: BoardCommand.self)

  static func main() {
    ProcessPrivacy.begin()
    // With SIGXFSZ ignored, a write beyond the file size limit fails with an error.
    signal(SIGXFSZ, SIG_IGN)
    do {
      var words = Array(CommandLine.arguments.dropFirst())
      if ["derive", "explain"].contains(words.first) { words = FileNames.joiningRuns(in: words) }
      var command = try parseAsRoot(words)
      try command.run()
    } catch {
      ProgramExit.exit(for: error)
    }
  }
}
