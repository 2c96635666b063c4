import Glibc
import InfusionRecord
import Interchange
import PostgresStore
import RecorderUI
import ScriptedProgram
import SessionStore
import SuiteProgram
import TerminalCore
import TestServer
import TestSupport
import Testing

/// The real loop on a real server that stops answering: its processes are stopped and go on later.
@Suite struct FrozenServerTests {
  private func program(on address: ServerAddress) throws -> ScriptedProgram {
    let start = RecordedTime(milliseconds: 1_795_449_600_000)
    let state = RecorderState(
      suite: Suite(name: "Suite B", chairs: (1...6).map(String.init), clock: .utc),
      formulary: SampleRecord.formulary,
      actor: Actor(name: "J. Okafor", workstation: "ws-1"), size: Size(columns: 80, rows: 24),
      glyphs: .unicode, now: start, seed: 7)
    let site = Site(configuration: SiteConfiguration(), clock: .utc)
    let formulary = state.formulary
    var program = try ScriptedProgram(state: state) { state, screen, workstation, expected in
      let requests = try RequestThread { () throws(StoreError) in
        let store = try PostgresStore(address)
        return RecordAccess(
          store: store,
          accessControl: AccessControl(
            store: store, workstation: workstation, configuration: ConfigurationHash()),
          appointments: ScriptedProgram.Expected(),
          desk: ReviewDesk(store: store, site: site, formulary: formulary, now: start.instant),
          isRemote: true)
      }
      return EventLoop(
        state: state, requests: requests, screen: screen, workstation: workstation,
        appointments: expected, jobs: BackgroundJobs { _ in "Written." })
    }
    try program.loop.start()
    program.turn()
    return program
  }

  private func waits(_ program: inout ScriptedProgram, for text: String) -> Bool {
    for _ in 0..<4_000 {
      if program.words.contains(text) { return true }
      usleep(10_000)
      program.turn()
    }
    return false
  }

  @Test func `keys move on the screen while the server is frozen, and the entry is recorded once`()
    throws
  {
    let cluster = try TestCluster()
    try cluster.initialize()
    var address = cluster.address()
    address.patience = 1
    var record = SampleRecord(session: "2026-11-23-one", seed: 3)
    record.openWithPort(at: "15:00")
    let writer = try PostgresStore(address)
    try writer.append(record.events, to: record.session, expecting: 0)
    var program = try program(on: address)
    program.press("Enter", "t", "feels warm")
    cluster.freeze()
    program.press("Enter")
    #expect(program.words.contains("Writing…"))
    program.press("Esc", "Esc")
    #expect(program.loop.state.screen == .board)
    var times: [Duration] = []
    let clock = ContinuousClock()
    // For longer than the server is given for an answer.
    for _ in 0..<40 {
      for key in ["Down", "Up"] { times.append(clock.measure { program.press(key) }) }
      usleep(40_000)
    }
    times.sort()
    #expect(times[times.count * 9 / 10] < .milliseconds(50), "\(times)")
    #expect(program.words.contains("Writing…"))
    cluster.thaw()
    let isTold = waits(&program, for: "Recorded: note")
    #expect(isTold, "\(program)")
    let log = try #require(try writer.log(of: record.session))
    #expect(log.version == record.events.count + 1)
  }
}
