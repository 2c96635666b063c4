import InfusionRecord
import RecorderUI
import ScriptedProgram
import SessionStore
import TestSupport
import Testing

@testable import SuiteProgram

/// A damaged outbox stops no recording, and every screen says so.
@Suite struct OutboxWarningTests {
  private let store = MemoryStore()

  @Test func `a board says that the outbox is damaged, and records`() throws {
    var record = SampleRecord(session: "2026-11-23-one")
    record.openWithPort(at: "15:00")
    store.add(record)
    store.outboxFault = "It holds 0 entries of the outbox, but 5 were recorded."
    var program = try ScriptedProgram(on: store)
    #expect(program.shows("OUTBOX DAMAGED"))
    #expect(program.shows("THE OUTBOX IS DAMAGED: It holds 0 entries"))
    program.press("Enter", "t", "seen", "C-s")
    #expect(try store.log(of: record.session)?.version == record.events.count + 1)
    #expect(program.shows("OUTBOX DAMAGED"))
    // It is told when it is put right, too.
    store.outboxFault = nil
    program.wait(.seconds(11))
    program.press("Esc")
    #expect(!program.shows("OUTBOX DAMAGED"))
  }

  @Test func `it is said when it happens, and to each person who signs in`() throws {
    try store.enrol(
      "R. SAMPLE", as: .supervisor, pin: PIN(typed: "246813"), by: "account", workstation: "ws-1",
      at: RecordedTime(milliseconds: 0))
    var program = try ScriptedProgram(on: store)
    program.press("1", "246813", "Enter")
    #expect(!program.shows("OUTBOX"))
    store.outboxFault = "Checkpoint 3 was altered."
    program.wait(.seconds(11))
    #expect(program.shows("THE OUTBOX IS DAMAGED: Checkpoint 3 was altered."))
    program.press("C-t", "1", "246813", "Enter")
    #expect(program.loop.state.place == .board)
    #expect(program.shows("THE OUTBOX IS DAMAGED: Checkpoint 3 was altered."))
  }
}
