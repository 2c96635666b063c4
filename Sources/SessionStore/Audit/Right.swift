package import InfusionRecord

/// Who writes, and what for. A store checks it in the transaction that writes.
///
/// Time passes between a sign-in and a write. While a prompt is open, a supervisor can be demoted, a
/// nurse retired, a PIN changed, or the first person enrolled. A check before the write would decide by
/// what was true earlier, so each store reads the people again inside its write transaction.
///
/// ```
///  sign-in ──► right ──► prompt, derivation, ... ──► BEGIN IMMEDIATE
///                                                      refusal(of: right) by the people as of now
///                                                      write, or record the refusal
///                                                    COMMIT
/// ```
package struct Right: Sendable, Hashable {
  /// How the program knows who acts.
  package enum Proof: Sendable, Hashable {
    /// Nobody was enrolled, so the account of the host acts.
    case account
    /// A PIN was checked. `number` is the count of PINs that the person had been given by then.
    case pin(number: Int)
  }

  package let actor: String
  package let workstation: String
  package let proof: Proof
  /// What the actor says that the write is for. What is written can need further acts.
  package var act: Act
  /// The hashes of the files by which the act is decided.
  package var configuration: ConfigurationHash

  package init(
    actor: String, workstation: String, proof: Proof, act: Act,
    configuration: ConfigurationHash = ConfigurationHash()
  ) {
    self.actor = actor
    self.workstation = workstation
    self.proof = proof
    self.act = act
    self.configuration = configuration
  }

  /// The same person's right to another act.
  package func to(_ act: Act) -> Right {
    var right = self
    right.act = act
    return right
  }
}

/// Why a right does not allow an act, as of the transaction that would have written it.
package struct RightRefusal: Error, Sendable, Hashable {
  package enum Cause: Sendable, Hashable {
    /// The account acted because nobody was enrolled, and people are enrolled by now.
    case peopleEnrolled
    case notEnrolled
    case retired
    case pinChanged
    case needsSupervisor
    /// What would be written names another person as its author.
    case otherAuthor
    /// The act is decided by other files than those that a supervisor accepted last.
    case configuration(String)
    /// The patient's record is restricted, and the person neither holds the session nor opened it.
    case restricted
  }

  package let act: Act
  package let actor: String
  package let cause: Cause

  package init(act: Act, actor: String, cause: Cause) {
    self.act = act
    self.actor = actor
    self.cause = cause
  }

  /// Whether the person has to sign in again before the next act.
  package var needsSignIn: Bool {
    switch cause {
    case .peopleEnrolled, .notEnrolled, .retired, .pinChanged, .otherAuthor: true
    case .needsSupervisor, .configuration, .restricted: false
    }
  }

  package var sentence: String {
    switch cause {
    case .peopleEnrolled:
      "\(act.words) needs a person who is signed in, because people were enrolled meanwhile."
    case .notEnrolled: "\(act.words) needs a person who is signed in; \(actor) is not enrolled."
    case .retired: "\(act.words) needs a person who is signed in; \(actor) was retired."
    case .pinChanged: "The PIN of \(actor) was changed after this sign-in; sign in again."
    case .needsSupervisor: "\(act.words) is for supervisors; a supervisor must sign in."
    case .otherAuthor: "\(act.words) under another name than that of the sign-in is refused."
    case .configuration(let what): what
    case .restricted: Restrictions.sentence
    }
  }
}

/// What a write needs besides its right's own act.
package struct RightNeed: Sendable, Hashable {
  package var acts: Set<Act>
  /// The names under which it is recorded. A person who signed in records under no other name.
  package var authors: Set<String>
  /// Whether it is about a restricted record that is hidden from the person.
  package var isHidden: Bool

  package init(acts: Set<Act> = [], authors: Set<String> = [], isHidden: Bool = false) {
    self.acts = acts
    self.authors = authors
    self.isHidden = isHidden
  }
}

extension AuditLog {
  /// What appending the rows needs. Throws if that is an act and there is no right.
  package func need(of rows: [AuditRow], under right: Right?) throws(StoreError) -> RightNeed {
    let actions = try decoded { () throws(FactBody.Unreadable) in
      try rows.map { row throws(FactBody.Unreadable) in try row.entry().action }
    }
    let acts = zip(rows, actions).compactMap { row, action in action.act(by: row.actor) }
    if right == nil, !acts.isEmpty {
      throw .invalid(what: "an audit entry of an act needs a person's right")
    }
    return RightNeed(acts: Set(acts), authors: Set(rows.map(\.actor)))
  }

  /// Why `right` does not allow its act and what else the write needs; nil if it does.
  ///
  /// A store calls this in each transaction that writes. Earlier calls only give an earlier answer.
  package func refusal(
    of right: Right, needing need: RightNeed = RightNeed()
  ) throws(StoreError) -> RightRefusal? {
    let all = need.acts.union([right.act]).sorted { $0.rawValue < $1.rawValue }
    func refused(_ cause: RightRefusal.Cause, _ act: Act? = nil) -> RightRefusal {
      RightRefusal(act: act ?? right.act, actor: right.actor, cause: cause)
    }
    let rows = try enrolmentRows()
    guard case .pin(let number) = right.proof else {
      if !rows.isEmpty { return refused(.peopleEnrolled) }
      return need.isHidden ? refused(.restricted) : nil
    }
    guard let person = try roster(of: rows)[right.actor] else { return refused(.notEnrolled) }
    if person.isRetired { return refused(.retired) }
    if AuditRow.countOfPINs(of: right.actor, in: rows) != number { return refused(.pinChanged) }
    if !need.authors.isSubset(of: [right.actor]) { return refused(.otherAuthor) }
    let authority = Authority.signedIn(person.role)
    if let act = all.first(where: { !may(authority, $0) }) {
      return refused(.needsSupervisor, act)
    }
    if need.isHidden { return refused(.restricted) }
    guard let act = all.first(where: \.needsAcceptedConfiguration) else { return nil }
    let accepted = ConfigurationHash(text: try acceptedConfiguration() ?? "")
    return right.configuration.difference(from: accepted).map { refused(.configuration($0), act) }
  }
}

extension Act {
  /// Whether it is refused under files that no supervisor accepted.
  package var needsAcceptedConfiguration: Bool {
    switch self {
    case .signOff, .export: true
    case .look, .record, .reopenReviewed, .importDocuments, .changeConfiguration, .managePeople,
      .readAudit, .restrict:
      false
    }
  }
}

extension Append {
  /// Whether it is about a record that is hidden from a person: it writes to a hidden session, or gives a
  /// session the number of a restricted patient, which would open that record to its nurse.
  ///
  /// - Parameter log: the session before; nil if the events open it.
  package func isHidden(
    from person: String, by restrictions: Restrictions, after log: EventLog?, at time: RecordedTime
  ) -> Bool {
    if let log, restrictions.hides(log, from: person, at: time) { return true }
    let after = EventLog(session: session, events: (log?.events ?? []) + events)
    guard let mrn = after.opening?.patient.mrn else { return false }
    let before = log?.opening?.patient.mrn
    return before.map { !PatientNumber.areSame($0, mrn) } ?? true
      && restrictions.hides(mrn, from: person, at: time)
  }

  /// The acts that recording these events needs, in a session that has `status`.
  package func acts(from status: EventLog.Status?) -> Set<Act> {
    var status = status
    var acts: Set<Act> = []
    for event in events {
      switch event.fact {
      case .sessionReviewed: acts.insert(.signOff)
      case .noteAdded, .wordsRead: acts.insert(.record)
      // Whatever else is added to what was signed takes the signature away.
      default: acts.insert(status == .reviewed ? .reopenReviewed : .record)
      }
      status = SessionListing([event]).status ?? status
    }
    return acts
  }
}

extension AuditAction {
  /// The act that recording this entry needs; nil if it needs none.
  package func act(by actor: String) -> Act? {
    switch self {
    case .enrolled, .roleGiven, .retired: .managePeople
    case .pinSet(let person): person == actor ? .look : .managePeople
    case .viewed, .glassBroken, .tookOver: .look
    case .restricted, .released: .restrict
    case .exported: .export
    case .imported, .appointmentsForgotten: .importDocuments
    case .configurationAccepted: .changeConfiguration
    case .signedIn, .signInFailed, .refused: nil
    }
  }
}

extension OutboxStep {
  /// What recording the step needs. Throws if it needs a right and has none.
  package func need(under right: Right?) throws(StoreError) -> RightNeed {
    guard right == nil else { return RightNeed(acts: [.export], authors: [actor]) }
    switch state {
    case .acknowledged, .rejected: return RightNeed()
    case .held, .sent, .withdrawn:
      throw .invalid(what: "a step that is no answer needs a person's right")
    }
  }
}

extension AuditRow {
  /// The row that records a refusal.
  package init(refusing refusal: RightRefusal, of right: Right, at time: RecordedTime?) {
    self.init(
      AuditEntry(
        time: time ?? RecordedTime(milliseconds: 0), actor: right.actor,
        workstation: right.workstation, action: .refused(refusal.act)))
  }
}
