package import InfusionRecord

/// The result of an attempt to sign in.
package enum SignInResult: Sendable, Hashable {
  /// `pin` counts the PINs that the person had been given: the number of `Right.Proof`.
  case signedIn(Person, pin: Int)
  case wrong
  /// The PIN was right, but the person was retired. A wrong PIN gives `wrong`, so that only its owner learns
  /// that.
  case retired
  /// There were too many wrong PINs: seconds to wait. The PIN was not checked.
  case wait(seconds: Int64)
}

extension AuditLog {
  /// Checks a PIN and records the sign-in or the failure.
  ///
  /// Wrong PINs are counted in the record, so all terminals share the count. If another attempt was
  /// recorded between reading the count and recording the result, this attempt is void and repeated:
  /// many terminals at once get no more tries than one.
  package func signIn(
    _ name: String, _ pin: PIN, workstation: String, at time: RecordedTime
  ) throws(StoreError) -> SignInResult {
    // The digest takes as long on purpose; a repeated attempt does not compute it again.
    var checked: (digest: PINDigest, isRight: Bool)?
    for _ in 0..<16 {
      let person = try people()[name]
      // As it was enrolled, because a store compares bytes.
      let name = person?.name ?? name
      let state = try pinState(of: name)
      guard let digest = state.digest, let person else {
        // Takes as long as a wrong PIN, so that the time does not give names away.
        _ = try PINDigest(of: pin)
        try audit(
          AuditEntry(
            time: time, actor: "nobody", workstation: workstation,
            action: .signInFailed(person: nil)), under: nil)
        return .wrong
      }
      let seconds = SignInLimit.remaining(
        failures: state.failures.count, last: SignInLimit.last(of: state.failures, now: time),
        now: time)
      if seconds > 0 { return .wait(seconds: seconds) }
      let isRight: Bool
      if let checked, checked.digest == digest {
        isRight = checked.isRight
      } else {
        isRight = try digest.isOf(pin)
        checked = (digest, isRight)
      }
      let entry = AuditEntry(
        time: time, actor: name, workstation: workstation,
        action: isRight && !person.isRetired
          ? .signedIn(person: name) : .signInFailed(person: name))
      let isRecorded = try append([AuditRow(entry)], under: nil) {
        try auditRows(about: name).map(\.body) == state.bodies
      }
      guard isRecorded else { continue }
      guard isRight else { return .wrong }
      return person.isRetired ? .retired : .signedIn(person, pin: state.pins)
    }
    throw .busy(path: location, seconds: 0)
  }

  private func pinState(of name: String) throws(StoreError) -> PINState {
    let enrolments = try enrolmentRows().filter { $0.person == name }
    let rows = try auditRows(about: name)
    return try decoded { () throws(FactBody.Unreadable) in try PINState(enrolments, rows) }
  }
}

/// A person's PIN and the attempts with it.
private struct PINState {
  var digest: PINDigest?
  /// How many PINs the person was given.
  var pins = 0
  /// The times of the wrong PINs since the last right one, or since a new one was set.
  var failures: [RecordedTime] = []
  /// The entries this was computed from. Each differs, because it carries the counts of all.
  let bodies: [[UInt8]]

  init(_ enrolments: [AuditRow], _ rows: [AuditRow]) throws(FactBody.Unreadable) {
    bodies = rows.map(\.body)
    for row in enrolments {
      switch try row.entry().action {
      case .pinSet, .enrolled:
        pins += 1
        digest = PINDigest(members: try row.members())
        guard digest != nil else { throw FactBody.Unreadable(what: "a PIN's digest") }
      default: break
      }
    }
    for row in rows {
      switch try row.entry().action {
      case .signInFailed:
        failures.append(RecordedTime(milliseconds: row.recorded))
      case .signedIn, .pinSet, .enrolled: failures = []
      default: break
      }
    }
  }
}
