import Foundation
import InfusionRecord
import SQLiteStore
import SessionStore
import TestSupport
import Testing

/// The store changed with SQLite's own shell, as a person with the account of the suite would.
@Suite struct BreakInTests {
  private let folder = TemporaryFolder()
  private var store: String { folder.file("s.store") }

  private func run(_ arguments: String...) throws -> BuiltProgram.Ended {
    try BuiltProgram.run(
      arguments, input: Data(), folder: nil,
      environment: ["CHAIRTIME_STORE": store, "CHAIRTIME_CONFIG": folder.file("site.toml")])
  }

  private func sqlite(_ sql: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/sqlite3")
    process.arguments = [store, sql]
    let ended = try BuiltProgram.run(process, input: Data())
    #expect(ended.code == 0, "\(ended.error)")
  }

  /// Runs SQL with the triggers dropped, and makes them again.
  private func sqliteWithoutTriggers(_ sql: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/sqlite3")
    process.arguments = [
      store, "SELECT 'DROP TRIGGER ' || name || ';' FROM sqlite_schema WHERE type = 'trigger'",
    ]
    let drops = try BuiltProgram.run(process, input: Data()).output
    process.arguments?.removeLast()
    let list = Process()
    list.executableURL = process.executableURL
    list.arguments = [store, "SELECT sql || ';' FROM sqlite_schema WHERE type = 'trigger'"]
    let makes = try BuiltProgram.run(list, input: Data()).output
    try sqlite(drops + sql + ";" + makes)
  }

  /// A demonstration's day, whose outbox is filled.
  private func fill() throws {
    try Data("[hl7]\npeer = \"127.0.0.1:9\"\n".utf8).write(
      to: URL(filePath: folder.file("site.toml")))
    chmod(folder.file("site.toml"), 0o600)
    for command in [
      ["demo", "--days", "1", "--until", "2026-07-01", "--zone", "UTC"],
      ["outbox", "fill", "--date", "2026-07-01"],
    ] {
      let ended = try BuiltProgram.run(
        command, input: Data(), folder: nil,
        environment: ["CHAIRTIME_STORE": store, "CHAIRTIME_CONFIG": folder.file("site.toml")])
      #expect(ended.code == 0, "\(ended.error)")
    }
    #expect(try run("verify").code == 0)
  }

  @Test(arguments: [
    "DELETE FROM posting", "DELETE FROM posting WHERE message = 3",
    "INSERT INTO outbox_filling VALUES (2, 999999, 0, 1)",
    "UPDATE outbox_filling SET facts = facts - 1", "UPDATE message SET made = 0",
    "UPDATE message SET session = 1", "UPDATE posting SET credit = 1 WHERE message = 2",
    "UPDATE session SET day = day - 1", "UPDATE session SET day = day - 1 WHERE number = 2",
  ])
  func `nothing is filled, sent or exported from an outbox that was changed`(sql: String) throws {
    try fill()
    try sqliteWithoutTriggers(sql)
    let verified = try run("verify")
    #expect(verified.code == 2 && !verified.output.hasPrefix("1138 facts verified"))
    for command in [
      ["outbox", "fill", "--date", "2026-07-01"], ["outbox", "send"],
      ["outbox", "write", folder.file("batch")],
      ["export", "--format", "csv", "--date", "2026-07-01"],
    ] {
      let ended = try BuiltProgram.run(
        command, input: Data(), folder: nil,
        environment: ["CHAIRTIME_STORE": store, "CHAIRTIME_CONFIG": folder.file("site.toml")])
      #expect(ended.code == 1, "\(command) \(ended.output)")
      #expect(ended.error.contains("is not as this program wrote it"), "\(ended.error)")
      #expect(ended.output == "")
    }
  }

  // MARK: Names

  /// SQLite takes `file:` for a URI and `:memory:` for no file.
  @Test(arguments: ["file:x.store", ":memory:"])
  func `a store or a backup is the file that was named`(name: String) throws {
    let line = "chairtime people add 'Q. ONE' --role supervisor --actor x --pin-stdin --store"
    let made = try Shell.run("umask 022; \(line) '\(name)'", input: "482915\n", home: folder)
    #expect(made.code == 0, "\(made.error)")
    let copy = try Shell.run(
      "chairtime backup 'file:b.store' --store '\(name)' --actor 'Q. ONE' --pin-stdin",
      input: "482915\n", home: folder)
    #expect(copy.code == 0, "\(copy.error)")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(Set(files).isDisjoint(with: ["x.store", "b.store", "b.store-partial"]), "\(files)")
    for file in [name, "file:b.store"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: folder.file(file))
      #expect(attributes[.posixPermissions] as? Int == 0o600, "\(file)")
      #expect((attributes[.size] as? Int ?? 0) > 0, "\(file)")
    }
  }

  @Test func `a pipe in place of a file that decides is refused, not waited for`() throws {
    try fill()
    let ended = try Shell.run(
      """
      mkfifo -m 600 pipe
      timeout 20 env CHAIRTIME_CONFIG=pipe chairtime config check; echo "code $?"
      timeout 20 chairtime formulary --formulary pipe; echo "code $?"
      rm s.store-audit; mkfifo -m 600 s.store-audit
      timeout 20 chairtime verify --store s.store; echo "code $?"
      """, home: folder)
    #expect(ended.error.components(separatedBy: "no plain file").count == 4, "\(ended.error)")
    #expect(ended.error.contains("s.store-audit is no plain file"), "\(ended.error)")
    #expect(!ended.output.contains("code 124"), "\(ended.output)")
  }

  @Test func `a session that lacks its opening takes no fact, and the command ends`() throws {
    try fill()
    let session = try #require(
      try run("session", "list", "--date", "2026-07-01").output.split(
        whereSeparator: \.isWhitespace
      )
      .map(String.init).first { SessionID($0).isGenerated })
    try sqliteWithoutTriggers(
      "UPDATE fact SET session = 999 WHERE kind = 1 AND session = "
        + "(SELECT number FROM session WHERE id = '\(session)')")
    let ended = try Shell.run(
      "echo fictitious | timeout 60 chairtime session note \(session) --store s.store", home: folder
    )
    #expect(ended.code == 1, "\(ended.code) \(ended.error)")
  }

  @Test func `a file in the folder does not pass for a session of the store`() throws {
    try fill()
    let list = try run("session", "list", "--date", "2026-07-01").output
    let session = try #require(
      list.split(whereSeparator: \.isWhitespace).map(String.init).first {
        SessionID($0).isGenerated
      })
    let planted =
      #"{"format":"chairtime.session/1","session":{"id":"x","date":"2026-07-02","#
      + #""zone":"UTC","setting":"office"},"administrations":[]}"#
    try Data(planted.utf8).write(to: URL(filePath: folder.file(session)))
    for (name, isFile) in [
      (session, false), (String(session.dropLast(2)), false), ("./\(session)", true),
    ] {
      let ended = try Shell.run("chairtime explain \(name) --store s.store", home: folder)
      #expect(
        ended.output.contains("session \(session)") != isFile, "\(ended.output)\(ended.error)")
    }
  }

  @Test func `a replay that breaks off was a look all the same`() throws {
    try fill()
    func enrol(_ name: String, _ role: String, as actor: String, _ input: String) throws {
      let ended = try Shell.run(
        "chairtime people add '\(name)' --role \(role) --actor '\(actor)' --pin-stdin --store s.store",
        input: input, home: folder)
      #expect(ended.code == 0, "\(ended.error)")
    }
    try enrol("R. SAMPLE", "supervisor", as: "account", "246813\n")
    try enrol("M. OTHER", "nurse", as: "R. SAMPLE", "246813\n904271\n")
    let ended = try Shell.run(
      "chairtime replay --policy complex_biologic.codes_as=TPD --store s.store --actor 'M. OTHER' "
        + "--pin-stdin > /dev/full", input: "904271\n", home: folder)
    #expect(ended.code == 1, "\(ended.error)")
    let views = try Shell.run(
      "chairtime audit --all --kind viewed --store s.store --actor 'R. SAMPLE' --pin-stdin",
      input: "246813\n", home: folder)
    #expect(views.output.contains("M. OTHER"), "\(views.output)\(views.error)")
  }

  /// Makes an index again without its entries, and leaves the schema as it was.
  private func empty(_ index: String) throws {
    try sqlite(
      """
      PRAGMA writable_schema = ON;
      CREATE TABLE saved AS SELECT sql FROM sqlite_schema WHERE name = '\(index)';
      UPDATE sqlite_schema SET sql = CASE WHEN sql LIKE '%WHERE%'
        THEN sql || ' AND 0' ELSE sql || ' WHERE 0' END WHERE name = '\(index)';
      PRAGMA writable_schema = RESET; REINDEX \(index); PRAGMA writable_schema = ON;
      UPDATE sqlite_schema SET sql = (SELECT sql FROM saved) WHERE name = '\(index)';
      PRAGMA writable_schema = RESET; DROP TABLE saved;
      """)
  }

  private func expectRefused(_ commands: [[String]]) throws {
    for command in commands {
      let ended = try BuiltProgram.run(
        command, input: Data(), folder: nil,
        environment: ["CHAIRTIME_STORE": store, "CHAIRTIME_CONFIG": folder.file("site.toml")])
      #expect(ended.code == 1, "\(command) \(ended.output)")
      #expect(ended.error.contains("is not as this program wrote it"), "\(ended.error)")
    }
    #expect(try run("verify").code == 2)
  }

  private var sending: [[String]] {
    [
      ["outbox", "fill", "--date", "2026-07-01"], ["outbox", "send"],
      ["outbox", "write", folder.file("batch")],
    ]
  }

  @Test(arguments: ["message_session", "message_waiting", "message_step_message", "session_day"])
  func `an emptied index bills nothing twice and leaves out nothing`(index: String) throws {
    try fill()
    try empty(index)
    let export = ["export", "--format", "csv", "--date", "2026-07-01"]
    try expectRefused(sending + (index == "session_day" ? [export] : []))
  }

  @Test func `a message listed in another state than its steps say is not passed over`() throws {
    try fill()
    try sqliteWithoutTriggers("UPDATE message SET state = 5 WHERE number = 2")
    try expectRefused(sending)
  }

  @Test(arguments: ["session_open", "fact_patient"])
  func `the board does not open on an emptied index`(index: String) throws {
    func board() throws -> BuiltProgram.Ended {
      try BuiltProgram.run(
        ["board", "--plain"], input: Data(), folder: nil, environment: ["CHAIRTIME_STORE": store])
    }
    var record = SampleRecord(session: "waits", seed: 3)
    record.open()
    let opened = try SQLiteStore(StorePlace(path: store))
    try opened.append(record.events, to: record.session, expecting: 0)
    opened.close()
    #expect(try board().code == 0)
    try empty(index)
    let ended = try board()
    #expect(ended.code == 1)
    #expect(ended.error.contains("is not as this program wrote it"), "\(ended.error)")
    #expect(ended.output == "")
  }

  @Test func `a deleted audit record makes nobody the first supervisor`() throws {
    let opened = try SQLiteStore(StorePlace(path: store))
    try opened.enrol(
      "R. SAMPLE", as: .supervisor, pin: PIN(typed: "246813"), by: "account", workstation: "ws-1",
      at: RecordedTime(milliseconds: 1_795_438_800_000))
    opened.close()
    try sqliteWithoutTriggers("DELETE FROM audit")
    unlink(store + "-audit")
    let ended = try BuiltProgram.run(
      ["people", "add", "N. NOBODY", "--role", "supervisor", "--pin-stdin"],
      input: Data("271828\n".utf8), folder: nil, environment: ["CHAIRTIME_STORE": store])
    #expect(ended.code == 1)
    #expect(ended.error.contains("of the audit record"), "\(ended.error)")
    #expect(try run("verify").code == 2)
  }

  @Test func `a backup needs a supervisor once people are enrolled, and is kept`() throws {
    let opened = try SQLiteStore(StorePlace(path: store))
    for (name, role) in [("R. SAMPLE", Role.supervisor), ("A. NURSE", .nurse)] {
      try opened.enrol(
        name, as: role, pin: PIN(typed: "246813"),
        by: name == "R. SAMPLE" ? "account" : "R. SAMPLE",
        workstation: "ws-1", at: RecordedTime(milliseconds: 1_795_438_800_000))
    }
    opened.close()
    func backup(_ arguments: [String], pin: String) throws -> BuiltProgram.Ended {
      try BuiltProgram.run(
        ["backup", folder.file("copy.store"), "--pin-stdin"] + arguments,
        input: Data("\(pin)\n".utf8), folder: nil, environment: ["CHAIRTIME_STORE": store])
    }
    for (name, pin) in [("N. NOBODY", "246813"), ("R. SAMPLE", "135790"), ("A. NURSE", "246813")] {
      let ended = try backup(["--actor", name], pin: pin)
      #expect(ended.code == 1, "\(name)")
      #expect(access(folder.file("copy.store"), F_OK) != 0)
    }
    let made = try backup(["--actor", "R. SAMPLE"], pin: "246813")
    #expect(made.code == 0, "\(made.error)")
    let audit = try BuiltProgram.run(
      ["audit", "--actor", "R. SAMPLE", "--pin-stdin"], input: Data("246813\n".utf8), folder: nil,
      environment: ["CHAIRTIME_STORE": store])
    #expect(audit.output.contains("R. SAMPLE exported backup, 0 sessions"), "\(audit.output)")
    #expect(audit.output.contains("A. NURSE was refused: Exporting"))
  }

  @Test func `one INSERT cannot stop a credit`() throws {
    try fill()
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/sqlite3")
    process.arguments = [store, "INSERT INTO outbox_filling VALUES (2, 999999, 0, 1)"]
    #expect(try BuiltProgram.run(process, input: Data()).code != 0)
  }

  @Test(arguments: ["DELETE FROM message", "UPDATE message SET made = 0"])
  func `the list of a damaged outbox says so and fails`(sql: String) throws {
    try fill()
    #expect(try run("outbox", "list").code == 0)
    try sqliteWithoutTriggers(sql)
    let listed = try run("outbox", "list", "--all")
    #expect(listed.code == 1, "\(listed)")
    #expect(
      ["outbox", "message"].contains { listed.error.lowercased().contains($0) }, "\(listed)")
    let verified = try run("verify")
    #expect(verified.code == 2 && verified.output.hasPrefix("1  "), "\(verified.output)")
  }

  @Test func `a trigger that was added stops every command, and verify names it`() throws {
    try fill()
    try sqlite("CREATE TRIGGER quiet AFTER INSERT ON fact BEGIN DELETE FROM name; END")
    for command in [["session", "list"], ["outbox", "list"], ["board", "--plain"]] {
      let ended = try BuiltProgram.run(
        command, input: Data(), folder: nil, environment: ["CHAIRTIME_STORE": store])
      #expect(ended.code == 1)
      #expect(ended.error.contains("trigger quiet"), "\(ended.error)")
    }
    let verified = try run("verify")
    #expect(verified.code == 2)
    #expect(verified.output.contains("trigger quiet"))
  }

  @Test func `an emptied index of people does not turn sign-in off`() throws {
    let opened = try SQLiteStore(StorePlace(path: store))
    try opened.enrol(
      "R. SAMPLE", as: .supervisor, pin: PIN(typed: "246813"), by: "account", workstation: "ws-1",
      at: RecordedTime(milliseconds: 1_795_438_800_000))
    opened.close()
    try sqlite(
      """
      PRAGMA writable_schema = ON;
      UPDATE sqlite_schema SET sql = replace(sql, '<= 4', '<= 0') WHERE name = 'audit_people';
      PRAGMA writable_schema = RESET; REINDEX audit_people; PRAGMA writable_schema = ON;
      UPDATE sqlite_schema SET sql = replace(sql, '<= 0', '<= 4') WHERE name = 'audit_people';
      """)
    let ended = try run("people", "list")
    #expect(ended.code == 1)
    #expect(ended.error.contains("does not agree with the audit record"), "\(ended.error)")
    #expect(try run("session", "list").code == 1)
    #expect(try run("verify").code == 2)
  }
}
