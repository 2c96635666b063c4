import ArgumentParser

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
      Verify.self,
      Backup.self,
      Demo.self,
      ConfigCommand.self,
      Import.self,
      ScheduleCommand.self,
      Replay.self,
    ],
    defaultSubcommand: BoardCommand.self)

  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      Ending.exit(for: error)
    }
  }
}
