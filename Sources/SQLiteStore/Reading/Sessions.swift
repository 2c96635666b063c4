package import InfusionRecord
package import SessionStore

/// Reading whole sessions: one, the open ones, those of some days.
extension SQLiteStore {
  package func log(of session: SessionID) throws(StoreError) -> EventLog? {
    try access { database in
      guard let number = try number(of: session, database) else { return nil }
      return EventLog(
        session: session, events: try events(of: session, number, after: 0, database))
    }
  }

  package func board<Made: Sendable>(
    _ transform: @escaping @Sendable ([EventLog]) -> [Made]
  ) throws(StoreError) -> [Made] {
    try sessions("session INDEXED BY session_open WHERE status = 0", [:], transform)
  }

  package func read<Made: Sendable>(
    _ days: ClosedRange<CivilDate>, _ transform: @escaping @Sendable ([EventLog]) -> [Made],
    _ body: (Made) throws -> Void
  ) throws {
    var day = days.lowerBound
    // From one day with sessions to the next, so that a decade without any costs nothing.
    while day <= days.upperBound {
      let number = DatabaseValue.integer(Int(day.dayNumber))
      let made = try sessions(
        "session INDEXED BY session_day WHERE day = :day", ["day": number], transform)
      for one in made { try body(one) }
      let next = try access { database in
        try database.first("SELECT min(day) AS day FROM session WHERE day > :day", ["day": number])
        {
          try $0.optionalInteger("day")
        } ?? nil
      }
      guard let next else { return }
      day = CivilDate(dayNumber: Int32(next))
    }
  }

  package func sessions(of days: ClosedRange<CivilDate>) throws(StoreError) -> [SessionID] {
    try access { database in
      try database.all(
        """
        SELECT id FROM session INDEXED BY session_day WHERE day BETWEEN :first AND :last
        ORDER BY day, number
        """,
        [
          "first": .integer(Int(days.lowerBound.dayNumber)),
          "last": .integer(Int(days.upperBound.dayNumber)),
        ]
      ) { SessionID(try $0.text("id")) }
    }
  }

  package func openings() throws(StoreError) -> [EventLog] {
    let kinds = SessionListDigest.openingKinds.map(String.init).joined(separator: ", ")
    return try logs(
      """
      SELECT fact.session, session.id AS session_id, \(SQLiteStore.factColumns)
      FROM fact NOT INDEXED JOIN session ON session.number = fact.session
      WHERE fact.kind IN (\(kinds))
      ORDER BY fact.session, fact.number
      """, [:]
    ) { $0 }
  }

  /// Sessions per chunk of concurrent decoding.
  private static let chunkSize = 8

  /// The results of `transform` for the sessions of one snapshot, in the order they were opened.
  ///
  /// The rows are copied in one transaction, then decoded and transformed on all processors.
  private func sessions<Made: Sendable>(
    _ selection: String, _ arguments: Database.Arguments,
    _ transform: @escaping @Sendable ([EventLog]) -> [Made]
  ) throws(StoreError) -> [Made] {
    try logs(
      """
      SELECT fact.session, listed.id AS session_id, \(SQLiteStore.factColumns)
      FROM (SELECT number, id FROM \(selection)) AS listed
        CROSS JOIN fact ON fact.session = listed.number
      ORDER BY listed.number, fact.number
      """, arguments, transform)
  }

  /// The results of `transform` for the sessions of a query, which gives their facts in order.
  private func logs<Made: Sendable>(
    _ query: String, _ arguments: Database.Arguments,
    _ transform: @escaping @Sendable ([EventLog]) -> [Made]
  ) throws(StoreError) -> [Made] {
    try access { database in
      var copied: [(id: SessionID, rows: [FactRow])] = []
      var last: Int64?
      try database.each(query, arguments) { row in
        let session = try row.integer("session")
        if session != last {
          copied.append((SessionID(try row.text("session_id")), []))
          last = session
        }
        let place = copied.count - 1
        copied[place].rows.append(
          try factRow(row, session: copied[place].id.text, database))
      }
      return try copied.concurrentMap(chunksOf: SQLiteStore.chunkSize) { sessions in
        transform(
          try sessions.map { one in
            EventLog(session: one.id, events: try one.rows.map { try $0.event() })
          })
      }
    }
  }
}
