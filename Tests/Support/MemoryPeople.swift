package import InfusionRecord
package import SessionStore

/// People and the audit log in memory. PINs are kept as they are.
extension MemoryStore: PeopleStore, AuditLog {
  package func people() -> Roster { Roster(enrolled.values.map(\.person)) }

  package func enrol(
    _ name: String, as role: Role, pin: PIN, by actor: String, workstation: String,
    at time: RecordedTime
  ) {
    enrolled[name] = (Person(name: name, role: role), pin)
    audit(.enrolled(person: name, role: role), by: actor, workstation, time)
  }

  package func setPIN(
    of name: String, to pin: PIN, by actor: String, workstation: String, at time: RecordedTime
  ) {
    enrolled[name]?.pin = pin
    audit(.pinSet(person: name), by: actor, workstation, time)
  }

  package func give(
    _ role: Role, to name: String, by actor: String, workstation: String, at time: RecordedTime
  ) {
    enrolled[name]?.person.role = role
    audit(.roleGiven(person: name, role: role), by: actor, workstation, time)
  }

  package func retire(
    _ name: String, by actor: String, workstation: String, at time: RecordedTime
  ) {
    enrolled[name]?.person.isRetired = true
    audit(.retired(person: name), by: actor, workstation, time)
  }

  package func signIn(
    _ name: String, _ pin: PIN, workstation: String, at time: RecordedTime
  ) -> SignInResult {
    let attempts = entries.reversed().prefix { $0.deed != .signedIn(person: name) }
    let failures = attempts.filter { $0.deed == .signInFailed(person: name) }
    let seconds = SignInLimit.remaining(
      failures: failures.count, last: failures.first?.time, now: time)
    if seconds > 0 { return .wait(seconds: seconds) }
    guard isPIN(pin, of: name), let person = people()[name], !person.isRetired else {
      audit(.signInFailed(person: name), by: name, workstation, time)
      return .wrong
    }
    audit(.signedIn(person: name), by: name, workstation, time)
    return .signedIn(person)
  }

  package func isPIN(_ pin: PIN, of name: String) -> Bool { enrolled[name]?.pin == pin }

  package func audit(_ entries: [AuditEntry]) { self.entries += entries }

  package func auditEntries(_ body: (AuditEntry) throws -> Void) rethrows {
    try entries.forEach(body)
  }

  package func acceptedConfiguration() -> String? {
    entries.reversed().lazy.compactMap { entry in
      if case .configurationAccepted(let hash) = entry.deed { hash } else { nil }
    }.first
  }

  package func auditHead() -> Head { Head(count: entries.count, hash: Head.empty.hash) }

  private func audit(
    _ deed: AuditEntry.Deed, by actor: String, _ workstation: String, _ time: RecordedTime
  ) {
    audit([AuditEntry(time: time, actor: actor, workstation: workstation, deed: deed)])
  }
}
