import TerminalCore

extension Keymap {
  /// `docs/keys.md`: the table as a page, one section per place.
  package static var page: String {
    var text = """
      # Keys

      Made from the one table of keys; the help screen (`?`) and the status bar read the same.
      A row without a key is reached through the command palette (`:`). The third column is the action's name in files
      that [bind other keys](site.md#keys); without a name the keys never change.

      """
    for place in KeyRow.Place.allCases {
      text += "\n## \(place.title)\n\n| Key | What it does | Name |\n|---|---|---|\n"
      for row in standard.rows(in: place) {
        let keys = row.keys.map { "`\($0.description == "|" ? "\\|" : $0.description)`" }
        let names = keys.isEmpty ? "`:` \(row.name)" : keys.joined(separator: " ")
        let action = place.takesKeys ? row.intent.actionName.map { "`\($0)`" } ?? "" : ""
        text += "| \(names) | \(row.help) | \(action) |\n"
      }
    }
    return text
  }
}
