import InfusionRecord
import SessionReview

/// One thing that the program asks a user to fill in, with all that it knows about it.
///
/// Each form is a static member in a file of its own, and a row of `Keymap` opens it. No other file
/// tells one form from another. What every form must decide has no default, so the compiler reports
/// what a new form leaves out.
package struct Form: Sendable {
  /// What a form is about.
  enum Scope: Sendable {
    /// The suite or the days of the review, and no single session.
    case suite
    /// The current session, whatever its status.
    case session
    /// The current session, which must be open.
    case openSession
  }

  /// What a form about a session shows next to the drugs that were given.
  enum Aside: Sendable {
    /// What is missing in the record.
    case missing
    /// The units so far.
    case units
    /// The statement with all its reasons; Page Up and Page Down scroll it.
    case statement
  }

  /// The heading. No two forms have the same.
  package let title: String
  /// The permission it needs. Checked when the form opens and again when it is submitted.
  let act: Act
  /// The permission it needs instead if the session is signed off.
  var reviewedAct: Act?
  let scope: Scope
  var aside = Aside.missing
  /// What Enter does, for the preview and the status bar: `record`, `sign off`, `print`.
  var verb: @Sendable (Prompt) -> String = { _ in "record" }
  /// Whether Enter moves from field to field and submits only from the last.
  var asksEveryField = false
  /// The field that has the cursor first, if it is filled in already.
  var startsAt: Field.Name?
  /// Whether the text is offered again after the user left with Escape. A half-made start is not: what
  /// it was about may be another drug or patient by then.
  var isKept = false
  /// The entry that a key opens the form about, if it is about one that the user does not choose.
  var subject: @Sendable (RecorderState) -> Target.Subject? = { _ in nil }
  /// Whether all that it shows must have been on the screen before it is submitted: it is signed.
  var mustBeRead = false
  /// Whether it is about a session that is hidden from the user.
  var opensRestricted = false
  /// What must not change while the form is open.
  let targets: @Sendable (FormContext) -> [Target.Choice]
  /// Why the form makes no sense for a session now; nil if it does.
  var refusal: @Sendable (RecorderState, SessionReading) -> String? = { _, _ in nil }
  /// The same for a row of the review, whose session is not loaded yet.
  var rowRefusal: @Sendable (ReviewRow) -> String? = { _ in nil }
  /// The text above the fields.
  var question: @Sendable (FormContext) -> String = { _ in "" }
  let fields: @Sendable (FormContext) -> [Field]
  /// What the form comes to as it is filled in.
  let reading: @Sendable (FormContext) throws(FormProblem) -> FormReading
  /// What follows once the facts are on disk.
  var followUp: @Sendable (inout RecorderState, Prompt) -> [Effect] = { _, _ in [] }

  func act(isReviewed: Bool) -> Act { isReviewed ? reviewedAct ?? act : act }

  /// Whether it records facts or changes appointments, which a read-only screen refuses.
  var records: Bool { act == .record || act == .signOff || act == .importDocuments }

  /// Whether it signs facts off, which `Target` words differently.
  var signsOff: Bool { act == .signOff }
}

extension Form: Hashable {
  package static func == (left: Form, right: Form) -> Bool { left.title == right.title }

  package func hash(into hasher: inout Hasher) { hasher.combine(title) }
}

extension Form: CustomStringConvertible {
  package var description: String { title }
}

extension Form {
  static let closedSentence = "This session is closed; r reopens it."

  /// The refusal of forms about what runs.
  static let unlessRunning: @Sendable (RecorderState, SessionReading) -> String? = {
    $1.running.isEmpty ? "Nothing runs in this session." : nil
  }
}
