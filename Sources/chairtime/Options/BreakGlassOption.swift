import ArgumentParser
import InfusionRecord
import PlainText
import SessionStore
import SuiteProgram

/// A reason to open a restricted record.
struct BreakGlassOption: ParsableArguments {
  @Option(
    name: .customLong("break-glass"),
    help: ArgumentHelp(
      "Open a restricted record for this reason, which is kept and which supervisors see.",
      valueName: "reason"))
  var reason: String?

  mutating func validate() throws {
    if let reason { try Reason.check(reason, of: "--break-glass") }
  }
}

/// The checks of reasons given as options.
enum Reason {
  /// Checks the reason of a command that was given `--anyway`.
  static func checkForAnyway(_ text: String?) throws {
    guard GivenReason.saysSomething(text ?? "") else {
      throw ValidationError("--anyway needs a --reason that says why.")
    }
  }

  /// Checks a reason that is kept in the audit record.
  static func check(_ text: String, of option: String) throws {
    guard GivenReason.isFull(text) else {
      throw ValidationError("\(option): a reason is \(GivenReason.rule).")
    }
    guard text.count <= Restrictions.longestReason, text.isRecordable else {
      throw ValidationError(
        "\(option): a reason has at most \(Restrictions.longestReason) characters.")
    }
  }
}

extension Store {
  /// Throws if a session is restricted and hidden from a person, unless there is a reason to open it. The
  /// opening is audited first, and said aloud.
  func admit(_ log: EventLog, under right: Right, breaking glass: BreakGlassOption) throws {
    guard let opening = log.opening else { return }
    let now = Host.now
    guard try restrictions(at: now).hides(log, from: right.actor, at: now) else { return }
    try breakGlass(opening.patient.mrn, session: log.session, under: right, breaking: glass)
  }

  /// The same for the whole record of a patient.
  func admit(mrn: String, under right: Right, breaking glass: BreakGlassOption) throws {
    let now = Host.now
    guard try restrictions(at: now).hides(mrn, from: right.actor, at: now) else { return }
    try breakGlass(mrn, session: nil, under: right, breaking: glass)
  }

  private func breakGlass(
    _ mrn: String, session: SessionID?, under right: Right, breaking glass: BreakGlassOption
  ) throws {
    guard let reason = glass.reason else {
      try? audit(Host.entry(right.actor, .refused(.look)), under: nil)
      throw Complaint("\(Restrictions.sentence) Nothing was done.")
    }
    try audit(
      Host.entry(right.actor, .glassBroken(mrn: mrn, session: session, reason: reason)),
      under: right.to(.look))
    ProgramExit.printError(
      Complaint(
        "RESTRICTED RECORD OPENED under the name \(right.actor.printable), with your reason. "
          + "Supervisors see it in the review."))
  }

  /// The sessions without what is hidden from a person.
  func hiding(_ logs: [EventLog], from person: String) throws(StoreError) -> [EventLog] {
    let now = Host.now
    let restrictions = try restrictions(at: now)
    return logs.map { restrictions.hides($0, from: person, at: now) ? $0.withoutPatient : $0 }
  }
}
