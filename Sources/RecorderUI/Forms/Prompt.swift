public import InfusionRecord

/// A form being filled in over a screen.
///
/// A value: what was typed and picked, which field has the cursor, and what was wrong the last time
/// Enter was pressed. Nothing is recorded from here; `Form.reading` says what would be.
public struct Prompt: Hashable, Sendable {
  public let form: Form
  /// The session it is about; nil while one is being opened.
  public let session: SessionID?
  public internal(set) var fields: [Field]
  public internal(set) var focus: Int
  /// One sentence on why Enter did not record.
  public internal(set) var problem: String?
  /// What it is about, as it stood when the person saw it.
  var targets: [Target] = []

  public init(form: Form, session: SessionID?, fields: [Field] = []) {
    self.form = form
    self.session = session
    self.fields = fields
    self.focus = 0
  }

  public subscript(_ name: Field.Name) -> Field? {
    fields.first { $0.name == name }
  }

  /// What a field stands for: the picked value or the typed text; empty where nothing is.
  public func value(_ name: Field.Name) -> String {
    self[name]?.value ?? ""
  }

  public var focused: Field? {
    fields.indices.contains(focus) ? fields[focus] : nil
  }

  /// The first field that must be filled in and is not.
  public var firstMissing: Int? {
    fields.firstIndex { $0.isRequired && $0.value.isEmpty }
  }

  /// Takes over fields made anew, keeping what was typed and picked.
  ///
  /// - Parameter isPinned: whether it was no person that changed something: what the prompt is about
  ///   then stays, even where it is gone.
  mutating func take(_ fresh: [Field], isPinned: Bool = false) {
    let focused = self.focused
    fields = fresh.map { field in
      guard let old = fields.first(where: { $0.isSame(as: field) }) else { return field }
      if old.isTarget, old.isChoice, old.isTouched || isPinned && old.picked != field.picked {
        return field.keeping(old)
      }
      // What nobody touched takes the new default.
      guard old.isTouched else { return field }
      var kept = field
      kept.entry = old.entry
      kept.highlighted = old.highlighted
      let isGone =
        !field.isFree && !field.options.isEmpty && old.picked != nil
        && !field.options.contains { $0.value == old.picked }
      kept.picked = isGone ? field.picked : old.picked
      kept.isTouched = !isGone
      return kept
    }
    let found = focused.flatMap { old in fields.firstIndex { $0.isSame(as: old) } }
    focus = found ?? min(focus, max(0, fields.count - 1))
  }
}

/// One line of a form.
public struct Field: Hashable, Sendable {
  public enum Name: String, Hashable, Sendable {
    case drug, technique, site, planned, amount, time, basis, reason, minutes, note, nurse
    case expected, family, given, born, sex, mrn, visit, chair, payer
    case kind, location, lumen, siteReason, entry, change, volume, rate, bag, checker
    case order, indication, reasonForVisit, drugClass, pump, answer, confirmation
    case day, lastDay, format, folder
  }

  /// One thing that can be picked.
  public struct Option: Hashable, Sendable {
    public var value: String
    public var label: String
    /// Said beside it, in columns.
    public var details: [String]
    /// Whether Enter may take it although nobody typed or picked anything.
    public var isOffered: Bool

    public init(
      _ value: String, _ label: String, details: [String] = [], isOffered: Bool = true
    ) {
      self.value = value
      self.label = label
      self.details = details
      self.isOffered = isOffered
    }
  }

  public var name: Name
  public var label: String
  /// Distinguishes fields of one name, where a form has several; the issue a question is about.
  public var subject: String = ""
  public var entry = TextEntry()
  public var options: [Option] = []
  /// Whether the options are those that match already, best first.
  public var isRanked = false
  /// Whether text outside the options is taken as it is.
  public var isFree: Bool
  public var isRequired: Bool
  /// The value picked from the options.
  public var picked: String?
  /// What was picked, where it can be picked no more.
  var gone: Option?
  /// Position among the matching options of the one Enter would take.
  public var highlighted = 0
  /// Whether a person changed it, so that a new default does not.
  public var isTouched = false
  /// Said in place of an empty text.
  public var hint: String = ""

  /// A line of text.
  static func text(
    _ name: Name, _ label: String, _ text: String = "", isRequired: Bool = false, hint: String = ""
  ) -> Field {
    var field = Field(name: name, label: label, isFree: true, isRequired: isRequired)
    field.entry = TextEntry(text)
    field.hint = hint
    return field
  }

  /// A choice; with `isFree` a text that matches no option is taken too.
  static func choice(
    _ name: Name, _ label: String, _ options: [Option], picked: String? = nil,
    isRequired: Bool = true, isFree: Bool = false, hint: String = ""
  ) -> Field {
    var field = Field(name: name, label: label, isFree: isFree, isRequired: isRequired)
    field.options = options
    field.picked = picked
    field.hint = hint
    return field
  }

  init(name: Name, label: String, isFree: Bool, isRequired: Bool) {
    self.name = name
    self.label = label
    self.isFree = isFree
    self.isRequired = isRequired
  }

  public var isChoice: Bool { !options.isEmpty || isRanked }

  /// This field with what an older one stood for, whether it can still be picked or not.
  fileprivate func keeping(_ old: Field) -> Field {
    var kept = self
    kept.entry = old.entry
    kept.highlighted = old.highlighted
    kept.picked = old.picked
    kept.isTouched = old.isTouched || old.picked != nil
    if let picked = old.picked, !options.contains(where: { $0.value == picked }) {
      kept.gone = old.options.first { $0.value == picked } ?? old.gone
    }
    return kept
  }

  /// Whether this is the same line of the form, whatever stands in it.
  func isSame(as other: Field) -> Bool { name == other.name && subject == other.subject }

  /// Whether something is typed that has not been taken yet.
  public var isOpen: Bool { isChoice && !entry.isEmpty }

  /// Whether a long list has been chosen from: it is shown again when somebody types.
  public var isSettled: Bool { isRanked && picked != nil && !isOpen }

  /// The option Enter would take now; nil where nothing is to be taken.
  public var offered: Option? {
    if isOpen { return matches.indices.contains(highlighted) ? matches[highlighted] : nil }
    guard isChoice, picked == nil, let first = options.first, first.isOffered else { return nil }
    return first
  }

  public var value: String {
    if isChoice { return entry.isEmpty ? picked ?? "" : "" }
    return picked ?? trimmed
  }

  private var trimmed: String {
    var text = Substring(entry.text)
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  /// What the field shows when it does not have the cursor.
  public var shown: String {
    if isOpen || !isChoice { return entry.text }
    guard let picked else { return "" }
    if let option = options.first(where: { $0.value == picked }) { return option.label }
    return gone?.value == picked ? gone?.label ?? picked : picked
  }

  /// The options that match what is typed: first those that begin with it.
  public var matches: [Option] {
    if entry.isEmpty || isRanked { return options }
    let wanted = Formulary.fold(entry.text)
    var ranked: [(Int, Int, Option)] = []
    for (position, option) in options.enumerated() {
      guard let rank = Field.rank(option, wanted) else { continue }
      ranked.append((rank, position, option))
    }
    ranked.sort { ($0.0, $0.1) < ($1.0, $1.1) }
    return ranked.map(\.2)
  }

  private static func rank(_ option: Option, _ wanted: String) -> Int? {
    let label = Formulary.fold(option.label)
    if label == wanted { return 0 }
    if label.hasPrefix(wanted) { return 1 }
    if label.split(separator: " ").contains(where: { $0.hasPrefix(wanted) }) { return 2 }
    return label.contains(wanted) ? 3 : nil
  }
}
