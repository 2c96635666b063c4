package import InfusionRecord

/// Who may use the suite, in which role and with which PIN.
extension AuditLog {
  /// Everybody enrolled; empty if nobody ever was.
  package func people() throws(StoreError) -> Roster { try roster(of: enrolmentRows()) }

  /// The people that the rows of `enrolmentRows` add up to.
  func roster(of rows: [AuditRow]) throws(StoreError) -> Roster {
    let actions = try decoded { () throws(FactBody.Unreadable) in
      try rows.map { row throws(FactBody.Unreadable) in try row.entry().action }
    }
    var people: [String: Person] = [:]
    for action in actions {
      switch action {
      case .enrolled(let name, let role): people[name] = Person(name: name, role: role)
      case .roleGiven(let name, let role): people[name]?.role = role
      case .retired(let name): people[name]?.isRetired = true
      default: break
      }
    }
    return Roster(Array(people.values))
  }

  /// The result of `decode`; what it cannot read is damage to the store.
  package func decoded<Result>(
    _ decode: () throws(FactBody.Unreadable) -> Result
  ) throws(StoreError) -> Result {
    do {
      return try decode()
    } catch {
      throw .damaged(path: location, what: "an audit entry cannot be read: \(error.what)")
    }
  }

  // MARK: Changing the roster

  /// Enrols a person; the first must be a supervisor. A name that looks like another one is refused.
  ///
  /// - Parameter configuration: the files that the first supervisor accepts with the enrolment.
  package func enrol(
    _ name: String, as role: Role, pin: PIN, under right: Right, at time: RecordedTime,
    accepting configuration: ConfigurationHash? = nil
  ) throws {
    let digest = try PINDigest(of: pin)
    let further = configuration.map { [AuditAction.configurationAccepted(hash: $0.text)] } ?? []
    try change(
      .enrolled(person: name, role: role), digest, under: right, at: time, further: further
    ) { roster in
      if let known = roster[name] { return known.isRetired ? .isRetired(name) : .isEnrolled(name) }
      if let other = roster.lookAlike(of: name) { return .looksLike(other.name) }
      return roster.isEmpty && role != .supervisor ? .firstMustSupervise : nil
    }
  }

  /// Sets a new PIN and resets the count of wrong ones.
  package func setPIN(
    of name: String, to pin: PIN, under right: Right, at time: RecordedTime
  ) throws {
    let name = try enrolledSpelling(of: name)
    let digest = try PINDigest(of: pin)
    try change(.pinSet(person: name), digest, under: right, at: time) { roster in
      roster.refusalToChange(name)
    }
  }

  package func give(
    _ role: Role, to name: String, under right: Right, at time: RecordedTime
  ) throws {
    let name = try enrolledSpelling(of: name)
    try change(.roleGiven(person: name, role: role), nil, under: right, at: time) { roster in
      roster.refusalToChange(name, keepsSupervising: role == .supervisor)
    }
  }

  package func retire(_ name: String, under right: Right, at time: RecordedTime) throws {
    let name = try enrolledSpelling(of: name)
    try change(.retired(person: name), nil, under: right, at: time) { roster in
      roster.refusalToChange(name, keepsSupervising: false)
    }
  }

  /// A name as it was enrolled. Swift takes two spellings of one letter, composed or not, for equal, but a
  /// store compares bytes.
  private func enrolledSpelling(of name: String) throws(StoreError) -> String {
    try people()[name]?.name ?? name
  }

  /// Appends a change if the right and the roster allow it in the same transaction.
  private func change(
    _ action: AuditAction, _ digest: PINDigest?, under right: Right, at time: RecordedTime,
    further: [AuditAction] = [], _ refusal: (Roster) -> RosterRefusal?
  ) throws {
    func row(_ action: AuditAction, _ digest: PINDigest? = nil) -> AuditRow {
      AuditRow(
        AuditEntry(
          time: time, actor: right.actor, workstation: right.workstation, action: action),
        digest: digest)
    }
    var refused: RosterRefusal?
    try append([row(action, digest)] + further.map { row($0) }, under: right) {
      refused = refusal(try people())
      return refused == nil
    }
    if let refused { throw refused }
  }
}

/// Why a change of the roster was refused.
package enum RosterRefusal: Error, Sendable, Hashable {
  case isEnrolled(String)
  case isRetired(String)
  /// The name could be taken for this one, of a person who is enrolled or was retired.
  case looksLike(String)
  case unknown
  /// One person who may manage people must remain.
  case lastSupervisor
  case firstMustSupervise

  package var sentence: String {
    switch self {
    case .isEnrolled(let name): "\(name) is enrolled already."
    case .isRetired(let name):
      "\(name) was retired; a name is never given again, because facts speak of it."
    case .looksLike(let name):
      "This name could be taken for \(name), which the record knows; choose one that differs in more than "
        + "case, blanks, accents or letters that look alike."
    case .unknown: "Nobody of that name is enrolled; `chairtime people list` shows who is."
    case .lastSupervisor: "This is the last supervisor; enrol another one first."
    case .firstMustSupervise: "The first person enrolled must be a supervisor."
    }
  }
}

extension Roster {
  /// Why a person's entry may not be changed; nil if it may.
  fileprivate func refusalToChange(
    _ name: String, keepsSupervising: Bool = true
  ) -> RosterRefusal? {
    guard let person = self[name] else { return .unknown }
    if person.isRetired { return .isRetired(name) }
    let isNeeded = !active.contains { $0.role == .supervisor && $0.name != name }
    return isNeeded && !keepsSupervising ? .lastSupervisor : nil
  }
}
