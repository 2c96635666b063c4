import Crypto
import InfusionRecord
package import SessionStore

/// An empty suite that takes a record, by a login that may act as the owner of the tables.
///
/// The triggers compare each seal, so the server takes nothing that does not follow.
package final class ServerTarget: RecordTarget {
  private let address: ServerAddress

  package init(_ address: ServerAddress) {
    self.address = address
  }

  package func receive(_ body: (any RecordSink) throws -> Void) throws(StoreError) {
    let connection = try ServerConnection.open(address, wanting: .primary)
    defer { connection.close() }
    do {
      try connection.execute("BEGIN; SET LOCAL ROLE chairtime_owner")
      let suite = try connection.first(
        """
        SELECT number, facts + audit + outbox AS entries FROM chairtime.suite
        WHERE id = $1::text FOR UPDATE
        """, [.text(address.suite)]
      ) { (number: try $0.integer("number"), entries: try $0.integer("entries")) }
      guard let suite else { throw StoreError.missing(path: address.text) }
      guard suite.entries == 0 else {
        throw StoreError.invalid(what: "the suite holds a record already")
      }
      try body(ServerSink(connection, .integer(suite.number)))
      try connection.execute("COMMIT")
    } catch {
      throw StoreError(error, at: address)
    }
  }
}

/// Writes the rows of a record into the tables, inside one transaction.
private final class ServerSink: RecordSink {
  private let connection: ServerConnection
  private let suite: Argument
  private var sessions = SessionNumbers()
  private var facts = 0
  private var entries = 0
  private var steps = Head.empty
  private var outbox = 0
  /// Of each message by its id: its number, and the hash of its bytes.
  private var messages: [String: (number: Int64, hash: [UInt8])] = [:]

  init(_ connection: ServerConnection, _ suite: Argument) {
    self.connection = connection
    self.suite = suite
  }

  func add(_ rows: [SealedFact]) throws {
    let (numbers, changed) = try sessions.add(rows)
    try list(changed)
    var columns = [[Argument]](repeating: [], count: 13)
    var visits = [[Argument]](repeating: [], count: 3)
    for (one, session) in zip(rows, numbers) {
      facts += 1
      let row = one.row
      let values: [Argument] = [
        .integer(facts), .integer(row.format), .integer(session), .integer(row.number),
        .text(row.id.digits), .integer(row.kind), .integer(row.clinicalMinute),
        .integer(row.recorded), .integer(row.basis), .text(row.actor), .text(row.workstation),
        .text(row.reason), .utf8(row.body),
      ]
      for (column, value) in values.enumerated() { columns[column].append(value) }
      if SessionListDigest.patientKinds.contains(row.kind) {
        let mrn = try row.event().fact.patientNumber.map(PostgresStore.indexed)
        visits[0].append(.integer(facts))
        visits[1].append(.integer(session))
        visits[2].append(.text(mrn))
      }
    }
    let seals = Argument.list(rows.map { .bytes($0.seal) })
    try connection.query(
      """
      INSERT INTO chairtime.visit (suite, position, session, mrn)
      SELECT $1::smallint, * FROM unnest($2::bigint[], $3::bigint[], $4::text[])
      """, [suite] + visits.map { .list($0) })
    try connection.query(
      """
      INSERT INTO chairtime.fact (suite, position, format, session, number, id, kind, minute,
        recorded, basis, actor, workstation, reason, body, seal)
      SELECT $1::smallint, * FROM unnest($2::bigint[], $3::smallint[], $4::bigint[], $5::int[],
        $6::uuid[], $7::smallint[], $8::bigint[], $9::bigint[], $10::smallint[], $11::text[],
        $12::text[], $13::text[], $14::text[], $15::bytea[])
      """, [suite] + columns.map { .list($0) } + [seals])
  }

  private func list(_ changed: [SessionNumbers.Listed]) throws {
    for session in changed {
      try connection.query(
        """
        INSERT INTO chairtime.session (suite, number, id, day, status, version)
        VALUES ($1::smallint, $2::bigint, $3::text, $4::int, $5::smallint, $6::int)
        ON CONFLICT (suite, number)
          DO UPDATE SET day = excluded.day, status = excluded.status, version = excluded.version
        """,
        [
          suite, .integer(session.number), .text(session.name),
          .integer(Int(session.listing.day?.dayNumber ?? 0)),
          .integer(SessionListing.number(of: session.listing.status ?? .open)),
          .integer(session.version),
        ])
    }
    if let last = changed.last {
      try connection.query(
        """
        UPDATE chairtime.suite SET sessions = greatest(sessions, $2::bigint)
        WHERE number = $1::smallint
        """, [suite, .integer(last.number)])
    }
  }

  func add(_ rows: [SealedEntry]) throws {
    var columns = [[Argument]](repeating: [], count: 10)
    for one in rows {
      entries += 1
      let row = one.row
      let values: [Argument] = [
        .integer(entries), .integer(row.format), .integer(row.kind), .integer(row.recorded),
        .text(row.actor), .text(row.workstation), .text(row.person), .integer(row.facts),
        .utf8(row.body), .bytes(one.seal),
      ]
      for (column, value) in values.enumerated() { columns[column].append(value) }
    }
    try connection.query(
      """
      INSERT INTO chairtime.audit (suite, position, format, kind, recorded, actor, workstation,
        person, facts, body, seal)
      SELECT $1::smallint, * FROM unnest($2::bigint[], $3::smallint[], $4::smallint[], $5::bigint[],
        $6::text[], $7::text[], $8::text[], $9::bigint[], $10::text[], $11::bytea[])
      """, [suite] + columns.map { .list($0) })
  }

  func add(_ rows: [SealedOutboxRow]) throws {
    for one in rows {
      outbox += 1
      try connection.query(
        """
        INSERT INTO chairtime.outbox_seal (suite, position, kind, number, seal)
        VALUES ($1::smallint, $2::bigint, $3::smallint, $4::bigint, $5::bytea)
        """,
        [
          suite, .integer(outbox), .integer(one.row.kind.rawValue), .integer(one.number),
          .bytes(one.seal),
        ])
      switch one.row {
      case .message(let message): try add(message, one.number)
      case .step(let step, let control): try add(step, one.number, of: control)
      case .filling(let head, let actor, let at):
        try connection.query(
          """
          INSERT INTO chairtime.outbox_filling (suite, number, facts, at, actor)
          VALUES ($1::smallint, $2::bigint, $3::bigint, $4::bigint, $5::text)
          """,
          [
            suite, .integer(one.number), .integer(head.count), .integer(at.milliseconds),
            .text(actor),
          ])
      case .checkpoint(let checkpoint): try add(checkpoint, one.number)
      }
    }
  }

  private func add(_ message: OutboxMessage, _ number: Int64) throws {
    let hash = [UInt8](SHA256.hash(data: message.content))
    try connection.query(
      """
      INSERT INTO chairtime.message (suite, number, control, session, made, hash, content, state)
      SELECT $1::smallint, $2::bigint, $3::text, session.number, $5::bigint, $6::bytea, $7::bytea, 1
      FROM chairtime.session WHERE suite = $1::smallint AND id = $4::text
      """,
      [
        suite, .integer(number), .text(message.control), .text(message.session.text),
        .integer(message.made.milliseconds), .bytes(hash), .bytes(message.content),
      ])
    for (index, posting) in message.postings.enumerated() {
      try connection.query(
        """
        INSERT INTO chairtime.posting (suite, message, number, id, unit, credit, code, units)
        VALUES ($1::smallint, $2::bigint, $3::int, $4::text, $5::text, $6::boolean, $7::text,
          $8::bigint)
        """,
        [
          suite, .integer(number), .integer(index + 1), .text(posting.id), .text(posting.unit),
          .text(posting.isCredit ? "true" : "false"), .text(posting.code), .integer(posting.units),
        ])
    }
    messages[message.control] = (number, hash)
  }

  private func add(_ step: OutboxStep, _ number: Int64, of control: String) throws {
    guard let message = messages[control] else {
      throw StoreError.invalid(what: "a step has no message")
    }
    let seal = OutboxSeal.sealing(step, of: control, hash: message.hash, after: steps.hash)
    steps = Head(count: steps.count + 1, hash: seal)
    try connection.query(
      """
      INSERT INTO chairtime.message_step (suite, number, message, state, at, actor, note, seal)
      VALUES ($1::smallint, $2::bigint, $3::bigint, $4::smallint, $5::bigint, $6::text, $7::text,
        $8::bytea)
      """,
      [
        suite, .integer(number), .integer(message.number), .integer(step.state.rawValue),
        .integer(step.at.milliseconds), .text(step.actor), .text(step.note), .bytes(seal),
      ])
  }

  private func add(_ checkpoint: Checkpoint, _ number: Int64) throws {
    try connection.query(
      """
      INSERT INTO chairtime.checkpoint (suite, number, facts, audit, messages, steps, fillings, list)
      VALUES ($1::smallint, $2::bigint, $3::bigint, $4::bigint, $5::bigint, $6::bigint, $7::bigint,
        $8::text)
      """,
      [
        suite, .integer(number), .integer(checkpoint.facts.count),
        .integer(checkpoint.audit.count), .integer(checkpoint.counts.messages),
        .integer(checkpoint.counts.steps), .integer(checkpoint.counts.fillings),
        .text(checkpoint.list?.text),
      ])
  }
}
