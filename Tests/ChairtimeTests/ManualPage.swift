import Foundation

/// `chairtime(1)` in the roff of man(7), from the tree of commands.
struct ManualPage {
  private(set) var text: String

  init(_ root: CommandTree) {
    text = """
      .\\" Made from the commands; not to be edited. See docs/contributing.md.
      .TH CHAIRTIME 1 "" "Chairtime" "User Commands"
      .SH NAME
      chairtime \\- record infusions at the chair; see the units they come to
      .SH SYNOPSIS
      .B chairtime
      .RI [ command ]
      .RI [ options ]
      .SH DESCRIPTION
      Chairtime records at the chair when each drug started and stopped, derives the units of drug
      administration from these facts and explains each one. Without a command it opens the board.
      It is no health record, no order system, no charge master and no pricing tool.
      .SH COMMANDS

      """
    for (words, command) in root.all where !words.isEmpty {
      text += ".SS \(Self.set("chairtime " + words.joined(separator: " ")))\n"
      for part in ([command.abstract] + (command.discussion ?? "").components(separatedBy: "\n\n"))
      where !part.isEmpty {
        text += ".PP\n\(Self.set(part))\n"
      }
      for argument in command.arguments ?? []
      where argument.shouldDisplay && !["version", "help"].contains(argument.valueName) {
        text += ".TP\n.B \(Self.set(argument.written))\n\(Self.set(Self.sentence(argument)))\n"
      }
    }
    text += Self.ending
  }

  private static func sentence(_ argument: CommandTree.Argument) -> String {
    var words = argument.abstract ?? "As its name says."
    var notes: [String] = []
    if let values = argument.allValues, !values.isEmpty {
      notes.append("values: " + values.joined(separator: ", "))
    }
    if let value = argument.defaultValue { notes.append("default: \(value)") }
    if !notes.isEmpty { words += " (\(notes.joined(separator: "; ")))" }
    return words
  }

  /// Text as roff takes it: nothing in it is a request or an escape.
  static func set(_ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
      .unicodeScalars.reduce(into: "") { written, scalar in
        let code = String(scalar.value, radix: 16, uppercase: true)
        let zeros = String(repeating: "0", count: max(0, 4 - code.count))
        written += scalar.isASCII ? String(scalar) : "\\[u\(zeros)\(code)]"
      }
    return escaped.split(separator: "\n", omittingEmptySubsequences: true).map { line in
      line.hasPrefix(".") || line.hasPrefix("'") ? "\\&\(line)" : String(line)
    }.joined(separator: "\n")
  }

  private static let ending = """
    .SH ENVIRONMENT
    .TP
    .B CHAIRTIME_STORE
    The store, where no \\fB\\-\\-store\\fR names it.
    .TP
    .B CHAIRTIME_CONFIG
    The site's configuration.
    .TP
    .B CHAIRTIME_ACTOR
    Who does it, where no \\fB\\-\\-actor\\fR says so.
    .TP
    .B CHAIRTIME_WORKSTATION
    What the record calls this terminal; else the host's name.
    .TP
    .B CHAIRTIME_ZONE
    The time zone of new sessions, an IANA name; otherwise that of the configuration or of the host.
    .TP
    .B NO_COLOR
    Not empty: no colour.
    .SH FILES
    .TP
    .I ~/.local/share/chairtime/chairtime.store
    The store, or the same under \\fBXDG_DATA_HOME\\fR.
    .TP
    .I ~/.config/chairtime/site.toml
    The site's configuration, or the same under \\fBXDG_CONFIG_HOME\\fR.
    .SH EXIT STATUS
    .TP
    .B 0
    Done.
    .TP
    .B 1
    An error; one sentence on standard error.
    .TP
    .B 2
    A command that checks found something.
    .TP
    .B 64
    The command line is wrong.

    """
}
