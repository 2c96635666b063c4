public import InfusionRecord

extension Formulary {
  /// The formulary Chairtime brings along: drugs of US infusion suites, each with its class and where
  /// that was read.
  ///
  /// It lives as two tables in `Resources`, built into the program and parsed when first asked for.
  /// A site lays its own file over it.
  public static let starter: Formulary = {
    do throws(DocumentError) {
      var sources: [String: String] = [:]
      var reader = CSVReader(
        PackageResources.formulary_sources_csv, file: "formulary-sources.csv")
      while let record = try reader.next() {
        sources[record.cells[0]] = record.cells.last
      }
      return try Formulary.reading(
        PackageResources.formulary_csv, file: "formulary.csv", sources: sources)
    } catch {
      // A test reads both tables, so a program that was built has good ones.
      preconditionFailure("the built-in formulary cannot be read: \(error)")
    }
  }()
}
