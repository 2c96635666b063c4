import InfusionRecord
package import SessionStore

extension PostgresStore {
  /// Appends in one round trip, if what is known of the people allows it and they are as known.
  @discardableResult
  package func append(_ batches: [Append], under right: Right) throws(StoreError) -> Head {
    for batch in batches { try batch.validate() }
    guard mode == .readWrite else { throw .readOnly(path: location) }
    let time = batches.lazy.compactMap(\.events.first).first?.recordedTime
    let head: Head
    if let direct = try appendDirectly(batches, under: right, at: time) {
      head = direct
    } else {
      let isSignOff = batches.contains { $0.isSignOff }
      head = try write(
        under: right, at: time, verifying: isSignOff ? .signature : nil,
        need: { try need(of: batches, by: right.actor, at: time, $0) }
      ) { connection in
        for batch in batches where batch.isSignOff {
          if let number = try number(of: batch.session, connection) {
            try verify(number, batch.session, connection)
          }
        }
        let entry = try lastRightsEntry(connection)
        return try append(resolving: batches, asOf: entry, connection)
      }
    }
    acknowledged = head
    try access { notify($0) }
    return head
  }

  /// The head after an append outside of a transaction; nil if the right has to be decided inside one.
  private func appendDirectly(
    _ batches: [Append], under right: Right, at time: RecordedTime?
  ) throws(StoreError) -> Head? {
    // What a session's status decides is decided inside a transaction.
    let events = batches.flatMap(\.events)
    if events.isEmpty || events.contains(where: { $0.fact.isDecidedInTransaction }) { return nil }
    for _ in 0..<2 {
      if knownRights == nil { knownRights = try readRights() }
      guard let known = knownRights else { return nil }
      isUsingKnownRights = true
      defer { isUsingKnownRights = false }
      let need = try access { connection throws -> RightNeed in
        try self.need(of: batches, by: right.actor, at: time, connection)
      }
      guard try refusal(of: right, needing: need) == nil else {
        // Perhaps by people who changed since; and a refusal is recorded.
        knownRights = nil
        return nil
      }
      let sent = try repeatingIfBusy { () throws(StoreError) -> Head? in
        try sendAgainIfUnanswered(batches, asOf: known.entry)
      }
      if let sent { return sent }
      knownRights = nil
    }
    return nil
  }

  /// Appends once more if there was no answer: events that are there already are not recorded twice.
  ///
  /// nil if the people changed since `entry`.
  private func sendAgainIfUnanswered(
    _ batches: [Append], asOf entry: Int64
  ) throws(StoreError) -> Head? {
    func send() throws(StoreError) -> Head? {
      try accessOnce { connection -> Head? in
        do {
          return try append(resolving: batches, asOf: entry, connection)
        } catch ServerFailure.refused(state: "CT408", _) {
          return nil
        }
      }
    }
    do throws(StoreError) {
      return try send()
    } catch {
      guard case .unanswered = error else { throw error }
      do throws(StoreError) {
        return try send()
      } catch {
        // Whether the first one was recorded is still not known.
        guard case .unreachable = error else { throw error }
        throw .unanswered(path: location)
      }
    }
  }

  /// Appends what is not there yet. If a session changed otherwise, its new events are thrown.
  private func append(
    resolving batches: [Append], asOf entry: Int64, _ connection: ServerConnection
  ) throws -> Head {
    var open = batches.filter { !$0.events.isEmpty }
    while !open.isEmpty {
      do {
        return try guarded(connection) { try send(open, asOf: entry, connection) }
      } catch ServerFailure.refused(state: "CT409", let detail) {
        guard let place = open.firstIndex(where: { $0.session.text == detail }) else {
          throw ServerFailure.refused(state: "CT002", detail: nil)
        }
        let batch = open[place]
        let events = try events(of: batch.session, after: batch.expecting, connection)
        guard Array(events.prefix(batch.events.count)) == batch.events else {
          throw StoreError.changedMeanwhile(batch.session, events)
        }
        open.remove(at: place)
      } catch ServerFailure.refused(state: "CT410", _) {
        throw StoreError.factsMissing(path: location)
      } catch ServerFailure.refused(state: "CT004", let detail) {
        throw StoreError.invalid(what: "there is no session \(detail ?? "")")
      }
    }
    return try readHead(connection)
  }

  /// Runs `body` so that an error in it does not end the transaction around it.
  private func guarded<Result>(
    _ connection: ServerConnection, _ body: () throws -> Result
  ) throws -> Result {
    if !isInTransaction { return try body() }
    try connection.query("SAVEPOINT append")
    do {
      return try body()
    } catch {
      if connection.isOpen { try connection.query("ROLLBACK TO append") }
      throw error
    }
  }

  private func send(
    _ batches: [Append], asOf entry: Int64, _ connection: ServerConnection
  ) throws -> Head {
    var columns = [[Argument]](repeating: [], count: 13)
    for batch in batches {
      for (offset, event) in batch.events.enumerated() {
        let row = FactRow(event, number: batch.expecting + offset + 1)
        let day = SessionListing([event]).day
        let values: [Argument] = [
          .text(row.session), .integer(batch.expecting), .text(row.id.digits), .integer(row.kind),
          .integer(row.clinicalMinute), .integer(row.recorded), .integer(row.basis),
          .text(row.actor), .text(row.workstation), .text(row.reason), .utf8(row.body),
          .integer(day.map { Int64($0.dayNumber) }),
          .text(event.fact.patientNumber.map(PostgresStore.indexed)),
        ]
        for (column, value) in values.enumerated() { columns[column].append(value) }
      }
    }
    _ = connection.takeWarning()
    let head = try connection.first(
      """
      SELECT facts, head FROM chairtime.append($1::smallint, $2::bigint, $3::text[], $4::int[],
        $5::uuid[], $6::smallint[], $7::bigint[], $8::bigint[], $9::smallint[], $10::text[],
        $11::text[], $12::text[], $13::text[], $14::int[], $15::text[])
      """, [suite, .integer(entry)] + columns.map { .list($0) }
    ) { row in Head(count: Int(try row.integer("facts")), hash: try row.bytes("head", count: 32)) }
    // The wait for a standby was broken off: the fact may be lost with this server.
    if connection.takeWarning() == "01000" { throw ServerFailure.unanswered }
    guard let head else { throw ServerFailure.lost }
    return head
  }

  /// What appending the batches needs, by the statuses of their sessions and the restrictions of their
  /// patients.
  private func need(
    of batches: [Append], by person: String, at time: RecordedTime?, _ connection: ServerConnection
  ) throws -> RightNeed {
    var need = RightNeed()
    if let time, case let restrictions = try restrictions(at: time), !restrictions.isEmpty {
      need.isHidden = try batches.contains { batch in
        batch.isHidden(
          from: person, by: restrictions,
          after: batch.expecting > 0 ? try log(of: batch.session) : nil, at: time)
      }
    }
    for batch in batches {
      var status: EventLog.Status?
      if batch.events.contains(where: { $0.fact.isDecidedInTransaction }) {
        let found = try connection.first(
          "SELECT status FROM chairtime.session WHERE suite = $1::smallint AND id = $2::text",
          [suite, .text(batch.session.text)]
        ) { SessionListing.status(of: try $0.integer("status")) }
        status = found ?? nil
      }
      need.acts.formUnion(batch.acts(from: status))
      need.authors.formUnion(batch.authors)
    }
    return need
  }
}

extension Append {
  /// Whether a session is signed off by these events.
  fileprivate var isSignOff: Bool { events.contains { $0.fact.kind == .sessionReviewed } }
}

extension Fact {
  /// Whether what it needs depends on the session's status, or on more than the session.
  fileprivate var isDecidedInTransaction: Bool {
    kind == .sessionReopened || kind == .sessionReviewed
  }
}
