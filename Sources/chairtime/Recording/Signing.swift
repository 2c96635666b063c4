import InfusionRecord
import Interchange
import PlainText
import SessionStore
import SQLiteStore
import SuiteProgram
import TimelineEngine

/// Puts a reviewer's name under a session, with exactly what was seen.
struct Signing {
  let store: any FactStore
  let reviewer: String
  /// Why it is signed though questions are open.
  let reason: String?
  let anyway: Bool

  /// Signs off a session on its log as read.
  ///
  /// - Returns: a line for the person: the session, its units, the hash.
  func sign(_ log: EventLog, reviewing: inout Reviewing) throws -> String {
    let export = reviewing.session(log)
    switch log.status {
    case .open: throw Complaint("The session is open; close it before it is signed off.")
    case .reviewed:
      if case .reviewed(let signOff) = export.standing {
        throw Complaint(
          "It is signed off already, by \(signOff.review.reviewer.printable); reopen it first.")
      }
    case .closed: break
    }
    let questions = DayReview.questions(of: export)
    guard questions.isEmpty || anyway else {
      throw Complaint(
        "\(questions.count.pluralized("question is", "questions are")) open ("
          + "\(questions.joined(separator: " ").printable)); settle, or sign off --anyway "
          + "with a --reason.")
    }
    let statement = reviewing.current(log.withoutReviews)
    let review = statement.review(by: reviewer)
    let now = Host.now
    var generator = SystemRandomNumberGenerator()
    let event = Event(
      id: Event.ID(at: now, using: &generator), session: log.session,
      clinicalTime: Instant(seconds: now.instant.seconds / 60 * 60), recordedTime: now,
      actor: reviewer, workstation: Host.name, reason: reason, fact: .sessionReviewed(review))
    if let refusal = log.refusal(of: event, now: now, formulary: reviewing.formulary) {
      throw Complaint(refusal.sentence)
    }
    do {
      try store.append([event], to: log.session, expecting: log.version)
    } catch {
      guard case .changedMeanwhile = error else { throw error }
      throw Complaint("Somebody recorded in it meanwhile; look again. It was not signed off.")
    }
    let units = export.units.map { $0.count == 1 ? $0.codeText : "\($0.codeText)×\($0.count)" }
    return "\(log.session.text.printable)  \(units.joined(separator: " "))  "
      + String(review.statementHash.prefix(12))
  }
}
