import ArgumentParser
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

  /// A session command that is right as it stands, parsed without looking at every other command.
  ///
  /// Recording a fact is what the program does most, and half of a short command's time went into the
  /// tree of commands. Anything else, a wrong option or a call for help, takes the usual way.
  private static func recording() -> (any ParsableCommand)? {
    let words = CommandLine.arguments
    guard words.count > 3, words[1] == "session" else { return nil }
    for command in Session.configuration.subcommands
    where command.configuration.commandName == words[2] {
      return try? command.parse(Array(words[3...]))
    }
    return nil
  }

  static func main() {
    ProcessPrivacy.begin()
    do {
      var command = try recording() ?? parseAsRoot()
      try command.run()
    } catch {
      Ending.exit(for: error)
    }
  }
}
