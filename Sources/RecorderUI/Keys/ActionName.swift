extension Intent {
  /// The action's name in files that bind keys; nil if its keys never change.
  ///
  /// Enter, Esc and Ctrl-Z mean the same everywhere, and the keys of text fields are those of every terminal.
  package var actionName: String? {
    switch self {
    case .fill(let form): form.actionName
    case .beginPlanned: "begin-planned"
    case .moveUp: "up"
    case .moveDown: "down"
    case .moveLeft: "earlier"
    case .moveRight: "later"
    case .pageUp: "page-up"
    case .pageDown: "page-down"
    case .moveFirst: "first"
    case .moveLast: "last"
    case .nextPanel: "next-panel"
    case .previousPanel: "previous-panel"
    case .zoomIn: "finer"
    case .zoomOut: "coarser"
    case .previousDay: "previous-day"
    case .nextDay: "next-day"
    case .showNeeds: "needs"
    case .showIntegrity: "charting"
    case .showReview: "review"
    case .explain: "explain"
    case .showHistory: "facts"
    case .showHelp: "help"
    case .openPalette: "palette"
    case .find: "find"
    case .sortBoard: "order"
    case .reverseOrder: "reverse-order"
    case .leave: "leave"
    case .lock: "lock"
    case .switchPerson: "switch-person"
    case .redraw: "redraw"
    case .quit: "quit"
    case .open, .goBack, .unlock, .suspend, .type, .paste, .deleteBackward, .deleteForward,
      .deleteWord, .clearText, .moveToStart, .moveToEnd, .nextField, .previousField, .nextChoice,
      .previousChoice, .confirm, .record, .cancel, .press, .resize, .tick:
      nil
    }
  }
}

extension Form {
  /// The title in lower case with hyphens: `stop-a-drug`.
  fileprivate var actionName: String {
    title.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
      .joined(separator: "-")
  }
}
