import GRDB
import InfusionRecord
package import SessionStore

extension SQLiteStore {
  /// Reads every fact once and checks that nothing was altered, removed, inserted or moved.
  ///
  /// One pass in the order of the chain, one row in memory. `kept` is a head written down earlier,
  /// outside the store: without it a cut tail, or a chain made anew from the middle, cannot be told
  /// from a true one; `keptAudit` is the same for the audit record. `progress` is told how many facts
  /// are done, of how many.
  package func verify(
    against kept: Head? = nil, audit keptAudit: Head? = nil,
    progress: (Int, Int) -> Void = { _, _ in }
  ) throws(StoreError) -> Verification {
    try access { database in
      var problems: [Verification.Problem] = []
      var head = Head.empty
      var auditHead = Head.empty
      try database.transact(.reading) {
        let walk = try self.walk(database, kept: kept, progress: progress)
        head = walk.head
        problems += walk.problems
        if problems.isEmpty {
          problems += try self.checkIndexes(database)
          problems += try self.checkOutbox(database)
        }
        let audit = try self.walkAudit(database, kept: keptAudit)
        auditHead = audit.head
        problems += audit.problems
        problems += try self.checkSchema(database)
        problems += try self.checkStructure(database)
      }
      return Verification(head: head, auditHead: auditHead, problems: problems)
    }
  }

  // MARK: The chain

  private func walk(
    _ database: Database, kept: Head?, progress: (Int, Int) -> Void
  ) throws -> (head: Head, problems: [Verification.Problem]) {
    let total = Int(
      try SQLiteStore.integer(database, "SELECT coalesce(max(rowid), 0) FROM fact"))
    let rows = try Rows(
      database,
      """
      SELECT fact.rowid, session.id, \(SQLiteStore.columns), fact.seal
      FROM fact LEFT JOIN session ON session.number = fact.session ORDER BY fact.rowid
      """)
    defer { rows.finish() }
    var chain = FactChain()
    var count = 0
    var keptIsThere = kept == nil || kept?.count == 0
    while try rows.step() {
      let position = Int((try? rows.integer(0)) ?? Int64(count + 1))
      if position != count + 1 {
        let problem = Verification.Problem(
          .removed, count + 1,
          sentence: position > count + 2
            ? "Facts \(count + 1) to \(position - 1) were removed."
            : "Fact \(count + 1) was removed.")
        return (Head(count: count, hash: chain.seal), [problem])
      }
      let read = try? (
        row: row(rows, session: rows.text(1), from: 2, database), seal: rows.blob(13, count: 32)
      )
      guard let read else {
        let problem = Verification.Problem(
          .altered, position, sentence: "Fact \(position) was altered: it cannot be read.")
        return (Head(count: count, hash: chain.seal), [problem])
      }
      let before = chain.seal
      guard chain.append(read.row) == read.seal else {
        rows.finish()
        return (
          Head(count: count, hash: before),
          [try diagnose(read.row, at: position, after: before, database)]
        )
      }
      count += 1
      if let kept, kept.count == count { keptIsThere = kept.hash == read.seal }
      if count % 65_536 == 0 { progress(count, total) }
    }
    progress(count, total)
    let head = Head(count: count, hash: chain.seal)
    guard let kept, !keptIsThere else { return (head, []) }
    return (head, [SQLiteStore.missing(kept, from: head)])
  }

  private static func missing(_ kept: Head, from head: Head) -> Verification.Problem {
    if kept.count > head.count {
      return Verification.Problem(
        .tailCut, head.count + 1,
        sentence: "The last \(kept.count - head.count) facts were removed: the store ends at "
          + "\(head.count), the head written down counts \(kept.count).")
    }
    return Verification.Problem(
      .rewritten, nil,
      sentence: "The facts up to \(kept.count) are not the ones whose head was written down: "
        + "some were altered and sealed again.")
  }

  // MARK: What happened where the chain breaks

  private func diagnose(
    _ row: FactRow, at position: Int, after seal: [UInt8], _ database: Database
  ) throws -> Verification.Problem {
    var chain = FactChain()
    let session = SessionID(row.session)
    // It follows some other fact nearby: it was moved, or others were put before it.
    let near = 512
    for other in max(0, position - near)...(position + near)
    where other != position - 1 && other != position {
      let candidate =
        other == 0 ? Head.empty.hash : try neighbour(other, database)?.seal
      guard let candidate else { continue }
      let own = try neighbour(position, database)?.seal
      guard chain.sealing(row, after: candidate) == own else { continue }
      if other < position {
        return Verification.Problem(
          .inserted, other + 1, nil,
          sentence: position - other > 2
            ? "Facts \(other + 1) to \(position - 1) were inserted."
            : "Fact \(other + 1) was inserted.")
      }
      return Verification.Problem(
        .reordered, position, session,
        sentence: "Fact \(position) (session \(session)) was moved: it belongs after the fact that "
          + "now stands at \(other).")
    }
    // The fact after it follows the one before it: this one came in between.
    if let next = try neighbour(position + 1, database), let found = next.row,
      chain.sealing(found, after: seal) == next.seal
    {
      return Verification.Problem(
        .inserted, position, session,
        sentence: "Fact \(position) (session \(session)) was inserted.")
    }
    // A session whose numbering has a hole lost a fact here.
    let hole = try Rows(
      database,
      """
      SELECT session.id, fact.number FROM fact JOIN session ON session.number = fact.session
      WHERE fact.rowid >= ? AND fact.number > 1 AND NOT EXISTS (
        SELECT 1 FROM fact AS other
        WHERE other.session = fact.session AND other.number = fact.number - 1)
      ORDER BY fact.rowid LIMIT 1
      """)
    hole.bind(Int64(position), 1)
    defer { hole.finish() }
    if let isHole = try? hole.step(), isHole, let id = try? hole.text(0),
      let number = try? hole.integer(1)
    {
      return Verification.Problem(
        .removed, position, SessionID(id),
        sentence: "A fact before \(position) was removed: number \(number - 1) of session \(id).")
    }
    return Verification.Problem(
      .altered, position, session,
      sentence: "Fact \(position) (session \(session)) was altered, or the one before it was "
        + "replaced.")
  }

  private func neighbour(
    _ position: Int, _ database: Database
  ) throws -> (row: FactRow?, seal: [UInt8])? {
    let rows = try Rows(
      database,
      """
      SELECT session.id, \(SQLiteStore.columns), fact.seal
      FROM fact LEFT JOIN session ON session.number = fact.session WHERE fact.rowid = ?
      """)
    rows.bind(Int64(position), 1)
    defer { rows.finish() }
    guard try rows.step(), let seal = try? rows.blob(12, count: 32) else { return nil }
    return (try? row(rows, session: rows.text(0), from: 1, database), seal)
  }

  // MARK: Everything else

  /// The lists of sessions against the facts they are made from.
  private func checkIndexes(_ database: Database) throws -> [Verification.Problem] {
    let sessions = try Rows(database, "SELECT number, id, day, status FROM session")
    defer { sessions.finish() }
    var problems: [Verification.Problem] = []
    while try sessions.step() {
      let number = try sessions.integer(0)
      let id = SessionID(try sessions.text(1))
      let rows = try Rows(
        database,
        """
        SELECT number, kind FROM fact WHERE session = ? ORDER BY number
        """)
      rows.bind(number, 1)
      var count: Int64 = 0
      var status: Int64 = 0
      var corrections = false
      while try rows.step() {
        count += 1
        if try rows.integer(0) != count { break }
        switch try rows.integer(1) {
        case 18: corrections = true
        case 19: status = 1
        case 20: status = 0
        case 21: status = 2
        default: break
        }
      }
      rows.finish()
      let day = try self.day(of: id, number, corrections: corrections, database)
      let listedDay = try sessions.integer(2)
      let listedStatus = try sessions.integer(3)
      if count == 0 || day != listedDay || status != listedStatus {
        problems.append(
          Verification.Problem(
            .index, nil, id,
            sentence: count == 0
              ? "Session \(id) is listed without a fact."
              : "Session \(id) is listed under another day or status than its facts say."))
        if problems.count == 100 { break }
      }
    }
    return problems
  }

  private func day(
    of session: SessionID, _ number: Int64, corrections: Bool, _ database: Database
  ) throws -> Int64? {
    let rows = try Rows(
      database,
      "SELECT \(SQLiteStore.columns) FROM fact WHERE session = ? AND (number = 1"
        + (corrections ? " OR kind = 18)" : ")") + " ORDER BY number")
    rows.bind(number, 1)
    var day: Int64?
    while try rows.step() {
      let event = try row(rows, session: session.text, from: 0, database).event()
      switch event.fact {
      case .sessionOpened, .eventSuperseded(_, .sessionOpened):
        day = Int64(SQLiteStore.day(of: event).dayNumber)
      default: break
      }
    }
    return day
  }

  /// The tables and guards against those the program makes.
  private func checkSchema(_ database: Database) throws -> [Verification.Problem] {
    func definitions(_ database: Database) throws -> [String: String] {
      let rows = try Rows(
        database,
        """
        SELECT type || ' ' || name, tbl_name || ': ' || coalesce(sql, '') FROM sqlite_master
        """
      )
      defer { rows.finish() }
      var found: [String: String] = [:]
      while try rows.step() { found[try rows.text(0)] = try rows.text(1) }
      return found
    }
    let fresh = try DatabaseQueue()
    let wanted = try fresh.inDatabase { blank in
      for step in Schema.current.steps { try blank.execute(sql: step) }
      return try definitions(blank)
    }
    let found = try definitions(database)
    var names = Set(wanted.keys)
    names.formUnion(found.keys)
    return names.sorted().filter { wanted[$0] != found[$0] }.map { name in
      Verification.Problem(
        .schema,
        sentence: found[name] == nil
          ? "The \(name) is missing: the store is not guarded as it should be."
          : "The \(name) is not the one this program makes.")
    }
  }

  private func checkStructure(_ database: Database) throws -> [Verification.Problem] {
    var problems: [Verification.Problem] = []
    // SQLite reads what is missing of the last page as zeros, and says nothing.
    let page = try SQLiteStore.integer(database, "PRAGMA page_size")
    if let size = FileSize.of(place.path), page > 0, Int64(size) % page != 0 {
      problems.append(
        Verification.Problem(.structure, sentence: "The file breaks off inside a page."))
    }
    for check in ["integrity_check(10)", "foreign_key_check"] {
      let rows = try Rows(database, "PRAGMA \(check)")
      defer { rows.finish() }
      while try rows.step() {
        let text = try rows.text(0)
        if text == "ok" { continue }
        problems.append(
          Verification.Problem(
            .structure,
            sentence: check == "foreign_key_check"
              ? "A row of \(text) points to nothing." : "The file's structure is broken: \(text)."))
        if problems.count >= 10 { break }
      }
    }
    return problems
  }
}
