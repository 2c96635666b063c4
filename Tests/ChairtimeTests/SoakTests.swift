import Foundation
import Glibc
import InfusionRecord
import PostgresStore
import SessionStore
import SQLiteStore
import TestServer
import TestSupport
import Testing

/// A day of eight hours and more, compressed: four terminals, 82 chairs, and what happens to them.
///
/// `CHAIRTIME_SOAK=300 swift test --filter SoakTests` is the full day of a large suite.
struct SoakTests {
  private struct Line: Decodable {
    struct Record: Decodable { let status: String }
    struct Unit: Decodable { let units: Int }
    let record: Record
    let units: [Unit]
  }

  @Test func `a day of four terminals that are killed and cut off loses nothing`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("s.store")
    let patients =
      ProcessInfo.processInfo.environment["CHAIRTIME_SOAK"].flatMap(Int.init) ?? 24
    // The full day goes by the minute with a blow every fourth, a short one by two with fewer.
    let isFull = patients >= 300
    let every = isFull ? 4 : 10
    var round = 0
    var shift = try Shift(store: path, patients: patients, folder: folder.path)
    var left = patients
    var minute = 0
    while left > 0 || minute <= 480, minute < 720 {
      // Terminal 0 is never struck: its memory is looked at.
      let blow = round / every
      let fault: (Int, Int32)? =
        round % every == every - 1 ? (1 + blow % 3, blow % 2 == 0 ? SIGKILL : SIGHUP) : nil
      left = try shift.minute(minute, fault: fault)
      minute += isFull ? 1 : 2
      round += 1
    }
    try shift.end()
    try check(
      shift, left: left, at: minute, in: SQLiteStore(StorePlace(path: path)), named: path, folder)
  }

  @Test(
    .enabled(
      if: TestNetwork.isAllowed
        && ProcessInfo.processInfo.environment["CHAIRTIME_SERVER_SOAK"] != nil))
  func `a day of eight terminals on three machines, and of two failovers, loses nothing`() throws {
    let folder = TemporaryFolder()
    let patients =
      ProcessInfo.processInfo.environment["CHAIRTIME_SERVER_SOAK"].flatMap(Int.init) ?? 24
    let network = try TestNetwork(["db1", "db2", "db3", "a", "b", "c"])
    func cluster(_ number: Int) -> [String] {
      ["listen_addresses = '192.0.2.\(number)'", "unix_socket_permissions = 0700"]
    }
    var primary = try TestCluster(
      settings: cluster(1), network: network.name(of: "db1"),
      lines: ["host all all 192.0.2.0/24 trust"])
    try primary.initialize()
    /// A standby on the next host, which every commit waits for.
    func follow(_ primary: TestCluster, number: Int) throws -> TestCluster {
      let standby = try primary.makeStandby(
        settings: cluster(number) + ["synchronous_standby_names = ''"],
        network: network.name(of: "db\(number)"))
      try primary.wait(for: "EXISTS (SELECT 1 FROM pg_stat_replication WHERE state = 'streaming')")
      try primary.configure(["synchronous_standby_names = 'standby'"])
      primary.reload()
      try primary.wait(for: "EXISTS (SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync')")
      return standby
    }
    var standby = try follow(primary, number: 2)
    let place =
      "postgres://terminal@192.0.2.1,192.0.2.2,192.0.2.3/record?suite=north&sslmode=disable"
    let hosts = ["a", "b", "c"].map(network.name(of:))
    var shift = try Shift(
      store: place, patients: patients, folder: folder.path, terminals: 8
    ) { ["/usr/sbin/ip", "netns", "exec", hosts[$0 % 3]] }
    var (left, minute, round, failovers) = (patients, 0, 0, 0)
    while left > 0 || minute <= 480, minute < 720 {
      let fault: (Int, Int32)? =
        round % 10 == 9 ? (1 + round / 10 % 7, round / 10 % 2 == 0 ? SIGKILL : SIGHUP) : nil
      left = try shift.minute(minute, fault: fault) {
        guard minute == 160 || minute == 320 else { return }
        usleep(UInt32.random(in: 0...50_000))
        primary.kill()
        try standby.promote()
        failovers += 1
        primary = standby
        if failovers == 1 { standby = try follow(primary, number: 3) }
      }
      minute += 2
      round += 1
    }
    try shift.end()
    #expect(failovers == 2)
    let address = primary.address()
    let host = address.hosts[0].name.split(separator: "/").map { "%2F\($0)" }.joined()
    try check(
      shift, left: left, at: minute, in: PostgresStore(address),
      named: "postgres://terminal@\(host)/record?suite=north", folder)
  }

  /// The figures of a day, on whatever store it was.
  private func check(
    _ shift: Shift, left: Int, at minute: Int, in store: any Store, named path: String,
    _ folder: TemporaryFolder
  ) throws {
    let patients = shift.patients
    #expect(left == 0, "\(left) sessions are still to be closed at minute \(minute)")
    for terminal in shift.terminals { #expect(terminal.complaints == []) }
    #expect(shift.kills > 0 && shift.hangUps > 0 && shift.struckAtWork > 0)

    // Every acknowledged fact is there once, the chain is whole.
    for id in shift.acknowledged { #expect(try store.session(of: id) != nil) }
    #expect(Set(shift.acknowledged).count == shift.acknowledged.count)
    let found = try store.verify()
    #expect(found.problems == [])
    let day = try #require(CivilDate(year: 2026, month: 3, day: 9))
    var facts = 0
    var names: [String] = []
    try store.read(day...day) { log in
      facts += log.version
      names.append(log.session.text)
      #expect(log.status == .closed)
    }
    #expect(found.head.count == facts)
    // Between the fact and its acknowledgement there is room for one entry a blow, of two facts.
    #expect(facts - shift.acknowledged.count <= 2 * (shift.kills + shift.hangUps))
    #expect(names.count == patients)
    store.close()

    let units = try derivedAnew(path, folder: folder, count: patients)
    // What the screens of the terminal that lived through the day show is what was derived.
    let shown = shift.terminals[0].shown
    #expect(shown.count >= patients / 4)
    for (name, count) in shown { #expect(units[name] == count, "\(name)") }

    // Memory is flat: the last quarter of the day against the second.
    let quarter = shift.resident.count / 4
    let second = shift.resident[quarter..<(2 * quarter)].max() ?? 1
    let last = shift.resident[(3 * quarter)...].max() ?? 0
    let ratio = Double(last) / Double(second)
    #expect(ratio <= 1.1, "\(second) KiB became \(last) KiB")
    print(
      "\(patients) sessions, \(facts) facts, \(shift.acknowledged.count) acknowledged, "
        + "\(shift.kills) kills, \(shift.hangUps) hang-ups "
        + "(\(shift.struckAtWork) in the midst of work), "
        + "\(shift.terminals.reduce(0) { $0 + $1.conflicts }) conflicts told, memory "
        + "\(second) to \(last) KiB (ratio \((ratio * 1000).rounded() / 1000))")
  }

  /// Exports the day, derives every session document of it and compares the statements.
  ///
  /// - Returns: the units of each session.
  private func derivedAnew(
    _ store: String, folder: TemporaryFolder, count: Int
  ) throws -> [String: Int] {
    let exported = folder.file("day.json")
    let ended = try BuiltProgram.run(
      ["export", "--date", "2026-03-09", "--format", "json", "--out", exported, "--store", store],
      input: Data(), folder: nil, environment: ["HOME": folder.path])
    #expect(ended.code == 0, "\(ended.error)")
    let lines = try String(decoding: Data(contentsOf: URL(filePath: exported)), as: UTF8.self)
      .split(separator: "\n").map(String.init)
    #expect(lines.count == count)
    var units: [String: Int] = [:]
    var files: [String] = []
    var statements: [String] = []
    for (number, line) in lines.enumerated() {
      let parsed = try JSONDecoder().decode(Line.self, from: Data(line.utf8))
      #expect(parsed.record.status == "closed")
      let parts = try #require(try members(of: line))
      let file = folder.file("session-\(number).json")
      try Data(parts.session.utf8).write(to: URL(filePath: file))
      files.append(file)
      statements.append(parts.statement)
      units[parts.name] = parsed.units.reduce(0) { $0 + $1.units }
    }
    let derived = try BuiltProgram.run(
      ["derive", "--format", "json"] + files, input: Data(), folder: nil)
    #expect(derived.code == 0, "\(derived.error)")
    let again = derived.output.split(separator: "\n").map(String.init)
    #expect(again.count == statements.count)
    // A document holds no account number, so only the export finds that it is missing.
    let found =
      #"{"id":"no-account","severity":"warning","administration":null,"#
      + #""text":"The session has no visit or account number, so no unit of it is posted."}"#
    for (one, other) in zip(again, statements) {
      let engine = other.replacingOccurrences(of: ",\(found)", with: "")
        .replacingOccurrences(of: found, with: "")
      #expect(one == engine)
    }
    #expect(units.values.reduce(0, +) > count)
    return units
  }

  /// The session document and the statement of an exported line, byte for byte.
  private func members(of line: String) throws -> (
    name: String, session: String, statement: String
  )? {
    guard let session = line.range(of: ",\"session\":"),
      let statement = line.range(of: ",\"statement\":"),
      let units = line.range(of: ",\"units\":[{\"id\"", options: .backwards)
        ?? line.range(of: ",\"units\":[]", options: .backwards)
    else { return nil }
    struct Named: Decodable { let id: String }
    let document = String(line[session.upperBound..<statement.lowerBound])
    return (
      try JSONDecoder().decode(Named.self, from: Data(document.utf8)).id, document,
      String(line[statement.upperBound..<units.lowerBound])
    )
  }
}
