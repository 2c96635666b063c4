import GRDB
package import InfusionRecord
package import SessionStore

extension SQLiteStore {
  static let columns = """
    fact.format, fact.number, fact.id, fact.kind, fact.minute, fact.recorded, fact.basis, fact.actor,
    fact.workstation, fact.reason, fact.body
    """

  package func log(of session: SessionID) throws(StoreError) -> EventLog? {
    try access { database in
      let find = try Rows(database, "SELECT number FROM session WHERE id = ?")
      find.bind(session.text, 1)
      let number = try find.step() ? try find.integer(0) : nil
      find.finish()
      guard let number else { return nil }
      return EventLog(
        session: session, events: try self.events(of: session, number, after: 0, database))
    }
  }

  package func read<Made: Sendable>(
    _ days: ClosedRange<CivilDate>, _ transform: @escaping @Sendable ([EventLog]) -> [Made],
    _ body: (Made) throws -> Void
  ) throws {
    var day = days.lowerBound
    // From one day that has sessions to the next, so that an empty decade costs nothing.
    while day <= days.upperBound {
      let made = try made(
        of: "session INDEXED BY session_day", where: "day = ?", Int64(day.dayNumber), transform)
      for one in made { try body(one) }
      let next = try access { database in
        let rows = try Rows(database, "SELECT min(day) FROM session WHERE day > ?")
        rows.bind(Int64(day.dayNumber), 1)
        defer { rows.finish() }
        return try rows.step() ? try? rows.integer(0) : nil
      }
      guard let next else { return }
      day = CivilDate(dayNumber: Int32(next))
    }
  }

  package func sessions(of days: ClosedRange<CivilDate>) throws(StoreError) -> [SessionID] {
    try access { database in
      let rows = try Rows(
        database,
        "SELECT id FROM session INDEXED BY session_day WHERE day BETWEEN ? AND ? ORDER BY day, number"
      )
      rows.bind(Int64(days.lowerBound.dayNumber), 1)
      rows.bind(Int64(days.upperBound.dayNumber), 2)
      var found: [SessionID] = []
      while try rows.step() { found.append(SessionID(try rows.text(0))) }
      return found
    }
  }

  package func board<Made: Sendable>(
    _ transform: @escaping @Sendable ([EventLog]) -> [Made]
  ) throws(StoreError) -> [Made] {
    try made(of: "session INDEXED BY session_open", where: "status = 0", nil, transform)
  }

  /// Sessions per chunk of concurrent decoding.
  private static let chunkSize = 8

  /// What `transform` makes of some sessions, in the order they were opened, all of one moment.
  ///
  /// The rows are copied out in one transaction, then decoded and transformed on all processors.
  private func made<Made: Sendable>(
    of sessions: String, where condition: String, _ value: Int64?,
    _ transform: @escaping @Sendable ([EventLog]) -> [Made]
  ) throws(StoreError) -> [Made] {
    try access { database in
      var copied: [(id: SessionID, rows: [FactRow])] = []
      try database.transact(.reading) {
        let rows = try Rows(
          database,
          """
          SELECT session.number, session.id, \(SQLiteStore.columns)
          FROM \(sessions) CROSS JOIN fact ON fact.session = session.number
          WHERE \(condition) ORDER BY session.number, fact.number
          """)
        defer { rows.finish() }
        if let value { rows.bind(value, 1) }
        var last: Int64?
        while try rows.step() {
          let session = try rows.integer(0)
          if session != last {
            copied.append((SessionID(try rows.text(1)), []))
            last = session
          }
          let place = copied.count - 1
          copied[place].rows.append(
            try self.row(rows, session: copied[place].id.text, from: 2, database))
        }
      }
      return try copied.concurrentMap(chunksOf: SQLiteStore.chunkSize) { sessions in
        transform(
          try sessions.map { one in
            EventLog(session: one.id, events: try one.rows.map { try $0.event() })
          })
      }
    }
  }

  package func lastVisit(of mrn: String, before day: CivilDate) throws(StoreError) -> EventLog? {
    let visits = try access { database in
      let rows = try Rows(
        database,
        """
        SELECT DISTINCT session.id
        FROM fact INDEXED BY fact_patient JOIN session ON session.number = fact.session
        WHERE fact.kind IN (1, 18) AND session.day < ?2
          AND coalesce(
            json_extract(fact.body, '$.mrn'), json_extract(fact.body, '$.fact.mrn')) = ?1
        ORDER BY session.day DESC, session.number DESC
        """)
      rows.bind(mrn, 1)
      rows.bind(Int64(day.dayNumber), 2)
      var found: [SessionID] = []
      while try rows.step() { found.append(SessionID(try rows.text(0))) }
      return found
    }
    // An opening that was corrected since may be another patient's.
    for visit in visits {
      if let log = try log(of: visit), log.opening?.patient.mrn == mrn { return log }
    }
    return nil
  }

  package func sessions(named prefix: String, limit: Int) throws(StoreError) -> [SessionID] {
    try access { database in
      let rows = try Rows(
        database,
        "SELECT id FROM session WHERE id >= ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3")
      rows.bind(prefix, 1)
      rows.bind(prefix + "\u{10ffff}", 2)
      rows.bind(Int64(limit), 3)
      var found: [SessionID] = []
      while try rows.step() { found.append(SessionID(try rows.text(0))) }
      return found
    }
  }

  package func session(of event: Event.ID) throws(StoreError) -> SessionID? {
    try access { database in
      let rows = try Rows(
        database,
        """
        SELECT session.id FROM fact JOIN session ON session.number = fact.session
        WHERE fact.id = ?
        """)
      rows.bind(blob: event.bytes, 1)
      defer { rows.finish() }
      return try rows.step() ? SessionID(try rows.text(0)) : nil
    }
  }

  package func head() throws(StoreError) -> Head {
    try access { try self.readHead($0) }
  }

  package func changes(since head: Head) throws(StoreError) -> Changes {
    try access { database in
      // Our own commits do not change data_version; their facts are found by position.
      let version = try SQLiteStore.integer(database, "PRAGMA data_version")
      if let seen = self.lastSeen, seen.version == version, seen.head.count <= head.count,
        self.lastAppended.count <= head.count
      {
        return Changes(head: head, sessions: [])
      }
      // By position alone: to group them, SQLite would else walk the index of all facts.
      let rows = try Rows(
        database,
        """
        SELECT session.id FROM fact NOT INDEXED JOIN session ON session.number = fact.session
        WHERE fact.rowid > ? GROUP BY fact.session ORDER BY min(fact.rowid)
        """)
      rows.bind(Int64(head.count), 1)
      var sessions: [SessionID] = []
      while try rows.step() { sessions.append(SessionID(try rows.text(0))) }
      let now = try self.readHead(database)
      self.lastSeen = (version, now)
      return Changes(head: now, sessions: sessions)
    }
  }

  package func changeSignal() -> (any ChangeSignal)? {
    LogFileSignal(watching: place.path + "-wal")
  }

  // MARK: Rows

  func readHead(_ database: Database) throws -> Head {
    let rows = try Rows(
      database, "SELECT rowid, seal FROM fact ORDER BY rowid DESC LIMIT 1")
    defer { rows.finish() }
    guard try rows.step() else { return .empty }
    return Head(count: Int(try rows.integer(0)), hash: try rows.blob(1, count: 32))
  }

  /// A session's events after its first `skipped`.
  func events(
    of session: SessionID, _ number: Int64, after skipped: Int, _ database: Database
  ) throws -> [Event] {
    try rows(of: session, number, after: skipped, database).map { try $0.event() }
  }

  private func rows(
    of session: SessionID, _ number: Int64, after skipped: Int, _ database: Database
  ) throws -> [FactRow] {
    let rows = try Rows(
      database,
      "SELECT \(SQLiteStore.columns) FROM fact WHERE session = ? AND number > ? ORDER BY number")
    rows.bind(number, 1)
    rows.bind(Int64(skipped), 2)
    var found: [FactRow] = []
    while try rows.step() {
      found.append(try row(rows, session: session.text, from: 0, database))
    }
    return found
  }

  /// The fact in the columns of `columns`, which begin at `from`.
  func row(
    _ rows: Rows, session: String, from: Int32, _ database: Database
  ) throws -> FactRow {
    FactRow(
      format: try rows.integer(from), session: session, number: try rows.integer(from + 1),
      id: try rows.id(from + 2), kind: try rows.integer(from + 3),
      clinicalMinute: try rows.integer(from + 4), recorded: try rows.integer(from + 5),
      basis: try rows.integer(from + 6), actor: try name(try rows.integer(from + 7), database),
      workstation: try name(try rows.integer(from + 8), database),
      reason: try rows.optionalText(from + 9), body: try rows.utf8(from + 10))
  }

  func name(_ number: Int64, _ database: Database) throws -> String {
    let place = Int(clamping: number)
    if names.indices.contains(place), let known = names[place] { return known }
    let rows = try Rows(database, "SELECT text FROM name WHERE number = ?")
    rows.bind(number, 1)
    defer { rows.finish() }
    guard try rows.step() else {
      throw StoreError.damaged(path: self.place.path, what: "a name is missing")
    }
    let text = try rows.text(0)
    // A number beyond all names of a suite is damage, and not worth a table that long.
    if (0..<100_000).contains(place) {
      while names.count <= place { names.append(nil) }
      names[place] = text
    }
    return text
  }
}
