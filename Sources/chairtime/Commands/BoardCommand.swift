import ArgumentParser
import Glibc
import InfusionRecord
import Interchange
import NcursesTerminal
import PlainText
import RecorderUI
import SessionStore
import SuiteProgram
import TerminalCore

/// Opens the screens on a store; what `chairtime` without arguments does.
///
/// Synchronous on purpose: the loop belongs to the thread that opened the terminal.
struct BoardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "board",
    abstract: "Open the board: record at the chair (what chairtime alone does).")

  @Option(help: ArgumentHelp("Keep the record in this file.", valueName: "file"))
  var store: String?

  @Option(help: ArgumentHelp("The suite's name, for the board's head.", valueName: "name"))
  var suite: String?

  @Option(help: ArgumentHelp("How many chairs the suite has.", valueName: "count"))
  var chairs: Int?

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "Record under this name, not that of the account; where people are enrolled, the name to sign "
        + "in with.",
      valueName: "name"))
  var actor: String?

  @Option(name: .customLong("formulary"), help: SiteFormulary.help)
  var formularyFile: String?

  @Flag(help: "Only look: nothing can be recorded. Sign-ins and views are still audited.")
  var readOnly = false

  @Flag(help: "Lines of plain sentences, one thing a line, for a screen reader.")
  var plain = false

  @Flag(help: "Show everything in bold, dim and reverse alone, as a non-empty NO_COLOR does.")
  var noColor = false

  @Option(
    help: "The tones: auto, dark, light or high_contrast; without it, those of the site's file.")
  var theme: Theme?

  /// How many chairs a suite may have.
  static let chairCounts = 1...500

  mutating func validate() throws {
    if let chairs, !BoardCommand.chairCounts.contains(chairs) {
      throw ValidationError("--chairs: \(chairs) is not a number from 1 to 500.")
    }
  }

  func run() throws {
    let address = try StoreAddress(option: store)
    let hasScreen = !plain || isatty(STDOUT_FILENO) == 1
    let site = try Site.read(with: address, formulary: formularyFile, hasScreen: hasScreen)
    let settings = try TerminalSettings(site.configuration)
    let formulary = site.formulary
    var suite = site.suite
    if let name = self.suite { suite.name = name }
    if let chairs { suite.chairs = (1...chairs).map(String.init) }
    let opened = try open(address)
    let roster = try opened.people()
    let accessControl = AccessControl(
      store: try roster.isEmpty ? opened : auditing(address, opened),
      workstation: Host.workstation, configuration: site.hash)
    let author = Actor(name: actor ?? Host.accountName, workstation: Host.name)
    if !hasScreen {
      guard roster.isEmpty else { throw Complaint(BoardCommand.noSignIn) }
      return try printBoard(of: suite, by: author, formulary, opened, ScheduleFolder(address))
    }
    let terminal: NcursesTerminal
    do throws(TerminalFailure) {
      terminal = try NcursesTerminal.open(
        color: !noColor, theme: theme ?? settings.theme, mouse: settings.mouse && !plain)
    } catch {
      throw Complaint("\(error)")
    }
    defer { terminal.close() }
    var state = RecorderState(
      suite: suite,
      formulary: formulary,
      actor: author, size: terminal.size,
      glyphs: plain ? .plain : terminal.glyphs, now: Host.now,
      seed: UInt64.random(in: .min ... .max))
    state.isPlain = plain
    state.keymap = settings.keymap
    state.usesMouse = settings.mouse && !plain
    state.isReadOnly = opened.mode == .readOnly
    state.enrol(roster, expecting: actor)
    for hint in site.tablesHints + [opened.headFault].compactMap(\.self) {
      state.say(Notice(.refused, hint))
    }
    state.exportFolder = address.folder + "/exports"
    let files = FileOrders(site: site, formulary: formulary, workstation: Host.workstation) {
      try address.open(.readOnly)
    }
    let jobs = BackgroundJobs(perform: files.write)
    guard address.isServer else {
      var loop = EventLoop(
        state: state, store: opened, screen: terminal, workstation: Host.workstation,
        accessControl: accessControl, appointments: ScheduleFolder(address),
        desk: ReviewDesk(store: opened, site: site, formulary: formulary, now: state.now.instant),
        jobs: jobs)
      return try loop.run()
    }
    let (mode, now, hasPeople) = (opened.mode, state.now.instant, !roster.isEmpty)
    opened.close()
    // The thread has a connection of its own, as a connection belongs to one thread.
    let requests = try RequestThread { () throws(StoreError) in
      let store = try address.open(mode)
      let audited = mode == .readOnly && hasPeople ? try address.open(.readWrite) : store
      return RecordAccess(
        store: store,
        accessControl: AccessControl(
          store: audited, workstation: Host.workstation, configuration: site.hash),
        appointments: ScheduleFolder(address),
        desk: ReviewDesk(store: store, site: site, formulary: formulary, now: now),
        isRemote: true)
    }
    var loop = EventLoop(
      state: state, requests: requests, screen: terminal, workstation: Host.workstation,
      appointments: ScheduleFolder(address), jobs: jobs)
    try loop.run()
  }

  /// The connection that takes sign-ins and audit entries: a screen that only looks writes those too.
  private func auditing(_ address: StoreAddress, _ opened: any Store) throws -> any Store {
    guard opened.mode == .readOnly else { return opened }
    do throws(StoreError) {
      return try address.open(.readWrite)
    } catch {
      throw Complaint(SignInOptions.unwritable(error))
    }
  }

  private static let noSignIn =
    "The board shows patients to people who are signed in, and a pipe has no place to sign in. Use "
    + "chairtime session list --actor NAME --pin-stdin."

  /// Prints the board once, one row a line, for a pipe.
  private func printBoard(
    of suite: Suite, by author: Actor, _ formulary: Formulary, _ store: any Store,
    _ appointments: ScheduleFolder
  ) throws {
    var state = RecorderState(
      suite: suite, formulary: formulary, actor: author, size: Size(columns: 80, rows: 24),
      glyphs: .plain, now: Host.now, seed: 0)
    state.isPlain = true
    state.isReadOnly = store.mode == .readOnly
    try store.checkLists()
    state.take(try store.restrictions())
    state.load(try store.board { [state] logs in state.readings(of: logs, formulary) })
    let today = suite.clock.date(at: state.now.instant)
    if let fault = appointments.fault(on: today) { StandardStream.error.write("\(fault)\n") }
    state.take(Arrivals(try store.logs(on: today), on: today, clock: suite.clock))
    state.expected = appointments.expectedPatients(on: today)
    var page = TextPage()
    for line in state.boardLines { page.line(line) }
    try StandardStream.print(page)
  }

  /// Opens the store; on a disk that cannot be written it can still be looked at.
  private func open(_ address: StoreAddress) throws -> any Store {
    do throws(StoreError) {
      if readOnly { return try address.open(.readOnly) }
      do throws(StoreError) {
        return try address.open(.readWrite, creating: true)
      } catch {
        guard case .readOnly = error else { throw error }
        return try address.open(.readOnly)
      }
    } catch {
      throw Complaint(error.sentence)
    }
  }
}

extension NcursesTerminal: Screen {
  func signal(_ signal: EndAlerts.Signal) {
    switch signal {
    case .bell: self.signal(isVisible: false)
    case .visual: self.signal(isVisible: true)
    case .off: break
    }
  }
}

extension Theme: ExpressibleByArgument {}
