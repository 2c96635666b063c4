package import InfusionRecord
import Interchange
package import RecorderUI
package import SessionStore
package import SuiteProgram
import Synchronization
package import TerminalCore

/// The event loop, driven by a script: keys go in, frames come out, the clock is set by hand.
package struct ScriptedProgram {
  package var loop: EventLoop
  package let screen: ScriptedScreen
  package let clock: ScriptedClock
  /// Patients the schedule expects, on any day.
  package let expected: Expected

  package final class Expected: AppointmentBook {
    package var patients: [ExpectedPatient] = []

    package init() {}

    package var fault: String?

    package func expectedPatients(on day: CivilDate) -> [ExpectedPatient] { patients }

    package func fault(on day: CivilDate) -> String? { fault }

    package func cancel(
      _ expected: ExpectedPatient, on day: CivilDate, permit: () throws -> Void
    ) throws {
      try permit()
      patients.removeAll { $0 == expected }
    }
  }

  /// - Parameters:
  ///   - jobs: carries out orders for files.
  package init(
    state: RecorderState, store: any FactStore, audit: any AuditLog, site: Site,
    jobs: BackgroundJobs
  ) {
    self.init(state: state) { state, screen, workstation, expected in
      EventLoop(
        state: state, store: store, screen: screen, workstation: workstation,
        accessControl: AccessControl(
          store: audit, workstation: workstation, configuration: site.hash),
        appointments: expected,
        desk: ReviewDesk(
          store: store, site: site, formulary: state.formulary, now: state.now.instant),
        jobs: jobs)
    }
  }

  /// - Parameter makeLoop: makes the loop around the script's screen, workstation and appointments.
  package init(
    state: RecorderState,
    _ makeLoop: (RecorderState, ScriptedScreen, Workstation, Expected) throws -> EventLoop
  ) rethrows {
    let clock = ScriptedClock(state.now)
    let screen = ScriptedScreen(size: state.size, clock: clock)
    let expected = Expected()
    let workstation = Workstation(name: state.actor.workstation) { clock.now }
    self.clock = clock
    self.screen = screen
    self.expected = expected
    loop = try makeLoop(state, screen, workstation, expected)
  }

  // MARK: Input

  /// Presses keys by name: `s`, `Enter`, `Tab`, `C-l`; anything longer is typed letter by letter.
  package mutating func press(_ names: String...) { press(names) }

  /// Each name is a turn of the loop, as for a user who looks at the screen in between. `Read` presses Enter
  /// until all that is signed has been on the screen.
  package mutating func press(_ names: [String]) {
    for name in names {
      if name == "Read" {
        readOn()
        continue
      }
      turn(ScriptedProgram.keys(name).map(Input.key))
      finishReading()
    }
  }

  /// Pages with Enter through what is signed, until the next Enter signs it.
  private mutating func readOn() {
    for _ in 0..<200 where loop.state.isEnterMore { press("Enter") }
  }

  /// How long a user looks before a key, in milliseconds: longer than a held key takes to repeat.
  package static let pause: Int64 = 1_100

  /// One turn of the loop with these inputs, which come `milliseconds` after the last frame.
  package mutating func turn(
    _ inputs: [Input] = [], after milliseconds: Int64 = ScriptedProgram.pause
  ) {
    screen.feed(inputs, after: milliseconds)
    loop.turn()
  }

  /// Turns until no days are left to read and no job runs.
  package mutating func finishReading() {
    while loop.isBusy, !loop.hasQuit { turn() }
  }

  /// Moves the clock on; the loop's wait ends without an input.
  package mutating func wait(_ time: Duration) {
    clock.advance(by: time)
    turn(after: Int64(time / .milliseconds(1)))
    finishReading()
  }

  /// The keys of one name.
  package static func keys(_ name: String) -> [KeyPress] {
    if let press = named[name] { return [press] }
    if name.count == 3, name.hasPrefix("C-"), let letter = name.last { return [.control(letter)] }
    return name.map { KeyPress(.character($0)) }
  }

  private static let named: [String: KeyPress] = [
    "Enter": KeyPress(.enter), "Esc": KeyPress(.escape), "Tab": KeyPress(.tab),
    "BTab": KeyPress(.backTab), "Up": KeyPress(.up), "Down": KeyPress(.down),
    "Left": KeyPress(.left), "Right": KeyPress(.right), "PgUp": KeyPress(.pageUp),
    "PgDn": KeyPress(.pageDown), "Home": KeyPress(.home), "End": KeyPress(.end),
    "F1": KeyPress(.function(1)), "Back": KeyPress(.backspace), "Del": KeyPress(.delete),
  ]

  // MARK: Output

  /// The words on screen without line breaks and borders, for sentences that wrap.
  package var words: String {
    (screen.frame?.snapshot ?? "").split(whereSeparator: { " \n│".contains($0) })
      .joined(separator: " ")
  }
}

extension ScriptedProgram: CustomStringConvertible {
  /// A failed test shows the screen, not the state.
  package var description: String { "\n" + (screen.frame?.snapshot ?? "nothing presented") + "\n" }
}

/// A clock that the script sets.
package final class ScriptedClock: Sendable {
  private struct Times {
    var now: RecordedTime
    var uptime: Int64 = 90_000_000
  }

  private let times: Mutex<Times>

  package init(_ time: RecordedTime) {
    times = Mutex(Times(now: time))
  }

  /// The computer's clock. Setting it forward lets that time pass; setting it back lets none pass.
  package var now: RecordedTime {
    get { times.withLock { $0.now } }
    set {
      times.withLock {
        $0.uptime += max(0, newValue.milliseconds - $0.now.milliseconds)
        $0.now = newValue
      }
    }
  }

  /// Milliseconds since the machine started, sleep included.
  package var uptime: Int64 { times.withLock { $0.uptime } }

  package func advance(by duration: Duration) {
    now = RecordedTime(milliseconds: now.milliseconds + Int64(duration / .milliseconds(1)))
  }

  /// Sets the computer's clock as an administrator does; no time passes.
  package func adjust(to time: RecordedTime) { times.withLock { $0.now = time } }
}
