import InfusionRecord
import RecorderUI
import ScriptedProgram
import SessionStore
import TestSupport
import Testing

@testable import SuiteProgram

/// Who may do what at the screen: sign-in, the lock, the accepted configuration.
@Suite struct SignInTests {
  private let store = MemoryStore()

  init() throws {
    store.add(.closed("2026-11-23-one"))
    for (name, role, pin) in [
      ("R. SAMPLE", Role.supervisor, "246813"), ("J. Okafor", .nurse, "904271"),
    ] {
      try store.enrol(
        name, as: role, pin: PIN(typed: pin), by: "R. SAMPLE", workstation: "ws-1",
        at: RecordedTime(milliseconds: 0))
    }
  }

  /// The audit log after the enrolments.
  private func actions() -> [AuditAction] { Array(store.actions.dropFirst(2)) }

  @Test func `the right PIN opens the board under that name and is in the audit log`() throws {
    var program = try ScriptedProgram(on: store)
    #expect(program.loop.state.place == .signIn)
    program.press("1", "904271", "Enter")
    #expect(program.loop.state.place == .board)
    #expect(program.loop.state.actor.name == "J. Okafor")
    #expect(actions() == [.signedIn(person: "J. Okafor")])
  }

  @Test(arguments: [false, true])
  func `the third wrong PIN makes even the right one wait`(isReadOnly: Bool) throws {
    var program = try ScriptedProgram(on: store, isReadOnly: isReadOnly)
    program.press("1")
    for _ in 0..<3 {
      program.press("777123", "Enter")
      #expect(program.shows("Wrong PIN."))
    }
    program.press("904271", "Enter")
    #expect(program.shows("try again in 5 seconds"))
    #expect(program.loop.state.isLocked)
    program.wait(.seconds(4))
    program.press("904271", "Enter")
    #expect(program.shows("try again in 1 second"))
    program.wait(.seconds(1))
    program.press("904271", "Enter")
    #expect(program.loop.state.place == .board)
    // A store that cannot be written gets no audit entry.
    #expect(actions().count == (isReadOnly ? 0 : 4))
  }

  @Test func `without a key the screen locks and shows no patient`() throws {
    store.add(.elsewhere())
    let plain = MemoryStore()
    plain.add(.elsewhere())
    var program = try ScriptedProgram(on: plain, idleMinutes: 10)
    #expect(program.shows("TESTER, Amara"))
    program.wait(.seconds(9 * 60))
    #expect(program.shows("TESTER, Amara"))
    program.wait(.seconds(61))
    #expect(program.loop.state.isLocked)
    #expect(!program.shows("TESTER"))
    program.press("Enter")
    #expect(program.shows("TESTER, Amara"))
  }

  @Test func `a person retired elsewhere is signed out with the next poll`() throws {
    var program = try ScriptedProgram(on: store)
    program.press("1", "904271", "Enter")
    try store.retire(
      "J. Okafor", by: "R. SAMPLE", workstation: "ws-2", at: RecordedTime(milliseconds: 0))
    program.wait(.seconds(1))
    #expect(program.loop.state.place == .signIn)
  }

  @Test func `a supervisor's look at a patient is in the audit log, a nurse's is not`() throws {
    store.add(.elsewhere())
    var program = try ScriptedProgram(on: store)
    program.press("1", "904271", "Enter", "Enter", "Esc", "C-t")
    #expect(actions() == [.signedIn(person: "J. Okafor")])
    program.press("2", "246813", "Enter", "Enter")
    #expect(actions().last == .viewed(SessionID("2026-11-23-other")))
  }

  @Test func `under a configuration nobody accepted nothing is signed off or exported`() throws {
    var program = try ScriptedProgram(on: store, configuration: { "abc" })
    program.press("2", "246813", "Enter", "d", "y", "Enter")
    #expect(program.shows("The site's configuration changed"))
    program.press("Esc", "Y", "Enter")
    #expect(program.shows("The site's configuration changed"))
    program.press("x", "Enter")
    #expect(program.shows("The site's configuration changed"))
    #expect(store.all.map(\.status) == [.closed])
    #expect(!actions().contains { $0.kind == .exported })
    try store.audit([
      AuditEntry(
        time: RecordedTime(milliseconds: 0), actor: "R. SAMPLE", workstation: "ws-1",
        action: .configurationAccepted(hash: "abc"))
    ])
    program.press("y", "Enter")
    #expect(store.all.map(\.status) == [.reviewed])
  }

  @Test func `a configuration that cannot be read was not accepted`() throws {
    var program = try ScriptedProgram(
      on: store, configuration: { throw Complaint("it is a folder") })
    program.press("2", "246813", "Enter", "d", "x", "Enter")
    #expect(program.shows("The site's configuration changed"))
  }
}
