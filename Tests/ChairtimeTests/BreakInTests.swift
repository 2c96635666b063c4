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

  // MARK: Files that decide

  /// As an account that is not root and has a group that others may have as well.
  @Test(arguments: [
    "site.toml", "drugs.csv", "s.store-edit-tables.json", "s.store-schedule/2026-07-01.json",
  ])
  func `a file that decides may not be written by the account's own group`(name: String) throws {
    try fill()
    mkdir(folder.file("s.store-schedule"), 0o700)
    for (file, text) in [
      ("drugs.csv", "name,display_name,class\nmadeupmab,madeupmab,chemotherapy\n"),
      ("s.store-edit-tables.json", "{}"), ("s.store-schedule/2026-07-01.json", "{}"),
    ] where access(folder.file(file), F_OK) != 0 {
      try Data(text.utf8).write(to: URL(filePath: folder.file(file)))
      chmod(folder.file(file), 0o600)
    }
    var account = ""
    if geteuid() == 0 {
      let found = try #require(FileManager.default.enumerator(atPath: folder.path))
      for case let file as String in found { chown(folder.file(file), 65534, 65534) }
      chown(folder.path, 65534, 65534)
      account = "setpriv --reuid=65534 --regid=65534 --clear-groups "
    }
    let formulary = name == "drugs.csv" ? "--formulary \(folder.file(name))" : ""
    let command =
      switch name {
      case "site.toml": "config check"
      case "drugs.csv": "review --date 2026-07-01"
      case "s.store-edit-tables.json": "edits list"
      default: "schedule list --date 2026-07-01"
      }
    let line =
      "\(account)env CHAIRTIME_STORE=\(store) CHAIRTIME_CONFIG=\(folder.file("site.toml"))"
      + " chairtime \(command) \(formulary)"
    #expect(!(try Shell.run(line, home: folder)).error.contains("others may write it"))
    for mode: mode_t in [0o660, 0o620, 0o602] {
      chmod(folder.file(name), mode)
      let ended = try Shell.run(line, home: folder)
      #expect(ended.code == 1, "\(ended.output)")
      #expect(ended.error.contains("others may write it"), "\(ended.error)")
    }
  }

  /// A suite that moved to another store. The account's own one was left behind.
  @Test(arguments: ["[facility]\nchars = 3\n", "[store]\naddress = 7\n", "666"])
  func `a fault in the site's file leads to no other store`(fault: String) throws {
    let home = TemporaryFolder()
    let site = home.file(".config/chairtime/site.toml")
    try FileManager.default.createDirectory(
      atPath: home.file(".config/chairtime"), withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    func write(_ more: String) throws {
      try Data("[store]\naddress = \"\(store)\"\n\(more)".utf8).write(to: URL(filePath: site))
      chmod(site, more == "" && fault == "666" ? 0o666 : 0o600)
    }
    let own = home.file(".local/share/chairtime/chairtime.store")
    for path in [store, own] {
      let opened = try SQLiteStore(StorePlace(path: path))
      var record = SampleRecord(session: "visit", seed: 9)
      record.openWithPort()
      try opened.append(record.events, to: record.session, expecting: 0)
      opened.close()
    }
    try write(fault == "666" ? "" : fault)
    for command in [
      "session note visit", "session list", "session show visit", "people list", "verify",
      "backup copy.store", "people add 'R. SAMPLE' --role supervisor --pin-stdin",
      "copy --to copy.store", "audit --all",
    ] {
      let ended = try Shell.run("chairtime \(command)", input: "246813\n", home: home)
      #expect(ended.code == 1, "\(command): \(ended.output)")
      #expect(ended.error.contains(site), "\(command): \(ended.error)")
      #expect(ended.output == "")
    }
    #expect(access(home.file("copy.store"), F_OK) != 0)
    let left = try SQLiteStore(StorePlace(path: own))
    #expect(try left.head().count == 2)
    // A store that is named is that store.
    #expect(try Shell.run("chairtime verify --store \(own)", home: home).code == 0)
  }

  @Test(arguments: [
    "Postgres://chair7@h/ct?suite=north", " postgres://h/ct?suite=north", "postgre://h/ct",
    "postgres:/h/ct", "pg://h/ct", "https://h/ct", "\tpostgresql://h/ct?suite=north",
  ])
  func `what is almost the address of a server is no file`(name: String) throws {
    for line in ["--store \"$NAME\"", ""] {
      let ended = try Shell.run(
        "chairtime people add 'R. SAMPLE' --role supervisor --pin-stdin \(line)",
        input: "246813\n", home: folder,
        environment: line == "" ? ["CHAIRTIME_STORE": name] : ["NAME": name])
      #expect(ended.code == 1 || ended.code == 64, "\(ended.output)")
      #expect(ended.error.contains("neither the address of a server"), "\(ended.error)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }

  @Test func `an altered audit record is not listed`() throws {
    let opened = try SQLiteStore(StorePlace(path: store))
    try opened.enrol(
      "R. SAMPLE", as: .supervisor, pin: PIN(typed: "246813"), by: "account", workstation: "ws-1",
      at: RecordedTime(milliseconds: 1_795_438_800_000))
    for session in ["s-1", "s-2"] {
      try opened.audit(
        AuditEntry(
          time: RecordedTime(milliseconds: 1_795_438_800_000), actor: "R. SAMPLE",
          workstation: "ws-1", action: .viewed(SessionID(session))))
    }
    opened.close()
    func audit() throws -> BuiltProgram.Ended {
      try BuiltProgram.run(
        ["audit", "--all", "--actor", "R. SAMPLE", "--pin-stdin"], input: Data("246813\n".utf8),
        folder: nil, environment: ["CHAIRTIME_STORE": store])
    }
    #expect(try audit().output.contains("looked at session s-1"))
    try sqliteWithoutTriggers(
      "UPDATE audit SET body = replace(body, '\"s-1\"', '\"m-1\"') WHERE rowid = 2")
    let ended = try audit()
    #expect(ended.code == 1)
    #expect(ended.output == "")
    #expect(ended.error.contains("Audit entry 2 was altered"), "\(ended.error)")
  }

  // MARK: What root made

  /// A store of another account, in which root made the heads.
  @Test(.enabled(if: geteuid() == 0))
  func `a head that the account cannot open is told, by recording and by verify`() throws {
    let opened = try SQLiteStore(StorePlace(path: store))
    var record = SampleRecord(session: "visit", seed: 9)
    record.openWithPort()
    try opened.append(record.events, to: record.session, expecting: 0)
    opened.close()
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    for file in files + ["."] { chown(folder.file(file), 65534, 65534) }
    func run(_ command: String) throws -> BuiltProgram.Ended {
      try Shell.run(
        "setpriv --reuid=65534 --regid=65534 --clear-groups chairtime \(command) --store s.store",
        input: "seen\n", home: folder)
    }
    #expect(try run("verify").code == 0)
    #expect(try run("session note visit").error == "")
    chown(folder.file("s.store-head"), 0, 0)
    let noted = try run("session note visit")
    #expect(noted.code == 0, "\(noted.error)")
    #expect(noted.error.contains("No head of the facts is kept"), "\(noted.error)")
    let verified = try run("verify")
    #expect(verified.code == 2)
    #expect(verified.output.contains("No head of the facts is kept"), "\(verified.output)")
    unlink(folder.file("s.store-head"))
    #expect(try run("session note visit").error == "")
    #expect(try run("verify").code == 0)
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

  @Test func `no file passes for a session that a person named, or for the beginning of one`()
    throws
  {
    let planted = try Data(
      contentsOf: conformanceFolder.appending(path: "chemo-210-minutes.json"))
    let opened = try SQLiteStore(StorePlace(path: store))
    for name in ["s-1", "visit.json"] {
      var record = SampleRecord(session: name, seed: UInt64(name.utf8.count))
      record.openWithPort()
      try opened.append(record.events, to: record.session, expecting: 0)
    }
    opened.close()
    for name in ["s-1", "s-", "visit.json", "visi", "other", "other.json"] {
      try planted.write(to: URL(filePath: folder.file(name)))
      let isFile = name.hasPrefix("other")
      let ended = try Shell.run("chairtime explain \(name) --store s.store", home: folder)
      #expect(ended.code == 0, "\(name): \(ended.error)")
      #expect(ended.output.contains("chemo-210-minutes") == isFile, "\(name): \(ended.output)")
      let named = try Shell.run("chairtime explain ./\(name) --store s.store", home: folder)
      #expect(named.output.contains("chemo-210-minutes"), "\(name): \(named.error)")
    }
    // A document is read although the store cannot be; a name that may be a session's is not.
    try Data("no store".utf8).write(to: URL(filePath: folder.file("bad.store")))
    chmod(folder.file("bad.store"), 0o600)
    #expect(try Shell.run("chairtime explain other.json --store bad.store", home: folder).code == 0)
    #expect(try Shell.run("chairtime explain other --store bad.store", home: folder).code == 1)
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
