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
  /// If nobody is enrolled, the account has every right and no PIN is asked. The store checks the right
  /// again in the transaction of each write.
  ///
  /// - Parameter configuration: the hashes of the files by which the act is decided, already read.
  func signIn(
    _ store: any Store, for act: Act, by configuration: ConfigurationHash = ConfigurationHash()
  ) throws -> SignedIn {
    let roster = try store.people()
    let typed = actor ?? Host.actor
    let name = roster[typed]?.name ?? typed
    func right(_ proof: Right.Proof) -> Right {
      Right(
        actor: name, workstation: Host.name, proof: proof, act: act, configuration: configuration)
    }
    if roster.isEmpty {
      // Skips the line of the PIN. When the first person is enrolled, there is no such line.
      if pinFromInput, act != .managePeople { _ = try? SecretEntry.line() }
      return SignInOptions.SignedIn(right: right(.account), authority: .account)
    }
    guard roster[name] != nil else {
      try? store.audit(Host.entry("nobody", .signInFailed(person: nil)), under: nil)
      throw Complaint(
        "\(act.words) needs a signed-in person, and \(name.printable) is not enrolled; "
          + "name yourself with --actor. Nothing was done.")
    }
    let pin = PIN(typed: try secret("PIN of \(name.printable)"))
    switch try store.signIn(name, pin, workstation: Host.name, at: Host.now) {
    case .signedIn(let person, let number):
      let right = right(.pin(number: number))
      if let refusal = try store.refusal(of: right) {
        try? store.audit(Host.entry(name, .refused(refusal.act)), under: nil)
        throw Complaint("\(refusal.sentence) Nothing was done.")
      }
      return SignInOptions.SignedIn(right: right, authority: .signedIn(person.role))
    case .wrong: throw wrong(name)
    case .retired:
      throw Complaint("\(name.printable) was retired and signs in no more. Nothing was done.")
    case .wait(let seconds):
      throw Complaint(SignInLimit.sentence(seconds: seconds) + " Nothing was done.")
    }
  }

  private func wrong(_ name: String) -> Complaint {
    Complaint("Wrong PIN for \(name.printable). Nothing was done.")
  }

  /// A PIN from standard input or the terminal.
  func secret(_ question: String) throws -> String {
    do throws(SecretReader.Failure) {
      return pinFromInput ? try SecretEntry.line() : try SecretEntry.ask(question)
    } catch {
      switch error {
      case .left: throw Complaint("No PIN was given. Nothing was done.")
      case .late: throw Complaint("No PIN was given within a minute. Nothing was done.")
      case .noTerminal:
        throw Complaint(
          "There is no terminal to ask for the PIN; give it on standard input with --pin-stdin. "
            + "Nothing was done.")
      }
    }
  }

  /// The signed-in person.
  struct SignedIn {
    var right: Right
    let authority: Authority
    var name: String { right.actor }
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
  /// Opens the store for reading; the sign-in is audited, and what is opened with a reason.
  func open(
    looking options: SignInOptions, breaking glass: BreakGlassOption? = nil
  ) throws -> (store: any Store, by: SignInOptions.SignedIn) {
    try open(signing: options, for: .look, isAudited: glass?.reason != nil)
  }

  /// Opens the store for an act that reads it and is audited.
  ///
  /// If people are enrolled, the store must be writable: a PIN could be tried without limit, and a view
  /// would leave no trace, in a store that takes no entries. If nobody is enrolled, a store on a disk
  /// that cannot be written is still read.
  ///
  /// - Parameter isAudited: whether the act is audited even if nobody is enrolled.
  func open(
    signing options: SignInOptions, for act: Act,
    by configuration: ConfigurationHash = ConfigurationHash(), isAudited: Bool = false
  ) throws -> (store: any Store, by: SignInOptions.SignedIn) {
    var store = try open(.readOnly)
    let isEnrolled = try !store.people().isEmpty
    guard isEnrolled || act != .look || isAudited else {
      return (store, try options.signIn(store, for: act, by: configuration))
    }
    do throws(StoreError) {
      let writing = try open(.readWrite)
      store = writing
    } catch {
      if isEnrolled { throw Complaint(SignInOptions.unwritable(error)) }
    }
    return (store, try options.signIn(store, for: act, by: configuration))
  }
}

extension SignInOptions {
  /// Why nobody can sign in to a store that cannot be written.
  static func unwritable(_ error: StoreError) -> String {
    "A sign-in needs a store that can be written, because wrong PINs are counted and views are audited "
      + "in it. \(error.sentence)"
  }
}

extension Store {
  /// Audits a view of a patient's record.
  func auditView(of log: EventLog, by who: SignInOptions.SignedIn) throws(StoreError) {
    try auditViews(of: [(log.session, log.holder)], by: who)
  }

  /// Audits views of several records in one transaction: all of a supervisor, and a nurse's of sessions
  /// that others hold.
  func auditViews(
    of sessions: [(id: SessionID, holder: String?)], by who: SignInOptions.SignedIn
  ) throws(StoreError) {
    let seen: [SessionID]
    switch who.authority {
    case .account, .nobody: return
    case .signedIn(.supervisor): seen = sessions.map(\.id)
    case .signedIn(.nurse): seen = sessions.filter { $0.holder != who.name }.map(\.id)
    }
    if seen.isEmpty { return }
    let now = Host.now
    try audit(
      seen.map { Host.entry(who.name, .viewed($0), at: now) }, under: who.right.to(.look))
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
