package import InfusionRecord
package import SessionStore

/// Reading whole sessions: one, the open ones, those of some days.
extension PostgresStore {
  package func log(of session: SessionID) throws(StoreError) -> EventLog? {
    try access { connection in
      let events = try events(of: session, after: 0, connection)
      return events.isEmpty ? nil : EventLog(session: session, events: events)
    }
  }

  package func board<Made: Sendable>(
    _ transform: @escaping @Sendable ([EventLog]) -> [Made]
  ) throws(StoreError) -> [Made] {
    try sessions("status = 0", [], transform)
  }

  package func read<Made: Sendable>(
    _ days: ClosedRange<CivilDate>, _ transform: @escaping @Sendable ([EventLog]) -> [Made],
    _ body: (Made) throws -> Void
  ) throws {
    var day = days.lowerBound
    // From one day with sessions to the next, so that a decade without any costs nothing.
    while day <= days.upperBound {
      let number = Argument.integer(Int(day.dayNumber))
      for one in try sessions("day = $2::int", [number], transform) { try body(one) }
      let next = try access { connection in
        try connection.first(
          "SELECT min(day) AS day FROM chairtime.session WHERE suite = $1::smallint AND day > $2::int",
          [suite, number]
        ) { try $0.optionalInteger("day") } ?? nil
      }
      guard let next else { return }
      day = CivilDate(dayNumber: Int32(next))
    }
  }

  package func sessions(of days: ClosedRange<CivilDate>) throws(StoreError) -> [SessionID] {
    try access { connection in
      try connection.all(
        """
        SELECT id FROM chairtime.session
        WHERE suite = $1::smallint AND day BETWEEN $2::int AND $3::int ORDER BY day, number
        """,
        [
          suite, .integer(Int(days.lowerBound.dayNumber)), .integer(Int(days.upperBound.dayNumber)),
        ]
      ) { SessionID(try $0.text("id")) }
    }
  }

  /// Sessions per chunk of concurrent decoding.
  private static let chunkSize = 8

  /// The results of `transform` for the sessions of one statement, in the order they were opened.
  ///
  /// The facts of each session are looked up by its own index, or the planner would read all facts.
  private func sessions<Made: Sendable>(
    _ selection: String, _ arguments: [Argument],
    _ transform: @escaping @Sendable ([EventLog]) -> [Made]
  ) throws(StoreError) -> [Made] {
    try access { connection in
      var copied: [(id: SessionID, rows: [FactRow])] = []
      var last: Int64?
      let result = try connection.query(
        """
        SELECT listed.number AS listed, listed.id AS session_id, fact.*
        FROM (SELECT number, id FROM chairtime.session
              WHERE suite = $1::smallint AND \(selection)) AS listed
          CROSS JOIN LATERAL (
            SELECT \(PostgresStore.factColumns) FROM chairtime.fact
            WHERE fact.suite = $1::smallint AND fact.session = listed.number
            ORDER BY fact.number OFFSET 0) AS fact
        ORDER BY listed.number, fact.number
        """, [suite] + arguments)
      guard let result else { return [] }
      for row in result.rows {
        let session = try row.integer("listed")
        if session != last {
          copied.append((SessionID(try row.text("session_id")), []))
          last = session
        }
        let place = copied.count - 1
        copied[place].rows.append(try factRow(row, session: copied[place].id.text))
      }
      return try copied.concurrentMap(chunksOf: PostgresStore.chunkSize) { sessions in
        transform(
          try sessions.map { one in
            EventLog(session: one.id, events: try one.rows.map { try $0.event() })
          })
      }
    }
  }
}
