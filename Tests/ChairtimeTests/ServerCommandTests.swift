import Foundation
import TestServer
import TestSupport
import Testing

/// A suite on a server, by commands.
@Suite struct ServerCommandTests {
  private let folder = TemporaryFolder()

  private func run(
    _ arguments: String..., site: String = "", input: String = ""
  ) throws -> BuiltProgram.Ended {
    try Data(site.utf8).write(to: URL(filePath: folder.file("site.toml")))
    return try BuiltProgram.run(
      arguments, input: Data(input.utf8), folder: nil,
      environment: ["HOME": folder.path, "CHAIRTIME_CONFIG": folder.file("site.toml")])
  }

  /// An address as it is typed: the socket's folder with its slashes escaped.
  private func address(_ database: String, as login: String, suite: String? = nil) throws -> String
  {
    let server = try TestServer.shared(.c)
    let host = server.folder.split(separator: "/").map { "%2F\($0)" }.joined()
    return "postgres://\(login)@\(host)/\(database)?patience=60"
      + (suite.map { "&suite=\($0)" } ?? "")
  }

  private static let patient = Data(
    "family: Tester\ngiven: Amara\nborn: 04-Feb-1961\nsex: female\nmrn: 90000412\nvisit: V1\n".utf8)

  @Test func `from an empty database to two terminals that see each other's facts`() throws {
    let server = try TestServer.shared(.c)
    try server.run("CREATE DATABASE commands", in: "postgres")
    let owner = try address("commands", as: "postgres")
    for (words, said) in [
      (["server", "init", "--on", owner], "The tables are made."),
      (["server", "upgrade", "--on", owner], "The tables have version"),
      (["server", "add-suite", "north", "--on", owner], "The suite north is added."),
      (["server", "add-terminal", "chair-7", "--suite", "north", "--on", owner], "is a reviewer"),
      (
        [
          "server", "add-terminal", "chair-8", "--suite", "north", "--role", "recorder", "--on",
          owner,
        ],
        "is a recorder"
      ),
    ] {
      let ended = try BuiltProgram.run(words, input: Data(), folder: nil)
      #expect(ended.code == 0, "\(ended.error)")
      #expect(ended.output.contains(said), "\(ended.output)")
    }
    let (one, two) = (
      try address("commands", as: "chair-7", suite: "north"),
      try address("commands", as: "chair-8", suite: "north")
    )
    let opened = try BuiltProgram.run(
      ["session", "open", "--chair", "1", "--zone", "UTC", "--id", "s1", "--store", one],
      input: Self.patient, folder: nil,
      environment: ["HOME": folder.path])
    #expect(opened.code == 0, "\(opened.error)")
    // The second terminal takes the store from the site's file.
    let board = try run("board", "--plain", site: "[store]\naddress = \"\(two)\"\n")
    #expect(board.code == 0, "\(board.error)")
    #expect(board.output.contains("TESTER"), "\(board.output)")
    let verified = try run("verify", "--store", two)
    #expect(verified.code == 0, "\(verified.output)\(verified.error)")
    #expect(verified.output.contains("1 fact verified"))
  }

  @Test func `the SQL of each step can be printed and run by psql`() throws {
    let server = try TestServer.shared(.c)
    try server.run("CREATE DATABASE printed", in: "postgres")
    for words in [
      ["init"], ["add-suite", "north"], ["add-terminal", "chair-9", "--suite", "north"],
    ] {
      let printed = try BuiltProgram.run(
        ["server"] + words + ["--print"], input: Data(), folder: nil)
      #expect(printed.code == 0, "\(printed.error)")
      let psql = Process()
      psql.executableURL = URL(filePath: "/usr/bin/psql")
      psql.arguments = [
        "-h", server.folder, "-U", "postgres", "-d", "printed", "-q", "-v", "ON_ERROR_STOP=1",
      ]
      let ended = try BuiltProgram.run(psql, input: Data(printed.output.utf8))
      #expect(ended.code == 0, "\(ended.error)")
    }
    let head = try run("verify", "--store", address("printed", as: "chair-9", suite: "north"))
    #expect(head.output.contains("0 facts verified"), "\(head.output)\(head.error)")
  }

  @Test func `a record moves to a server and back by commands, with the same head`() throws {
    let server = try TestServer.shared(.c)
    try server.addSuite("moved")
    let file = folder.file("a.store")
    #expect(try run("demo", "--days", "1", "--until", "2026-07-01", "--store", file).code == 0)
    let there = try address("record", as: "postgres", suite: "moved")
    let copied = try run("copy", "--to", there, "--store", file)
    #expect(copied.code == 0, "\(copied.output)\(copied.error)")
    let terminal = try address("record", as: "test_reviewer", suite: "moved")
    let back = try run("copy", "--to", folder.file("b.store"), "--store", terminal)
    #expect(back.code == 0, "\(back.output)\(back.error)")
    func head(_ text: String) -> String? {
      text.split(separator: "\n").first { $0.hasPrefix("head ") }.map(String.init)
    }
    #expect(head(copied.output) != nil)
    #expect(head(copied.output) == head(back.output))
    let again = try run("copy", "--to", folder.file("b.store"), "--store", terminal)
    #expect(again.code == 1)
    #expect(again.error.contains("there is a file of that name already"))
  }

  @Test func `a copy that fails leaves no file`() throws {
    let server = try TestServer.shared(.c)
    try server.makeDatabase("broken")
    try server.addSuite("broken", in: "broken")
    let file = folder.file("a.store")
    #expect(try run("demo", "--days", "1", "--until", "2026-07-01", "--store", file).code == 0)
    let there = try address("broken", as: "postgres", suite: "broken")
    #expect(try run("copy", "--to", there, "--store", file).code == 0)
    try server.run(
      """
      ALTER TABLE chairtime.fact DISABLE TRIGGER fact_is_kept;
      UPDATE chairtime.fact SET minute = minute + 1 WHERE position = 7;
      ALTER TABLE chairtime.fact ENABLE ALWAYS TRIGGER fact_is_kept
      """, in: "broken")
    let terminal = try address("broken", as: "test_reviewer", suite: "broken")
    let back = try run("copy", "--to", folder.file("b.store"), "--store", terminal)
    #expect(back.code == 1)
    #expect(back.error.contains("Fact 7"), "\(back.error)")
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(!left.contains { $0.hasPrefix("b.store") }, "\(left)")
  }

  @Test func `health is a sentence a line or JSON, and what needs a person is exit code 2`() throws
  {
    let server = try TestServer.shared(.c)
    try server.addSuite("watched")
    let store = try address("record", as: "test_reviewer", suite: "watched")
    let opened = try BuiltProgram.run(
      ["session", "open", "--chair", "1", "--zone", "UTC", "--id", "s1", "--store", store],
      input: Self.patient, folder: nil, environment: ["HOME": folder.path])
    #expect(opened.code == 0, "\(opened.error)")
    let there = try address("record", as: "postgres", suite: "watched")
    let text = try run("server", "health", "--on", there)
    // The tests' server never syncs and has no standby.
    #expect(text.code == 2, "\(text.error)")
    #expect(text.output.contains("is the primary of PostgreSQL"), "\(text.output)")
    #expect(text.output.contains("The suite watched has 1 fact, the last of "))
    #expect(text.output.contains("LOOK: fsync is off on "))
    #expect(text.output.split(separator: "\n").allSatisfy { $0.hasSuffix(".") })
    let json = try run("server", "health", "--json", "--on", there)
    #expect(json.code == 2)
    let found = try #require(
      JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(found["well"] as? Bool == false)
    #expect((found["suites"] as? [[String: Any]])?.first?["facts"] as? Int == 1)
    for word in ["Amara", "TESTER", "Tester", "90000412"] {
      #expect(!(text.output + json.output).contains(word))
    }
    let file = try run("server", "health")
    #expect(file.code == 1)
    #expect(file.error.contains("use --on"), "\(file.error)")
  }

  @Test func `what is wrong with a server is one sentence and exit code 1`() throws {
    let server = try TestServer.shared(.c)
    try server.addSuite("sentences")
    for (store, said) in [
      (try address("record", as: "test_reviewer", suite: "nowhere"), "There is no store at"),
      (try address("nowhere", as: "test_reviewer", suite: "sentences"), "cannot be reached"),
      (try address("record", as: "nobody_known", suite: "sentences"), "cannot be reached"),
      ("postgres://me:secret@host/db?suite=north", "keep it in a passfile"),
      ("postgres://host/db", "names the suite"),
    ] {
      let ended = try run("session", "list", "--store", store)
      #expect(ended.code == 1)
      #expect(ended.error.contains(said), "\(ended.error)")
      #expect(ended.error.split(separator: "\n").count == 1)
      #expect(!ended.error.contains("secret"))
    }
  }

  @Test func `a server's backup is a store with its head, by a supervisor, and audited`() throws {
    let server = try TestServer.shared(.c)
    try server.addSuite("kept")
    let store = try address("record", as: "test_reviewer", suite: "kept")
    let opened = try BuiltProgram.run(
      ["session", "open", "--chair", "1", "--zone", "UTC", "--id", "s1", "--store", store],
      input: Self.patient, folder: nil, environment: ["HOME": folder.path])
    #expect(opened.code == 0, "\(opened.error)")
    let enrolled = try run(
      "people", "add", "R. SAMPLE", "--role", "supervisor", "--pin-stdin", "--store", store,
      input: "246813\n")
    #expect(enrolled.code == 0, "\(enrolled.error)")
    let copy = folder.file("b.store")
    let refused = try run("backup", copy, "--store", store, "--pin-stdin", input: "246813\n")
    #expect(refused.code == 1)
    // No host of the address is a standby.
    let without = try run(
      "backup", copy, "--standby", "--store", store, "--actor", "R. SAMPLE", "--pin-stdin",
      input: "246813\n")
    #expect(without.code == 1)
    #expect(without.error.contains("not in hot standby mode"), "\(without.error)")
    #expect(!FileManager.default.fileExists(atPath: copy))
    let made = try run(
      "backup", copy, "--store", store, "--actor", "R. SAMPLE", "--pin-stdin", input: "246813\n")
    #expect(made.code == 0, "\(made.error)")
    #expect(made.output.hasPrefix("1 fact copied and verified\nhead 1:"), "\(made.output)")
    let verified = try run("verify", "--store", store)
    let head = made.output.split(separator: "\n").first { $0.hasPrefix("head ") } ?? ""
    #expect(verified.output.contains(head), "\(verified.output)")
    let audit = try run(
      "audit", "--all", "--store", copy, "--actor", "R. SAMPLE", "--pin-stdin", input: "246813\n")
    #expect(audit.output.contains("exported backup"), "\(audit.output)\(audit.error)")
    let file = try run("backup", folder.file("c.store"), "--standby", "--store", copy)
    #expect(file.error.contains("--standby is for a store on a server"))
  }
}
