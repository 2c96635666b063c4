package import InfusionRecord
package import RecorderUI
package import SessionStore

/// Sign-in on the screens, the rights that follow from it, and the audit entries that screens cause.
package final class AccessControl {
  private let store: any AuditLog
  private let workstation: Workstation
  private let configuration: ConfigurationHash
  /// Whose PIN was checked last, and which of the person's PINs it was.
  private var signedIn: (name: String, pin: Int)?
  /// The end of the audit record when the restrictions were read.
  private var restrictionsHead: Head?

  /// - Parameters:
  ///   - store: takes audit entries, also if the screens record no facts.
  ///   - configuration: the files as the program read them when it began.
  package init(
    store: any AuditLog, workstation: Workstation, configuration: ConfigurationHash
  ) {
    self.store = store
    self.workstation = workstation
    self.configuration = configuration
  }

  package func roster() throws(StoreError) -> Roster { try store.people() }

  package func signIn(_ name: String, _ pin: PIN, at now: RecordedTime) -> SignInOutcome {
    do throws(StoreError) {
      switch try store.signIn(name, pin, workstation: workstation.name, at: now) {
      case .signedIn(let person, let number):
        signedIn = (name, number)
        return .signedIn(person)
      case .wrong: return .wrong
      case .retired: return .retired(name: name)
      case .wait(let seconds): return .wait(seconds: seconds)
      }
    } catch {
      return .failed(error.sentence)
    }
  }

  /// The right under which the screens write for a user. The store decides what it allows.
  func right(of name: String, to act: Act) -> Right {
    var proof = Right.Proof.account
    if let signedIn, signedIn.name == name { proof = .pin(number: signedIn.pin) }
    return Right(
      actor: name, workstation: workstation.name, proof: proof, act: act,
      configuration: configuration)
  }

  /// The restrictions if the audit record grew since they were read last; otherwise nil.
  func changedRestrictions() throws(StoreError) -> Restrictions? {
    let head = try store.auditHead()
    guard head != restrictionsHead else { return nil }
    // Entries are never removed, so an empty record is not believed: it would lift every restriction.
    if let known = restrictionsHead, head.count == 0 {
      throw .endMissing(
        path: store.location, chain: .audit, found: head.count, acknowledged: known.count)
    }
    let restrictions = try store.restrictions()
    restrictionsHead = head
    return restrictions
  }

  /// What is wrong with the outbox, in a sentence for the screen; nil if nothing is.
  func outboxWarning() throws(StoreError) -> String? { try store.outboxWarning() }

  /// Appends an audit entry if the user has the right to its act.
  func audit(_ action: AuditAction, by name: String, at now: RecordedTime) throws(StoreError) {
    let right = action.act(by: name).map { self.right(of: name, to: $0) }
    try store.audit(workstation.entry(name, action, at: now), under: right)
  }
}
