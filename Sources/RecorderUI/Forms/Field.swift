import InfusionRecord

/// One line of a form.
package struct Field: Hashable, Sendable {
  package enum Name: String, Hashable, Sendable {
    case drug, technique, site, planned, amount, time, ended, basis, reason, minutes, note, nurse
    case expected, family, given, born, sex, mrn, visit, chair, payer
    case kind, location, lumen, siteReason, entry, change, volume, rate, bag, checker
    case order, indication, reasonForVisit, drugClass, pump, answer, confirmation
    case day, lastDay, format, folder
    case grade, sign, action, remedy, pressure, heart, oxygen, temperature, breaths
    case allergies, substances, alerts
    case amountGiven, container, discard, witness, product, supply, shared
    case patient
    /// A question about what was filled in, with no answer preset.
    case check
    /// Why a restricted record is opened whose number was typed.
    case glass
  }

  /// One thing that can be picked.
  package struct Option: Hashable, Sendable {
    package var value: String
    package var label: String
    /// Shown to its right, in columns.
    package var details: [String]
    /// Other texts that find it: brands, a record number, the code of a scanned package.
    package var aliases: [String]
    /// Whether it is one of the few at the top of a long list, which have numbers.
    package var isLikely: Bool
    /// Whether letters find it only by the beginning of its label, because another row is meant by the
    /// words in it.
    package var isFoundByStart = false

    package init(
      _ value: String, _ label: String, details: [String] = [], aliases: [String] = [],
      isLikely: Bool = false
    ) {
      self.value = value
      self.label = label
      self.details = details
      self.aliases = aliases
      self.isLikely = isLikely
    }
  }

  /// The row that is picked for a number which no row fits, and the field that takes the number.
  struct Elsewhere: Hashable, Sendable {
    let row: String
    let field: Name
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
  /// The value of the row that the user moved to; nil if no arrow was pressed.
  package var highlighted: String?
  /// The value of the row that is highlighted before the user chooses; nil highlights none.
  package var suggested: String?
  /// Why the text highlights no row, so that the user moves to one; nil if it highlights the best.
  package var mustChoose: String?
  /// Where a number goes that no row fits; nil refuses it.
  var elsewhere: Elsewhere?
  /// What a scanner sent, if the row was picked by it.
  var scanned: String?
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
  ///
  /// Nothing is chosen before the user does it, unless it is `picked` or `suggested` here. What a
  /// person vouches for (an answer, a reason) has neither.
  static func choice(
    _ name: Name, _ label: String, _ options: [Option], picked: String? = nil,
    suggested: String? = nil, isRequired: Bool = true, isFree: Bool = false, hint: String = ""
  ) -> Field {
    var field = Field(name: name, label: label, isFree: isFree, isRequired: isRequired)
    field.options = options
    field.picked = picked
    field.suggested = suggested
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
    kept.scanned = old.scanned
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
      && scanned == other.scanned
      && isTouched == other.isTouched
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
    if !entry.isEmpty || !isChoice { return entry.text }
    guard let picked else { return "" }
    if let option = options.first(where: { $0.value == picked }) { return option.label }
    return gone?.value == picked ? gone?.label ?? picked : picked
  }
}
