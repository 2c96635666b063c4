import InfusionRecord
import RecorderUI
import ScriptedProgram
import SessionStore
import TerminalCore
import TestSupport
import Testing

@testable import SuiteProgram

/// One turn after another, on a store in memory.
@Suite struct EventLoopTests {
  private let store = MemoryStore()

  @Test func `what the keys record is on disk, and shown from there`() throws {
    var program = try ScriptedProgram(on: store)
    program.openSession()
    #expect(store.all.map(\.version) == [1])
    #expect(program.shows("SAMPLE, Grace"))
    #expect(program.loop.state.sessions.map(\.log) == store.all)
  }

  @Test func `keys of one turn make one frame, a turn without news makes none`() throws {
    var program = try ScriptedProgram(on: store)
    let before = program.screen.frameCount
    program.turn(["n", "90000592", "Enter", "Sample"].flatMap(ScriptedProgram.keys).map(Input.key))
    #expect(program.screen.frameCount == before + 1)
    program.wait(.milliseconds(10))
    #expect(program.screen.frameCount == before + 1)
  }

  @Test func `when the minute is over, times on screen move`() throws {
    var record = SampleRecord.elsewhere()
    record.start("a1", "paclitaxel", at: "15:30")
    store.add(record)
    var program = try ScriptedProgram(on: store)
    #expect(program.shows("30min"))
    program.wait(.seconds(59))
    #expect(program.shows("30min"))
    program.wait(.seconds(1))
    #expect(program.shows("31min"))
  }

  @Test func `the schedule is read at the start and when the minute is over`() throws {
    var program = try ScriptedProgram(on: store)
    #expect(program.loop.state.expected.isEmpty)
    program.expected.patients = [
      ExpectedPatient(
        time: "16:30", patient: SampleRecord.opening.patient, chair: "4", regimen: "", drugs: [])
    ]
    program.wait(.seconds(60))
    #expect(program.loop.state.expected.map(\.time) == ["16:30"])
  }

  @Test func `the shell gets the terminal, and the size may change meanwhile`() throws {
    var program = try ScriptedProgram(on: store)
    program.screen.size = Size(columns: 120, rows: 40)
    program.turn([.suspend])
    #expect(program.screen.suspendCount == 1)
    #expect(program.screen.frame?.size == Size(columns: 120, rows: 40))
    program.press("C-r")
    #expect(program.screen.redrawCount == 1)
  }

  @Test func `after a hang-up nothing is drawn and no further key is taken`() throws {
    var program = try ScriptedProgram(on: store)
    let before = program.screen.frameCount
    program.turn([.hangup, .key(KeyPress(.character("n")))])
    #expect(program.loop.hasQuit)
    #expect(program.screen.frameCount == before)
    #expect(program.loop.state.prompt == nil)
  }

  // MARK: Other processes

  @Test func `a fact of another process shows within a second`() throws {
    var program = try ScriptedProgram(on: store)
    store.add(.elsewhere())
    program.wait(.milliseconds(899))
    #expect(!program.shows("TESTER, Amara"))
    program.wait(.milliseconds(1))
    #expect(program.shows("TESTER, Amara"))
  }

  @Test func `a fact recorded elsewhere just before our own is not missed`() throws {
    var program = try ScriptedProgram(on: store)
    store.add(.elsewhere())
    program.openSession()
    program.press("Esc")
    #expect(!program.shows("TESTER, Amara"))
    program.wait(.seconds(1))
    #expect(program.shows("TESTER, Amara"))
    #expect(program.shows("SAMPLE, Grace"))
  }

  @Test func `facts decided on an old version are refused, and the prompt says why`() throws {
    var program = try ScriptedProgram(on: store)
    program.openSession()
    let session = try #require(store.order.first)
    var other = SampleRecord(session: session.text, seed: 9)
    program.press("t", "feels warm")
    store.add(other.event(.noteAdded(text: "he is cold", administration: nil), at: "15:59"))
    program.press("Enter")
    #expect(program.shows("he is cold"))
    #expect(store.logs[session]?.version == 2)
    #expect(!program.shows("Recorded: note"))
    #expect(program.loop.state.prompt != nil)
  }

  @Test func `a store that fails keeps the prompt, and the next try records`() throws {
    var program = try ScriptedProgram(on: store)
    program.openSession()
    store.willAppend = { (_, _) throws(StoreError) in throw .full(path: "s.store") }
    program.press("t", "feels warm", "Enter")
    #expect(program.shows("There is no room left for the store"))
    #expect(store.all.map(\.version) == [1])
    #expect(program.loop.state.prompt != nil)
    store.willAppend = nil
    program.press("Enter")
    #expect(store.all.map(\.version) == [2])
    #expect(program.shows("Recorded: note"))
  }

  // MARK: Sleeping

  private final class Signal: ChangeSignal {
    let descriptor: Int32 = 99
    var clearCount = 0
    func clear() { clearCount += 1 }
  }

  @Test func `an idle board wakes every ten seconds if the store signals changes`() throws {
    store.signal = Signal()
    var program = try ScriptedProgram(on: store)
    program.press("?")
    program.turn()
    // Soon after a key, so that idle work is done.
    #expect(program.screen.wait == 900)
    program.turn()
    #expect(program.screen.wait == 10_000)
    #expect(program.screen.watched == 99)
    program.wait(.seconds(55))
    program.turn()
    // The minute ends first.
    #expect(program.screen.wait == 5_000)
  }

  @Test func `an idle board polls every 0.9 seconds if the store cannot signal`() throws {
    var program = try ScriptedProgram(on: store)
    program.turn()
    #expect(program.screen.wait == 900)
    #expect(program.screen.watched == -1)
  }

  @Test func `a signalled fact is polled for until it can be read`() throws {
    let signal = Signal()
    store.signal = signal
    var program = try ScriptedProgram(on: store)
    program.turn()
    program.turn([.storeChanged])
    #expect(signal.clearCount == 1)
    program.turn()
    #expect(program.screen.wait == 250)
    // The descriptor would be readable all the time while a slow disk writes.
    #expect(program.screen.watched == -1)
    program.wait(.milliseconds(250))
    store.add(.elsewhere())
    program.wait(.milliseconds(250))
    #expect(program.shows("TESTER, Amara"))
    program.turn()
    #expect(program.screen.wait == 10_000)
    #expect(program.screen.watched == 99)
  }

  @Test func `a signal without a fact is forgotten after a second`() throws {
    store.signal = Signal()
    var program = try ScriptedProgram(on: store)
    program.turn()
    program.turn([.storeChanged])
    for _ in 0..<4 { program.wait(.milliseconds(250)) }
    program.turn()
    #expect(program.screen.wait == 250)
    program.wait(.milliseconds(250))
    program.turn()
    #expect(program.screen.wait == 10_000)
  }
}
