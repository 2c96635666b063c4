package import InfusionRecord

/// A form being filled in over a screen.
///
/// It holds what was typed and picked, which field has the cursor, and what was wrong the last time
/// Enter was pressed. It records nothing; `preview` says what Enter would do.
package struct Prompt: Hashable, Sendable {
  package let form: Form
  /// The session it is about; nil if it is about none or opens one.
  package let session: SessionID?
  /// The entry it is about, if the user did not choose that in a field.
  let subject: Target.Subject?
  package internal(set) var fields: [Field] = [] {
    didSet { preview = nil }
  }
  package internal(set) var focus = 0
  /// How many lines of the statement or of the question are scrolled away above.
  package internal(set) var scroll = 0
  /// How much of what it signs has been on the screen.
  var read = ReadProgress()
  /// One sentence on why Enter did not record.
  package internal(set) var problem: String?
  /// When it was opened.
  var openedAt: Instant?
  /// What it is about, as it stood when the user saw it.
  var targets: [Target] = []
  /// What Enter would do, or why it cannot.
  ///
  /// The form is read once after each change: nil means that fields, clock or record changed since.
  var preview: Result<Preview, FormProblem>?

  init(form: Form, session: SessionID?, subject: Target.Subject? = nil) {
    self.form = form
    self.session = session
    self.subject = subject
  }

  package subscript(_ name: Field.Name) -> Field? {
    fields.first { $0.name == name }
  }

  /// The picked value or typed text of a field; empty if there is none.
  package func value(_ name: Field.Name) -> String {
    self[name]?.value ?? ""
  }

  /// The question about the drug above the fields, which becomes the reason of the fact; nil if there is none.
  var doubt: String? { self[.check]?.subject }

  /// Whether Enter records only what has been on the screen from its first line to its last.
  var mustBeRead: Bool { form.mustBeRead || doubt != nil }

  package var focused: Field? {
    fields.indices.contains(focus) ? fields[focus] : nil
  }

  /// The first field that must be filled in and is not.
  package var firstMissing: Int? {
    fields.firstIndex { $0.isRequired && $0.value.isEmpty }
  }

  /// Whether the user typed or chose something that leaving would lose.
  var isFilledIn: Bool {
    fields.contains { $0.isTouched && (!$0.entry.isEmpty || $0.picked != nil) }
  }

  /// Takes over fresh fields, and keeps what was typed and picked.
  ///
  /// - Parameter isPinned: whether the store or the clock changed something and not the user. What
  ///   the prompt is about then stays, even if it is gone.
  mutating func take(_ fresh: [Field], isPinned: Bool = false) {
    let focused = self.focused
    fields = fresh.map { field in
      guard let old = fields.first(where: { $0.isSame(as: field) }) else { return field }
      if old.isTarget, old.isChoice, old.isTouched || isPinned && old.picked != field.picked {
        return field.keeping(old)
      }
      // A field that the user did not touch takes the new default.
      guard old.isTouched else {
        var fresh = field
        fresh.highlighted = old.highlighted
        return fresh
      }
      var kept = field
      kept.entry = old.entry
      kept.highlighted = old.highlighted
      let isGone =
        !field.isFree && !field.options.isEmpty && old.picked != nil
        && !field.options.contains { $0.value == old.picked }
      kept.picked = isGone ? field.picked : old.picked
      kept.scanned = isGone ? nil : old.scanned
      kept.isTouched = !isGone
      return kept
    }
    let found = focused.flatMap { old in fields.firstIndex { $0.isSame(as: old) } }
    focus = found ?? min(focus, max(0, fields.count - 1))
  }
}
