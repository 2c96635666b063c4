import GRDB
import InfusionRecord
package import SessionStore

extension SQLiteStore {
  @discardableResult
  package func append(_ batches: [Append]) throws(StoreError) -> Head {
    guard mode == .readWrite else { throw .readOnly(path: place.path) }
    for batch in batches { try check(batch) }
    let head = try access { database in
      try database.transact(.writing) { try self.write(batches, database) }
    }
    lastAppended = head
    untidied += 1
    HeadFile(path: place.headPath).write(head)
    return head
  }

  /// Takes the log into the store's file before it grows so long that a fact must.
  package func tidy() {
    let isDue = untidied >= 20
    guard mode == .readWrite, isDue || !isTidied else { return }
    isTidied = true
    // What cannot be done now is left to a later fact, which says what is wrong.
    try? access { database in
      try database.set("PRAGMA wal_autocheckpoint = \(logPages)")
      guard isDue else { return }
      try database.set("PRAGMA wal_checkpoint(PASSIVE)")
      untidied = 0
    }
  }

  /// What a batch must be, before the store is asked.
  private func check(_ batch: Append) throws(StoreError) {
    guard (1...128).contains(batch.session.text.unicodeScalars.count) else {
      throw .invalid(what: "a session's name has 1 to 128 characters")
    }
    for (offset, event) in batch.events.enumerated() {
      guard event.session == batch.session else {
        throw .invalid(what: "an event names another session")
      }
      guard event.clinicalTime.seconds % 60 == 0 else {
        throw .invalid(what: "a clinical time is a whole minute")
      }
      let opens = batch.expecting == 0 && offset == 0
      guard (event.fact.kind == .sessionOpened) == opens else {
        throw .invalid(what: "a session begins with its opening, and has one")
      }
      for text in [event.session.text, event.actor, event.workstation, event.reason ?? "-"]
      where text.isEmpty || text.unicodeScalars.contains("\0") {
        throw .invalid(what: "a name or reason is empty or holds a zero byte")
      }
    }
  }

  private func write(_ batches: [Append], _ database: Database) throws -> Head {
    let before = try readHead(database)
    var count = before.count
    var chain = FactChain(after: before.hash)
    let insert = """
      INSERT INTO fact (rowid, format, session, number, id, kind, minute, recorded, basis,
        actor, workstation, reason, body, seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    for batch in batches where !batch.events.isEmpty {
      guard let session = try ready(batch, database) else { continue }
      for (offset, event) in batch.events.enumerated() {
        let row = FactRow(event, number: batch.expecting + offset + 1)
        count += 1
        let actor = try number(of: event.actor, database)
        let workstation = try number(of: event.workstation, database)
        let rows = try Rows(database, insert)
        rows.bind(Int64(count), 1)
        rows.bind(row.format, 2)
        rows.bind(session, 3)
        rows.bind(row.number, 4)
        rows.bind(blob: row.id.bytes, 5)
        rows.bind(row.kind, 6)
        rows.bind(row.clinicalMinute, 7)
        rows.bind(row.recorded, 8)
        rows.bind(row.basis, 9)
        rows.bind(actor, 10)
        rows.bind(workstation, 11)
        rows.bind(row.reason, 12)
        rows.bind(utf8: row.body, 13)
        rows.bind(blob: chain.append(row), 14)
        try rows.run()
      }
      try index(batch, session, database)
    }
    return Head(count: count, hash: chain.seal)
  }

  /// The session's number, ready for the batch; nil where the batch is already recorded.
  ///
  /// A batch whose very events stand where they were to be put was acknowledged to nobody, or the
  /// answer was lost: it is done, and not done twice.
  private func ready(_ batch: Append, _ database: Database) throws -> Int64? {
    let find = try Rows(database, "SELECT number FROM session WHERE id = ?")
    find.bind(batch.session.text, 1)
    let known = try find.step() ? try find.integer(0) : nil
    find.finish()
    guard let known else {
      guard batch.expecting == 0 else {
        throw StoreError.invalid(what: "there is no session \(batch.session)")
      }
      let add = try Rows(
        database,
        """
        INSERT INTO session (number, id, day, status)
        VALUES ((SELECT coalesce(max(number), 0) + 1 FROM session), ?, ?, 0)
        """)
      add.bind(batch.session.text, 1)
      add.bind(Int64(SQLiteStore.day(of: batch.events[0]).dayNumber), 2)
      try add.run()
      return database.lastInsertedRowID
    }
    let version = try Rows(
      database, "SELECT coalesce(max(number), 0) FROM fact WHERE session = ?")
    version.bind(known, 1)
    let found = try version.step() ? Int(try version.integer(0)) : 0
    version.finish()
    if found == batch.expecting { return known }
    let events = try events(of: batch.session, known, after: batch.expecting, database)
    if Array(events.prefix(batch.events.count)) == batch.events { return nil }
    throw StoreError.changedMeanwhile(batch.session, events)
  }

  /// The local day a session is listed under: that of its opening.
  static func day(of opening: Event) -> CivilDate {
    opening.clinicalDay
  }

  /// Brings the session's day and status to what its new facts say.
  private func index(_ batch: Append, _ session: Int64, _ database: Database) throws {
    var status: Int64?
    var day: CivilDate?
    for event in batch.events {
      switch event.fact {
      case .sessionClosed: status = 1
      case .sessionReopened: status = 0
      case .sessionReviewed: status = 2
      case .eventSuperseded(_, .sessionOpened): day = event.clinicalDay
      default: break
      }
    }
    if let status {
      let rows = try Rows(database, "UPDATE session SET status = ? WHERE number = ?")
      rows.bind(status, 1)
      rows.bind(session, 2)
      try rows.run()
    }
    if let day {
      let rows = try Rows(database, "UPDATE session SET day = ? WHERE number = ?")
      rows.bind(Int64(day.dayNumber), 1)
      rows.bind(session, 2)
      try rows.run()
    }
  }

  /// The number a name is kept under, adding it where it is new.
  ///
  /// Remembered only once read: a number given in a transaction that fails is given again.
  func number(of name: String, _ database: Database) throws -> Int64 {
    if let known = numbers[name] { return known }
    let find = try Rows(database, "SELECT number FROM name WHERE text = ?")
    find.bind(name, 1)
    let known = try find.step() ? try find.integer(0) : nil
    find.finish()
    if let known {
      numbers[name] = known
      return known
    }
    let add = try Rows(
      database,
      "INSERT INTO name (number, text) VALUES ((SELECT coalesce(max(number), 0) + 1 FROM name), ?)")
    add.bind(name, 1)
    try add.run()
    return database.lastInsertedRowID
  }
}

extension Event {
  /// The local day it happened, by its opening's zone or that of the opening it puts in place.
  fileprivate var clinicalDay: CivilDate {
    var zone = "UTC"
    switch fact {
    case .sessionOpened(let opening), .eventSuperseded(_, .sessionOpened(let opening)):
      zone = opening.zone
    default: break
    }
    return (LocalClock(zone: zone) ?? .utc).date(at: clinicalTime)
  }
}
