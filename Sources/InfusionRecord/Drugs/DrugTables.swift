/// The drug codes by date and the packages that are sold, looked up by code, name and National Drug Code.
///
/// A session without amounts needs neither, so they are read only when one has them.
package final class DrugTables: Sendable {
  /// Which tables they are; a statement with drug lines names it.
  package let vintage: String
  /// The names of the tables that a site loaded over the built-in ones; a sign-off holds them.
  package let names: [String]
  /// In the order of the codes, and of one code oldest first.
  package let codes: [DrugCode]
  /// In the order of the table.
  package let packages: [DrugPackage]

  private let codesByNumber: [String: [Int]]
  private let codesByDrug: [String: [Int]]
  private let predecessors: [String: [String]]
  private let packagesByNDC: [String: Int]
  private let packagesByProduct: [Substring: [Int]]
  private let packagesByCode: [String: [Int]]

  package init(
    vintage: String, names: [String] = [], codes unordered: [DrugCode], packages: [DrugPackage]
  ) {
    self.vintage = vintage
    self.names = names
    let codes = unordered.sorted { ($0.code, $0.from) < ($1.code, $1.from) }
    self.codes = codes
    self.packages = packages
    codesByNumber = Dictionary(grouping: codes.indices) { codes[$0].code }
    codesByDrug = Dictionary(grouping: codes.indices) { DrugTables.key(codes[$0].drug) }
    var predecessors: [String: [String]] = [:]
    for row in codes {
      for code in row.replacedBy { predecessors[code, default: []].append(row.code) }
    }
    self.predecessors = predecessors
    packagesByNDC = Dictionary(
      packages.indices.map { (packages[$0].ndc, $0) }, uniquingKeysWith: { first, _ in first })
    packagesByProduct = Dictionary(grouping: packages.indices) { packages[$0].ndc.prefix(9) }
    packagesByCode = Dictionary(grouping: packages.indices) { packages[$0].code }
  }

  /// A drug's name as the tables are asked for it: without case, and with the joining words of
  /// combinations left out, so that `piperacillin and tazobactam` is `piperacillin-tazobactam`.
  package static func key(_ name: String) -> String {
    name.lowercased().split { $0 == " " || $0 == "-" || $0 == "," || $0 == "/" }
      .filter { $0 != "and" }.joined(separator: " ")
  }

  /// A site's tables whose files cannot be read: no code is known, so every line of a drug is held.
  package static let unreadable = DrugTables(
    vintage: "The loaded tables cannot be read; chairtime codes tables says why", codes: [],
    packages: [])

  package var isUnreadable: Bool { self === DrugTables.unreadable }

  // MARK: Codes

  /// The periods of a code, oldest first.
  package func rows(of code: String) -> [DrugCode] {
    (codesByNumber[code] ?? []).map { codes[$0] }
  }

  /// The rows for a drug's generic name.
  package func rows(named drug: String) -> [DrugCode] {
    (codesByDrug[DrugTables.key(drug)] ?? []).map { codes[$0] }
  }

  /// The codes that the given ones followed or led to, and they themselves, in the order found.
  package func lineage(of codes: [String]) -> [String] {
    var found: [String] = []
    var open = codes
    while let code = open.first {
      open.removeFirst()
      guard !found.contains(code) else { continue }
      found.append(code)
      open += predecessors[code] ?? []
      open += rows(of: code).flatMap(\.replacedBy)
    }
    return found
  }

  /// The status of a code, or of the codes that replaced it if its own is not known.
  package func status(of row: DrugCode) -> String {
    if !row.status.isEmpty { return row.status }
    return row.replacedBy.lazy.flatMap { self.rows(of: $0) }.map(\.status)
      .first { !$0.isEmpty } ?? ""
  }

  // MARK: Packages

  /// The package with this National Drug Code, as printed or with eleven digits. If the table lacks the
  /// package, another package of the product, because what is sold and the vial in it have different
  /// package numbers.
  package func package(ndc text: String) -> (package: DrugPackage, isExact: Bool)? {
    NationalDrugCode(text).flatMap { package($0) }
  }

  /// The package of a code that was scanned or typed.
  package func package(
    _ code: NationalDrugCode
  ) -> (package: DrugPackage, isExact: Bool)? {
    let exact = code.readings.compactMap { packagesByNDC[$0] }
    if exact.count == 1, let index = exact.first { return (packages[index], true) }
    guard exact.isEmpty else { return nil }
    let products = code.readings.compactMap { packagesByProduct[$0.prefix(9)] }
    // Two readings that are both sold are two different drugs, so neither is taken.
    guard products.count == 1, let index = products.first?.first else { return nil }
    return (packages[index], false)
  }

  /// The packages of a code.
  package func packages(of code: String) -> [DrugPackage] {
    (packagesByCode[code] ?? []).map { packages[$0] }
  }
}
