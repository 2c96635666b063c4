package import InfusionRecord

/// Restricted records, and who opened one with a reason.
extension AuditLog {
  /// What the entries add up to as of now.
  package func restrictions() throws(StoreError) -> Restrictions { try restrictions(since: nil) }

  /// What hides records at `now`. What was opened more than a shift ago is left out, so that an append need
  /// not decode the openings of years.
  package func restrictions(at now: RecordedTime) throws(StoreError) -> Restrictions {
    try restrictions(since: now.milliseconds - Restrictions.shift)
  }

  private func restrictions(since first: Int64?) throws(StoreError) -> Restrictions {
    let opened = [AuditAction.Kind.glassBroken, .tookOver].map(AuditRow.number(of:))
    let entries = try restrictionRows().filter { row in
      guard let first else { return true }
      return row.recorded >= first || !opened.contains(row.kind)
    }
    return try decoded { () throws(FactBody.Unreadable) in
      var restrictions = Restrictions()
      for row in entries { restrictions.take(try row.entry()) }
      return restrictions
    }
  }

  /// Hides a patient's record; refused if it is hidden already.
  package func restrict(
    _ mrn: String, because reason: String, under right: Right, at time: RecordedTime
  ) throws {
    try change(.restricted(mrn: mrn, reason: reason), under: right, at: time) {
      $0[mrn] == nil ? nil : .isRestricted
    }
  }

  /// Shows a patient's record again; refused if it is not hidden.
  package func release(
    _ mrn: String, because reason: String, under right: Right, at time: RecordedTime
  ) throws {
    try change(.released(mrn: mrn, reason: reason), under: right, at: time) {
      $0[mrn] == nil ? .isNotRestricted : nil
    }
  }

  /// Appends a change if the right and the restrictions allow it in the same transaction.
  private func change(
    _ action: AuditAction, under right: Right, at time: RecordedTime,
    _ refusal: (Restrictions) -> RestrictionRefusal?
  ) throws {
    let entry = AuditEntry(
      time: time, actor: right.actor, workstation: right.workstation, action: action)
    var refused: RestrictionRefusal?
    try append([AuditRow(entry)], under: right) {
      refused = refusal(try restrictions())
      return refused == nil
    }
    if let refused { throw refused }
  }
}

/// Why a restriction or a release was refused.
package enum RestrictionRefusal: Error, Sendable, Hashable {
  case isRestricted
  case isNotRestricted

  package var sentence: String {
    switch self {
    case .isRestricted: "The record is restricted already."
    case .isNotRestricted: "The record is not restricted."
    }
  }
}

extension Restrictions {
  /// Adds what an entry says; entries of other kinds change nothing.
  mutating func take(_ entry: AuditEntry) {
    func glassBreak(_ opened: Opened, _ reason: String) -> GlassBreak {
      GlassBreak(
        opened: opened, reason: reason, actor: entry.actor, workstation: entry.workstation,
        time: entry.time)
    }
    switch entry.action {
    case .restricted(let mrn, let reason):
      restrict(mrn, because: reason, by: entry.actor, at: entry.time)
    case .released(let mrn, _): release(mrn)
    case .glassBroken(let mrn, let session, let reason):
      add(glassBreak(.record(mrn: mrn, session: session), reason))
    case .tookOver(let person, let reason): add(glassBreak(.screen(of: person), reason))
    default: break
    }
  }
}
