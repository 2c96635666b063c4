package import InfusionRecord
import RecorderUI
package import SessionStore

/// Where somebody signs in on the screens: the store's people and its audit record.
///
/// A store that cannot be written still knows the PINs; wrong ones are then counted here, and end with
/// the program. Whoever can start it again could read the file as well.
package final class AccessControl {
  private let store: any Store
  private let workstation: Workstation
  private let configuration: AcceptedConfiguration
  private var failures: [String: (count: Int, last: RecordedTime)] = [:]

  package init(
    store: any Store, workstation: Workstation, configuration: AcceptedConfiguration
  ) {
    self.store = store
    self.workstation = workstation
    self.configuration = configuration
  }

  package func roster() throws(StoreError) -> Roster { try store.people() }

  func signIn(_ name: String, _ pin: PIN, at now: RecordedTime) -> SignInOutcome {
    do throws(StoreError) {
      guard store.mode == .readWrite else { return try check(name, pin, at: now) }
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

  /// Why nothing is signed off or exported now, where people are enrolled; nil where it may be.
  func configurationRefusal(_ roster: Roster) -> String? {
    if roster.isEmpty { return nil }
    // What cannot be read was not accepted.
    let isInForce = (try? configuration.isInForce(store)) ?? false
    return isInForce ? nil : AcceptedConfiguration.refusal
  }

  /// Writes an entry; a store that cannot be written has none.
  func note(_ action: AuditAction, by actor: String, at now: RecordedTime) {
    guard store.mode == .readWrite else { return }
    try? store.audit(workstation.entry(actor, action, at: now))
  }
}
