import InfusionRecord

/// One line of a form.
package struct Field: Hashable, Sendable {
  package enum Name: String, Hashable, Sendable {
    case drug, technique, site, planned, amount, time, basis, reason, minutes, note, nurse
    case expected, family, given, born, sex, mrn, visit, chair, payer
    case kind, location, lumen, siteReason, entry, change, volume, rate, bag, checker
    case order, indication, reasonForVisit, drugClass, pump, answer, confirmation
    case day, lastDay, format, folder
  }

  /// One thing that can be picked.
  package struct Option: Hashable, Sendable {
    package var value: String
    package var label: String
    /// Shown to its right, in columns.
    package var details: [String]
    /// Whether Enter may take it although nothing was typed or picked.
    package var isOffered: Bool

    package init(
      _ value: String, _ label: String, details: [String] = [], isOffered: Bool = true
    ) {
      self.value = value
      self.label = label
      self.details = details
      self.isOffered = isOffered
    }
  }

  package var name: Name
  package var label: String
  /// Tells fields of one name apart: the issue that a question is about.
  package var subject: String = ""
  package var entry = TextEntry()
  package var options: [Option] = []
  /// Whether the options are already filtered by the text, best match first.
  package var isRanked = false
  /// Whether a text that matches no option is taken as it is.
  package var isFree: Bool
  package var isRequired: Bool
  /// The value picked from the options.
  package var picked: String?
  /// What was picked, if it is no option any more.
  var gone: Option?
  /// The position, among the matching options, of the one that Enter would take.
  package var highlighted = 0
  /// Whether the user changed it, so that a new default must not.
  package var isTouched = false
  /// Shown in place of an empty text.
  package var hint: String = ""

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

  package var isChoice: Bool { !options.isEmpty || isRanked }

  /// This field with the value of an older one, whether it can still be picked or not.
  func keeping(_ old: Field) -> Field {
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

  /// Whether both are the same line of the form, whatever their values.
  func isSame(as other: Field) -> Bool { name == other.name && subject == other.subject }

  /// Whether both are the same line of the form with the same value, whatever their options.
  func isFilled(as other: Field) -> Bool {
    isSame(as: other) && entry == other.entry && picked == other.picked
      && isTouched == other.isTouched
  }

  /// Whether text is typed that Enter has not taken yet.
  package var isOpen: Bool { isChoice && !entry.isEmpty }

  /// Whether an option of a long list is picked. The list is hidden until the user types again.
  package var isChosen: Bool { isRanked && picked != nil && !isOpen }

  /// The option that Enter would take now; nil if there is none.
  package var offered: Option? {
    if isOpen { return matches.indices.contains(highlighted) ? matches[highlighted] : nil }
    guard isChoice, picked == nil, let first = options.first, first.isOffered else { return nil }
    return first
  }

  package var value: String {
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
  package var shown: String {
    if isOpen || !isChoice { return entry.text }
    guard let picked else { return "" }
    if let option = options.first(where: { $0.value == picked }) { return option.label }
    return gone?.value == picked ? gone?.label ?? picked : picked
  }

  /// The options that match what is typed: first those that begin with it.
  package var matches: [Option] {
    if entry.isEmpty || isRanked { return options }
    let wanted = SearchText.fold(entry.text)
    var ranked: [(Int, Int, Option)] = []
    for (position, option) in options.enumerated() {
      guard let rank = Field.rank(option, wanted) else { continue }
      ranked.append((rank, position, option))
    }
    ranked.sort { ($0.0, $0.1) < ($1.0, $1.1) }
    return ranked.map(\.2)
  }

  private static func rank(_ option: Option, _ wanted: String) -> Int? {
    let label = SearchText.fold(option.label)
    if label == wanted { return 0 }
    if label.hasPrefix(wanted) { return 1 }
    if label.split(separator: " ").contains(where: { $0.hasPrefix(wanted) }) { return 2 }
    return label.contains(wanted) ? 3 : nil
  }
}
