/// The reason why the terminal could not be opened.
package enum TerminalFailure: Error, Hashable, Sendable {
  /// Standard input or output is a file, a pipe, or closed.
  case notATerminal
  /// `TERM` is not set.
  case noTerm
  /// The terminfo database has no entry of this name.
  case unknownTerm(String)
  /// The terminal cannot place its cursor.
  case noCursor(String)
}

extension TerminalFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notATerminal:
      "cannot open the screens: standard input and output are not a terminal; "
        + "use a subcommand such as `chairtime session`, or run it in a terminal"
    case .noTerm:
      "cannot open the screens: TERM is not set; set it to the terminal's name, "
        + "for example TERM=xterm-256color"
    case .unknownTerm(let name):
      "cannot open the screens: terminfo has no entry for TERM=\(name); "
        + "try TERM=xterm-256color or TERM=vt100"
    case .noCursor(let name):
      "cannot open the screens: the terminal TERM=\(name) cannot place its cursor; "
        + "try TERM=xterm-256color or TERM=vt100"
    }
  }
}
