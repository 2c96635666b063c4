import InfusionRecord

/// What a form knows when it makes its fields and when it reads them.
struct FormContext {
  let state: RecorderState
  let prompt: Prompt
  /// The session as it is on disk; nil if the form is about none.
  let session: SessionReading?

  var now: Instant { state.now.instant }
  /// The current minute.
  var minute: Instant { now.minute }
  var clock: LocalClock { session?.clock ?? state.suite.clock }
  /// `by J. Okafor`, the end of most sentences.
  var by: String { "by \(state.actor.name)" }

  func value(_ name: Field.Name) -> String { prompt.value(name) }

  /// The value of the field about a subject; empty if there is none.
  func value(_ name: Field.Name, of subject: String) -> String {
    prompt.fields.first { $0.name == name && $0.subject == subject }?.value ?? ""
  }

  /// A text that may be empty; nil if it is.
  func optional(_ name: Field.Name) -> String? {
    let text = value(name)
    return text.isEmpty ? nil : text
  }

  func openSession() throws(FormProblem) -> SessionReading {
    guard let session else { throw FormProblem(nil, "Choose a chair first.") }
    return session
  }

  /// A number that may be left empty.
  func number(
    _ name: Field.Name, _ what: String, upTo most: Double
  ) throws(FormProblem) -> Double? {
    let text = value(name)
    if text.isEmpty { return nil }
    guard let number = Double(text), number.isFinite, number >= 0, number <= most else {
      throw FormProblem(name, "\(what) is a number from 0 to \(Int(most)).")
    }
    return number
  }

  /// A reason from the usual ones, or in the user's own words.
  func reasonField(_ usual: [String], isRequired: Bool = true) -> Field {
    Field.choice(
      .reason, "Reason", usual.map { Field.Option($0, $0) }, isRequired: isRequired, isFree: true,
      hint: "choose, or type your own")
  }

  /// A fact of the session at a moment, on the basis that the form asks for.
  func draft(
    _ fact: Fact, at moment: Instant, reason: String? = nil
  ) throws(FormProblem) -> EventDraft {
    EventDraft(
      session: try openSession().id, time: moment, basis: basis, reason: reason, fact: fact)
  }

  /// A fact that is true as of the current minute.
  func draft(_ fact: Fact, reason: String?) throws(FormProblem) -> EventDraft {
    EventDraft(
      session: try openSession().id, time: minute, basis: .observed, reason: reason, fact: fact)
  }

  /// A fact after the one that opens its access site, if that is a new one.
  func drafts(
    _ fact: Fact, at moment: Instant, site: SiteChoice
  ) throws(FormProblem) -> [EventDraft] {
    let draft = try draft(fact, at: moment)
    return site.opening.map { [$0, draft] } ?? [draft]
  }
}

extension Instant {
  /// The whole minute it is in.
  var minute: Instant { Instant(seconds: floorDivide(seconds, 60) * 60) }
}
