import InfusionRecord
import RecorderUI
import ScriptedProgram
import TerminalCore
import TestSupport
import Testing

@testable import SuiteProgram

/// The idle lock counts the time in which the process was stopped or the machine slept.
@Suite struct IdleLockTests {
  private let store = MemoryStore()

  private func program() throws -> ScriptedProgram {
    store.add(.elsewhere())
    let program = try ScriptedProgram(on: store, idleMinutes: 10)
    #expect(program.shows("TESTER, Amara"))
    return program
  }

  private static let key = Input.key(KeyPress(.character("?")))

  /// What may come first after the process was stopped, or the machine slept, for so long.
  @Test(arguments: [
    [key], [.resume], [.resume, key, key], [.resize(Size(columns: 90, rows: 30))], [.storeChanged],
    [.paste("text")], [],
  ])
  func `after ten minutes the first thing that happens is the lock`(inputs: [Input]) throws {
    var program = try program()
    program.clock.advance(by: .seconds(10 * 60))
    program.turn(inputs)
    #expect(program.loop.state.isLocked)
    #expect(!program.shows("TESTER"))
    // A key that was typed blind did nothing.
    program.press("Enter")
    #expect(program.shows("TESTER, Amara"))
    #expect(!program.shows("F1"))
  }

  @Test(arguments: [
    [key], [.resume], [.resize(Size(columns: 90, rows: 30))], [.storeChanged], [],
  ])
  func `a moment before ten minutes nothing is locked`(inputs: [Input]) throws {
    var program = try program()
    program.clock.advance(by: .milliseconds(10 * 60_000 - 1))
    program.turn(inputs)
    #expect(!program.loop.state.isLocked)
  }

  @Test(arguments: [(599, false), (600, true)])
  func `Ctrl-Z does not put the lock off`(seconds: Int, isLocked: Bool) throws {
    var program = try program()
    program.press("j")
    let clock = program.clock
    program.screen.whileSuspended = { clock.advance(by: .seconds(seconds)) }
    program.turn([.suspend])
    #expect(program.screen.suspendCount == 1)
    #expect(program.loop.state.isLocked == isLocked)
    #expect(program.shows("TESTER") != isLocked)
  }

  @Test(
    arguments: [
      [.resume], [.resize(Size(columns: 90, rows: 30))], [.storeChanged], [],
      [.key(.control("l"))],
    ] as [[Input]])
  func `redrawing and resizing are no activity`(inputs: [Input]) throws {
    var program = try program()
    program.clock.advance(by: .seconds(599))
    program.turn(inputs)
    program.clock.advance(by: .seconds(1))
    program.turn()
    #expect(program.loop.state.isLocked)
  }

  @Test func `a key is activity`() throws {
    var program = try program()
    program.clock.advance(by: .seconds(599))
    program.press("j")
    program.clock.advance(by: .seconds(599))
    program.turn()
    #expect(!program.loop.state.isLocked)
  }

  @Test func `a clock that is set back does not put the lock off, nor one set forward lock`() throws
  {
    var program = try program()
    let now = program.clock.now.milliseconds
    program.clock.adjust(to: RecordedTime(milliseconds: now - 3_600_000))
    program.clock.advance(by: .seconds(600))
    program.turn([Self.key])
    #expect(program.loop.state.isLocked)
    program.press("Enter")
    program.clock.adjust(to: RecordedTime(milliseconds: now + 7_200_000))
    program.turn([Self.key])
    #expect(!program.loop.state.isLocked)
  }
}
