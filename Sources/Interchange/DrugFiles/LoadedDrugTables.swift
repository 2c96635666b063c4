import InfusionRecord
import PlainText
package import SessionReview
package import TimelineEngine

/// The list of the published tables of drug codes that a site loaded.
///
/// The rows of each table are in a file of its own, whose hash the list holds. So the list stands for all
/// rows, and a program reads no row before a session needs one.
package struct LoadedDrugTables: Sendable, Hashable {
  /// Documents hold the raw values.
  package enum Kind: String, CaseIterable, Sendable, Hashable {
    /// The alpha-numeric HCPCS file: codes with their dates.
    case codes = "hcpcs"
    /// The ASP price file, of which code and dosage are read.
    case dosages = "asp"
    /// The NDC-HCPCS crosswalk: the code and the amount of a package.
    case packages = "ndc-hcpcs"

    /// For messages.
    package var words: String {
      switch self {
      case .codes: "the alpha-numeric HCPCS file"
      case .dosages: "the ASP price file"
      case .packages: "the NDC-HCPCS crosswalk"
      }
    }
  }

  package struct Table: Sendable, Hashable {
    package let kind: Kind
    package let quarter: Quarter
    /// The name of the file that was loaded.
    package let source: String
    package let rowCount: Int
    /// SHA-256 of the file of its rows, 64 hexadecimal digits.
    package let hash: String

    package init(kind: Kind, quarter: Quarter, source: String, rowCount: Int, hash: String) {
      self.kind = kind
      self.quarter = quarter
      self.source = source
      self.rowCount = rowCount
      self.hash = hash
    }

    /// `hcpcs 2026Q4`. One table of a name can be loaded.
    package var name: String { "\(kind.rawValue) \(quarter.text)" }

    /// The name of the file of its rows. Other rows have another name, so the file that an earlier list
    /// names is never written over.
    package var rowFile: String { "\(kind.rawValue)-\(quarter.text)-\(hash.prefix(16)).csv" }
  }

  /// The site loaded tables, and their list cannot be read.
  package static let unreadable: LoadedDrugTables = {
    var tables = LoadedDrugTables()
    tables.isUnreadable = true
    return tables
  }()

  package static let none = LoadedDrugTables()

  package private(set) var isUnreadable = false
  /// Oldest quarter first; within a quarter in the order in which they are laid over one another.
  package private(set) var tables: [Table]

  /// - Parameter tables: of two with the same name the later one counts.
  package init(_ tables: [Table] = []) {
    var byName: [String: Table] = [:]
    for table in tables { byName[table.name] = table }
    self.tables = Kind.allCases.flatMap { kind in byName.values.filter { $0.kind == kind } }
      .sorted { $0.quarter < $1.quarter }
  }

  package var isEmpty: Bool { tables.isEmpty }
  package var names: [String] { tables.map(\.name) }

  /// The source of the built-in tables with these laid over them.
  ///
  /// - Parameters:
  ///   - name: different for each list.
  ///   - read: reads the file of a table's rows; throws if it is not the one of the list.
  package func source(
    named name: String, reading read: @escaping @Sendable (Table) throws -> [UInt8]
  ) -> DrugTableSource {
    if isEmpty, !isUnreadable { return .starter }
    let reading = DrugTableReading(list: self, read: read)
    return DrugTableSource(
      name, loaded: tables.map { DrugTableSource.Loaded(name: $0.name, from: $0.quarter.first) }
    ) { reading.tables($0) }
  }
}

// MARK: - JSON

extension LoadedDrugTables {
  /// The value of the key `format`.
  package static let format = "chairtime.drug-tables/1"

  package func json() -> [UInt8] {
    var json = JSONWriter(.indented)
    json.object { json in
      json.member("format", LoadedDrugTables.format)
      json.key("tables")
      json.list(tables) { json, table in
        json.object { json in
          json.member("kind", table.kind.rawValue)
          json.member("quarter", table.quarter.text)
          json.member("source", table.source)
          json.key("rows")
          json.value(table.rowCount)
          json.member("sha256", table.hash)
        }
      }
    }
    json.endLine()
    return json.bytes
  }

  /// Reads the output of `json()`.
  package init(_ bytes: [UInt8], file: String) throws(DocumentError) {
    let value = try JSONValue(bytes, file: file)
    guard value["format"]?.text == LoadedDrugTables.format, let list = value["tables"]?.list else {
      throw DocumentError(
        file: file, found: "this is no list of drug tables", expected: LoadedDrugTables.format)
    }
    var tables: [Table] = []
    for (place, one) in list.enumerated() {
      guard let table = Table(one) else {
        throw DocumentError(
          file: file, path: "tables[\(place)]", found: "a table cannot be read",
          expected: LoadedDrugTables.format)
      }
      tables.append(table)
    }
    self.init(tables)
  }
}

extension LoadedDrugTables.Table {
  fileprivate init?(_ value: JSONValue) {
    guard let kind = value["kind"]?.text.flatMap(LoadedDrugTables.Kind.init(rawValue:)),
      let quarter = value["quarter"]?.text.flatMap({ Quarter($0) }),
      let source = value["source"]?.text, case .number(let rows)? = value["rows"]?.content,
      let count = Int(exactly: rows), let hash = value["sha256"]?.text, hash.utf8.count == 64,
      hash.utf8.allSatisfy({ isDigit($0) || (0x61...0x66).contains($0) })
    else { return nil }
    self.init(kind: kind, quarter: quarter, source: source, rowCount: count, hash: hash)
  }
}
