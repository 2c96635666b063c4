/// A name that people say or write for a drug of the formulary.
///
/// Synonyms serve the search, and a document or an appointment that names a drug by one. A recorded fact has
/// the name of the drug, so it is compared by name, display name and brand (rulebook D68).
package struct DrugSynonym: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable {
    case brand
    case synonym
    case abbreviation
    /// On the list of error-prone abbreviations of the Institute for Safe Medication Practices
    /// (ISMP). It is found, but the user chooses the drug by its full name.
    case errorProne = "error-prone"
  }

  /// As people say it: `NS`, `Decadron`, `MgSO4`.
  package let said: String
  /// The name of the formulary entry. One text may be said of several drugs.
  package let drug: String
  package let kind: Kind

  package init(said: String, drug: String, kind: Kind) {
    self.said = said
    self.drug = drug
    self.kind = kind
  }
}
