import InfusionRecord
package import SessionStore

extension SQLiteStore {
  @discardableResult
  package func append(_ batches: [Append], under right: Right) throws(StoreError) -> Head {
    for batch in batches { try batch.validate() }
    let time = batches.lazy.compactMap(\.events.first).first?.recordedTime
    let isSignOff = batches.contains { $0.isSignOff }
    let (before, head) = try write(
      under: right, at: time, verifying: isSignOff ? .signature : nil,
      need: { try need(of: batches, by: right.actor, at: time, $0) }
    ) { database in
      let before = try readHead(database)
      var head = before
      for batch in batches where !batch.events.isEmpty {
        head = try append(batch, after: head, database)
      }
      return (before, head)
    }
    // What was written after a verified head is verified.
    if progress.verified?.facts == before { progress.verified?.facts = head }
    lastAppended = head
    appendsSinceTransfer += 1
    HeadFile(of: .facts, at: place).write(head)
    return head
  }

  /// What appending the batches needs, by the statuses of their sessions and the restrictions of their
  /// patients.
  private func need(
    of batches: [Append], by person: String, at time: RecordedTime?, _ database: Database
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
      let status = try database.first(
        "SELECT status FROM session WHERE id = :id", ["id": .text(batch.session.text)]
      ) { SessionListing.status(of: try $0.integer("status")) }
      need.acts.formUnion(batch.acts(from: status ?? nil))
      need.authors.formUnion(batch.authors)
    }
    return need
  }

  private func append(_ batch: Append, after head: Head, _ database: Database) throws -> Head {
    let listing = SessionListing(batch.events)
    let session: Int64
    if let known = try number(of: batch.session, database) {
      guard try isNew(batch, in: known, database) else { return head }
      session = known
      if batch.isSignOff { try verify(session, batch.session, database) }
    } else {
      session = try add(batch, listing, database)
    }
    var chain = FactChain(after: head.hash)
    let audit = try readHead(of: "audit", database)
    for (offset, event) in batch.events.enumerated() {
      let row = FactRow(event, number: batch.expecting + offset + 1).noting(audit: audit)
      try insert(
        row, at: head.count + offset + 1, of: session, seal: chain.append(row), database)
    }
    if batch.expecting > 0 { try update(session, listing, database) }
    return Head(count: head.count + batch.events.count, hash: chain.seal)
  }

  /// Inserts a fact that is sealed already.
  func insert(
    _ row: FactRow, at position: Int, of session: Int64, seal: [UInt8], _ database: Database
  ) throws {
    try database.insert(
      into: "fact",
      [
        "rowid": .integer(position), "format": .integer(row.format),
        "session": .integer(session), "number": .integer(row.number), "id": .blob(row.id.bytes),
        "kind": .integer(row.kind), "minute": .integer(row.clinicalMinute),
        "recorded": .integer(row.recorded), "basis": .integer(row.basis),
        "actor": .integer(try names.number(of: row.actor, database)),
        "workstation": .integer(try names.number(of: row.workstation, database)),
        "reason": .text(row.reason), "body": .utf8(row.body), "seal": .blob(seal),
      ])
  }

  /// Whether the batch still has to be recorded in its session.
  ///
  /// If its events are in their places already, the answer to an earlier append was lost. They are not
  /// recorded twice.
  private func isNew(_ batch: Append, in session: Int64, _ database: Database) throws -> Bool {
    let version = try database.number(
      "SELECT coalesce(max(number), 0) AS version FROM fact WHERE session = :session",
      ["session": .integer(session)])
    if version == batch.expecting { return true }
    let events = try events(of: batch.session, session, after: batch.expecting, database)
    if Array(events.prefix(batch.events.count)) == batch.events { return false }
    throw StoreError.changedMeanwhile(batch.session, events)
  }

  /// Adds the session that the batch opens; returns its number.
  private func add(
    _ batch: Append, _ listing: SessionListing, _ database: Database
  ) throws -> Int64 {
    guard batch.expecting == 0, let day = listing.day else {
      throw StoreError.invalid(what: "there is no session \(batch.session)")
    }
    let number = try database.nextNumber(in: "session")
    try database.insert(
      into: "session",
      [
        "number": .integer(number), "id": .text(batch.session.text),
        "day": .integer(Int(day.dayNumber)),
        "status": .integer(SessionListing.number(of: listing.status ?? .open)),
      ])
    return number
  }

  /// Updates the day and the status of a session to those of its new facts.
  private func update(
    _ session: Int64, _ listing: SessionListing, _ database: Database
  ) throws {
    if let day = listing.day {
      try database.run(
        "UPDATE session SET day = :day WHERE number = :session",
        ["day": .integer(Int(day.dayNumber)), "session": .integer(session)])
    }
    if let status = listing.status {
      try database.run(
        "UPDATE session SET status = :status WHERE number = :session",
        ["status": .integer(SessionListing.number(of: status)), "session": .integer(session)])
    }
  }
}

extension Append {
  /// Whether a session is signed off by these events.
  fileprivate var isSignOff: Bool { events.contains { $0.fact.kind == .sessionReviewed } }
}
