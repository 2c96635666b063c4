import PlainText

/// A column that is read of a published file of drug codes, known by words of its heading.
///
/// Every other column, prices among them, is skipped unread.
enum DrugFileColumn: String, CaseIterable {
  case code = "HCPCS Code"
  case record = "RECID"
  case description = "LONG DESCRIPTION"
  case added = "ADD DT"
  case effective = "ACT EFF DT"
  case ended = "TERM DT"
  case dosage = "HCPCS Code Dosage"
  case ndc = "NDC"
  case drug = "Drug Name"
  case units = "BILLUNITS"

  /// The column with this heading; nil for a column that is not read.
  init?(heading: String) {
    let words = PublishedRecords.folded(heading)
    switch words {
    case "hcpc", "hcpcs", "hcpcs code", "code": self = .code
    case "recid": self = .record
    case "long description": self = .description
    case "add dt": self = .added
    case "act eff dt": self = .effective
    case "term dt": self = .ended
    case "hcpcs code dosage", "hcpcs dosage": self = .dosage
    case "ndc", "ndc2": self = .ndc
    case "drug name": self = .drug
    case "billunits", "bill units": self = .units
    default:
      // `_2026_CODE`, and `HCPCS Level II Code` with a remark.
      let isYear =
        words.count == 9 && words.hasSuffix(" code") && words.prefix(4).allSatisfy(\.isNumber)
      guard isYear || words.hasPrefix("hcpcs level ii code") else { return nil }
      self = .code
    }
  }

  /// The columns that a table cannot do without.
  static func required(for kind: LoadedDrugTables.Kind) -> [DrugFileColumn] {
    switch kind {
    case .codes: [.code, .description, .added, .effective, .ended]
    case .dosages: [.code, .dosage]
    case .packages: [.code, .ndc, .dosage, .drug, .units]
    }
  }
}

/// The heading of a published file of drug codes: which column stands where.
struct DrugFileHeading {
  let kind: LoadedDrugTables.Kind
  let width: Int
  private let places: [DrugFileColumn: Int]

  /// What a heading needs on one line.
  static let expected =
    "a line with the columns of one of: "
    + LoadedDrugTables.Kind.allCases.map { kind in
      "\(kind.words) (" + DrugFileColumn.required(for: kind).map(\.rawValue).joined(separator: ", ")
        + ")"
    }.joined(separator: "; ")

  /// Nil if the record is no heading. Throws if it has the columns of a table but one, or one twice.
  init?(_ texts: [String], records: PublishedRecords, line: Int) throws(DocumentError) {
    let found = texts.map { DrugFileColumn(heading: $0) }
    // The column that only one table has tells which table it is.
    let kind: LoadedDrugTables.Kind
    if found.contains(.ndc) || found.contains(.units) {
      kind = .packages
    } else if found.contains(.ended) || found.contains(.effective) {
      kind = .codes
    } else if found.contains(.dosage) {
      kind = .dosages
    } else {
      return nil
    }
    for column in DrugFileColumn.required(for: kind) where !found.contains(column) {
      throw records.fault(
        line, "the heading has no column \"\(column.rawValue)\"", "the columns of \(kind.words)")
    }
    var places: [DrugFileColumn: Int] = [:]
    for (place, column) in found.enumerated() {
      guard let column else { continue }
      if places.updateValue(place, forKey: column) != nil {
        throw records.fault(line, "two columns are headed \"\(column.rawValue)\"", "one")
      }
    }
    self.kind = kind
    self.places = places
    width = texts.count
  }

  subscript(column: DrugFileColumn) -> Int? { places[column] }
}
