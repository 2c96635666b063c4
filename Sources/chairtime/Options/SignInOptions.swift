import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import SessionStore
import SuiteProgram

/// The person who runs a command; if people are enrolled, that person signs in with a PIN.
struct SignInOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Your name; without it, $CHAIRTIME_ACTOR or the account.", valueName: "name")
  )
  var actor: String?

  @Flag(
    name: .customLong("pin-stdin"),
    help: "Read the PIN from the first line of standard input, not from the terminal.")
  var pinFromInput = false

  /// Signs in the person who runs the command and checks that this person may do `act`.
  ///
  /// If nobody is enrolled, the account has every right and no PIN is asked.
  func signIn(_ store: any Store, for act: Act) throws -> SignedIn {
    let name = actor ?? Host.actor
    let roster = try store.people()
    if roster.isEmpty {
      // Skips the line of the PIN. When the first person is enrolled, there is no such line.
      if pinFromInput, act != .managePeople { _ = try? SecretEntry.line() }
      return SignInOptions.SignedIn(name: name, authority: .account)
    }
    guard let person = roster[name], !person.isRetired else {
      try? store.audit(Host.entry("nobody", .signInFailed(person: nil)))
      throw Complaint(
        "\(act.words) needs a signed-in person, and \(name.printable) is not enrolled; "
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

  /// A PIN from standard input or the terminal.
  func secret(_ question: String) throws -> String {
    do throws(SecretEntry.Failure) {
      return pinFromInput ? try SecretEntry.line() : try SecretEntry.ask(question)
    } catch {
      switch error {
      case .left: throw Complaint("No PIN was given. Nothing was done.")
      case .noTerminal:
        throw Complaint(
          "There is no terminal to ask for the PIN; give it on standard input with --pin-stdin. "
            + "Nothing was done.")
      }
    }
  }

  /// The signed-in person.
  struct SignedIn {
    let name: String
    let authority: Authority
    /// Whether people are enrolled.
    var isEnrolled: Bool { authority != .account }

    /// If nobody is enrolled, refuses a person the site's file does not name as a supervisor.
    ///
    /// - Parameter outcome: what did not happen, the end of the sentence.
    func checkSupervisor(of site: Site, else outcome: String) throws {
      guard isEnrolled || site.configuration.maySignOff(name) else {
        throw Complaint("\(name.printable) is not among the site's supervisors; \(outcome).")
      }
    }
  }
}

extension StoreOptions {
  /// Opens the store for reading. The sign-in is audited if the store can be written.
  func open(
    looking options: SignInOptions
  ) throws -> (store: any Store, by: SignInOptions.SignedIn) {
    try open(signing: options, for: .look)
  }

  /// Opens the store for an act that reads it and is audited.
  ///
  /// If the disk cannot be written and nobody is enrolled, the store is still read.
  func open(
    signing options: SignInOptions, for act: Act
  ) throws -> (store: any Store, by: SignInOptions.SignedIn) {
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

extension Store {
  /// Audits that a supervisor viewed a patient's record.
  func auditView(of session: SessionID, by who: SignInOptions.SignedIn) throws(StoreError) {
    try auditViews(of: [session], by: who)
  }

  /// Audits views of several records in one transaction.
  func auditViews(of sessions: [SessionID], by who: SignInOptions.SignedIn) throws(StoreError) {
    guard who.authority == .signedIn(.supervisor), mode == .readWrite else { return }
    let now = Host.now
    try audit(sessions.map { Host.entry(who.name, .viewed($0), at: now) })
  }
}

extension Host {
  /// An audit entry of this machine.
  static func entry(
    _ actor: String, _ action: AuditAction, at time: RecordedTime = now
  ) -> AuditEntry {
    AuditEntry(time: time, actor: actor, workstation: name, action: action)
  }
}
