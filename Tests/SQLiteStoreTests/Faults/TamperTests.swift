import Glibc
import InfusionRecord
import TestSupport
import Testing

@testable import SessionStore
@testable import SQLiteStore

/// Each way in which a person with write access to the file could change the record.
@Suite struct TamperTests {
  /// A store of three sessions written in turns: 24 facts.
  static func fill(_ path: String) throws -> Head {
    let store = try SQLiteStore(StorePlace(path: path))
    var records = (0..<3).map { SampleRecord(session: "s\($0)", seed: UInt64($0)) }
    for index in records.indices { records[index].openWithPort() }
    for index in records.indices {
      let record = records[index]
      try store.append(record.events, to: record.session, expecting: 0)
    }
    for hour in 8..<11 {
      for index in records.indices {
        let start = records[index].start("a\(hour)", "drug \(hour)", at: "\(hour):00")
        let stop = records[index].stop("a\(hour)", at: "\(hour):30")
        try store.append(
          [start, stop], to: records[index].session, expecting: records[index].events.count - 2)
      }
    }
    let head = try store.head()
    store.close()
    return head
  }

  private func verify(_ path: String, kept: Head? = nil) throws -> Verification {
    // A person who changes the store also deletes its head file.
    unlink(path + "-head")
    let store = try SQLiteStore(StorePlace(path: path), mode: .examining)
    defer { store.close() }
    return try store.verify(against: kept)
  }

  @Test func `an untouched store is whole`() throws {
    let folder = TemporaryFolder()
    let head = try Self.fill(folder.file("s"))
    let found = try verify(folder.file("s"), kept: head)
    #expect(found.problems == [])
    #expect(found.head == head)
    #expect(found.head.count == 24)
  }

  @Test(arguments: [
    "minute = minute + 1", "recorded = recorded + 1", "basis = 6", "kind = 4",
    "actor = workstation", "workstation = actor", "reason = 'because'",
    "body = '{\"adm\":\"a9\"}'", "id = randomblob(16)", "seal = randomblob(32)",
  ])
  func `an altered fact is named`(change: String) throws {
    let folder = TemporaryFolder()
    _ = try Self.fill(folder.file("s"))
    try tamper(folder.file("s"), "UPDATE fact SET \(change) WHERE rowid = 12")
    let first = try verify(folder.file("s")).problems.first
    #expect(first?.kind == .altered)
    #expect(first?.position == 12)
  }

  @Test func `a fact moved to another session is named`() throws {
    let folder = TemporaryFolder()
    _ = try Self.fill(folder.file("s"))
    try tamper(
      folder.file("s"), "UPDATE fact SET session = 2, number = 99 WHERE rowid = 12")
    #expect(try verify(folder.file("s")).problems.first?.position == 12)
  }

  @Test func `an altered name and an altered session name are found`() throws {
    for change in [
      "UPDATE name SET text = 'RN N. NOBODY' WHERE number = 1",
      "UPDATE session SET id = 'other' WHERE number = 2",
    ] {
      let folder = TemporaryFolder()
      _ = try Self.fill(folder.file("s"))
      try tamper(folder.file("s"), change)
      #expect(try verify(folder.file("s")).problems.first?.kind == .altered)
    }
  }

  @Test func `removed facts are named, with the gap left and with it closed`() throws {
    let folder = TemporaryFolder()
    _ = try Self.fill(folder.file("s"))
    try tamper(folder.file("s"), "DELETE FROM fact WHERE rowid IN (12, 13)")
    let first = try verify(folder.file("s")).problems.first
    #expect(first?.kind == .removed)
    #expect(first?.position == 12)
    #expect(first?.sentence == "Facts 12 to 13 were removed.")

    let other = TemporaryFolder()
    _ = try Self.fill(other.file("s"))
    try tamper(
      other.file("s"),
      "DELETE FROM fact WHERE rowid = 12;"
        + (13...24).map { "UPDATE fact SET rowid = \($0 - 1) WHERE rowid = \($0);" }
        .joined(separator: "\n"))
    let closed = try verify(other.file("s")).problems.first
    #expect(closed?.kind == .removed)
    #expect(closed?.position == 12)
  }

  @Test func `an inserted fact is named, sealed or not`() throws {
    for isSealed in [false, true] {
      let folder = TemporaryFolder()
      _ = try Self.fill(folder.file("s"))
      let shift = (12...24).reversed().map {
        "UPDATE fact SET rowid = \($0 + 1) WHERE rowid = \($0);"
      }.joined(separator: "\n")
      try tamper(
        folder.file("s"),
        shift + """
          INSERT INTO fact (rowid, format, session, number, id, kind, minute, recorded,
            basis, actor, workstation, reason, body, seal) SELECT 12, format, session, 77, randomblob(16), kind, minute, recorded,
            basis, actor, workstation, reason, body, seal FROM fact WHERE rowid = 11;
          """)
      if isSealed { try seal(folder.file("s"), from: 12, through: 12) }
      let first = try verify(folder.file("s")).problems.first
      #expect(first?.kind == .inserted)
      #expect(first?.position == 12)
    }
  }

  @Test func `facts that changed places are named`() throws {
    let folder = TemporaryFolder()
    _ = try Self.fill(folder.file("s"))
    try tamper(
      folder.file("s"),
      """
      UPDATE fact SET rowid = 99 WHERE rowid = 12;
      UPDATE fact SET rowid = 12 WHERE rowid = 13;
      UPDATE fact SET rowid = 13 WHERE rowid = 99;
      """)
    let first = try verify(folder.file("s")).problems.first
    #expect(first?.kind == .reordered)
    #expect(first?.position == 12)
  }

  @Test func `a cut tail is found by a head written down`() throws {
    let folder = TemporaryFolder()
    let head = try Self.fill(folder.file("s"))
    try tamper(folder.file("s"), "DELETE FROM fact WHERE rowid > 22")
    let first = try verify(folder.file("s"), kept: head).problems.first
    #expect(first?.kind == .tailCut)
    #expect(first?.position == 23)
  }

  @Test func `a cut tail is found at the next start by the head file`() throws {
    let folder = TemporaryFolder()
    _ = try Self.fill(folder.file("s"))
    try tamper(folder.file("s"), "DELETE FROM fact WHERE rowid > 22")
    #expect {
      _ = try SQLiteStore(StorePlace(path: folder.file("s")))
    } throws: { error in
      if case StoreError.endMissing(_, .facts, 22, 24) = error { true } else { false }
    }
  }

  @Test func `a chain sealed again from the middle is found by a head written down`() throws {
    let folder = TemporaryFolder()
    let head = try Self.fill(folder.file("s"))
    try tamper(folder.file("s"), "UPDATE fact SET minute = minute - 30 WHERE rowid = 12")
    try seal(folder.file("s"), from: 12, through: 24)
    #expect(try verify(folder.file("s")).isWhole)
    #expect(try verify(folder.file("s"), kept: head).problems.first?.kind == .rewritten)
  }

  @Test func `an earlier head is found in a longer chain`() throws {
    let folder = TemporaryFolder()
    let head = try Self.fill(folder.file("s"))
    let store = try SQLiteStore(StorePlace(path: folder.file("s")))
    var record = SampleRecord(session: "later", seed: 9)
    record.openWithPort()
    try store.append(record.events, to: record.session, expecting: 0)
    #expect(try store.verify(against: head).isWhole)
    #expect(try store.verify(against: .empty).isWhole)
  }

  @Test func `a session listed under another day or as closed is found`() throws {
    for change in ["day = day + 1", "status = 1"] {
      let folder = TemporaryFolder()
      _ = try Self.fill(folder.file("s"))
      try tamper(folder.file("s"), "UPDATE session SET \(change) WHERE number = 2")
      let problems = try verify(folder.file("s")).problems
      #expect(problems.map(\.kind) == [.index])
      #expect(problems.first?.session?.text == "s1")
    }
  }

  @Test func `a missing trigger is found`() throws {
    let folder = TemporaryFolder()
    _ = try Self.fill(folder.file("s"))
    let raw = try Database(folder.file("s"))
    try raw.execute("DROP TRIGGER fact_is_not_edited")
    raw.close()
    let problems = try verify(folder.file("s")).problems
    #expect(problems.map(\.kind) == [.schema])
    for mode in [StoreMode.readOnly, .readWrite] {
      #expect(throws: StoreError.self) {
        _ = try SQLiteStore(StorePlace(path: folder.file("s")), mode: mode)
      }
    }
  }

  /// Computes the seals again, as a person who knows the format would.
  private func seal(_ path: String, from first: Int, through last: Int) throws {
    unlink(path + "-head")
    let store = try SQLiteStore(StorePlace(path: path))
    var updates = ""
    try store.access { database in
      let before = try database.first(
        "SELECT seal FROM fact WHERE rowid = :position", ["position": .integer(first - 1)]
      ) { try $0.blob("seal", count: 32) }
      var chain = FactChain(after: before ?? Head.empty.hash)
      try database.each(
        """
        SELECT fact.rowid, session.id AS session, \(SQLiteStore.factColumns)
        FROM fact JOIN session ON session.number = fact.session
        WHERE fact.rowid BETWEEN :first AND :last ORDER BY fact.rowid
        """, ["first": .integer(first), "last": .integer(last)]
      ) { row in
        let seal = chain.append(
          try store.factRow(row, session: try row.text("session"), database))
        updates += """
          UPDATE fact SET seal = x'\(hexadecimal(seal))' WHERE rowid = \(try row.integer("rowid"));

          """
      }
    }
    store.close()
    unlink(path + "-head")
    try tamper(path, updates)
  }
}
