import InfusionRecord

/// A row of a drug table, read cell by cell.
struct DrugTableRow {
  private let file: String
  private let line: Int
  private let places: [String: Int]
  private let cells: [String]

  /// - Parameter places: where the cell of each column stands.
  init(file: String, line: Int, places: [String: Int], _ cells: [String]) {
    self.file = file
    self.line = line
    self.places = places
    self.cells = cells
  }

  func code() throws(DocumentError) -> DrugCode {
    let number = self["code"]
    guard number.utf8.count == 5,
      number.utf8.allSatisfy({ isDigit($0) || (0x41...0x5A).contains($0) })
    else { throw fault("code", "the text is no HCPCS code", "five capital letters or digits") }
    guard !self["drug"].isEmpty else {
      throw fault("drug", "the row names no drug", "our own label of the code")
    }
    return DrugCode(
      code: number, drug: self["drug"], products: list("products"),
      route: try word("route"), kind: try word("kind") ?? .drug, measure: try measure(),
      from: try date("from") ?? CivilDate(dayNumber: 0), until: try date("until"),
      replacedBy: list("replaced_by"), status: self["opps_status"],
      combination: self["combination"])
  }

  func package() throws(DocumentError) -> DrugPackage {
    guard self["ndc"].utf8.count == 11, let ndc = NationalDrugCode(self["ndc"])?.elevenDigits
    else { throw fault("ndc", "the text is no National Drug Code", "eleven digits") }
    let amount: DrugAmount? =
      if let value = try number("amount"), let unit = DrugAmount.Unit(rawValue: self["unit"]) {
        DrugAmount(value, unit)
      } else {
        nil
      }
    let container = self["container"]
    return DrugPackage(
      ndc: ndc, code: self["code"], drug: self["drug"], product: self["product"], amount: amount,
      concentration: concentration, form: try word("form"),
      kind: container == "either" ? nil : try word("container"))
  }

  // MARK: Cells

  private subscript(_ column: String) -> String { places[column].map { cells[$0].trimmed } ?? "" }

  private func fault(_ column: String, _ found: String, _ expected: String) -> DocumentError {
    DocumentError(file: file, line: line, path: column, found: found, expected: expected)
  }

  private func list(_ column: String) -> [String] {
    self[column].split(separator: "|").map(String.init)
  }

  private func word<Word: RawRepresentable<String> & CaseIterable>(
    _ column: String
  ) throws(DocumentError) -> Word? {
    guard !self[column].isEmpty else { return nil }
    guard let word = Word(rawValue: self[column]) else {
      let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
      throw fault(column, "the word is not one of the list", "one of \(words), or an empty cell")
    }
    return word
  }

  private func date(_ column: String) throws(DocumentError) -> CivilDate? {
    guard !self[column].isEmpty else { return nil }
    guard let date = CivilDate(iso: self[column]) else {
      throw fault(column, "the text is no date", "YYYY-MM-DD, or an empty cell")
    }
    return date
  }

  private func number(_ column: String) throws(DocumentError) -> ExactDecimal? {
    guard !self[column].isEmpty else { return nil }
    guard let number = ExactDecimal(self[column]), !number.isZero else {
      throw fault(column, "the text is no amount", "a decimal number above 0, or an empty cell")
    }
    return number
  }

  private func measure() throws(DocumentError) -> DrugCode.Measure {
    guard let amount = try number("amount") else { return .none }
    let unit = self["unit"]
    if let unit = DrugAmount.Unit(rawValue: unit) { return .amount(amount, unit) }
    let millions = "million units"
    if unit == millions { return .amount(amount.shifted(by: 6), .units) }
    guard !unit.isEmpty else {
      throw fault("unit", "the amount has no unit", "the unit that the code counts")
    }
    return .count(of: amount == ExactDecimal(1) ? unit : "\(amount.text) \(unit)")
  }

  /// `10 mg/mL`; nil for other texts, which are no concentration.
  private var concentration: DrugConcentration? {
    let parts = self["concentration"].split(separator: " ")
    guard parts.count == 2, let value = ExactDecimal(parts[0]), !value.isZero,
      parts[1].hasSuffix("/mL")
    else { return nil }
    let unit = parts[1].dropLast(3)
    return DrugAmount.Unit(rawValue: unit == "unit" ? "units" : String(unit))
      .map { DrugConcentration(DrugAmount(value, $0)) }
  }
}
