import InfusionRecord
import Interchange
import SessionStore
import SQLiteStore
import TimelineEngine

/// Reads sessions of the store as exports and the review see them.
///
/// A session that was signed off comes to what was signed: it is derived under the rulebook and the
/// policy of the sign-off. Every other one is derived under the site's policy for its payer, an open
/// one as of now.
struct Reviewing {
  let site: Site
  let formulary: Formulary
  /// The moment open sessions are looked at from.
  var now: Instant
  /// Derivations by what they depend on, so that a day does not build one a session.
  private var derivations: [String: Derivation] = [:]

  init(site: Site, formulary: Formulary, now: Instant) {
    self.site = site
    self.formulary = formulary
    self.now = now
  }

  /// The session as it stands.
  mutating func session(_ log: EventLog) -> SessionExport {
    let (standing, signed) = standing(of: log)
    if let signed { return export(signed.log, signed, standing) }
    return export(log, derived(log, asOf: log.status == .open ? now : nil), standing)
  }

  /// What a session comes to under the site's policy for its payer; nil is its last word.
  mutating func current(_ log: EventLog, asOf: Instant? = nil) -> Statement {
    derived(log, asOf: asOf).statement
  }

  private mutating func derived(_ log: EventLog, asOf: Instant?) -> Derivation.Derived {
    let payer = log.opening?.payer
    return derive("payer \(payer ?? "")", log, asOf: asOf) {
      Derivation(formulary: $0.formulary, policy: $0.site.configuration.policy(for: payer))
    }
  }

  // MARK: Standing

  /// How the session stands, and where it stands as it was signed, what was signed.
  private mutating func standing(of log: EventLog) -> (ReviewStanding, Derivation.Derived?) {
    let last = log.entries.lastIndex { $0.fact?.kind == .sessionReviewed }
    guard let last, case .sessionReviewed(let review) = log.entries[last].fact else {
      return (log.status == .open ? .open : .closed, nil)
    }
    let event = log.entries[last].original
    let signOff = ReviewStanding.SignOff(review: review, at: event.recordedTime)
    let after = derived(log.withoutReviews, under: review)
    if log.status == .reviewed, Derivation.seal(of: after.statement) == review.statementHash {
      return (.reviewed(signOff), after)
    }
    let position = log.events.firstIndex { $0.id == event.id } ?? log.events.count
    let before = EventLog(session: log.session, events: Array(log.events[..<position]))
    let difference = StatementDifference(
      from: derived(before.withoutReviews, under: review).statement, to: after.statement)
    var sentences = difference.sentences
    if log.status == .open { sentences.insert("It was reopened.", at: 0) }
    if log.status == .closed { sentences.insert("It was reopened and closed again.", at: 0) }
    return (.changed(signOff, sentences: sentences), nil)
  }

  private mutating func derived(_ log: EventLog, under review: Review) -> Derivation.Derived {
    let key = ([review.rulebook] + review.policy).joined(separator: "\n")
    return derive(key, log, asOf: nil) { Derivation(formulary: $0.formulary, under: review) }
  }

  private mutating func derive(
    _ key: String, _ log: EventLog, asOf: Instant?, _ make: (Reviewing) -> Derivation
  ) -> Derivation.Derived {
    var derivation = derivations.removeValue(forKey: key) ?? make(self)
    defer { derivations[key] = derivation }
    return derivation.derived(log, asOf: asOf)
  }

  // MARK: Making the value

  private func export(
    _ log: EventLog, _ derived: Derivation.Derived, _ standing: ReviewStanding
  ) -> SessionExport {
    SessionExport(
      log: log, recorded: derived.recorded, statement: derived.statement, standing: standing)
  }
}

extension Reviewing {
  /// A stretch of sessions as rows of the day, made beside other stretches.
  func rows(_ logs: [EventLog], withIDs: Bool) -> [DayReview.Row] {
    var reviewing = self
    return logs.map { DayReview.Row(reviewing.session($0), withIDs: withIDs) }
  }
}
