extension PatientIdentity {
  /// Whether both can be the same person: the family name, the first given name and the date of birth.
  ///
  /// Spelling, accents and further given names make no difference. Sex, visit and record number are not
  /// compared. What is not recorded contradicts nothing.
  package func isSamePerson(as other: PatientIdentity) -> Bool {
    func agree(_ one: String, _ two: String) -> Bool { one.isEmpty || two.isEmpty || one == two }
    func first(_ name: String) -> String {
      String(SearchText.fold(name).split(separator: " ").first ?? "")
    }
    guard agree(SearchText.fold(family), SearchText.fold(other.family)),
      agree(first(given), first(other.given))
    else { return false }
    guard let born = dateOfBirth, let otherBorn = other.dateOfBirth else { return true }
    return born == otherBorn
  }
}
