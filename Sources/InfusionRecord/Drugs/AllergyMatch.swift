/// Why a drug is one that the patient must not have.
///
/// An allergy is a text. It means a drug by its name, its brand, what people say for it, or a word of its
/// name, and a family of drugs by the family's name or by any drug of it. Each part of the text counts:
/// `taxol and latex` means paclitaxel. Other texts mean no drug: nothing asks about them, and the form says
/// so.
package struct AllergyMatch: Sendable, Hashable {
  package let allergy: Allergy
  /// The family that the drug and the substance share; nil if they are one drug.
  package let family: String?

  /// The first allergy that a drug matches; nil if it matches none. The same drug comes before a family.
  package static func found(
    _ drug: Drug, among allergies: [Allergy], in formulary: Formulary
  ) -> AllergyMatch? {
    Search(allergies, in: formulary).match(of: drug)
  }

  /// The allergies of a patient, read once to compare many drugs with them.
  struct Search {
    private let allergies: [(allergy: Allergy, named: Named)]

    init(_ allergies: [Allergy], in formulary: Formulary) {
      self.allergies = allergies.map {
        ($0, Named($0.substance, formulary, takesMisspelling: true))
      }
    }

    func match(of drug: Drug) -> AllergyMatch? {
      if allergies.isEmpty { return nil }
      let given = AllergyMatch.words(of: drug)
      if let same = allergies.first(where: { $0.named.means(drug, given) }) {
        return AllergyMatch(allergy: same.allergy, family: nil)
      }
      for (allergy, named) in allergies {
        if let family = DrugFamily.all.first(where: { $0.contains(given) && named.means($0) }) {
          return AllergyMatch(allergy: allergy, family: family.name)
        }
      }
      return nil
    }
  }

  /// Whether some drug is asked about because of an allergy to `substance`.
  package static func isKnown(_ substance: String, in formulary: Formulary) -> Bool {
    let named = Named(substance, formulary)
    if named.drugs.contains(where: { $0.entry != nil }) { return true }
    if DrugFamily.all.contains(where: named.means) { return true }
    return formulary.entries.contains { entry in
      let drug = formulary.drug(named: entry.name)
      return named.means(drug, words(of: drug))
    }
  }

  /// A sentence on a substance that no drug is asked about for; nil if there are drugs that it means.
  package static func unknown(_ substance: String, in formulary: Formulary) -> String? {
    if isKnown(substance, in: formulary) { return nil }
    let near = LookAlike.misspelled(formulary.drug(named: substance), in: formulary)
    return "\(substance) is no drug and no family of drugs that is known here: no start asks about "
      + "it." + (near.map { " Is it \($0.displayName)?" } ?? "")
  }

  /// `Allergy recorded: penicillin (rash). Ampicillin is of the same family, penicillins.`
  package func sentence(_ drug: Drug) -> String {
    let why =
      family.map { "is of the same family, \($0)" } ?? "is what the patient must not have"
    return "ALLERGY recorded: \(allergy.words). \(drug.displayName) \(why)."
  }

  /// What the text of a substance names.
  private struct Named {
    let words: [String]
    /// The whole text and each sequence of up to three of its words, folded.
    let parts: [String]
    /// The words of the text and of the drugs that it names.
    let allWords: [String]
    /// The drugs that the parts are names, brands or synonyms of; that of the whole text may be unlisted.
    let drugs: [Drug]

    /// - Parameter takesMisspelling: whether a text that names no drug means one that is a letter or two away.
    init(_ text: String, _ formulary: Formulary, takesMisspelling: Bool = false) {
      words = AllergyMatch.words(in: SearchText.fold(text))
      var parts = [SearchText.fold(text)]
      for length in 1...3 where length <= words.count {
        for start in 0...(words.count - length) {
          let part = words[start..<start + length].joined(separator: " ")
          if !LookAlike.parts.contains(part), !parts.contains(part) { parts.append(part) }
        }
      }
      self.parts = parts
      let texts = [text] + parts.dropFirst()
      var drugs =
        [formulary.drug(named: text)]
        + texts.flatMap { AllergyMatch.listed(by: $0, formulary) }
      if takesMisspelling, drugs.allSatisfy({ $0.entry == nil }),
        let near = LookAlike.misspelled(drugs[0], in: formulary)
      {
        drugs.append(near)
      }
      self.drugs = drugs
      allWords = words + drugs.flatMap(AllergyMatch.words(of:))
    }

    func means(_ drug: Drug, _ given: [String]) -> Bool {
      if drugs.contains(drug) { return true }
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

    func means(_ family: DrugFamily) -> Bool {
      parts.contains { family.isNamed(by: $0, allWords) }
    }
  }

  /// The drugs of the formulary that a text names.
  private static func listed(by text: String, _ formulary: Formulary) -> [Drug] {
    ([text] + formulary.index.drugs(said: Formulary.fold(text)))
      .map { formulary.drug(named: $0) }.filter { $0.entry != nil }
  }

  private static func words(of drug: Drug) -> [String] {
    words(in: SearchText.fold(drug.entry?.name ?? drug.identity))
      + (drug.entry?.brands ?? []).flatMap { words(in: SearchText.fold($0)) }
  }

  private static func words(in folded: String) -> [String] {
    folded.split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }
}
