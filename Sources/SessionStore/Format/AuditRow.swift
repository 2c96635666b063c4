import InfusionRecord

/// An audit entry as a store keeps it, with the PIN's digest that readers do not get.
///
/// ```
///  seal n = SHA-256( seal n−1 ‖ format ‖ kind ‖ recorded ‖ actor ‖ workstation ‖ person? ‖ person
///                    ‖ facts ‖ seal of that fact ‖ body )
/// ```
///
/// `facts` is the number of facts at the time, and the seal covers the seal of the last of them. So
/// the two chains hold each other: neither can be rewritten without the other.
package struct AuditRow {
  package static let currentFormat: Int64 = 1

  package var format: Int64
  package var kind: Int64
  /// Milliseconds since 1970.
  package var recorded: Int64
  package var actor: String
  package var workstation: String
  package var person: String?
  /// The number of facts at the time; the store sets it when it appends the row.
  package var facts: Int64
  package var body: [UInt8]

  package init(
    format: Int64, kind: Int64, recorded: Int64, actor: String, workstation: String,
    person: String?, facts: Int64, body: [UInt8]
  ) {
    self.format = format
    self.kind = kind
    self.recorded = recorded
    self.actor = actor
    self.workstation = workstation
    self.person = person
    self.facts = facts
    self.body = body
  }

  /// The number that stands for a kind on disk. It never changes.
  package static func number(of kind: AuditAction.Kind) -> Int64 {
    switch kind {
    case .enrolled: 1
    case .pinSet: 2
    case .roleGiven: 3
    case .retired: 4
    case .signedIn: 5
    case .signInFailed: 6
    case .viewed: 7
    case .exported: 8
    case .imported: 9
    case .configurationAccepted: 10
    case .refused: 11
    case .restricted: 12
    case .released: 13
    case .glassBroken: 14
    case .tookOver: 15
    case .appointmentsForgotten: 16
    }
  }

  /// The row's seal after the seal `predecessor`; `fact` is the seal of fact number `facts`.
  package func seal(after predecessor: [UInt8], fact: [UInt8]) -> [UInt8] {
    var bytes = SealedBytes(after: predecessor)
    bytes.add(format)
    bytes.add(kind)
    bytes.add(recorded)
    bytes.add(actor)
    bytes.add(workstation)
    bytes.add(person)
    bytes.add(facts)
    bytes.add(raw: fact)
    bytes.add(Int64(body.count))
    bytes.add(raw: body)
    return bytes.seal
  }
}

extension AuditRow {
  /// `digest` is given for the actions that set a PIN.
  package init(_ entry: AuditEntry, facts: Int = 0, digest: PINDigest? = nil) {
    format = AuditRow.currentFormat
    kind = AuditRow.number(of: entry.action.kind)
    recorded = entry.time.milliseconds
    actor = entry.actor
    workstation = entry.workstation
    person = entry.action.person
    self.facts = Int64(facts)
    var members: [(key: String, value: CompactJSON.Value)] = []
    switch entry.action {
    case .enrolled(_, let role), .roleGiven(_, let role):
      members.append(("role", .text(role.rawValue)))
    case .viewed(let session): members.append(("session", .text(session.text)))
    case .exported(let what, let sessions):
      members.append(("what", .text(what)))
      members.append(("sessions", .number(Double(sessions))))
    case .imported(let what): members.append(("what", .text(what)))
    case .configurationAccepted(let hash): members.append(("hash", .text(hash)))
    case .refused(let act): members.append(("act", .text(act.rawValue)))
    case .restricted(let mrn, let reason), .released(let mrn, let reason):
      members += [("mrn", .text(mrn)), ("reason", .text(reason))]
    case .glassBroken(let mrn, let session, let reason):
      members.append(("mrn", .text(mrn)))
      if let session { members.append(("session", .text(session.text))) }
      members.append(("reason", .text(reason)))
    case .appointmentsForgotten(let day, let count):
      members += [("before", .text(day.iso)), ("days", .number(Double(count)))]
    case .tookOver(_, let reason): members.append(("reason", .text(reason)))
    case .pinSet, .retired, .signedIn, .signInFailed: break
    }
    if let digest { members += digest.members }
    body = []
    CompactJSON.write(.object(members), to: &body)
  }

  /// How many PINs the rows give a person.
  static func countOfPINs(of person: String, in rows: [AuditRow]) -> Int {
    let kinds = [AuditAction.Kind.enrolled, .pinSet].map { number(of: $0) }
    return rows.count { $0.person == person && kinds.contains($0.kind) }
  }

  /// In bytes. The schema allows 4,096 characters; what `carry` adds takes at most 378.
  private static let longestBody = 3_700

  /// Throws if no store may take this row.
  package func validate() throws(StoreError) {
    for text in [actor, workstation, person ?? "-"]
    where text.isEmpty || text.unicodeScalars.count > 256 || text.unicodeScalars.contains("\0") {
      throw .invalid(what: "a name has 1 to 256 characters")
    }
    guard body.count <= AuditRow.longestBody else {
      throw .invalid(what: "an audit entry is too long; shorten the reason")
    }
  }

  /// The members of the body by key.
  package func members() throws(FactBody.Unreadable) -> [String: CompactJSON.Value] {
    guard let value = try? CompactJSON.read(body), case .object(let members) = value else {
      throw FactBody.Unreadable(what: "an audit entry is no object")
    }
    return Dictionary(members.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  /// Decodes the entry.
  package func entry() throws(FactBody.Unreadable) -> AuditEntry {
    guard format == AuditRow.currentFormat,
      let kind = AuditAction.Kind.allCases.first(where: { AuditRow.number(of: $0) == kind })
    else {
      throw FactBody.Unreadable(what: "an audit entry of an unknown kind")
    }
    let members = try members()
    func text(_ key: String) throws(FactBody.Unreadable) -> String {
      guard case .text(let text)? = members[key] else {
        throw FactBody.Unreadable(what: "an audit entry lacks \(key)")
      }
      return text
    }
    func role() throws(FactBody.Unreadable) -> Role {
      guard let role = Role(rawValue: try text("role")) else {
        throw FactBody.Unreadable(what: "an audit entry names an unknown role")
      }
      return role
    }
    func named() throws(FactBody.Unreadable) -> String {
      guard let person else { throw FactBody.Unreadable(what: "an audit entry lacks its person") }
      return person
    }
    let action: AuditAction
    switch kind {
    case .enrolled: action = .enrolled(person: try named(), role: try role())
    case .pinSet: action = .pinSet(person: try named())
    case .roleGiven: action = .roleGiven(person: try named(), role: try role())
    case .retired: action = .retired(person: try named())
    case .signedIn: action = .signedIn(person: try named())
    case .signInFailed: action = .signInFailed(person: person)
    case .viewed: action = .viewed(SessionID(try text("session")))
    case .exported:
      guard case .number(let number)? = members["sessions"], let count = Int(exactly: number)
      else {
        throw FactBody.Unreadable(what: "an audit entry lacks sessions")
      }
      action = .exported(what: try text("what"), sessions: count)
    case .imported: action = .imported(what: try text("what"))
    case .configurationAccepted: action = .configurationAccepted(hash: try text("hash"))
    case .refused:
      guard let act = Act(rawValue: try text("act")) else {
        throw FactBody.Unreadable(what: "an audit entry names an unknown act")
      }
      action = .refused(act)
    case .restricted: action = .restricted(mrn: try text("mrn"), reason: try text("reason"))
    case .released: action = .released(mrn: try text("mrn"), reason: try text("reason"))
    case .glassBroken:
      var session: SessionID?
      if case .text(let name)? = members["session"] { session = SessionID(name) }
      action = .glassBroken(mrn: try text("mrn"), session: session, reason: try text("reason"))
    case .tookOver: action = .tookOver(from: try named(), reason: try text("reason"))
    case .appointmentsForgotten:
      guard let day = CivilDate(iso: try text("before")),
        case .number(let number)? = members["days"],
        let count = Int(exactly: number)
      else {
        throw FactBody.Unreadable(what: "an audit entry lacks its day")
      }
      action = .appointmentsForgotten(before: day, days: count)
    }
    return AuditEntry(
      time: RecordedTime(milliseconds: recorded), actor: actor, workstation: workstation,
      action: action)
  }
}
