import Foundation
import InfusionRecord
import PostgresStore
import SQLiteStore
import SessionStore
import TestServer
import TestSupport
import Testing

/// A real board on a server: what it shows of other machines, and how soon.
struct FollowServerTests {
  /// An address as it is typed.
  private func typed(_ address: ServerAddress) -> String {
    let host = address.hosts[0].name.split(separator: "/").map { "%2F\($0)" }.joined()
    return "postgres://\(address.user ?? "")@\(host)/\(address.database)?suite=\(address.suite)"
      + "&patience=60" + (address.isPooled ? "&pooler=yes" : "")
  }

  private func board(on address: ServerAddress) throws -> TmuxTerminal {
    let terminal = try TmuxTerminal()
    try terminal.line("\(BuiltProgram.path.path) --store '\(typed(address))' --as 'J. Okafor'")
    try #require(terminal.wait(for: " open session"), "\(terminal.screen)")
    return terminal
  }

  private func open(_ number: Int, family: String, on store: any Store) throws {
    var record = SampleRecord(session: "s\(number)", seed: UInt64(number))
    var opening = SampleRecord.opening
    opening.patient.family = family
    opening.patient.mrn = "9000050\(number)"
    opening.chair = "\(number)"
    record.add(.sessionOpened(opening), at: "07:00")
    try store.append(record.events, to: record.session, expecting: 0)
  }

  /// The time until a text is on the screen.
  private func wait(for text: String, _ terminal: TmuxTerminal) -> Duration? {
    let clock = ContinuousClock()
    let start = clock.now
    return terminal.wait(for: text) ? clock.now - start : nil
  }

  @Test(arguments: Pooler.Mode.allCases)
  func `a board behind a pooler shows another machine's session within two seconds`(
    mode: Pooler.Mode
  ) throws {
    try #require(Pooler.isInstalled, "pgbouncer is needed: bash .ci/setup tests")
    let server = try TestServer.shared(.c)
    let suite = "pooled-\(mode.rawValue)"
    try server.addSuite(suite)
    let address = server.address(of: suite)
    let pooler = try Pooler(mode, before: server.administrator("record").hosts[0])
    let terminal = try board(on: pooler.address(address))
    let store = try PostgresStore(address)
    var times: [Duration] = []
    for number in 1...3 {
      try open(number, family: "Fiction\(number)", on: store)
      times.append(try #require(wait(for: "FICTION\(number)", terminal), "\(terminal.screen)"))
    }
    // The machine that runs the tests may be held up once.
    #expect(times.sorted()[1] <= .seconds(2), "\(times)")
  }

  @Test
  func `without a notification, and under a thousand forged ones a second, the board is right`()
    throws
  {
    let server = try TestServer.shared(.c)
    try server.addSuite("forged")
    let address = server.address(of: "forged")
    let terminal = try board(on: address)
    // A whole record comes in by a copy, which notifies nobody.
    let folder = TemporaryFolder()
    let file = try SQLiteStore(StorePlace(path: folder.file("s.store")))
    try open(1, family: "Silent", on: file)
    var owner = server.administrator("record")
    owner.suite = "forged"
    _ = try ServerTarget(owner).take(recordOf: file, at: "a file")
    let late = try #require(wait(for: "SILENT", terminal), "\(terminal.screen)")
    #expect(late <= .seconds(6), "\(late)")

    // Any login of the database can send such a notification, a thousand a second for five seconds.
    let script = folder.file("forged.sql")
    let hundred = String(
      repeating:
        "SELECT pg_notify('chairtime_' || number, 'x') FROM chairtime.suite WHERE id = 'forged';\n",
      count: 100)
    try Data(
      String(repeating: hundred + "SELECT pg_sleep(0.09);\n", count: 50).utf8
    ).write(to: URL(filePath: script))
    let before = try time(of: terminal)
    let clock = ContinuousClock()
    let start = clock.now
    let forger = try TestServer.spawn(
      "psql -q -h '\(server.folder)' -U test_verifier -d record -f '\(script)' >/dev/null 2>&1; touch '\(folder.file("over"))'"
    )
    defer { close(forger) }
    try open(2, family: "Meanwhile", on: PostgresStore(address))
    let shown = try #require(wait(for: "MEANWHILE", terminal), "\(terminal.screen)")
    #expect(shown <= .seconds(5), "\(shown)")
    while !FileManager.default.fileExists(atPath: folder.file("over")),
      clock.now - start < .seconds(60)
    {
      usleep(20_000)
    }
    let elapsed = clock.now - start
    let used = try time(of: terminal) - before
    let share = used / (elapsed / .seconds(1))
    print("5,000 forged notifications in \(elapsed): \(share * 100) % of a processor")
    // One in a hundred in a release build on a quiet machine; docs/reliability.md has the figure.
    #expect(share < 0.15)
  }

  /// Seconds of a processor that a terminal's program has used.
  private func time(of terminal: TmuxTerminal) throws -> Double {
    let program = try #require(terminal.program)
    let line = try String(contentsOfFile: "/proc/\(program)/stat", encoding: .utf8)
    let words = line[(line.lastIndex(of: ")") ?? line.startIndex)...].split(separator: " ")
    let ticks = words[12...13].compactMap { Double($0) }.reduce(0, +)
    return ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
  }
}
