package import InfusionRecord

extension Formulary {
  /// The built-in formulary: drugs of US infusion suites, each with its class and source.
  ///
  /// Its tables in `Resources` are built into the program and parsed on first use. A site lays its own
  /// file over it.
  package static let starter: Formulary = {
    do throws(DocumentError) {
      var sources: [String: String] = [:]
      var reader = CSVReader(
        PackageResources.formulary_sources_csv, file: "formulary-sources.csv")
      while let record = try reader.next() {
        sources[record.cells[0]] = record.cells.last
      }
      return try Formulary.reading(
        PackageResources.formulary_csv, file: "formulary.csv", sources: sources,
        synonyms: SynonymTable.read(
          PackageResources.drug_synonyms_csv, file: "drug-synonyms.csv"),
        isChecked: true)
    } catch {
      // A test reads both tables, so they cannot be faulty in a released program.
      preconditionFailure("the built-in formulary cannot be read: \(error)")
    }
  }()

  /// The table of the built-in formulary as its bytes.
  package static var starterTable: [UInt8] { PackageResources.formulary_csv }
}
