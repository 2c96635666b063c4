import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import SessionStore
import SQLiteStore
import SuiteProgram

/// Who runs a command; where people are enrolled, that person signs in by PIN.
struct SignInOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Who does it; else $CHAIRTIME_ACTOR or the account.", valueName: "name"))
  var actor: String?

  @Flag(
    name: .customLong("pin-stdin"),
    help: "Read the PIN from the first line of standard input, not from the terminal.")
  var pinFromInput = false

  /// What the options say, apart from how they were read.
  struct Values: Hashable {
    var actor: String?
    var pinFromInput = false
  }

  var values: Values { Values(actor: actor, pinFromInput: pinFromInput) }

  func signIn(_ store: SQLiteStore, for act: Act) throws -> SignedIn {
    try values.signIn(store, for: act)
  }

  func secret(_ question: String) throws -> String { try values.secret(question) }

  /// Somebody who may go on.
  struct SignedIn {
    let name: String
    let authority: Authority
    /// Whether people are enrolled at all.
    var isEnrolled: Bool { authority != .account }

    /// Refuses, while nobody is enrolled, whoever the site's file does not name as a supervisor.
    ///
    /// - Parameter outcome: what did not happen, the end of the sentence.
    func checkSupervisor(of site: Site, else outcome: String) throws {
      guard isEnrolled || site.configuration.maySignOff(name) else {
        throw Complaint("\(name.printable) is not among the site's supervisors; \(outcome).")
      }
    }
  }

}

extension SignInOptions.Values {
  /// Signs in whoever runs the command and checks that this person may do `act`.
  ///
  /// Where nobody is enrolled the account may do everything and nothing is asked.
  func signIn(_ store: SQLiteStore, for act: Act) throws -> SignInOptions.SignedIn {
    let name = actor ?? Host.actor
    let roster = try store.people()
    if roster.isEmpty {
      // A line in the PIN's place is passed over; who is enrolled first has none to sign in with.
      if pinFromInput, act != .managePeople { _ = try? SecretEntry.line() }
      return SignInOptions.SignedIn(name: name, authority: .account)
    }
    guard let person = roster[name], !person.isRetired else {
      try? store.audit(Host.entry("nobody", .signInFailed(person: nil)))
      throw Complaint(
        "\(act.words) needs somebody signed in, and \(name.printable) is not enrolled; "
          + "name yourself with --actor. Nothing was done.")
    }
    let pin = PIN(typed: try secret("PIN of \(name.printable)"))
    if store.mode == .readOnly {
      guard try store.isPIN(pin, of: name) else { throw wrong(name) }
    } else {
      switch try store.signIn(name, pin, workstation: Host.name, at: Host.now) {
      case .signedIn: break
      case .wrong: throw wrong(name)
      case .wait(let seconds):
        throw Complaint(SignInLimit.sentence(seconds: seconds) + " Nothing was done.")
      }
    }
    let authority = Authority.signedIn(person.role)
    if let refusal = authority.refusal(of: act) {
      try? store.audit(Host.entry(name, .refused(act)))
      throw Complaint("\(refusal) Nothing was done.")
    }
    return SignInOptions.SignedIn(name: name, authority: authority)
  }

  private func wrong(_ name: String) -> Complaint {
    Complaint("Wrong PIN for \(name.printable). Nothing was done.")
  }

  /// A PIN from where it is to come from.
  func secret(_ question: String) throws -> String {
    do throws(SecretEntry.Failure) {
      return pinFromInput ? try SecretEntry.line() : try SecretEntry.ask(question)
    } catch {
      switch error {
      case .left: throw Complaint("No PIN was given. Nothing was done.")
      case .noTerminal:
        throw Complaint(
          "A PIN is asked on a terminal, and there is none; give it on standard input with "
            + "--pin-stdin. Nothing was done.")
      }
    }
  }
}

extension StoreOptions {
  func open(
    looking options: SignInOptions
  ) throws -> (store: SQLiteStore, by: SignInOptions.SignedIn) {
    try values.open(looking: options.values)
  }

  func open(
    signing options: SignInOptions, for act: Act
  ) throws -> (store: SQLiteStore, by: SignInOptions.SignedIn) {
    try values.open(signing: options.values, for: act)
  }
}

extension StoreOptions.Values {
  /// Opens the store for somebody who only looks; a sign-in is written down where that is possible.
  func open(
    looking options: SignInOptions.Values
  ) throws -> (store: SQLiteStore, by: SignInOptions.SignedIn) {
    try open(signing: options, for: .look)
  }

  /// Opens a store that is read, for an act that leaves a line in the audit record.
  ///
  /// A disk that cannot be written is no reason not to read where nobody is enrolled.
  func open(
    signing options: SignInOptions.Values, for act: Act
  ) throws -> (store: SQLiteStore, by: SignInOptions.SignedIn) {
    var store = try open(.readOnly)
    guard try !store.people().isEmpty || act != .look else {
      return (store, try options.signIn(store, for: act))
    }
    do throws(StoreError) {
      let writing = try open(.readWrite)
      store = writing
    } catch {
      let isEnrolled = try !store.people().isEmpty
      if isEnrolled, act != .look { throw error }
    }
    return (store, try options.signIn(store, for: act))
  }
}

extension SQLiteStore {
  /// Writes down that a supervisor looked at a patient's record.
  func auditView(of session: SessionID, by who: SignInOptions.SignedIn) throws(StoreError) {
    try auditViews(of: [session], by: who)
  }

  /// The same of many, in one transaction.
  func auditViews(of sessions: [SessionID], by who: SignInOptions.SignedIn) throws(StoreError) {
    guard who.authority == .signedIn(.supervisor), mode == .readWrite else { return }
    let now = Host.now
    try audit(sessions.map { Host.entry(who.name, .viewed($0), at: now) })
  }
}

extension Host {
  /// An audit entry of this machine, and of this moment where none is given.
  static func entry(
    _ actor: String, _ action: AuditAction, at time: RecordedTime = now
  ) -> AuditEntry {
    AuditEntry(time: time, actor: actor, workstation: name, action: action)
  }
}
