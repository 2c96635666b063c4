package import InfusionRecord
package import SessionStore

/// Finding sessions by patient, name or event.
extension PostgresStore {
  package func lastVisits(
    of mrn: String, before day: CivilDate, limit: Int
  ) throws(StoreError) -> [EventLog] {
    let visits = try access { connection in
      try connection.all(
        """
        SELECT session.id FROM chairtime.session
        WHERE session.suite = $1::smallint AND session.day < $3::int AND session.number IN (
          SELECT session FROM chairtime.visit WHERE suite = $1::smallint AND mrn = $2::text)
        ORDER BY session.day DESC, session.number DESC
        """,
        [suite, .text(PostgresStore.indexed(mrn)), .integer(Int(day.dayNumber))]
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

  /// Reads all openings and their corrections, not the table of visits: a record is handed out whole.
  package func visits(of mrn: String) throws(StoreError) -> [EventLog] {
    let found = try snapshot { connection -> [SessionID] in
      var found: [SessionID] = []
      try eachFact(connection, kinds: SessionListDigest.patientKinds) { fact in
        guard let row = fact.row, let named = try row.event().fact.patientNumber,
          PatientNumber.areSame(named, mrn)
        else { return }
        let session = SessionID(row.session)
        if !found.contains(session) { found.append(session) }
      }
      return try found.map { ($0, try number(of: $0, connection) ?? 0) }
        .sorted { $0.1 < $1.1 }.map(\.0)
    }
    var logs: [EventLog] = []
    for visit in found {
      if let log = try log(of: visit), let opening = log.opening,
        PatientNumber.areSame(opening.patient.mrn, mrn)
      {
        logs.append(log)
      }
    }
    return logs
  }

  package func openings() throws(StoreError) -> [EventLog] {
    try snapshot { connection -> [EventLog] in
      var numbers: [Int64] = []
      var found: [Int64: EventLog] = [:]
      try eachFact(connection, kinds: SessionListDigest.openingKinds) { fact in
        guard let row = fact.row else { return }
        if found[fact.session] == nil { numbers.append(fact.session) }
        found[fact.session, default: EventLog(session: SessionID(row.session))]
          .append(try row.event())
      }
      return numbers.sorted().compactMap { found[$0] }
    }
  }

  package func sessions(named prefix: String, limit: Int) throws(StoreError) -> [SessionID] {
    try access { connection in
      try connection.all(
        """
        SELECT id FROM chairtime.session
        WHERE suite = $1::smallint AND id >= $2::text AND id < $3::text
        ORDER BY id DESC LIMIT $4::int
        """, [suite, .text(prefix), .text(prefix + "\u{10ffff}"), .integer(limit)]
      ) { SessionID(try $0.text("id")) }
    }
  }

  package func session(of event: Event.ID) throws(StoreError) -> SessionID? {
    try access { connection in
      try connection.first(
        """
        SELECT session.id FROM chairtime.fact JOIN chairtime.session
          ON session.suite = fact.suite AND session.number = fact.session
        WHERE fact.suite = $1::smallint AND fact.id = $2::uuid
        """, [suite, .text(event.digits)]
      ) { SessionID(try $0.text("id")) }
    }
  }
}

extension PostgresStore {
  /// A record number as the table of visits holds it: spellings of one number are the same there.
  static func indexed(_ mrn: String) -> String {
    String(
      PatientNumber.folded(mrn).unicodeScalars.filter { $0 != "\0" }.prefix(4000).map(
        Character.init))
  }
}

extension Event.ID {
  /// The 32 digits, which PostgreSQL reads as a uuid.
  var digits: String { hexadecimal(bytes) }
}

extension Fact {
  /// The record number that an opening, or the correction of one, names; nil for other facts.
  var patientNumber: String? {
    switch self {
    case .sessionOpened(let opening), .eventSuperseded(_, .sessionOpened(let opening)):
      opening.patient.mrn
    default: nil
    }
  }
}
