public import TerminalCore

/// What a person wants, as they would say it.
///
/// Keys become intents through the one table (`Keymap`); the clock and the terminal speak intents
/// too. `update` is the only place that acts on them.
public enum Intent: Hashable, Sendable {
  // Moving about.
  case moveUp, moveDown, moveLeft, moveRight
  case pageUp, pageDown, moveFirst, moveLast
  case nextPanel, previousPanel
  case zoomIn, zoomOut
  case open, goBack, leave

  // Looking.
  case explain, showHelp, openPalette, find, sortBoard, showHistory

  // The review of a day.
  case showReview, showIntegrity, previousDay, nextDay, goToDay, showNeeds
  case signOff, signOffClean, exportDays, writePacket

  // Recording: each opens a prompt.
  case openSession, startDrug, stopDrug, pauseOrResume, givePush, giveInjection
  case openSite, closeSite, addNote, amend, handOff, closeSession, reopenSession, undo
  case changeBag, changeRate, recordDoubleCheck, flushDevice, disconnectPump

  // The program.
  case lock, unlock, switchPerson, suspend, redraw, quit

  // In a prompt, a filter or the palette.
  case type(Character)
  case paste(String)
  case deleteBackward, deleteForward, deleteWord, clearText
  case moveToStart, moveToEnd
  case nextField, previousField, nextChoice, previousChoice
  case confirm, record, cancel

  // The world.
  case resize(Size)
  case tick
}
