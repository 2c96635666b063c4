package import TerminalCore

/// The one table of keys.
///
/// Dispatch, the status bar, the help screen, the command palette and `docs/keys.md` all read these
/// rows and nothing else, so they cannot contradict each other.
package struct KeyRow: Sendable {
  /// Where a key works.
  package enum Place: String, Sendable, CaseIterable {
    case board, session, explain, history, review, integrity, patients, visits, help, palette,
      prompt, find, locked
    case signIn
  }
  /// The headings of the help screen.
  package enum Group: String, Sendable, CaseIterable {
    case moving = "Moving"
    case looking = "Looking"
    case recording = "Recording"
    case reviewing = "Reviewing"
    case typing = "Typing"
    case program = "Program"
  }

  package let intent: Intent
  package internal(set) var keys: [KeyPress]
  package internal(set) var places: [Place]
  package let group: Group
  /// The action's name in the palette; empty if the palette does not offer it.
  ///
  /// The row of a form has the form's title if it gives no name.
  package let name: String
  /// One or two words for the status bar; empty if it is not shown there.
  package let short: String
  /// The columns of a line of help: two of them fit beside their keys on the smallest usual screen.
  static let helpWidth = 23
  /// One line of help, at most `helpWidth` columns.
  package let help: String

  init(
    _ intent: Intent, _ keys: [KeyPress], _ places: [Place], _ group: Group, name: String? = nil,
    short: String = "", _ help: String
  ) {
    self.intent = intent
    self.keys = keys
    self.places = places
    self.group = group
    if case .fill(let form) = intent {
      self.name = name ?? form.title.prefix(1).lowercased() + form.title.dropFirst()
    } else {
      self.name = name ?? ""
    }
    self.short = short
    self.help = help
  }

  /// The keys as text: `Down, j`.
  package var keyNames: String { keys.map(\.description).joined(separator: ", ") }
}

/// The table as it holds on a terminal: the standard one, or with the keys of a site and a user.
package struct Keymap: Sendable {
  package internal(set) var rows: [KeyRow]

  package static let standard = Keymap(rows: rows)

  /// The intent of a key in a place; nil if the key means nothing there.
  package func intent(for press: KeyPress, in place: KeyRow.Place) -> Intent? {
    let row = rows.first { $0.places.contains(place) && $0.keys.contains(press) }
    if let row { return row.intent }
    guard place.takesText, press.modifiers.isEmpty || press.modifiers == .shift else { return nil }
    if case .character(let character) = press.key { return .type(character) }
    return nil
  }

  /// The rows of a place, in the order of the table.
  package func rows(in place: KeyRow.Place) -> [KeyRow] {
    rows.filter { $0.places.contains(place) }
  }

  package func row(of intent: Intent, in place: KeyRow.Place) -> KeyRow? {
    rows.first { $0.intent == intent && $0.places.contains(place) }
  }

  /// The first key of an action, as sentences name it; `:` if it is reached by its name alone.
  func keyName(of intent: Intent, in place: KeyRow.Place) -> String {
    row(of: intent, in: place)?.keys.first?.description
      ?? row(of: .openPalette, in: place)?.keys.first?.description ?? ":"
  }
}

extension KeyRow.Place {
  /// Whether characters are typed as text here.
  package var takesText: Bool {
    switch self {
    case .prompt, .palette, .find, .signIn: true
    case .board, .session, .explain, .history, .review, .integrity, .patients, .visits, .help,
      .locked:
      false
    }
  }

  /// The place as help and documents name it.
  package var title: String {
    switch self {
    case .board: "Board"
    case .session: "Session"
    case .explain: "Explanation"
    case .history: "History"
    case .review: "Day review"
    case .integrity: "How times were charted"
    case .patients: "Patients found"
    case .visits: "Visits of a patient"
    case .help: "Help"
    case .palette: "Command palette"
    case .prompt: "Prompts"
    case .find: "Find"
    case .locked: "Locked"
    case .signIn: "Sign in"
    }
  }
}
