import TerminalCore

extension Keymap {
  private static let lists: [KeyRow.Place] = [
    .board, .session, .explain, .history, .review, .integrity, .patients, .visits, .help,
  ]
  /// The screens of text, which Space pages.
  private static let texted: [KeyRow.Place] = [.explain, .history, .integrity]
  private static let chairside: [KeyRow.Place] = [.board, .session]
  /// The places where a drug or a session is selected and its letters are free.
  private static let selected: [KeyRow.Place] = chairside + [.explain, .history]
  private static let texts: [KeyRow.Place] = [.prompt, .palette, .find]
  private static let editing: [KeyRow.Place] = texts + [.signIn]
  private static let patient: [KeyRow.Place] = [
    .board, .session, .explain, .history, .review, .integrity, .patients, .visits,
  ]
  private static let signing: [KeyRow.Place] = [.review, .session, .explain, .history]

  private static func key(_ character: Character) -> KeyPress { KeyPress(.character(character)) }

  /// Every action: its keys, the places where they work, and its names.
  package static let rows: [KeyRow] = moving + recording + reviewing + looking + typing + program

  private static let moving: [KeyRow] = [
    KeyRow(.open, [KeyPress(.enter)], [.board], .moving, short: "open", "Open the chair"),
    KeyRow(.open, [KeyPress(.enter)], [.session], .moving, "Look closer, or resolve"),
    KeyRow(
      .open, [KeyPress(.enter)], [.review, .visits], .moving, short: "open", "Open the session"),
    KeyRow(.open, [KeyPress(.enter)], [.patients], .moving, short: "visits", "All visits"),
    KeyRow(.moveUp, [KeyPress(.up), key("k")], lists, .moving, "One row up"),
    KeyRow(.moveDown, [KeyPress(.down), key("j")], lists, .moving, "One row down"),
    KeyRow(.pageUp, [KeyPress(.pageUp), .control("b")], lists, .moving, "One page up"),
    KeyRow(
      .pageDown, [KeyPress(.pageDown), .control("f")], lists.filter { !texted.contains($0) },
      .moving,
      "One page down"),
    KeyRow(
      .pageDown, [KeyPress(.pageDown), key(" "), .control("f")], texted, .moving, "One page down"),
    KeyRow(
      .moveFirst, [KeyPress(.home), key("g")], lists.filter { $0 != .review }, .moving,
      "To the first row"),
    KeyRow(.moveFirst, [KeyPress(.home)], [.review], .moving, "To the first row"),
    KeyRow(.moveLast, [KeyPress(.end), key("G")], lists, .moving, "To the last row"),
    KeyRow(.nextPanel, [KeyPress(.tab)], [.session], .moving, "To the next panel"),
    KeyRow(.previousPanel, [KeyPress(.backTab)], [.session], .moving, "To the panel before"),
    KeyRow(.moveLeft, [KeyPress(.left), key("h")], [.session], .moving, "Earlier in the timeline"),
    KeyRow(.moveRight, [KeyPress(.right), key("l")], [.session], .moving, "Later in the timeline"),
    KeyRow(.zoomIn, [key("+"), key("=")], [.session], .moving, "Timeline finer"),
    KeyRow(.zoomOut, [key("-")], [.session], .moving, "Timeline coarser"),
    KeyRow(.goBack, [KeyPress(.escape), .control("c")], lists, .moving, "One step back"),
  ]

  private static let recording: [KeyRow] = [
    KeyRow(
      .fill(.start), [key("s")], selected, .recording, short: "start", "Start a drug"),
    KeyRow(
      .beginPlanned, [key("n")], [.session], .recording, name: "begin what is planned next",
      short: "planned", "Start a planned drug"),
    KeyRow(.fill(.stop), [key("x")], selected, .recording, short: "stop", "Stop what runs"),
    KeyRow(
      .fill(.pauseOrResume), [key("z")], chairside, .recording, short: "pause", "Pause what runs"),
    KeyRow(.fill(.push), [key("p")], chairside, .recording, short: "push", "Record a push"),
    KeyRow(.fill(.reaction), [key("R")], chairside, .recording, "Record a reaction"),
    KeyRow(.fill(.account), [key("V")], chairside, .recording, "Amount, vials, discard"),
    KeyRow(
      .fill(.inject), [key("i")], chairside, .recording, short: "inject", "Record an injection"),
    KeyRow(.fill(.openSite), [key("v")], chairside, .recording, "Record a site"),
    KeyRow(.fill(.note), [key("t")], chairside, .recording, "Record a note"),
    KeyRow(
      .fill(.amend), [key("a")], [.session, .history], .recording,
      short: "amend", "Correct an entry"),
    KeyRow(.fill(.undo), [key("u")], chairside + [.history], .recording, "Withdraw my last entry"),
    KeyRow(
      .fill(.redo), [key("U")], chairside + [.history], .recording, "Put back a withdrawal"),
    KeyRow(
      .fill(.allergies), [key("A")], [.session], .recording, "Allergies and alerts"),
    KeyRow(.fill(.allergies), [], [.board], .recording, "Allergies and alerts"),
    KeyRow(.fill(.handOff), [key("w")], chairside, .recording, "Hand over the chair"),
    KeyRow(.fill(.readWords), [key("W")], [.session], .recording, "Mark words as read"),
    KeyRow(.fill(.readWords), [], [.board], .recording, "Mark words as read"),
    KeyRow(.fill(.move), [], chairside, .recording, "Move to another chair"),
    KeyRow(.fill(.openSession), [key("n")], [.board], .recording, short: "new", "Add a patient"),
    KeyRow(.fill(.cancelAppointment), [key("A")], [.board], .recording, "Cancel an appointment"),
    KeyRow(
      .fill(.close), [key("c")], selected + [.review], .recording, short: "close",
      "Close a session"),
    KeyRow(
      .fill(.reopen), [key("r")], [.session], .recording, short: "reopen", "Reopen a session"),
    KeyRow(.fill(.closeSite), [], chairside, .recording, "Record a site removed"),
    KeyRow(.fill(.changeBag), [], chairside, .recording, "Record a bag change"),
    KeyRow(.fill(.changeRate), [], chairside, .recording, "Record a new rate"),
    KeyRow(.fill(.doubleCheck), [], chairside, .recording, "Record a double check"),
    KeyRow(.fill(.flush), [], chairside, .recording, "Record a device flush"),
    KeyRow(.fill(.disconnectPump), [], chairside, .recording, "Record a pump taken off"),
  ]

  private static let reviewing: [KeyRow] = [
    KeyRow(
      .fill(.signOff), [key("y")], signing, .reviewing, short: "sign off", "Sign off the session"),
    KeyRow(
      .fill(.signOffClean), [key("Y")], [.review], .reviewing,
      short: "all clean", "Sign off all clean"),
    KeyRow(
      .fill(.reopen), [key("r")], [.review], .reviewing, short: "reopen", "Reopen with a reason"),
    KeyRow(
      .previousDay, [KeyPress(.left), key("h"), key("[")], [.review], .reviewing,
      name: "go to the day before", "The day before"),
    KeyRow(
      .nextDay, [KeyPress(.right), key("l"), key("]")], [.review], .reviewing,
      name: "go to the next day", "The next day"),
    KeyRow(
      .fill(.goToDay), [key("g")], [.review], .reviewing, name: "go to a day or several",
      short: "go to", "A day, or several"),
    KeyRow(
      .showNeeds, [key("n")], [.review], .reviewing, name: "show only those that need a person",
      short: "needs", "Only what needs you"),
    KeyRow(
      .showIntegrity, [key("i")], [.review], .reviewing, name: "show how times were charted",
      "How times were charted"),
    KeyRow(
      .fill(.export), [key("x")], [.review], .reviewing, name: "export the days", short: "export",
      "Write a file"),
    KeyRow(
      .fill(.packet), [key("p")], [.review], .reviewing, name: "write or print the audit packet",
      "Packet: write or print"),
  ]

  private static let looking: [KeyRow] = [
    KeyRow(
      .explain, [key("e")], chairside + [.review], .looking, name: "explain the units",
      short: "explain",
      "Why these units"),
    KeyRow(
      .showHistory, [key("f")], chairside + [.review], .looking,
      name: "show the facts recorded",
      "The facts recorded"),
    KeyRow(
      .find, [key("/")], [.board, .review, .help, .explain, .history], .looking, short: "find",
      "Show only what matches"
    ),
    KeyRow(
      .fill(.findPatient), [key("F")], [.board, .review, .patients, .visits], .looking,
      "Find a patient"),
    KeyRow(
      .showReview, [key("d")], [.board], .looking, name: "review the day", short: "day",
      "Review the day"),
    KeyRow(
      .sortBoard, [key("o")], [.board, .review], .looking, name: "change the order",
      "Another order"),
    KeyRow(
      .reverseOrder, [key("O")], [.board, .review], .looking, name: "reverse the order",
      "Reversed order"),
    KeyRow(
      .fill(.breakGlass), [], [.board, .review], .looking, "Open with a reason"),
    KeyRow(.openPalette, [key(":")], patient, .looking, short: "more", "Every action by name"),
    KeyRow(.leave, [key("q")], lists, .program, short: "leave", "Leave this screen"),
    KeyRow(
      .showHelp, [key("?"), KeyPress(.function(1))], patient + [.help], .looking,
      short: "help", "This help"),
    KeyRow(.showHelp, [KeyPress(.function(1))], texts, .looking, "The keys of this place"),
  ]

  private static let typing: [KeyRow] = [
    KeyRow(
      .confirm, [KeyPress(.enter)], [.prompt], .typing, short: "record", "Take the choice; record"),
    KeyRow(
      .confirm, [KeyPress(.enter)], [.palette], .typing, short: "do it", "Do the chosen action"),
    KeyRow(.confirm, [KeyPress(.enter)], [.find], .typing, short: "keep", "Keep what is shown"),
    KeyRow(
      .confirm, [KeyPress(.enter)], [.signIn], .typing, short: "sign in", "Take the name; sign in"),
    KeyRow(.pageUp, [KeyPress(.pageUp)], [.prompt], .typing, "Scroll what is above"),
    KeyRow(
      .pageDown, [KeyPress(.pageDown)], [.prompt], .typing, short: "scroll",
      "Scroll what is above"),
    KeyRow(.nextField, [KeyPress(.tab)], [.prompt], .typing, short: "next", "To the next field"),
    KeyRow(.record, [.control("s")], [.prompt], .typing, short: "record", "Record from any field"),
    KeyRow(.previousField, [KeyPress(.backTab)], [.prompt], .typing, "To the field before"),
    KeyRow(.nextChoice, [KeyPress(.down), .control("n")], editing, .typing, "The next choice"),
    KeyRow(.previousChoice, [KeyPress(.up), .control("p")], editing, .typing, "The choice before"),
    KeyRow(.moveLeft, [KeyPress(.left), .control("b")], editing, .typing, "Cursor left"),
    KeyRow(.moveRight, [KeyPress(.right), .control("f")], editing, .typing, "Cursor right"),
    KeyRow(.moveToStart, [KeyPress(.home), .control("a")], editing, .typing, "To the start"),
    KeyRow(.moveToEnd, [KeyPress(.end), .control("e")], editing, .typing, "To the end"),
    KeyRow(.deleteBackward, [KeyPress(.backspace)], editing, .typing, "Delete one before"),
    KeyRow(
      .deleteForward, [KeyPress(.delete), .control("d")], editing, .typing, "Delete one after"),
    KeyRow(.deleteWord, [.control("w")], editing, .typing, "Delete the word before"),
    KeyRow(.clearText, [.control("u")], editing, .typing, "Delete the whole text"),
    KeyRow(
      .cancel, [KeyPress(.escape), .control("c")], [.prompt], .typing, short: "leave",
      "Leave; record nothing"),
    KeyRow(
      .cancel, [KeyPress(.escape), .control("c")], [.palette, .find], .typing, short: "leave",
      "Leave"),
    KeyRow(
      .cancel, [KeyPress(.escape), .control("c")], [.signIn], .typing, short: "other name",
      "Choose another name"),
  ]

  private static let program: [KeyRow] = [
    KeyRow(
      .lock, [.control("l")], lists + texts, .program, name: "lock the screen", "Lock the screen"),
    KeyRow(
      .switchPerson, [.control("t")], lists + texts, .program,
      name: "sign in as another person", "Sign in again"),
    KeyRow(.unlock, [KeyPress(.enter)], [.locked], .program, short: "unlock", "Unlock the screen"),
    KeyRow(
      .redraw, [.control("r")], lists + editing, .program, name: "reload the screen",
      "Reload the screen"),
    KeyRow(.suspend, [.control("z")], KeyRow.Place.allCases, .program, "To the shell (fg back)"),
    KeyRow(
      .quit, [.control("q")], [.signIn], .program, short: "leave Chairtime", "Leave Chairtime"),
    KeyRow(.quit, [], lists, .program, name: "leave Chairtime", "Leave Chairtime"),
  ]
}
