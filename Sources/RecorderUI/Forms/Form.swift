import InfusionRecord
import SessionReview

/// One thing that the program asks a user to fill in, with all that it knows about it.
///
/// Each form is a static member in a file of its own, and a row of `Keymap` opens it. No other file
/// tells one form from another. The initialiser has no default for what every form must decide, so
/// the compiler reports what a new form leaves out.
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

  /// The heading. No two forms have the same.
  package let title: String
  private let act: Act
  private let reviewedAct: Act?
  let scope: Scope
  /// What Enter does, for the preview and the status bar: `record`, `sign off`, `print`.
  let verb: @Sendable (Prompt) -> String
  /// Whether Enter moves from field to field and submits only from the last.
  let asksEveryField: Bool
  /// Whether the text is offered again after the user left with Escape.
  let isKept: Bool
  /// The entry that a key opens the form about, if it is about one that the user does not choose.
  let subject: @Sendable (RecorderState) -> Target.Subject?
  /// What must not change while the form is open.
  let targets: @Sendable (FormContext) -> [Target.Choice]
  /// Why the form makes no sense for a session now; nil if it does.
  let refusal: @Sendable (RecorderState, SessionReading) -> String?
  /// The same for a row of the review, whose session is not loaded yet.
  let rowRefusal: @Sendable (ReviewRow) -> String?
  /// The text above the fields.
  let question: @Sendable (FormContext) -> String
  let fields: @Sendable (FormContext) -> [Field]
  /// What the form comes to as it is filled in.
  let reading: @Sendable (FormContext) throws(FormProblem) -> FormReading
  /// What follows once the facts are on disk.
  let followUp: @Sendable (inout RecorderState, Prompt) -> [Effect]

  /// - Parameters:
  ///   - act: the permission it needs. Checked when the form opens and again when it is submitted.
  ///   - reviewedAct: the permission it needs instead if the session is signed off.
  init(
    title: String, act: Act, reviewedAct: Act? = nil, scope: Scope,
    verb: @escaping @Sendable (Prompt) -> String = { _ in "record" },
    asksEveryField: Bool = false, isKept: Bool = true,
    subject: @escaping @Sendable (RecorderState) -> Target.Subject? = { _ in nil },
    targets: @escaping @Sendable (FormContext) -> [Target.Choice],
    refusal: @escaping @Sendable (RecorderState, SessionReading) -> String? = { _, _ in nil },
    rowRefusal: @escaping @Sendable (ReviewRow) -> String? = { _ in nil },
    question: @escaping @Sendable (FormContext) -> String = { _ in "" },
    fields: @escaping @Sendable (FormContext) -> [Field],
    reading: @escaping @Sendable (FormContext) throws(FormProblem) -> FormReading,
    followUp: @escaping @Sendable (inout RecorderState, Prompt) -> [Effect] = { _, _ in [] }
  ) {
    self.title = title
    self.act = act
    self.reviewedAct = reviewedAct
    self.scope = scope
    self.verb = verb
    self.asksEveryField = asksEveryField
    self.isKept = isKept
    self.subject = subject
    self.targets = targets
    self.refusal = refusal
    self.rowRefusal = rowRefusal
    self.question = question
    self.fields = fields
    self.reading = reading
    self.followUp = followUp
  }

  func act(isReviewed: Bool) -> Act { isReviewed ? reviewedAct ?? act : act }

  /// Whether it records facts, which a read-only screen refuses.
  var records: Bool { act == .record || act == .signOff }

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
