public import TerminalCore

/// The one table of keys.
///
/// Dispatch, the status bar, the help screen, the command palette and `docs/keys.md` read these rows
/// and nothing else, so none of them can say what another does not do.
public struct KeyRow: Sendable {
  /// Where a key works.
  public enum Place: String, Sendable, CaseIterable {
    case board, session, explain, history, review, integrity, help, palette, prompt, find, locked
    case signIn
  }
  /// The headings of the help screen.
  public enum Group: String, Sendable, CaseIterable {
    case moving = "Moving"
    case looking = "Looking"
    case recording = "Recording"
    case reviewing = "Reviewing"
    case typing = "Typing"
    case program = "Program"
  }

  public let intent: Intent
  public let keys: [KeyPress]
  public let places: [Place]
  public let group: Group
  /// The action's name in the palette; empty where it cannot be chosen there.
  public let name: String
  /// One word or two for the status bar; empty where it is not shown there.
  public let short: String
  /// One line of help, at most 23 columns: two columns of it fit on the smallest usual screen.
  public let help: String

  init(
    _ intent: Intent, _ keys: [KeyPress], _ places: [Place], _ group: Group, name: String = "",
    short: String = "", _ help: String
  ) {
    self.intent = intent
    self.keys = keys
    self.places = places
    self.group = group
    self.name = name
    self.short = short
    self.help = help
  }

  /// The keys as people read them: `Down, j`.
  public var keyNames: String { keys.map(\.description).joined(separator: ", ") }
}

public enum Keymap {
  /// The intent of a key in a place, nil where the key means nothing there.
  public static func intent(for press: KeyPress, in place: KeyRow.Place) -> Intent? {
    if let found = table[place]?[press] { return found }
    guard place.takesText, press.modifiers.isEmpty || press.modifiers == .shift else { return nil }
    if case .character(let character) = press.key { return .type(character) }
    return nil
  }

  /// The rows that hold in a place, in the order of the table.
  public static func rows(in place: KeyRow.Place) -> [KeyRow] {
    rowsByPlace.first { $0.place == place }?.rows ?? []
  }

  private static let rowsByPlace: [(place: KeyRow.Place, rows: [KeyRow])] =
    KeyRow.Place.allCases.map { place in
      (place, rows.filter { $0.places.contains(place) })
    }

  /// The row of an intent in a place.
  public static func row(of intent: Intent, in place: KeyRow.Place) -> KeyRow? {
    rows.first { $0.intent == intent && $0.places.contains(place) }
  }

  private static let table: [KeyRow.Place: [KeyPress: Intent]] = {
    var table: [KeyRow.Place: [KeyPress: Intent]] = [:]
    for row in rows {
      for place in row.places {
        for key in row.keys { table[place, default: [:]][key] = row.intent }
      }
    }
    return table
  }()
}

extension KeyRow.Place {
  /// Whether plain characters are text here.
  public var takesText: Bool {
    switch self {
    case .prompt, .palette, .find, .signIn: true
    case .board, .session, .explain, .history, .review, .integrity, .help, .locked: false
    }
  }

  /// The place as documents name it.
  public var title: String {
    switch self {
    case .board: "Board"
    case .session: "Session"
    case .explain: "Explanation"
    case .history: "History"
    case .review: "Day review"
    case .integrity: "How times were charted"
    case .help: "Help"
    case .palette: "Command palette"
    case .prompt: "Prompts"
    case .find: "Find"
    case .locked: "Locked"
    case .signIn: "Who is there"
    }
  }
}
