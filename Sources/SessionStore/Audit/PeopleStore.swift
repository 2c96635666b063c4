package import InfusionRecord

/// Who may use the suite, in which role and with which PIN: what the audit log's entries add up to.
package protocol PeopleStore: AnyObject {
  /// Everybody enrolled; empty if nobody ever was.
  func people() throws(StoreError) -> Roster

  /// Enrols a person. The first person must be a supervisor.
  func enrol(
    _ name: String, as role: Role, pin: PIN, by actor: String, workstation: String,
    at time: RecordedTime
  ) throws

  /// Sets a new PIN and resets the count of wrong ones.
  func setPIN(
    of name: String, to pin: PIN, by actor: String, workstation: String, at time: RecordedTime
  ) throws

  func give(
    _ role: Role, to name: String, by actor: String, workstation: String, at time: RecordedTime
  ) throws

  func retire(_ name: String, by actor: String, workstation: String, at time: RecordedTime) throws

  /// Checks a PIN and records the sign-in or the failure.
  func signIn(
    _ name: String, _ pin: PIN, workstation: String, at time: RecordedTime
  ) throws(StoreError) -> SignInResult

  /// Whether the PIN is the person's. Counts nothing: for a store that cannot be written.
  func isPIN(_ pin: PIN, of name: String) throws(StoreError) -> Bool
}

/// The result of an attempt to sign in.
package enum SignInResult: Sendable, Hashable {
  case signedIn(Person)
  case wrong
  /// There were too many wrong PINs: seconds to wait. The PIN was not checked.
  case wait(seconds: Int64)
}

/// Why a change of the roster was not made.
package enum RosterRefusal: Error, Sendable, Hashable {
  case isEnrolled(String)
  case isRetired(String)
  case unknown
  /// Somebody has to be left who may manage people.
  case lastSupervisor
  case firstMustSupervise

  package var sentence: String {
    switch self {
    case .isEnrolled(let name): "\(name) is enrolled already."
    case .isRetired(let name):
      "\(name) was retired; a name is never given again, because facts speak of it."
    case .unknown: "Nobody of that name is enrolled; `chairtime people list` shows who is."
    case .lastSupervisor: "This is the last supervisor; enrol another one first."
    case .firstMustSupervise: "The first person enrolled must be a supervisor."
    }
  }
}
