package import InfusionRecord
package import SessionStore

// Writes under the right of the author as of now, for tests that are not about rights.

extension Right {
  /// The right that `name` has in a store now: the account's, or that of a person who signed in.
  package static func now(
    of name: String, in audit: some AuditLog, to act: Act, workstation: String = "ws-1"
  ) throws(StoreError) -> Right {
    let rows = try audit.enrolmentRows()
    let pins = rows.count { row in
      row.person == name
        && [AuditAction.Kind.enrolled, .pinSet].map(AuditRow.number(of:)).contains(row.kind)
    }
    return Right(
      actor: name, workstation: workstation, proof: rows.isEmpty ? .account : .pin(number: pins),
      act: act,
      configuration: ConfigurationHash(text: try audit.acceptedConfiguration() ?? ""))
  }
}

extension FactStore {
  @discardableResult
  package func append(_ batches: [Append]) throws(StoreError) -> Head {
    let name = batches.first?.events.first?.actor ?? "account"
    guard let audit = self as? any AuditLog else {
      return try append(
        batches,
        under: Right(actor: name, workstation: "ws-1", proof: .account, act: .record))
    }
    return try append(batches, under: .now(of: name, in: audit, to: .record))
  }

  @discardableResult
  package func append(
    _ events: [Event], to session: SessionID, expecting version: Int
  ) throws(StoreError) -> Head {
    try append([Append(session: session, expecting: version, events: events)])
  }
}

extension AuditLog {
  @discardableResult
  package func append(
    _ rows: [AuditRow], if condition: () throws -> Bool
  ) throws(StoreError) -> Bool {
    let needed = rows.compactMap { try? $0.entry() }.compactMap { $0.action.act(by: $0.actor) }
    guard let act = needed.first, let name = rows.first?.actor else {
      return try append(rows, under: nil, if: condition)
    }
    return try append(rows, under: .now(of: name, in: self, to: act), if: condition)
  }

  package func audit(_ entries: [AuditEntry]) throws(StoreError) {
    try append(entries.map { AuditRow($0) }) { true }
  }

  package func audit(_ entry: AuditEntry) throws(StoreError) { try audit([entry]) }

  package func enrol(
    _ name: String, as role: Role, pin: PIN, by actor: String, workstation: String,
    at time: RecordedTime
  ) throws {
    try enrol(
      name, as: role, pin: pin,
      under: .now(of: actor, in: self, to: .managePeople, workstation: workstation), at: time)
  }

  package func setPIN(
    of name: String, to pin: PIN, by actor: String, workstation: String, at time: RecordedTime
  ) throws {
    try setPIN(
      of: name, to: pin,
      under: .now(of: actor, in: self, to: .look, workstation: workstation), at: time)
  }

  package func give(
    _ role: Role, to name: String, by actor: String, workstation: String, at time: RecordedTime
  ) throws {
    try give(
      role, to: name,
      under: .now(of: actor, in: self, to: .managePeople, workstation: workstation), at: time)
  }

  package func retire(
    _ name: String, by actor: String, workstation: String, at time: RecordedTime
  ) throws {
    try retire(
      name, under: .now(of: actor, in: self, to: .managePeople, workstation: workstation), at: time)
  }
}

extension Outbox {
  private func right(of name: String) throws(StoreError) -> Right {
    guard let audit = self as? any AuditLog else {
      return Right(actor: name, workstation: "ws-1", proof: .account, act: .export)
    }
    return try .now(of: name, in: audit, to: .export)
  }

  package func change(
    _ changes: [OutboxChange], seen facts: Int, by actor: String, at: RecordedTime
  ) throws(StoreError) {
    try change(changes, seen: facts, under: right(of: actor), at: at)
  }

  package func record(
    _ step: OutboxStep, of control: String, expecting: Int
  ) throws(StoreError) {
    try record(step, of: control, expecting: expecting, under: right(of: step.actor))
  }
}
