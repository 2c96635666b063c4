import GRDB
package import InfusionRecord
package import SessionStore

extension SQLiteStore: PeopleStore {
  /// Everybody enrolled; empty where nobody ever was.
  package func people() throws(StoreError) -> Roster {
    try access { try self.readPeople($0) }
  }

  private func readPeople(_ database: Database) throws -> Roster {
    let rows = try Rows(
      database,
      """
      SELECT \(SQLiteStore.auditColumns) FROM audit INDEXED BY audit_people WHERE kind <= 4
      ORDER BY rowid
      """)
    defer { rows.finish() }
    var people: [String: Person] = [:]
    while try rows.step() {
      switch try auditRow(rows, from: 0, database).entry().deed {
      case .enrolled(let name, let role): people[name] = Person(name: name, role: role)
      case .roleGiven(let name, let role): people[name]?.role = role
      case .retired(let name): people[name]?.isRetired = true
      default: break
      }
    }
    return Roster(Array(people.values))
  }

  // MARK: Changing the roster

  /// Enrols somebody; the first must be a supervisor.
  package func enrol(
    _ name: String, as role: Role, pin: PIN, by actor: String, workstation: String,
    at time: RecordedTime
  ) throws {
    let digest = try PINDigest(of: pin)
    try change(.enrolled(person: name, role: role), digest, actor, workstation, time) { roster in
      if let known = roster[name] {
        throw known.isRetired ? RosterRefusal.isRetired(name) : RosterRefusal.isEnrolled(name)
      }
      if roster.isEmpty, role != .supervisor { throw RosterRefusal.firstMustSupervise }
    }
  }

  /// Gives somebody a new PIN and ends the count of wrong ones.
  package func setPIN(
    of name: String, to pin: PIN, by actor: String, workstation: String, at time: RecordedTime
  ) throws {
    let digest = try PINDigest(of: pin)
    try change(.pinSet(person: name), digest, actor, workstation, time) { roster in
      try SQLiteStore.active(name, in: roster)
    }
  }

  package func give(
    _ role: Role, to name: String, by actor: String, workstation: String, at time: RecordedTime
  ) throws {
    try change(.roleGiven(person: name, role: role), nil, actor, workstation, time) { roster in
      try SQLiteStore.active(name, in: roster)
      if role != .supervisor { try SQLiteStore.keepsSupervisor(without: name, roster) }
    }
  }

  package func retire(
    _ name: String, by actor: String, workstation: String, at time: RecordedTime
  ) throws {
    try change(.retired(person: name), nil, actor, workstation, time) { roster in
      try SQLiteStore.active(name, in: roster)
      try SQLiteStore.keepsSupervisor(without: name, roster)
    }
  }

  private static func active(_ name: String, in roster: Roster) throws {
    guard let person = roster[name] else { throw RosterRefusal.unknown }
    if person.isRetired { throw RosterRefusal.isRetired(name) }
  }

  private static func keepsSupervisor(without name: String, _ roster: Roster) throws {
    let others = roster.active.filter { $0.role == .supervisor && $0.name != name }
    if others.isEmpty { throw RosterRefusal.lastSupervisor }
  }

  /// Writes a change the roster allows at that very moment.
  private func change(
    _ deed: AuditEntry.Deed, _ digest: PINDigest?, _ actor: String, _ workstation: String,
    _ time: RecordedTime, _ check: (Roster) throws -> Void
  ) throws {
    var refusal: RosterRefusal?
    let entry = AuditEntry(time: time, actor: actor, workstation: workstation, deed: deed)
    do {
      try audit([(entry, digest)]) { database in
        do {
          try check(try self.readPeople(database))
        } catch let error as RosterRefusal {
          refusal = error
          throw StoreError.invalid(what: error.sentence)
        }
      }
    } catch {
      if let refusal { throw refusal }
      throw error
    }
  }

  // MARK: Signing in

  /// Signs somebody in by PIN, and writes down that or the failure.
  ///
  /// The count of wrong PINs is that of the record, so all terminals share it. Between looking at the
  /// count and writing the outcome nobody else may have tried: else the attempt counts for nothing and
  /// is made again, so that many terminals at once gain no more tries than one.
  package func signIn(
    _ name: String, _ pin: PIN, workstation: String, at time: RecordedTime
  ) throws(StoreError) -> SignInResult {
    for _ in 0..<16 {
      let standing = try standing(of: name)
      guard let digest = standing.digest, let person = try people()[name], !person.isRetired else {
        // As slow as a wrong PIN, so that names cannot be told from the time it takes.
        _ = try PINDigest(of: pin)
        try audit(
          AuditEntry(
            time: time, actor: "nobody", workstation: workstation,
            deed: .signInFailed(person: nil)))
        return .wrong
      }
      let seconds = SignInLimit.remaining(
        failures: standing.failures, last: standing.last, now: time)
      if seconds > 0 { return .wait(seconds: seconds) }
      let isRight = try digest.isOf(pin)
      let entry = AuditEntry(
        time: time, actor: name, workstation: workstation,
        deed: isRight ? .signedIn(person: name) : .signInFailed(person: name))
      var isFirst = true
      do throws(StoreError) {
        try audit([(entry, nil)]) { database in
          if try self.readStanding(of: name, database).position != standing.position {
            isFirst = false
            throw StoreError.busy(path: self.place.path, seconds: 0)
          }
        }
      } catch {
        if !isFirst { continue }
        throw error
      }
      return isRight ? .signedIn(person) : .wrong
    }
    throw .busy(path: place.path, seconds: 0)
  }

  /// Whether a PIN is somebody's, for a store that cannot be written: nothing is counted.
  package func isPIN(_ pin: PIN, of name: String) throws(StoreError) -> Bool {
    guard let digest = try standing(of: name).digest else { return false }
    return try digest.isOf(pin)
  }

  private struct Standing {
    var digest: PINDigest?
    /// Wrong PINs since the last right one, or since a new one was set.
    var failures = 0
    var last: RecordedTime?
    /// The last entry that counts here.
    var position: Int64 = 0
  }

  private func standing(of name: String) throws(StoreError) -> Standing {
    try access { try self.readStanding(of: name, $0) }
  }

  private func readStanding(of name: String, _ database: Database) throws -> Standing {
    let rows = try Rows(
      database,
      """
      SELECT audit.rowid, \(SQLiteStore.auditColumns) FROM audit INDEXED BY audit_person
      WHERE person = (SELECT number FROM name WHERE text = ?) ORDER BY audit.rowid DESC
      """)
    defer { rows.finish() }
    rows.bind(name, 1)
    var standing = Standing()
    var isCounting = true
    while try rows.step() {
      if standing.position == 0 { standing.position = try rows.integer(0) }
      let row = try auditRow(rows, from: 1, database)
      switch try row.entry().deed {
      case .signInFailed where isCounting:
        standing.failures += 1
        if standing.last == nil { standing.last = RecordedTime(milliseconds: row.recorded) }
      case .signedIn: isCounting = false
      case .pinSet, .enrolled:
        standing.digest = PINDigest(members: try row.members())
        guard standing.digest != nil else {
          throw FactBody.Unreadable(what: "what is kept of a PIN cannot be used")
        }
        return standing
      default: break
      }
    }
    return standing
  }
}
