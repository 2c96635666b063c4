extension PatientIdentity {
  /// Whether both can be the same person: the family name, the first given name and the date of birth.
  ///
  /// Case, accents, umlauts spelled as two letters and further given names make no difference. Sex, visit
  /// and record number are not compared. What is not recorded contradicts nothing.
  package func isSamePerson(as other: PatientIdentity) -> Bool {
    func agree(_ one: String, _ two: String, _ part: (String) -> String = { $0 }) -> Bool {
      let (one, two) = (SearchText.typed(one).map(part), SearchText.typed(two).map(part))
      return one[0].isEmpty || two[0].isEmpty || !Set(one).isDisjoint(with: two)
    }
    func first(_ name: String) -> String { String(name.split(separator: " ").first ?? "") }
    guard agree(family, other.family), agree(given, other.given, first) else { return false }
    guard let born = dateOfBirth, let otherBorn = other.dateOfBirth else { return true }
    return born == otherBorn
  }
}
