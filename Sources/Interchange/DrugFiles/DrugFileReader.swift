package import InfusionRecord
import PlainText
package import TimelineEngine

/// A published file of drug codes, with its rows for drugs.
package struct DrugFile: Sendable {
  package let kind: LoadedDrugTables.Kind
  package let quarter: Quarter
  /// The file's name without its folder.
  package let source: String
  /// The rows that were read, of any code.
  package let rowsRead: Int
  package let codes: [DrugCode]
  package let packages: [DrugPackage]

  package var name: String { "\(kind.rawValue) \(quarter.text)" }

  /// What the list of the loaded tables holds of it.
  ///
  /// - Parameter hash: that of `rows`.
  package func table(hash: String) -> LoadedDrugTables.Table {
    LoadedDrugTables.Table(
      kind: kind, quarter: quarter, source: source, rowCount: codes.count + packages.count,
      hash: hash)
  }

  /// Refuses two files of one table.
  package static func check(_ files: [DrugFile]) throws(DocumentError) {
    for (place, file) in files.enumerated()
    where files[..<place].contains(where: { $0.name == file.name }) {
      throw DocumentError(
        file: file.source, found: "another file given has the same table, \(file.name)",
        expected: "one file")
    }
  }
}

/// Reads a published file of drug codes line by line: the alpha-numeric HCPCS file, the ASP price file, or
/// the NDC-HCPCS crosswalk, as comma-separated values or as tab-separated text.
///
/// ```
/// Payment Allowance Limits …                          titles, any number, skipped
/// HCPCS Code,Short Description,HCPCS Code Dosage,…    heading
/// J1745,…,10 MG,…                                     rows
/// ```
///
/// Every row is checked in the columns that are read, and the first one that is not understood refuses the
/// file. Prices are never read, and no wording of a code is kept.
package struct DrugFileReader {
  /// The most records before the heading.
  private static let mostTitles = 60

  private let file: String
  private var records: PublishedRecords
  private var heading: DrugFileHeading?
  private var titles: [String] = []
  private var rows: DrugFileRows

  /// - Parameters:
  ///   - file: the file's name as the user gave it.
  ///   - known: the tables that it is laid over.
  package init(file: String, known: DrugTables) {
    self.file = file
    records = PublishedRecords(file: file)
    rows = DrugFileRows(known: known)
  }

  /// Takes the next line, without its line feed.
  package mutating func take(_ bytes: [UInt8], line: Int) throws(DocumentError) {
    guard let record = try records.take(bytes, line: line) else { return }
    if let heading {
      try rows.take(records.fields(of: record.bytes), under: heading, file: file, line: record.line)
      return
    }
    records.findSeparator(in: record.bytes)
    let texts = records.texts(of: record.bytes)
    heading = try DrugFileHeading(texts, records: records, line: record.line)
    guard heading == nil else { return }
    titles += texts
    guard record.line <= DrugFileReader.mostTitles else {
      throw records.fault(
        record.line, "no heading was found in the first \(record.line) lines",
        DrugFileHeading.expected)
    }
  }

  /// The file, after its last line.
  ///
  /// - Parameter said: the quarter that the user says, if the file does not.
  package mutating func finish(quarter said: Quarter? = nil) throws(DocumentError) -> DrugFile {
    try records.checkEnd()
    guard let heading else {
      throw DocumentError(
        file: file, found: "no heading of a table of drug codes was found",
        expected: DrugFileHeading.expected)
    }
    rows.finish()
    let name = file.split(separator: "/").last.map(String.init) ?? file
    let found =
      Quarter(publishedIn: name) ?? titles.lazy.compactMap { Quarter(effective: $0) }.first
    if let found, let said, found != said {
      throw DocumentError(
        file: file, found: "the file is of the quarter \(found.text)",
        expected: "--quarter \(found.text)")
    }
    guard let quarter = found ?? said else {
      throw DocumentError(
        file: file, found: "neither file name nor titles say the quarter",
        expected: "--quarter, for example --quarter 2026Q4")
    }
    guard !rows.codes.isEmpty || !rows.packages.isEmpty else {
      throw DocumentError(
        file: file, found: "the table has no rows of drugs", expected: "rows under the heading")
    }
    return DrugFile(
      kind: heading.kind, quarter: quarter, source: name.printable, rowsRead: rows.count,
      codes: rows.codes, packages: rows.packages)
  }
}

extension Quarter {
  /// The quarter in the name of a published file: `HCPC2026_OCT_ANWEB.csv`,
  /// `October 2026 ASP Pricing File.csv`, `october-2026-ndc-hcpcs-crosswalk.csv`.
  init?(publishedIn name: String) {
    let name = name.lowercased()
    if let found = name.firstMatch(of: /([0-9]{4})[-_]?q([1-4])/), let year = Int(found.1),
      let number = Int(found.2)
    {
      self.init(year: year, number: number)
    } else if let found = name.firstMatch(of: /(jan|apr|jul|oct)[a-z]*[-_ ]+([0-9]{4})/),
      let year = Int(found.2)
    {
      self.init(year: year, month: found.1)
    } else if let found = name.firstMatch(of: /([0-9]{4})[-_ ]+(jan|apr|jul|oct)/),
      let year = Int(found.1)
    {
      self.init(year: year, month: found.2)
    } else {
      return nil
    }
  }

  /// The quarter that a title says: `Effective October 1, 2026 through December 31, 2026`.
  init?(effective title: String) {
    guard
      let found = title.lowercased().firstMatch(
        of: /effective (jan|apr|jul|oct)[a-z]* 1, ([0-9]{4})/),
      let year = Int(found.2)
    else { return nil }
    self.init(year: year, month: found.1)
  }

  private init?(year: Int, month: Substring) {
    let months = ["jan", "apr", "jul", "oct"]
    guard let place = months.firstIndex(of: String(month)) else { return nil }
    self.init(year: year, number: place + 1)
  }
}
