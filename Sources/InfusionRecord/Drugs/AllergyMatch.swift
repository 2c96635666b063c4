/// Why a drug is one that the patient must not have.
///
/// An allergy is a text. It means a drug by its name, its brand, what people say for it, or a word of its
/// name, and a family of drugs by the family's name or by any drug of it. Other texts mean no drug:
/// nothing asks about them, and the form says so.
package struct AllergyMatch: Sendable, Hashable {
  package let allergy: Allergy
  /// The family that the drug and the substance share; nil if they are one drug.
  package let family: String?

  /// The first allergy that a drug matches; nil if it matches none. The same drug comes before a family.
  package static func found(
    _ drug: Drug, among allergies: [Allergy], in formulary: Formulary
  ) -> AllergyMatch? {
    if allergies.isEmpty { return nil }
    let given = words(of: drug)
    for allergy in allergies where isSame(drug, given, allergy.substance, formulary) {
      return AllergyMatch(allergy: allergy, family: nil)
    }
    for allergy in allergies {
      let text = SearchText.fold(allergy.substance)
      let words = words(in: text) + named(by: allergy.substance, formulary).flatMap(words(of:))
      let family = DrugFamily.all.first {
        $0.contains(given) && $0.isNamed(by: text, words)
      }
      if let family { return AllergyMatch(allergy: allergy, family: family.name) }
    }
    return nil
  }

  /// Whether some drug is asked about because of an allergy to `substance`.
  package static func isKnown(_ substance: String, in formulary: Formulary) -> Bool {
    let text = SearchText.fold(substance)
    let words = words(in: text)
    if DrugFamily.all.contains(where: { $0.isNamed(by: text, words) }) { return true }
    return formulary.entries.contains { entry in
      let drug = formulary.drug(named: entry.name)
      return isSame(drug, AllergyMatch.words(of: drug), substance, formulary)
    }
  }

  /// `Allergy recorded: penicillin (rash). Ampicillin is of the same family, penicillins.`
  package func sentence(_ drug: Drug) -> String {
    let why =
      family.map { "is of the same family, \($0)" } ?? "is what the patient must not have"
    return "ALLERGY recorded: \(allergy.words). \(drug.displayName) \(why)."
  }

  private static func isSame(
    _ drug: Drug, _ given: [String], _ substance: String, _ formulary: Formulary
  ) -> Bool {
    if named(by: substance, formulary).contains(drug) { return true }
    let words = words(in: SearchText.fold(substance))
    // `hydrocortisone` is a word of hydrocortisone sodium succinate, and `morphine sulfate` has one of
    // morphine.
    if !words.isEmpty, words.allSatisfy({ given.contains($0) }) {
      return words.contains { !LookAlike.parts.contains($0) }
    }
    guard let first = given.first, first.count > 4, !LookAlike.parts.contains(first) else {
      return false
    }
    return words.contains(first)
  }

  /// The drugs of the formulary that a text names.
  private static func named(by text: String, _ formulary: Formulary) -> [Drug] {
    let folded = Formulary.fold(text)
    let said = formulary.synonyms.filter { Formulary.fold($0.said) == folded }
    return (([text] + said.map(\.drug)).map { formulary.drug(named: $0) })
  }

  private static func words(of drug: Drug) -> [String] {
    words(in: SearchText.fold(drug.entry?.name ?? drug.identity))
      + (drug.entry?.brands ?? []).flatMap { words(in: SearchText.fold($0)) }
  }

  private static func words(in folded: String) -> [String] {
    folded.split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }
}
