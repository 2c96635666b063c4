package import InfusionRecord
package import SessionStore

/// Finding sessions by patient, name or event.
extension SQLiteStore {
  package func lastVisits(
    of mrn: String, before day: CivilDate, limit: Int
  ) throws(StoreError) -> [EventLog] {
    let visits = try access { database in
      try database.all(
        """
        SELECT DISTINCT session.id
        FROM fact INDEXED BY fact_patient JOIN session ON session.number = fact.session
        WHERE fact.kind IN (1, 18) AND session.day < :day
          AND coalesce(
            json_extract(fact.body, '$.mrn'), json_extract(fact.body, '$.fact.mrn'))
            IN (:mrn, upper(:mrn), lower(:mrn))
        ORDER BY session.day DESC, session.number DESC
        """, ["mrn": .text(mrn), "day": .integer(Int(day.dayNumber))]
      ) { SessionID(try $0.text("id")) }
    }
    // An opening that was corrected since may be another patient's.
    var logs: [EventLog] = []
    for visit in visits where logs.count < limit {
      if let log = try log(of: visit), let opening = log.opening,
        PatientNumber.areSame(opening.patient.mrn, mrn)
      {
        logs.append(log)
      }
    }
    return logs
  }

  /// Reads all openings and their corrections, not the index: a record is handed out whole.
  package func visits(of mrn: String) throws(StoreError) -> [EventLog] {
    let openings = try access { database in
      try database.all(
        """
        SELECT session.id, coalesce(
          json_extract(fact.body, '$.mrn'), json_extract(fact.body, '$.fact.mrn'), '') AS mrn
        FROM fact NOT INDEXED JOIN session ON session.number = fact.session
        WHERE fact.kind IN (1, 18)
        ORDER BY session.number
        """
      ) { row in (session: SessionID(try row.text("id")), mrn: try row.text("mrn")) }
    }
    var seen: Set<SessionID> = []
    let visits = openings.lazy.filter { PatientNumber.areSame($0.mrn, mrn) }.map(\.session)
      .filter { seen.insert($0).inserted }
    var logs: [EventLog] = []
    for visit in visits {
      if let log = try log(of: visit), let opening = log.opening,
        PatientNumber.areSame(opening.patient.mrn, mrn)
      {
        logs.append(log)
      }
    }
    return logs
  }

  package func sessions(named prefix: String, limit: Int) throws(StoreError) -> [SessionID] {
    try access { database in
      try database.all(
        "SELECT id FROM session WHERE id >= :first AND id < :end ORDER BY id DESC LIMIT :limit",
        [
          "first": .text(prefix), "end": .text(prefix + "\u{10ffff}"), "limit": .integer(limit),
        ]
      ) { SessionID(try $0.text("id")) }
    }
  }

  package func session(of event: Event.ID) throws(StoreError) -> SessionID? {
    try access { database in
      try database.first(
        """
        SELECT session.id FROM fact JOIN session ON session.number = fact.session
        WHERE fact.id = :id
        """, ["id": .blob(event.bytes)]
      ) { SessionID(try $0.text("id")) }
    }
  }
}
