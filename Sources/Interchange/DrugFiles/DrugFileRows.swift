import InfusionRecord
import TimelineEngine

/// The rows of a published file of drug codes that were read so far.
struct DrugFileRows {
  /// The rows that were read, of any code.
  private(set) var count = 0
  private(set) var codes: [DrugCode] = []
  private(set) var packages: [DrugPackage] = []

  private let known: DrugTables
  /// The description of the code's first record, whose rest later records may hold.
  private var open: (code: String, description: String, from: CivilDate, until: CivilDate?)?
  private var seen: Set<String> = []
  private var dosages: [String: DrugCode.Measure] = [:]
  private var places: [String: Int] = [:]

  /// - Parameter known: the codes that are kept whatever their wording is.
  init(known: DrugTables) {
    self.known = known
  }

  mutating func take(
    _ cells: [PublishedRecords.Cell], under heading: DrugFileHeading, file: String, line: Int
  ) throws(DocumentError) {
    if cells.allSatisfy(\.isEmpty) || DrugFileRows.isNotice(cells) { return }
    let row = Row(cells: cells, heading: heading, file: file, line: line)
    guard cells.count <= heading.width || cells[heading.width...].allSatisfy(\.isEmpty) else {
      throw row.fault(nil, "a cell stands under no heading", "\(heading.width) columns")
    }
    count += 1
    switch heading.kind {
    case .codes: try takeCode(row)
    case .dosages: try takeDosage(row)
    case .packages: try takePackage(row)
    }
  }

  /// Keeps the code whose records were taken last.
  mutating func finish() {
    guard let open else { return }
    self.open = nil
    let wording = CodeDescription(open.description)
    let isKnown = !known.rows(of: open.code).isEmpty
    guard isKnown || wording.isInjected && !wording.drug.isEmpty else { return }
    var row = wording.code(open.code, from: open.from, until: open.until)
    if row.drug.isEmpty, let last = known.rows(of: open.code).last {
      row = last.counting(wording.measure, from: open.from, until: open.until)
    }
    codes.append(row)
  }

  /// A title or notice below the table: a text in one cell only.
  private static func isNotice(_ cells: [PublishedRecords.Cell]) -> Bool {
    let filled = cells.filter { !$0.isEmpty }
    return filled.count == 1 && filled[0].count > 13
  }

  private mutating func takeCode(_ row: Row) throws(DocumentError) {
    // Records 3 and 4 are procedures, first and further lines; 7 and 8 are modifiers.
    let record = row[.record].map(String.init) ?? ""
    if ["7", "07", "8", "08"].contains(record) || row.text(.code).utf8.count == 2 { return }
    let code = try row.code()
    if ["4", "04"].contains(record) {
      guard open?.code == code else {
        throw row.fault(.record, "a further line follows another code", "its first line before it")
      }
      open?.description += " " + row.text(.description)
      return
    }
    finish()
    let effective = try row.date(.effective)
    guard let added = try row.date(.added) ?? effective else {
      throw row.fault(.added, "the cell is empty", "the first day of the code")
    }
    let until = try row.date(.ended)
    if let until, until < added {
      throw row.fault(.ended, "the code ends before it begins", "a later date")
    }
    guard seen.insert(code).inserted else {
      throw row.fault(.code, "the code has two rows", "one row for each code")
    }
    // A change of the unit is in force from the date of the last action.
    let isKnown = !known.rows(of: code).isEmpty
    let from = isKnown ? effective ?? added : added
    open = (code, row.text(.description), from, until)
  }

  private mutating func takeDosage(_ row: Row) throws(DocumentError) {
    let code = try row.code()
    let measure = DrugCode.Measure(dosage: row.text(.dosage)[...])
    if let other = dosages.updateValue(measure, forKey: code), !other.isSame(as: measure) {
      throw row.fault(.dosage, "the code has two dosages", "one for each code")
    }
    guard measure != .none, seen.insert(code).inserted else { return }
    let label = known.rows(of: code).last?.drug ?? code
    codes.append(
      DrugCode(code: code, drug: label, measure: measure, from: CivilDate(dayNumber: 0)))
  }

  private mutating func takePackage(_ row: Row) throws(DocumentError) {
    let code = try row.code()
    guard let ndc = NationalDrugCode(row.text(.ndc))?.elevenDigits else {
      throw row.fault(.ndc, "the cell is no National Drug Code", "eleven digits, 5-4-2")
    }
    let units = row.text(.units).filter { $0 != "," }
    guard !units.isEmpty, units.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }),
      units.count(where: { $0 == "." }) < 2
    else { throw row.fault(.units, "the cell is no number of units", "digits") }
    let product = row.text(.drug)
    guard !product.isEmpty, product.count <= 120 else {
      throw row.fault(.drug, "the cell is empty or very long", "the product's name")
    }
    var amount: DrugAmount?
    if case .amount(let one, let unit) = DrugCode.Measure(dosage: row.text(.dosage)[...]),
      let count = ExactDecimal(units.hasPrefix(".") ? "0" + units : units), !count.isZero,
      (one * count).isWritable
    {
      amount = DrugAmount(one * count, unit)
    }
    let package = DrugPackage(
      ndc: ndc, code: code, drug: product.lowercased(), product: product, amount: amount,
      concentration: nil, form: nil, kind: nil)
    guard let place = places[ndc] else {
      places[ndc] = packages.count
      packages.append(package)
      return
    }
    // One product may have a code for dialysis and another for everybody else.
    if isPreferred(package, to: packages[place]) { packages[place] = package }
  }

  private func isPreferred(_ new: DrugPackage, to old: DrugPackage) -> Bool {
    if let listed = known.package(ndc: new.ndc), listed.isExact {
      return listed.package.code == new.code
    }
    func isOrdinary(_ code: String) -> Bool { known.rows(of: code).last?.kind ?? .drug == .drug }
    return isOrdinary(new.code) && !isOrdinary(old.code)
  }

  /// One row and its place.
  private struct Row {
    let cells: [PublishedRecords.Cell]
    let heading: DrugFileHeading
    let file: String
    let line: Int

    /// The cell of a column; nil if the file lacks the column or the row the cell.
    subscript(column: DrugFileColumn) -> PublishedRecords.Cell? {
      heading[column].flatMap { $0 < cells.count ? cells[$0] : nil }
    }

    /// The text of a cell. CMS writes some files in Windows-1252.
    func text(_ column: DrugFileColumn) -> String {
      let cell = self[column] ?? []
      let text =
        String(validating: cell, as: UTF8.self)
        ?? TextEncoding.windows1252.utf8(Array(cell)).map { String(decoding: $0, as: UTF8.self) }
        ?? ""
      return text.trimmed
    }

    /// A HCPCS code: a capital letter and four digits, or five signs with a digit.
    func code() throws(DocumentError) -> String {
      let cell = self[.code] ?? []
      guard cell.count == 5, cell.contains(where: isDigit),
        cell.allSatisfy({ isDigit($0) || (0x41...0x5A).contains($0) })
      else { throw fault(.code, "the cell is not a code", "five digits or capital letters") }
      return String(decoding: cell, as: UTF8.self)
    }

    func date(_ column: DrugFileColumn) throws(DocumentError) -> CivilDate? {
      guard let cell = self[column], !cell.isEmpty else { return nil }
      guard let date = CivilDate(published: cell) else {
        throw fault(column, "the cell is not a date", "YYYYMMDD")
      }
      return date
    }

    func fault(_ column: DrugFileColumn?, _ found: String, _ expected: String) -> DocumentError {
      DocumentError(
        file: file, line: line, path: column?.rawValue ?? "", found: found, expected: expected)
    }
  }
}

extension String {
  fileprivate init(_ cell: PublishedRecords.Cell) { self.init(decoding: cell, as: UTF8.self) }
}
