import Foundation

/// One command as the program itself describes it: its words, its arguments, what stands under it.
///
/// Read from `--experimental-dump-help`, so that pages and checks of commands have one source, the
/// commands.
struct CommandTree: Decodable {
  struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String

      var written: String { kind == "long" ? "--\(name)" : "-\(name)" }
    }

    let kind: String
    let abstract: String?
    let names: [Name]?
    let valueName: String?
    let defaultValue: String?
    let allValues: [String]?
    let isOptional: Bool
    let isRepeating: Bool
    let shouldDisplay: Bool

    /// `--at <time>`, or the value alone if there is no name.
    var written: String {
      let value = "<\(valueName ?? "value")>"
      if kind == "positional" { return value }
      let all = (names ?? []).sorted { $0.name.count < $1.name.count }.map(\.written)
      return all.joined(separator: ", ") + (kind == "flag" ? "" : " \(value)")
    }
  }

  let commandName: String
  let abstract: String
  let discussion: String?
  let shouldDisplay: Bool
  let defaultSubcommand: String?
  let subcommands: [CommandTree]?
  let arguments: [Argument]?

  /// The program's commands, asked once.
  static let chairtime: CommandTree? = {
    struct Dump: Decodable { let command: CommandTree }
    guard let ended = try? BuiltProgram.run("--experimental-dump-help") else { return nil }
    return try? JSONDecoder().decode(Dump.self, from: Data(ended.output.utf8)).command
  }()

  /// Every command under this one with the words that reach it, in the order of the help.
  var all: [(words: [String], command: CommandTree)] {
    [([], self)]
      + (subcommands ?? []).filter { $0.commandName != "help" }.flatMap { child in
        child.all.map { ([child.commandName] + $0.words, $0.command) }
      }
  }

  /// What is wrong with a command line, or nil where its commands, options and count of arguments are
  /// ones this program has.
  func fault(in words: [String]) -> String? {
    var command = self
    var rest = words[...]
    while let children = command.subcommands, let word = rest.first, !word.hasPrefix("-") {
      guard let child = children.first(where: { $0.commandName == word }) else {
        return "no command \(word)"
      }
      command = child
      rest = rest.dropFirst()
    }
    if command.commandName == "help" { return nil }
    if let name = command.defaultSubcommand,
      let child = command.subcommands?.first(where: { $0.commandName == name })
    {
      if rest.first?.hasPrefix("--generate-completion-script") == true { return nil }
      command = child
    }
    let arguments = command.arguments ?? []
    var values = 0
    while let word = rest.popFirst() {
      if word.count < 2 || !word.hasPrefix("-") || Int(word) != nil {
        values += 1
        continue
      }
      let name = String(word.prefix { $0 != "=" })
      guard let one = arguments.first(where: { ($0.names ?? []).contains { $0.written == name } })
      else { return "\(command.commandName) has no \(name)" }
      if one.kind == "option", name == word, rest.popFirst() == nil {
        return "\(name) has no value"
      }
    }
    let places = arguments.filter { $0.kind == "positional" }
    if values > places.count, !places.contains(where: \.isRepeating) {
      return "\(command.commandName) takes \(places.count) arguments, not \(values)"
    }
    return nil
  }
}
