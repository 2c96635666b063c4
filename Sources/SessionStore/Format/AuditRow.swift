import InfusionRecord

/// An audit entry as one row of the store, texts resolved, with what only the store may see.
///
/// ```
///  seal n = SHA-256( seal n−1 ‖ format ‖ kind ‖ recorded ‖ actor ‖ workstation ‖ person? ‖ person
///                    ‖ facts ‖ seal of that fact ‖ body )
/// ```
///
/// `facts` is how many facts there were when it was written. With the seal of the last of them in the
/// hash the two chains hold each other: neither can be made anew without the other.
package struct AuditRow {
  package static let currentFormat: Int64 = 1

  package var format: Int64
  /// From 1, in the order of `AuditEntry.Deed.Kind`.
  package var kind: Int64
  /// Milliseconds since 1970.
  package var recorded: Int64
  package var actor: String
  package var workstation: String
  package var person: String?
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

  package static func number(of kind: AuditEntry.Deed.Kind) -> Int64 {
    Int64((AuditEntry.Deed.Kind.allCases.firstIndex(of: kind) ?? 0) + 1)
  }

  /// The row's seal after its predecessor's; `fact` is the seal of fact number `facts`.
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
  /// `digest` belongs to the deeds that set a PIN.
  package init(_ entry: AuditEntry, facts: Int, digest: PINDigest? = nil) {
    format = AuditRow.currentFormat
    kind = AuditRow.number(of: entry.deed.kind)
    recorded = entry.time.milliseconds
    actor = entry.actor
    workstation = entry.workstation
    person = entry.deed.person
    self.facts = Int64(facts)
    var members: [(key: String, value: CompactJSON.Value)] = []
    switch entry.deed {
    case .enrolled(_, let role), .roleGiven(_, let role):
      members.append(("role", .text(role.rawValue)))
    case .viewed(let session): members.append(("session", .text(session.text)))
    case .exported(let what, let sessions):
      members.append(("what", .text(what)))
      members.append(("sessions", .number(Double(sessions))))
    case .imported(let what): members.append(("what", .text(what)))
    case .configurationAccepted(let hash): members.append(("hash", .text(hash)))
    case .refused(let act): members.append(("act", .text(act.rawValue)))
    case .pinSet, .retired, .signedIn, .signInFailed: break
    }
    if let digest { members += digest.members }
    body = []
    CompactJSON.write(.object(members), to: &body)
  }

  /// The members of its body by key.
  package func members() throws(FactBody.Unreadable) -> [String: CompactJSON.Value] {
    let read: Result<CompactJSON.Value, FactBody.Unreadable> = body.withUnsafeBufferPointer {
      do throws(CompactJSON.Malformed) {
        return .success(try CompactJSON.read($0))
      } catch {
        return .failure(FactBody.Unreadable(what: "an audit entry breaks off"))
      }
    }
    guard case .object(let members) = try read.get() else {
      throw FactBody.Unreadable(what: "an audit entry is no object")
    }
    return Dictionary(members.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  /// The entry it holds.
  package func entry() throws(FactBody.Unreadable) -> AuditEntry {
    let kinds = AuditEntry.Deed.Kind.allCases
    guard format == AuditRow.currentFormat, kind >= 1, kind <= kinds.count else {
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
    let deed: AuditEntry.Deed
    switch kinds[Int(kind) - 1] {
    case .enrolled: deed = .enrolled(person: try named(), role: try role())
    case .pinSet: deed = .pinSet(person: try named())
    case .roleGiven: deed = .roleGiven(person: try named(), role: try role())
    case .retired: deed = .retired(person: try named())
    case .signedIn: deed = .signedIn(person: try named())
    case .signInFailed: deed = .signInFailed(person: person)
    case .viewed: deed = .viewed(SessionID(try text("session")))
    case .exported:
      guard case .number(let number)? = members["sessions"], let count = Int(exactly: number)
      else {
        throw FactBody.Unreadable(what: "an audit entry lacks sessions")
      }
      deed = .exported(what: try text("what"), sessions: count)
    case .imported: deed = .imported(what: try text("what"))
    case .configurationAccepted: deed = .configurationAccepted(hash: try text("hash"))
    case .refused:
      guard let act = Act(rawValue: try text("act")) else {
        throw FactBody.Unreadable(what: "an audit entry names an unknown act")
      }
      deed = .refused(act)
    }
    return AuditEntry(
      time: RecordedTime(milliseconds: recorded), actor: actor, workstation: workstation,
      deed: deed)
  }
}
