extension Allergy {
  /// Reads a line of allergies: `penicillin: rash, hives; latex, carboplatin: anaphylaxis`.
  ///
  /// A semicolon ends an allergy. A comma does too before there is a reaction; after one only if what
  /// follows names a drug, a family or has a reaction of its own, because a reaction may have commas.
  package static func list(written text: String, in formulary: Formulary) -> [Allergy] {
    var texts: [String] = []
    for item in text.split(whereSeparator: { $0 == ";" || $0.isNewline }) {
      var current = ""
      for part in item.split(separator: ",") {
        let begins =
          !current.contains(":") || part.contains(":")
          || AllergyMatch.isKnown(String(part), in: formulary)
        if begins {
          texts.append(current)
          current = String(part)
        } else {
          current += "," + part
        }
      }
      texts.append(current)
    }
    return texts.compactMap { text in
      Allergy(written: text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    }
  }

  /// Whether a text says that the patient has no allergy, as charts abbreviate it.
  package static func saysNone(_ text: String) -> Bool {
    let folded = SearchText.fold(text).split { !$0.isLetter }.joined(separator: " ")
    return [
      "none", "none known", "no", "nil", "nka", "nkda", "no allergies", "no known allergies",
      "no known drug allergies",
    ].contains(folded)
  }
}
