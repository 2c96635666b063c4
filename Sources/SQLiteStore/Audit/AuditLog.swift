import InfusionRecord
package import SessionStore

extension SQLiteStore {
  static let auditColumns = """
    audit.format, audit.kind, audit.recorded, audit.actor, audit.workstation, audit.person,
    audit.facts, audit.body
    """

  func auditRow(_ row: DatabaseRow, _ database: Database) throws -> AuditRow {
    AuditRow(
      format: try row.integer("format"), kind: try row.integer("kind"),
      recorded: try row.integer("recorded"), actor: try name(try row.integer("actor"), database),
      workstation: try name(try row.integer("workstation"), database),
      person: try row.optionalInteger("person").map { try name($0, database) },
      facts: try row.integer("facts"), body: try row.utf8("body"))
  }

  // MARK: Reading

  package func auditEntries(_ body: (AuditEntry) throws -> Void) throws {
    try access { database in
      try database.snapshot {
        let last = try lastAuditRow(database)
        var check = AuditCheck()
        try database.each(
          """
          SELECT audit.rowid, \(SQLiteStore.auditColumns), audit.seal, fact.seal AS fact
          FROM audit LEFT JOIN fact ON fact.rowid = audit.facts ORDER BY audit.rowid
          """
        ) { row in
          let audit = try? auditRow(row, database)
          let place = Int(try row.integer("rowid"))
          do throws(Verification.Problem) {
            // A damaged outbox is no reason to hide who looked at whom.
            try check.check(
              place, audit, seal: try? row.blob("seal", count: 32),
              fact: try? row.blob("fact", count: 32), outboxSeal: { _ in audit?.outboxHead?.hash })
          } catch {
            throw altered(error.sentence)
          }
          if let audit { try body(audit.entry()) }
        }
        if check.head.count != last?.place ?? 0 { throw incomplete }
      }
    }
  }

  package func enrolmentRows() throws(StoreError) -> [AuditRow] {
    try rows(.people)
  }

  package func auditRows(about person: String) throws(StoreError) -> [AuditRow] {
    try checkAttempts()
    let numbers = try spellings(of: person)
    if numbers.isEmpty { return [] }
    let list = numbers.map(String.init).joined(separator: ", ")
    let selection = "INDEXED BY audit_person WHERE person IN (\(list))"
    let chosen = try access { database in
      try database.snapshot {
        let start = try database.first(
          """
          SELECT rowid FROM audit \(selection)
            AND kind IN (\(SQLiteStore.resets)) ORDER BY rowid DESC LIMIT 1
          """
        ) { try $0.integer("rowid") }
        let found = try rows(
          "\(selection) AND rowid >= \(start ?? 0)", try readHead(of: "audit", database).count,
          database)
        // A wrong PIN that another program changed, for a moment or for good, would not be counted.
        _ = try countedFailures(database)
        for (place, _, seal) in found where try self.seal(of: place, in: .audit, database) != seal {
          throw altered("Audit entry \(place) was altered.")
        }
        return found.map(\.row)
      }
    }
    // Both are in indexes of their own.
    let enrolments = try enrolmentRows().filter { $0.person == person }
    let found = chosen.filter { AuditTally.decidesPeople($0.kind) }.map(\.body)
    guard enrolments.suffix(found.count).map(\.body) == found else { throw incomplete }
    return chosen
  }

  package func restrictionRows() throws(StoreError) -> [AuditRow] {
    try rows(.restrictions)
  }

  package func acceptedConfiguration() throws(StoreError) -> String? {
    guard let row = try rows(.configurations).last else { return nil }
    let action = try decoded { () throws(FactBody.Unreadable) in try row.entry().action }
    guard case .configurationAccepted(let hash) = action else { return nil }
    return hash
  }

  /// The numbers of a name in all its spellings, composed or not, which are one person's.
  private func spellings(of name: String) throws(StoreError) -> [Int64] {
    try access { database in
      try database.all("SELECT number, text FROM name") { row in
        (number: try row.integer("number"), text: try row.text("text"))
      }.filter { $0.text == name }.map(\.number)
    }
  }

  private static let resets = CountedFailures.resets.map(String.init).joined(separator: ", ")

  /// The wrong PINs that count after the last entry. Throws if they are not those that it carries.
  private func countedFailures(_ database: Database) throws -> CountedFailures {
    guard let last = try lastAuditRow(database) else { return CountedFailures() }
    var found: [(place: Int, row: AuditRow, seal: [UInt8])] = []
    for numbers in try persons(database) {
      let list = numbers.map(String.init).joined(separator: ", ")
      let selection = """
        INDEXED BY audit_person WHERE person IN (\(list)) AND rowid < \(last.place)
        """
      let start = try database.first(
        """
        SELECT rowid FROM audit \(selection) AND kind IN (\(SQLiteStore.resets))
        ORDER BY rowid DESC LIMIT 1
        """
      ) { try $0.integer("rowid") }
      found += try rows(
        "\(selection) AND rowid > \(start ?? 0) AND kind = \(CountedFailures.failure)", last.place,
        database)
    }
    var failures = CountedFailures()
    for (_, row, seal) in found.sorted(by: { $0.place < $1.place }) {
      failures.take(kind: row.kind, person: row.person, seal: seal)
    }
    if let known = last.tally?.failures, known != failures.text {
      throw altered(CountedFailures.alteredSentence)
    }
    failures.take(kind: last.kind, person: last.person, seal: last.seal)
    return failures
  }

  /// The numbers of the people whom entries are about, those of each person's spellings together.
  private func persons(_ database: Database) throws -> [[Int64]] {
    // The index is searched for the next number, not read whole.
    let persons = try database.all(
      """
      WITH RECURSIVE known (person) AS (
        SELECT min(person) FROM audit INDEXED BY audit_person WHERE person IS NOT NULL
        UNION ALL
        SELECT (SELECT min(person) FROM audit INDEXED BY audit_person WHERE person > known.person)
        FROM known WHERE known.person IS NOT NULL)
      SELECT person FROM known WHERE person IS NOT NULL
      """
    ) { try $0.integer("person") }
    var numbers: [String: [Int64]] = [:]
    for person in persons { numbers[try name(person, database), default: []].append(person) }
    return Array(numbers.values)
  }

  /// Throws if the index by person lacks an entry: wrong PINs would not be counted.
  private func checkAttempts() throws(StoreError) {
    try access { database in
      try database.snapshot {
        guard let wanted = try lastAuditRow(database)?.tally?.persons else { return }
        let found = try database.number(
          """
          SELECT count(*) AS entries FROM audit INDEXED BY audit_person
          WHERE person IS NOT NULL
          """)
        if found != wanted { throw incomplete }
      }
    }
  }

  /// The entries of a list, oldest first, by an index that must hold all of them as they were sealed.
  ///
  /// The last entry carries how many there are and what their seals add up to. Without the count, in a store
  /// of an earlier version, the whole record is read.
  private func rows(_ list: AuditLists.List) throws(StoreError) -> [AuditRow] {
    try access { database in
      try database.snapshot {
        guard let last = try lastAuditRow(database) else { return [] }
        guard let tally = last.tally else {
          return try rows("NOT INDEXED WHERE true", last.place, database).map(\.row)
            .filter { AuditLists.List(kind: $0.kind) == list }
        }
        let found = try rows(list.selection, last.place, database)
        do throws(AuditLists.List.Fault) {
          try list.check(found, by: tally, at: last.place)
        } catch {
          switch error {
          case .incomplete: throw incomplete
          case .altered(let sentence): throw altered(sentence)
          }
        }
        return found.map(\.row)
      }
    }
  }

  /// The rows up to a place, each once, in their order, with the seals that they come to.
  private func rows(
    _ selection: String, _ last: Int, _ database: Database
  ) throws -> [(place: Int, row: AuditRow, seal: [UInt8])] {
    var place = 0
    return try database.all(
      """
      WITH chosen AS (SELECT rowid AS place, * FROM audit \(selection))
      SELECT place, \(SQLiteStore.auditColumns), fact.seal AS fact, before.seal AS before
      FROM chosen AS audit
        LEFT JOIN fact ON fact.rowid = audit.facts
        LEFT JOIN audit AS before ON before.rowid = place - 1
      ORDER BY place
      """
    ) { row in
      let next = Int(try row.integer("place"))
      guard next > place, next <= last else { throw incomplete }
      place = next
      let audit = try auditRow(row, database)
      return (place, audit, try seal(of: audit, at: place, row))
    }
  }

  /// The seal that a row comes to, after the seals of the entry before it and of its fact.
  func seal(of audit: AuditRow, at place: Int, _ row: DatabaseRow) throws -> [UInt8] {
    let fact = audit.facts == 0 ? Head.empty.hash : try row.blob("fact", count: 32)
    let before = place == 1 ? Head.empty.hash : try row.blob("before", count: 32)
    return audit.seal(after: before, fact: fact)
  }

  private var incomplete: StoreError {
    altered("The index of people and restrictions does not agree with the audit record.")
  }

  /// The counts that the next entry continues.
  private func tally(_ database: Database) throws -> AuditTally {
    guard let last = try lastAuditRow(database) else { return AuditTally() }
    if var known = last.tally, known.persons != nil, known.lists != nil {
      known.add(kind: last.kind, seal: last.seal)
      if known.failures == nil || CountedFailures.isChanged(byKind: last.kind) {
        known.failures = try countedFailures(database).text
      }
      return known
    }
    var tally = AuditTally()
    try database.each(
      "SELECT kind, person, seal FROM audit NOT INDEXED WHERE rowid <= :last ORDER BY rowid",
      ["last": .integer(last.place)]
    ) {
      let kind = try $0.integer("kind")
      tally.count(kind: kind, isAboutPerson: try !$0.isNull("person"))
      tally.add(kind: kind, seal: try $0.blob("seal", count: 32))
    }
    tally.failures = try countedFailures(database).text
    return tally
  }

  package func auditHead() throws(StoreError) -> Head {
    try access { try readHead(of: "audit", $0) }
  }

  // MARK: Appending

  /// The first enrolment verifies the chains, because it decides who has every right from then on. Each
  /// change of people or restrictions, and each opening with a reason, is noted in the outbox's chain, so
  /// that the end of the audit record cannot be removed unseen.
  @discardableResult
  package func append(
    _ rows: [AuditRow], under right: Right?, if condition: () throws -> Bool
  ) throws(StoreError) -> Bool {
    for row in rows { try row.validate() }
    let need = try need(of: rows, under: right)
    let time = rows.first.map { RecordedTime(milliseconds: $0.recorded) }
    let changesPeople = rows.contains { AuditTally.decidesPeople($0.kind) }
    let isNoted = changesPeople || rows.contains { AuditTally.decidesRestrictions($0.kind) }
    var isFirst = false
    if changesPeople { isFirst = try enrolmentRows().isEmpty }
    let head = try write(
      under: right, at: time, verifying: isFirst ? .signature : nil, need: { _ in need }
    ) { database -> Head? in
      guard try condition() else { return nil }
      let head = try insert(rows, database)
      if isNoted { try noteHeads(database) }
      return head
    }
    guard let head else { return false }
    HeadFile(of: .audit, at: place).write(head)
    writeOutboxHead()
    return true
  }

  /// Appends rows to the chain; returns its head.
  func insert(_ rows: [AuditRow], _ database: Database) throws -> Head {
    let facts = try readHead(database)
    var head = try readHead(of: "audit", database)
    var tally = try tally(database)
    let outbox = try outboxHeadToCarry(database)
    let isCounting = rows.contains { CountedFailures.isChanged(byKind: $0.kind) }
    var failures = isCounting ? try countedFailures(database) : nil
    for var row in rows {
      if let failures { tally.failures = failures.text }
      row.facts = Int64(facts.count)
      tally.count(kind: row.kind, isAboutPerson: row.person != nil)
      try row.carry(tally, outbox: outbox)
      let seal = row.seal(after: head.hash, fact: facts.hash)
      tally.add(kind: row.kind, seal: seal)
      failures?.take(kind: row.kind, person: row.person, seal: seal)
      head = Head(count: head.count + 1, hash: seal)
      try insert(row, at: head.count, seal: seal, database)
    }
    return head
  }

  /// Inserts an entry that is sealed already.
  func insert(
    _ row: AuditRow, at position: Int, seal: [UInt8], _ database: Database
  ) throws {
    try database.insert(
      into: "audit",
      [
        "rowid": .integer(position), "format": .integer(row.format), "kind": .integer(row.kind),
        "recorded": .integer(row.recorded),
        "actor": .integer(try names.number(of: row.actor, database)),
        "workstation": .integer(try names.number(of: row.workstation, database)),
        "person": try row.person.map { .integer(try names.number(of: $0, database)) } ?? .null,
        "facts": .integer(row.facts), "body": .utf8(row.body), "seal": .blob(seal),
      ])
  }
}

extension AuditLists.List {
  /// The index that holds the list's entries, and its condition.
  fileprivate var selection: String {
    switch self {
    case .people: "INDEXED BY audit_people WHERE kind <= 4"
    case .configurations: "INDEXED BY audit_configuration WHERE kind = 10"
    case .restrictions: "INDEXED BY audit_restriction WHERE kind > 11 AND kind < 16"
    }
  }
}
