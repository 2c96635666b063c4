/// What is known of a patient's allergies and alerts at a moment, as a whole.
///
/// A later statement of the session replaces an earlier one, so a statement repeats what still holds.
package struct AllergyStatement: Sendable, Hashable {
  /// "None known" is an answer: the patient was asked. "Not recorded" means that there is no answer yet.
  package enum Allergies: Sendable, Hashable {
    case notRecorded
    case noneKnown
    /// At least one.
    case known([Allergy])

    package var list: [Allergy] {
      if case .known(let list) = self { list } else { [] }
    }
  }

  package var allergies: Allergies
  /// What everyone who treats the patient must know: `difficult airway`, `fall risk`.
  package var alerts: [String]

  package init(allergies: Allergies = .notRecorded, alerts: [String] = []) {
    self.allergies = allergies
    self.alerts = alerts
  }
}

/// A substance that the patient must not have, as it was told.
package struct Allergy: Sendable, Hashable {
  /// A drug, a family of drugs or anything else: `penicillin`, `latex`.
  package var substance: String
  /// What it did, if that was told.
  package var reaction: String?

  package init(substance: String, reaction: String? = nil) {
    self.substance = substance
    self.reaction = reaction
  }

  /// Reads `penicillin: rash`; nil without a substance.
  package init?(written text: some StringProtocol) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let substance = parts.first?.trimmedText, !substance.isEmpty else { return nil }
    let reaction = parts.count > 1 ? parts[1].trimmedText : ""
    self.init(substance: substance, reaction: reaction.isEmpty ? nil : reaction)
  }

  /// `penicillin: rash`, as `init(written:)` reads it.
  package var written: String { reaction.map { "\(substance): \($0)" } ?? substance }

  /// `penicillin (rash)`.
  package var words: String { reaction.map { "\(substance) (\($0))" } ?? substance }
}

extension EventLog {
  /// The entry of the last statement that holds; nil if there is none.
  package var allergyEntry: Entry? { entries.last { $0.fact?.kind == .allergiesRecorded } }

  /// The last statement that holds; nil if there is none.
  package var allergyStatement: AllergyStatement? {
    if case .allergiesRecorded(let statement)? = allergyEntry?.fact { return statement }
    return nil
  }
}

extension StringProtocol {
  /// The text without white space at both ends.
  fileprivate var trimmedText: String {
    var text = Substring(self)
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
