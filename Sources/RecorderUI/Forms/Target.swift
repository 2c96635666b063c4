import InfusionRecord

/// What a prompt is about, as it stood when the user saw it.
///
/// Targets are pinned when the prompt opens and whenever the user chooses something else. The store
/// may change under an open prompt. If a target no longer stands as it was pinned, the prompt says
/// what happened meanwhile and records nothing. It never moves to another drug, entry or site.
struct Target: Hashable, Sendable {
  /// A subject, and the field it is chosen in; nil if the form itself names it.
  typealias Choice = (Subject, Field.Name?)

  enum Subject: Hashable, Sendable {
    /// Whether the session is open, closed or reviewed.
    case status
    /// Who holds the chair.
    case holder
    /// Every fact of the session.
    case record
    /// An administration that runs, paused or not.
    case running(String)
    /// Whether a running administration is paused.
    case flow(String)
    /// An administration, running or ended.
    case given(String)
    /// How often a drug was begun in the session.
    case drug(String)
    /// An entry as it was last corrected.
    case entry(Event.ID)
    /// The stop of an administration as it was last corrected.
    case stop(String)
    /// A planned dose, by its place in the plan, that was not given yet.
    case planned(Int)
    /// The chair that the patient sits in.
    case seat
    /// Words left at a hand-over that are not marked as read.
    case words(Event.ID)
    /// An open access site.
    case site(String)
    /// The open access sites of a kind, when one more is opened.
    case newSite(AccessSite.Kind)
    /// Who sits in a chair.
    case chair(String)
    /// What is stated of the patient's allergies and alerts.
    case allergies
    /// What is recorded of an administration's amount and containers.
    case account(String)
    /// The open sessions of a record number.
    case patient(String)
    /// Who the patient of the session is.
    case identity
    /// The session as a row of the review.
    case row
    /// All rows of the review that raise no question.
    case clean

    /// Whether an empty standing means that it is gone.
    var mustStand: Bool {
      switch self {
      case .drug, .newSite, .chair, .patient, .clean, .allergies, .account: false
      default: true
      }
    }
  }

  let subject: Subject
  /// The field it was chosen in; nil if the form itself names it.
  let field: Field.Name?
  /// How it stood, in texts that are equal only if nothing about it changed.
  let standing: [String]
  /// How many facts the session had.
  let version: Int
}

extension FormContext {
  /// The targets of the form as it is filled in now.
  ///
  /// A form about a session always has its patient among them, and one about an open session its status.
  var targets: [Target] {
    let patient: [Target.Choice] = session == nil ? [] : [(.identity, nil)]
    let status: [Target.Choice] = prompt.form.scope == .openSession ? [(.status, nil)] : []
    let subject: [Target.Choice] = prompt.subject.map { [($0, nil)] } ?? []
    return (patient + status + prompt.form.targets(self) + subject).map { subject, field in
      Target(
        subject: subject, field: field, standing: standing(of: subject),
        version: session?.log.version ?? 0)
    }
  }

  /// What a field names as a target: what Enter would pick or has picked in it.
  func about(_ name: Field.Name, _ subject: (String) -> Target.Subject?) -> [Target.Choice] {
    guard let field = prompt[name] else { return [] }
    let isUntouched = field.value.isEmpty && field.entry.isEmpty
    let value = isUntouched ? field.current?.value ?? "" : field.value
    guard !value.isEmpty, let found = subject(value) else { return [] }
    return [(found, name)]
  }

  /// The access site picked, or the kind of the new one.
  var siteTargets: [Target.Choice] {
    about(.site) { picked in
      if picked == FormContext.noSite { return nil }
      return newSite(picked).map { .newSite($0) } ?? .site(picked)
    }
  }
}

extension Field {
  /// Whether it names what a prompt is about, so that only the user may change it.
  var isTarget: Bool {
    switch name {
    case .drug, .entry, .site, .pump, .lumen, .chair, .expected: true
    default: false
    }
  }
}

extension Prompt {
  /// How a subject stood when it was pinned; empty if it was not.
  func standing(of subject: Target.Subject) -> [String] {
    targets.first { $0.subject == subject }?.standing ?? []
  }

  /// The prompt as it is offered again after the user left it.
  ///
  /// What was typed stays. The time is now again, what the prompt is about is chosen again from what
  /// there is, and half-typed choices are cleared.
  var offeredAgain: Prompt {
    var again = self
    again.problem = nil
    again.targets = []
    for index in again.fields.indices {
      var field = again.fields[index]
      field.highlighted = nil
      let isHalfTyped = field.isChoice && (!field.isFree || field.isTarget)
      if field.name == .time || isHalfTyped { field.entry.clear() }
      let isChosenAgain = field.isTarget && field.isChoice && !field.isFree
      if isChosenAgain { field.picked = nil }
      if isChosenAgain || field.name == .basis { field.isTouched = false }
      again.fields[index] = field
    }
    return again
  }

  /// Pins what the form is about now. Earlier pins stay as the user saw them.
  mutating func pin(_ context: FormContext) {
    let fresh = context.targets
    var kept = targets.filter { old in
      if context.stands(old) { return fresh.contains { $0.subject == old.subject } }
      // An overtaken pin stays until the user chooses something else in its field.
      guard let name = old.field, let field = self[name], field.isTouched else { return true }
      return field.value.isEmpty || fresh.contains { $0.subject == old.subject }
    }
    for target in fresh where !kept.contains(where: { $0.subject == target.subject }) {
      kept.append(target)
    }
    targets = kept
  }
}
