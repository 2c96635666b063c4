/// What the appointment says of a patient's allergies. It is no fact of the visit: the patient has to be asked, and
/// until then it asks before a drug is given.
package struct BookedAllergies: Sendable, Hashable {
  package let statement: AllergyStatement

  /// - Parameter text: as the book has it, `penicillin: rash; latex` or `NKDA`; nil if that says nothing.
  package init?(written text: String, in formulary: Formulary) {
    if Allergy.saysNone(text) {
      statement = AllergyStatement(allergies: .noneKnown)
      return
    }
    let list = Allergy.list(written: text, in: formulary)
    if list.isEmpty { return nil }
    statement = AllergyStatement(allergies: .known(list))
  }

  /// `from the appointment, to be asked: penicillin (rash)`.
  package var words: String { "from the appointment, to be asked: \(statement.allergies.words)" }
}

extension AllergyStatement {
  /// What two sources told, each substance once. "None known" of one source does not outweigh an allergy of the other.
  package func merged(with other: AllergyStatement) -> AllergyStatement {
    var list = allergies.list
    for allergy in other.allergies.list where !list.contains(where: { $0.words == allergy.words }) {
      list.append(allergy)
    }
    var merged = self
    if !list.isEmpty {
      merged.allergies = .known(list)
    } else if allergies == .notRecorded {
      merged.allergies = other.allergies
    }
    merged.alerts += other.alerts.filter { !alerts.contains($0) }
    return merged
  }
}
