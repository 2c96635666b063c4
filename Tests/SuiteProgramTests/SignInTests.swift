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
    // A screen that records nothing is audited all the same.
    #expect(actions().count == 4)
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

  @Test func `a look at a patient is in the audit log`() throws {
    store.add(.elsewhere())
    let session = SessionID("2026-11-23-other")
    var program = try ScriptedProgram(on: store)
    program.press("1", "904271", "Enter", "Enter", "Esc", "C-t")
    #expect(actions() == [.signedIn(person: "J. Okafor"), .viewed(session)])
    program.press("2", "246813", "Enter", "Enter")
    #expect(actions().suffix(2) == [.signedIn(person: "R. SAMPLE"), .viewed(session)])
  }

  @Test func `under a configuration nobody accepted nothing is signed off or exported`() throws {
    var program = try ScriptedProgram(on: store, configuration: ConfigurationHash(site: "abc"))
    program.press("2", "246813", "Enter", "d", "y", "Read", "Enter")
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
    program.press("y", "Read", "Enter")
    #expect(store.all.map(\.status) == [.reviewed])
  }

  @Test func `a board signs under the files it read at its start, or asks`() throws {
    func accept(_ hash: String) throws {
      try store.audit(
        AuditEntry(
          time: RecordedTime(milliseconds: 0), actor: "R. SAMPLE", workstation: "ws-1",
          action: .configurationAccepted(hash: hash)))
    }
    try accept("abc")
    var program = try ScriptedProgram(on: store, configuration: ConfigurationHash(site: "abc"))
    program.press("2", "246813", "Enter", "d")
    // Another file is accepted while this board runs by the first.
    try accept("def")
    program.press("y", "Read", "Enter")
    #expect(program.shows("The site's configuration changed"))
    #expect(store.all.map(\.status) == [.closed])
    // The first file was put back and accepted: what the board shows is what is in force.
    try accept("abc")
    program.press("Enter")
    #expect(store.all.map(\.status) == [.reviewed])
    #expect(store.all.first?.review?.configuration == "abc")
    #expect(actions().contains(.refused(.signOff)))
  }

  @Test func `a formulary that no supervisor accepted stops a sign-off`() throws {
    var program = try ScriptedProgram(on: store, configuration: ConfigurationHash(formulary: "abc"))
    program.press("2", "246813", "Enter", "d", "y", "Read", "Enter")
    #expect(program.shows("The formulary is not the one that a supervisor accepted"))
    #expect(store.all.map(\.status) == [.closed])
  }

  // MARK: Rights at the moment of the act

  private func change(_ change: (Right) throws -> Void) throws {
    try change(.now(of: "R. SAMPLE", in: store, to: .managePeople))
  }

  @Test func `a sign-off after a demotion is refused, even before the screen knows of it`() throws {
    try change { right in
      try store.enrol(
        "N. FICTION", as: .supervisor, pin: PIN(typed: "580413"), under: right,
        at: RecordedTime(milliseconds: 0))
    }
    var program = try ScriptedProgram(on: store)
    program.press("3", "246813", "Enter", "d", "y", "Read")
    #expect(program.loop.state.actor.name == "R. SAMPLE")
    try store.give(
      .nurse, to: "R. SAMPLE", by: "N. FICTION", workstation: "ws-2",
      at: RecordedTime(milliseconds: 0))
    program.press("Enter")
    #expect(program.shows("Signing off is for supervisors"))
    #expect(store.all.map(\.status) == [.closed])
    #expect(actions().last == .refused(.signOff))
  }

  @Test func `a fact after a retirement is refused and the screen asks for a sign-in`() throws {
    var program = try ScriptedProgram(on: store)
    program.press("1", "904271", "Enter")
    program.press("n", "90000592", "Enter", "Sample", "Enter", "Grace", "Enter", "19-Sep-1949")
    try change { right in
      try store.retire("J. Okafor", under: right, at: RecordedTime(milliseconds: 0))
    }
    program.press("C-s")
    #expect(program.loop.state.place == .signIn)
    #expect(program.shows("J. Okafor was retired"))
    #expect(store.all.count == 1)
    #expect(actions().last == .refused(.record))
  }

  @Test func `a PIN that was changed ends the sign-in with the next fact`() throws {
    var program = try ScriptedProgram(on: store)
    program.press("1", "904271", "Enter")
    try change { right in
      try store.setPIN(
        of: "J. Okafor", to: PIN(typed: "580413"), under: right, at: RecordedTime(milliseconds: 0))
    }
    program.openSession()
    #expect(program.loop.state.place == .signIn)
    #expect(program.shows("The PIN of J. Okafor was changed"))
    #expect(store.all.count == 1)
  }

  @Test func `a view under a PIN that was changed is refused, and nothing stays shown`() throws {
    store.add(.elsewhere())
    var program = try ScriptedProgram(on: store)
    program.press("2", "246813", "Enter")
    #expect(program.shows("TESTER, Amara"))
    try change { right in
      try store.setPIN(
        of: "R. SAMPLE", to: PIN(typed: "580413"), under: right, at: RecordedTime(milliseconds: 0))
    }
    program.press("Enter")
    #expect(program.loop.state.place == .signIn)
    #expect(!program.shows("TESTER"))
    #expect(actions().last == .refused(.look))
  }

  @Test func `what a screen refuses for a role is kept`() throws {
    var program = try ScriptedProgram(on: store)
    program.press("1", "904271", "Enter", "d", "x")
    #expect(program.shows("Exporting is for supervisors"))
    #expect(actions().last == .refused(.export))
  }

  // MARK: The prompt for the PIN

  @Test func `the prompt for the PIN is open for 59 seconds and ends after 60`() throws {
    var program = try ScriptedProgram(on: store)
    program.press("1", "9042")
    program.wait(.seconds(59))
    #expect(program.loop.state.signIn.person == "J. Okafor")
    program.press("71")
    program.wait(.seconds(1))
    #expect(program.loop.state.signIn.person == nil)
    #expect(program.loop.state.signIn.digits == 0)
    #expect(program.shows("No PIN was typed within a minute"))
  }
}
