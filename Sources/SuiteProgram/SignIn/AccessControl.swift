package import InfusionRecord
package import RecorderUI
package import SessionStore

/// Sign-in on the screens, and the audit entries that the screens cause.
///
/// A store that cannot be written still checks PINs. Wrong ones are then counted in memory and
/// forgotten when the program ends; an attacker who can restart it could read the file as well.
package final class AccessControl {
  private let store: any AuditLog
  private let isReadOnly: Bool
  private let workstation: Workstation
  private let configuration: AcceptedConfiguration
  /// Wrong PINs in a row by name, for a store that cannot be written.
  private var failures: [String: (count: Int, last: RecordedTime)] = [:]

  package init(
    store: any AuditLog, isReadOnly: Bool, workstation: Workstation,
    configuration: AcceptedConfiguration
  ) {
    self.store = store
    self.isReadOnly = isReadOnly
    self.workstation = workstation
    self.configuration = configuration
  }

  package func roster() throws(StoreError) -> Roster { try store.people() }

  package func signIn(_ name: String, _ pin: PIN, at now: RecordedTime) -> SignInOutcome {
    do throws(StoreError) {
      if isReadOnly { return try check(name, pin, at: now) }
      switch try store.signIn(name, pin, workstation: workstation.name, at: now) {
      case .signedIn(let person): return .signedIn(person)
      case .wrong: return .wrong
      case .wait(let seconds): return .wait(seconds: seconds)
      }
    } catch {
      return .failed(error.sentence)
    }
  }

  private func check(
    _ name: String, _ pin: PIN, at now: RecordedTime
  ) throws(StoreError) -> SignInOutcome {
    let counted = failures[name]
    let seconds = SignInLimit.remaining(
      failures: counted?.count ?? 0, last: counted?.last, now: now)
    if seconds > 0 { return .wait(seconds: seconds) }
    if try store.isPIN(pin, of: name), let person = try store.people()[name], !person.isRetired {
      failures[name] = nil
      return .signedIn(person)
    }
    failures[name] = ((counted?.count ?? 0) + 1, now)
    return .wrong
  }

  /// Why nothing may be signed off or exported now; nil if it may, and always nil without enrolled
  /// people.
  func configurationRefusal(_ roster: Roster) -> String? {
    if roster.isEmpty { return nil }
    // A configuration that cannot be read was not accepted.
    let isInForce = (try? configuration.isInForce(store)) ?? false
    return isInForce ? nil : AcceptedConfiguration.refusal
  }

  /// Appends an audit entry, unless the store cannot be written.
  func audit(_ action: AuditAction, by actor: String, at now: RecordedTime) {
    if isReadOnly { return }
    try? store.audit(workstation.entry(actor, action, at: now))
  }
}
