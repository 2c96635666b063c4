import Foundation
import InfusionRecord
import SessionStore
import TestServer
import TestSupport
import Testing

@testable import PostgresStore

/// Servers with a certificate, without room, and what they write about what went wrong.
@Suite struct ServerFaultTests {
  private let folder = TemporaryFolder()

  private func sentence(_ address: ServerAddress) -> String {
    do throws(StoreError) {
      _ = try PostgresStore(address)
      return "opened"
    } catch {
      return error.sentence
    }
  }

  /// Two authorities, and a certificate of the first for `localhost`.
  private static let certificates = """
    ca() { openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
      -keyout $1.key -out $1.crt -subj "/CN=$1" -days 2; }
    ca first; ca second
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout server.key \
      -out server.csr -subj /CN=localhost
    echo subjectAltName=DNS:localhost >names
    openssl x509 -req -in server.csr -CA first.crt -CAkey first.key -CAcreateserial \
      -out server.crt -days 2 -extfile names
    chmod 600 server.key; chmod 755 .; chmod 644 *.crt
    """

  @Test func `a certificate, a password or a role that is not right is one sentence`() throws {
    let port = String(Int.random(in: 20_000..<60_000))
    let cluster = try TestCluster(
      settings: [
        "listen_addresses = '127.0.0.1'", "ssl = on", "ssl_cert_file = '../server.crt'",
        "ssl_key_file = '../server.key'",
      ], port: port, prepare: Self.certificates)
    try cluster.initialize()
    try cluster.run(
      "ALTER ROLE terminal PASSWORD 'right'; CREATE ROLE other LOGIN PASSWORD 'right'")
    try cluster.shell(
      "printf 'local all all trust\\nhostssl all all 127.0.0.1/32 scram-sha-256\\n' >data/pg_hba.conf"
    )
    cluster.reload()
    func pass(_ password: String) throws -> String {
      let file = folder.file(password)
      try Data("*:*:*:*:\(password)\n".utf8).write(to: URL(filePath: file))
      chmod(file, 0o600)
      return file
    }
    var right = ServerAddress(
      hosts: [ServerAddress.Host(name: "localhost", port: port)], database: "record",
      suite: "north", user: "terminal")
    right.settings = [
      "sslrootcert": "\(cluster.folder)/first.crt", "passfile": try pass("right"),
      "channel_binding": "require",
    ]
    right.patience = 10
    #expect(sentence(right) == "opened")
    var faults: [(ServerAddress, String)] = []
    func add(_ said: String, _ change: (inout ServerAddress) throws -> Void) rethrows {
      var wrong = right
      try change(&wrong)
      faults.append((wrong, said))
    }
    add("certificate verify failed") { $0.settings["sslrootcert"] = "\(cluster.folder)/second.crt" }
    add("does not match host name") { $0.hosts[0].name = "127.0.0.1" }
    add("does not exist") { $0.settings["sslrootcert"] = "/nonexistent/ca.crt" }
    try add("password authentication failed") { $0.settings["passfile"] = try pass("wrong") }
    add("no password supplied") { $0.settings["passfile"] = "/nonexistent/pass" }
    add("password authentication failed") { $0.user = "nobody_known" }
    add("permission denied for database") { $0.user = "other" }
    add("no pg_hba.conf entry") { $0.settings["sslmode"] = "disable" }
    add("There is no store at") { $0.suite = "south" }
    for (address, said) in faults {
      let found = sentence(address)
      #expect(found.contains(said), "\(found)")
      #expect(!found.contains("\n"))
      #expect(found.contains("localhost") || found.contains("127.0.0.1"))
    }
  }

  @Test func `the server's log names no patient, whatever went wrong`() throws {
    let cluster = try TestCluster(
      settings: [
        "log_min_duration_statement = 0", "log_min_messages = info", "log_lock_waits = on",
      ])
    try cluster.initialize()
    var address = cluster.address()
    let store = try PostgresStore(address)
    var record = SampleRecord(session: "s-log", seed: 5)
    record.openWithPort()
    try store.append(record.events, to: record.session, expecting: 0)
    let note = record.event(.noteAdded(text: "Fictionword", administration: nil), at: "09:00")
    // Changed meanwhile, too new, of no session, of another's right.
    for expecting in [1, 9] {
      #expect(throws: StoreError.self) {
        try store.append([note], to: record.session, expecting: expecting)
      }
    }
    try store.enrol(
      "R. FICTIONWORD", as: .supervisor, pin: ServerFixture.pin, by: "account", workstation: "w",
      at: ServerFixture.at)
    #expect(throws: StoreError.self) {
      try store.append([note], to: record.session, expecting: record.events.count)
    }
    _ = try store.lastVisit(of: "90000417", before: CivilDate(dayNumber: 2_000_000))
    _ = try store.board()
    #expect(try store.verify().isWhole)
    // Rows that a CHECK, a key or a cast refuses.
    try cluster.run("ALTER ROLE terminal SET lock_timeout = '200ms'")
    for call in [
      "chairtime.append(1::smallint, 1, ARRAY['s-log'], ARRAY[2], ARRAY[gen_random_uuid()], ARRAY[15]::smallint[], ARRAY[-5]::bigint[], ARRAY[1]::bigint[], ARRAY[1]::smallint[], $1, ARRAY['w'], ARRAY[NULL]::text[], $1, ARRAY[NULL]::int[], ARRAY[NULL]::text[])",
      "chairtime.append(1::smallint, 1, ARRAY['s-log'], ARRAY[2], ARRAY[gen_random_uuid()], ARRAY[1]::smallint[], ARRAY[5]::bigint[], ARRAY[1]::bigint[], ARRAY[1]::smallint[], $1, ARRAY['w'], ARRAY[NULL]::text[], $1, ARRAY[NULL]::int[], ARRAY[NULL]::text[])",
    ] {
      let connection = try ServerConnection.open(address, wanting: .primary)
      #expect(throws: ServerFailure.self) {
        try connection.query("SELECT \(call)", [.list([.text("{\"family\":\"FICTIONWORD\"}")])])
      }
    }
    address.user = "stranger"
    _ = sentence(address)
    let log = try cluster.shell("cat log")
    #expect(log.contains("duration:"))
    for word in ["fictionword", "90000417", "Tester", "Amara", "1961"] {
      #expect(!log.lowercased().contains(word.lowercased()), "\(word)")
    }
  }

  @Test(.enabled(if: geteuid() == 0, "only root mounts a disk that is small"))
  func `a full disk is told, and recording goes on when there is room`() throws {
    let disk = try TestCluster(
      settings: ["min_wal_size = 32MB", "max_wal_size = 32MB", "wal_recycle = off"],
      prepare: "true", disk: "128m")
    try disk.initialize()
    var address = disk.address()
    address.patience = 5
    var record = SampleRecord(session: "s", seed: 5)
    record.openWithPort()
    let store = try PostgresStore(address)
    try store.append(record.events, to: record.session, expecting: 0)
    _ = try? disk.shell("dd if=/dev/zero of=data/filler bs=64k 2>/dev/null")
    var acknowledged = record.events
    var failure: StoreError?
    for number in 0..<20_000 where failure == nil {
      let note = record.add(
        .noteAdded(text: String(repeating: "x", count: 3_000), administration: nil), at: "09:00",
        reason: "\(number)")
      do throws(StoreError) {
        try store.append([note], to: record.session, expecting: acknowledged.count)
        acknowledged.append(note)
      } catch {
        failure = error
      }
    }
    switch failure {
    case .full?, .unanswered?, .unreachable?: break
    default: Issue.record("\(failure.map(\.sentence) ?? "it never filled up")")
    }
    try disk.shell("rm -f data/filler")
    // The server goes down if there is no room for its log; whoever runs it starts it again.
    if (try? disk.number("SELECT 1")) != 1 { try disk.restart() }
    let again = try PostgresStore(address)
    let last = try #require(record.events.last)
    try again.append([last], to: record.session, expecting: acknowledged.count)
    #expect(try again.log(of: record.session)?.events == record.events)
    #expect(try again.verify().problems == [])
  }
}
