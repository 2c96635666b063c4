package import TerminalCore

/// What the user wants, as they would say it.
///
/// `Keymap` turns keys into intents. The clock and the terminal send intents too. Only `update` acts
/// on them.
package enum Intent: Hashable, Sendable {
  // Moving.
  case moveUp, moveDown, moveLeft, moveRight
  case pageUp, pageDown, moveFirst, moveLast
  case nextPanel, previousPanel
  case zoomIn, zoomOut
  case open, goBack, leave

  // Looking.
  case explain, showHelp, openPalette, find, sortBoard, reverseOrder, showHistory

  // The review of a day.
  case showReview, showIntegrity, previousDay, nextDay, showNeeds

  /// Opens a form.
  case fill(Form)
  /// Opens the form of the planned drug that is selected, otherwise of the next one.
  case beginPlanned

  // The program.
  case lock, unlock, switchPerson, suspend, redraw, quit

  // In a prompt, a filter or the palette.
  case type(Character)
  case paste(String)
  case deleteBackward, deleteForward, deleteWord, clearText
  case moveToStart, moveToEnd
  case nextField, previousField, nextChoice, previousChoice
  case confirm, record, cancel

  /// A key without a meaning in this place; the screen says so.
  case press(KeyPress)

  // The clock and the terminal.
  case resize(Size)
  case tick
}

extension Intent {
  /// Whether it is a key by which a scanner parts the values of a barcode: ASCII 29, or F8.
  var separatesScan: Bool {
    guard case .press(let press) = self else { return false }
    return press == .control("]") || press == KeyPress(.function(8))
  }

  /// How far it moves in a list, down being positive; nil if it does not.
  ///
  /// - Parameter page: the rows of a page.
  func steps(page: Int) -> Int? {
    switch self {
    case .moveUp, .previousChoice: -1
    case .moveDown, .nextChoice: 1
    case .pageUp: -page
    case .pageDown: page
    // Further than any list is long.
    case .moveFirst: -100_000
    case .moveLast: 100_000
    default: nil
    }
  }
}
