import InfusionRecord
import SessionReview

/// What a form comes to: what Enter does, a sentence that says it, and warnings.
struct FormReading: Hashable, Sendable {
  /// What Enter does.
  enum Action: Hashable, Sendable {
    case record([EventDraft])
    /// Signs off sessions, each with what was seen of it.
    case signOff([SignOffOrder])
    /// Shows other days of the review.
    case show(ClosedRange<CivilDate>)
    /// Finds patients over all days.
    case find(String)
    /// Writes a file in the background.
    case write(WriteOrder)
    /// Cancels an appointment, which is no fact.
    case cancel(ExpectedPatient)
    /// Opens a restricted record.
    case breakGlass(SessionID, reason: String)
    /// Opens the restricted record of a number, and goes on in the form.
    case openRecord(mrn: String, reason: String)
  }

  let action: Action
  /// Follows the form's verb; names and times in full.
  var sentence: String
  /// Shown once it is recorded, if the sentence is too long for that.
  var short: String?
  /// Shown below the sentence. They refuse nothing.
  var warnings: [String] = []
  /// What the facts change in what was recorded.
  var difference: [String] = []
  /// Whether the facts may change what is charged so far, so that the difference in units is shown.
  var changesUnits = false
  /// Whether the units that the session comes to are shown.
  var statesUnits = false

  init(_ action: Action, _ sentence: String) {
    self.action = action
    self.sentence = sentence
  }

  init(_ drafts: [EventDraft], _ sentence: String) { self.init(.record(drafts), sentence) }

  /// Whether it opens a restricted record, after which the form asks the rest.
  var opensRecord: Bool {
    if case .openRecord = action { true } else { false }
  }

  var drafts: [EventDraft] {
    if case .record(let drafts) = action { drafts } else { [] }
  }
}

/// A fact about to be recorded: an event without its id and its recorded time.
struct EventDraft: Hashable, Sendable {
  /// Nil for the fact that opens a session; the session gets its id with the event.
  var session: SessionID?
  var time: Instant
  var basis: TimeBasis
  var reason: String?
  var fact: Fact
}

/// Why a form cannot be submitted.
struct FormProblem: Error, Hashable, Sendable {
  enum Cause: Hashable, Sendable {
    /// A field is empty or cannot be read.
    case incomplete
    /// The record refuses the facts.
    case refused
    /// What the form is about changed while it was open.
    case overtaken
  }

  let field: Field.Name?
  let sentence: String
  let cause: Cause

  init(_ field: Field.Name?, _ sentence: String, _ cause: Cause = .incomplete) {
    self.field = field
    self.sentence = sentence
    self.cause = cause
  }
}
