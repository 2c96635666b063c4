import ArgumentParser
import Glibc
import NcursesTerminal

/// The program: commands, clock, loop.
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

  /// A session command that is right as it stands: parsed without looking at every other command,
  /// which is half of the parser's time. Anything else, a wrong option or a call for help, takes the
  /// usual way.
  private static func frequent(_ words: [String]) -> (any ParsableCommand)? {
    guard words.count > 2, words[0] == "session" else { return nil }
    for command in Session.configuration.subcommands
    where command.configuration.commandName == words[1] {
      return try? command.parse(Array(words[2...]))
    }
    return nil
  }

  static func main() {
    ProcessPrivacy.begin()
    // A file that may not grow further is an error with a sentence, not the end of the process.
    signal(SIGXFSZ, SIG_IGN)
    do {
      let words = Array(CommandLine.arguments.dropFirst())
      if let quick = QuickCommand(words) { return try quick.run() }
      var command = try frequent(words) ?? parseAsRoot()
      try command.run()
    } catch {
      Ending.exit(for: error)
    }
  }
}
