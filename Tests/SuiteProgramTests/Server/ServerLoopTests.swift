import InfusionRecord
import RecorderUI
import ScriptedProgram
import SessionStore
import Synchronization
import TerminalCore
import TestSupport
import Testing

@testable import SuiteProgram

/// The loop over a server that is slow, silent, or loses answers: keys go on, and nothing is recorded twice.
@Suite struct ServerLoopTests {
  private let gate = Gate()

  /// A program with the session of another nurse open on the screen.
  private func program(idleMinutes: Int? = nil) throws -> ScriptedProgram {
    var program = try ScriptedProgram(behind: gate, idleMinutes: idleMinutes)
    program.press("Enter")
    program.settle()
    #expect(program.shows("TESTER, Amara"))
    return program
  }

  @Test func `a server that answers at once is like a file`() throws {
    var program = try program()
    program.press("t", "feels warm", "Enter")
    program.expect("Recorded: note")
    #expect(gate.recorded.count == 1)
    #expect(program.loop.state.prompt == nil)
  }

  @Test func `an idle board asks a server for nothing by itself`() throws {
    var program = try program()
    program.turn()
    program.settle()
    let asked = program.loop.nextRequest
    for _ in 0..<10 { program.turn() }
    #expect(program.loop.nextRequest == asked)
  }

  @Test func `keys move on the screen while an entry is being written`() throws {
    var program = try program()
    program.press("t", "feels warm")
    gate.close()
    program.press("Enter")
    #expect(program.shows("Writing…"))
    #expect(program.shows("feels warm"))
    // The form is left alone; the board is there, and its rows move.
    program.press("Esc", "Esc")
    #expect(program.loop.state.screen == .board)
    var times: [Duration] = []
    let clock = ContinuousClock()
    for key in ["Down", "Up", "Down", "Down", "Up", "?", "Esc", "Down", "Up", "Up", "Down"] {
      let before = program.loop.state.board.cursor
      times.append(clock.measure { program.press(key) })
      if key == "Down" { #expect(program.loop.state.board.cursor != before) }
    }
    times.sort()
    #expect(times[times.count / 2] < .milliseconds(50), "\(times)")
    #expect(program.shows("Writing…"))
    gate.open()
    program.expect("TESTER, Amara: Recorded: note")
    #expect(gate.recorded.count == 1)
    program.press("Down")
    #expect(!program.shows("Writing…"))
  }

  @Test func `how long there has been no answer is said after two seconds`() throws {
    var program = try program()
    program.press("t", "feels warm")
    gate.close()
    program.press("Enter")
    program.clock.advance(by: .seconds(3))
    program.turn()
    #expect(program.shows("No answer from the server for 3 s."))
    #expect(program.screen.wait.map { $0 <= 1_000 } == true)
    gate.open()
    program.expect("Recorded: note")
  }

  @Test func `a second acceptance does nothing until the first has ended`() throws {
    var program = try program()
    program.press("t", "feels warm")
    gate.close()
    program.press("Enter", "Enter", "C-s")
    #expect(program.shows("still being written"))
    program.press("x")
    #expect(program.shows("feels warm"))
    #expect(!program.shows("feels warmx"))
    // Another form can be filled in, and is not recorded before.
    program.press("Esc", "t", "no fever", "Enter")
    #expect(program.shows("no fever"))
    #expect(program.shows("still being written"))
    gate.open()
    program.expect("Recorded: note")
    #expect(program.shows("no fever"))
    #expect(gate.recorded.count == 1)
    program.press("Enter")
    program.settle()
    #expect(gate.recorded.count == 2)
  }

  @Test func `an answer that was lost is asked for again, and nothing is recorded twice`() throws {
    var program = try program()
    gate.loseAnswers(2)
    program.press("t", "feels warm", "Enter")
    program.expect("Recorded: note")
    #expect(gate.recorded.count == 1)
    #expect(program.loop.state.prompt == nil)
  }

  @Test func `what was not sent is told at once, and the form stays`() throws {
    var program = try program()
    gate.fail(.unreachable(path: "postgres://test/north", what: "no answer in time"))
    program.press("t", "feels warm", "Enter")
    program.expect("cannot be reached")
    #expect(program.shows("feels warm"))
    #expect(gate.recorded.isEmpty)
    program.press("Enter")
    program.expect("Recorded: note")
  }

  @Test func `an entry that fails while the user is elsewhere is told with its patient`() throws {
    var program = try program()
    gate.fail(.full(path: "postgres://test/north"))
    program.press("t", "feels warm")
    gate.close()
    program.press("Enter", "Esc", "Esc")
    gate.open()
    program.expect("There is no room left")
    #expect(program.shows("TESTER, Amara"))
    // What was typed is still there.
    program.press("Enter", "t")
    #expect(program.shows("feels warm"))
  }

  @Test func `what came out while the screen was locked is told after it`() throws {
    var program = try program(idleMinutes: 5)
    program.press("t", "feels warm")
    gate.close()
    program.press("Enter")
    program.wait(.seconds(300))
    #expect(program.loop.state.isLocked)
    gate.open()
    program.settle()
    #expect(program.loop.state.isLocked)
    #expect(!program.shows("Recorded"))
    program.press("Enter")
    #expect(program.shows("Recorded: note"))
  }

  @Test func `leaving waits for what is being written, and tells if it was not recorded`() throws {
    var program = try program()
    program.press("t", "feels warm")
    gate.close()
    program.press("Enter", "Esc", "Esc")
    program.press("q")
    #expect(program.loop.hasQuit)
    gate.open()
    try program.loop.end()
    #expect(gate.recorded.count == 1)

    let other = Gate()
    program = try ScriptedProgram(behind: other)
    program.press("Enter", "t", "feels cold")
    other.fail(.full(path: "postgres://test/north"))
    other.close()
    program.press("Enter", "Esc", "Esc", "q")
    other.open()
    #expect(throws: StoreError.self) { try program.loop.end() }
    #expect(other.recorded.isEmpty)
  }

  @Test func `a silent server is named until it answers`() throws {
    var program = try ScriptedProgram(behind: gate)
    #expect(!program.shows("NO SERVER"))
    gate.isSilent = true
    for _ in 0..<6 {
      program.wait(.seconds(1))
      program.settle()
      program.turn()
    }
    #expect(program.shows("NO SERVER since 16:00"))
    gate.isSilent = false
    for _ in 0..<6 {
      program.wait(.seconds(1))
      program.settle()
      program.turn()
    }
    #expect(!program.shows("NO SERVER"))
  }

  @Test func `the store's signal reaches the loop from its thread`() throws {
    let pipe = try #require(WakePipe())
    let requests = try RequestThread { () throws(StoreError) in
      let store = MemoryStore()
      store.signal = PipeSignal(pipe)
      return RecordAccess(
        store: store,
        accessControl: AccessControl(
          store: store, workstation: Workstation(name: "w") { RecordedTime(milliseconds: 0) },
          configuration: ConfigurationHash()),
        appointments: ScriptedProgram.Expected(),
        desk: ReviewDesk(
          store: store, site: site, formulary: SampleRecord.formulary, now: start))
    }
    #expect(requests.signal?.interval == 5_000)
    #expect(!requests.takeSignal())
    pipe.wake()
    var count = 0
    for _ in 0..<50 where count < 2 {
      _ = requests.wait(milliseconds: 100)
      guard requests.takeSignal() else { continue }
      count += 1
      pipe.wake()
    }
    #expect(count == 2)
  }

  private final class PipeSignal: ChangeSignal {
    private let pipe: WakePipe
    init(_ pipe: WakePipe) { self.pipe = pipe }
    var descriptor: Int32 { pipe.reading }
    let interval: Int64 = 5_000
    func clear() { pipe.clear() }
  }
}
