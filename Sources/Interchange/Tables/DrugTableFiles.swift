package import InfusionRecord
package import SessionReview
package import TimelineEngine

/// Reads the tables of drug codes and of packages, and holds those that the program was built with.
package enum DrugTableFiles {
  /// The columns of the table of codes, in this order.
  static let codeColumns = [
    "code", "drug", "products", "route", "kind", "amount", "unit", "from", "until", "replaced_by",
    "opps_status", "combination",
  ]
  /// The columns of the table of packages, in this order.
  static let packageColumns = [
    "ndc", "code", "drug", "product", "amount", "unit", "volume_ml", "concentration", "form",
    "container",
  ]

  /// The rows of a table of codes.
  package static func codes(_ bytes: [UInt8], file: String) throws(DocumentError) -> [DrugCode] {
    var codes: [DrugCode] = []
    var reader = CSVReader(bytes, file: file)
    let places = try checkHeading(&reader, codeColumns, file)
    while let record = try reader.next() {
      let row = DrugTableRow(file: file, line: record.line, places: places, record.cells)
      codes.append(try row.code())
    }
    return codes
  }

  /// The rows of a table of packages.
  package static func packages(
    _ bytes: [UInt8], file: String
  ) throws(DocumentError) -> [DrugPackage] {
    var packages: [DrugPackage] = []
    var reader = CSVReader(bytes, file: file)
    let places = try checkHeading(&reader, packageColumns, file)
    while let record = try reader.next() {
      let row = DrugTableRow(file: file, line: record.line, places: places, record.cells)
      packages.append(try row.package())
    }
    return packages
  }

  /// Where each column stands.
  private static func checkHeading(
    _ reader: inout CSVReader, _ columns: [String], _ file: String
  ) throws(DocumentError) -> [String: Int] {
    let heading = try reader.next()
    guard let heading, heading.cells == columns else {
      throw DocumentError(
        file: file, line: heading?.line ?? 1, found: "the first line names other columns",
        expected: columns.joined(separator: ","))
    }
    return Dictionary(uniqueKeysWithValues: zip(columns, columns.indices))
  }
}

extension DrugTables {
  /// The tables that the program was built with, read when a session first needs them.
  package static let starter: DrugTables = {
    do throws(DocumentError) {
      return DrugTables(
        vintage: starterVintage,
        codes: try DrugTableFiles.codes(PackageResources.drug_codes_csv, file: "drug-codes.csv"),
        packages: try DrugTableFiles.packages(
          PackageResources.drug_packages_csv, file: "drug-packages.csv"))
    } catch {
      // A test reads both tables, so they cannot be faulty in a released program.
      preconditionFailure("the built-in drug tables cannot be read: \(error)")
    }
  }()

  /// HCPCS of October 2025, Addendum B up to April 2026 and ASP of July 2026 were read for them.
  package static let starterVintage = "Chairtime 2026.1, from CMS files up to July 2026"

  /// The built-in tables if the session records amounts or the policy wants them, nil otherwise.
  package static func starter(for timeline: Timeline, _ policy: Policy) -> DrugTables? {
    DrugTableSource.starter.tables(for: timeline, policy)
  }
}

extension DrugTableSource {
  /// The tables that the program was built with.
  package static let starter = DrugTableSource(DrugTables.starterVintage) { _ in .starter }
}
