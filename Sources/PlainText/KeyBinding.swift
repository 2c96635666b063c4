/// Keys for one action, as a file of a site or of a user gives them.
///
/// It is not known here whether the action and the keys exist.
package struct KeyBinding: Sendable, Hashable {
  /// The screen on which the keys hold, `board`; nil means wherever the action is.
  package var screen: String?
  /// The action by its name in files, `stop-a-drug`.
  package var action: String
  /// The keys by their names, `Ctrl-X`; none takes the action's keys away.
  package var keys: [String]
  /// The line of the file; nil if it is not known.
  package var line: Int?

  package init(screen: String? = nil, action: String, keys: [String], line: Int? = nil) {
    self.screen = screen
    self.action = action
    self.keys = keys
    self.line = line
  }

  /// Its place in the file, `keys.board.stop-a-drug`.
  package var path: String {
    ["keys", screen, action].compactMap { $0 }.joined(separator: ".")
  }
}
