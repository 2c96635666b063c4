import InfusionRecord

extension DrugFile {
  /// The rows in the columns of the program's own tables.
  package func rows() -> [UInt8] {
    var csv = CSVWriter()
    switch kind {
    case .codes, .dosages:
      for column in DrugTableFiles.codeColumns { csv.cell(iso: column) }
      csv.endRecord()
      for row in codes { DrugFile.write(row, to: &csv) }
    case .packages:
      for column in DrugTableFiles.packageColumns { csv.cell(iso: column) }
      csv.endRecord()
      for row in packages { DrugFile.write(row, to: &csv) }
    }
    return csv.bytes
  }

  private static func write(_ row: DrugCode, to csv: inout CSVWriter) {
    let (amount, unit): (String, String) =
      switch row.measure {
      case .amount(let value, let unit): (value.text, unit.rawValue)
      case .count(let what): ("1", what)
      case .none: ("", "")
      }
    csv.cell(row.code)
    csv.cell(row.drug)
    csv.cell(row.products.joined(separator: "|"))
    csv.cell(row.route?.rawValue ?? "")
    csv.cell(row.kind.rawValue)
    csv.cell(amount)
    csv.cell(unit)
    csv.cell(iso: row.from.iso)
    csv.cell(iso: row.until?.iso ?? "")
    csv.cell(row.replacedBy.joined(separator: "|"))
    csv.cell(row.status)
    csv.cell(row.combination)
    csv.endRecord()
  }

  private static func write(_ row: DrugPackage, to csv: inout CSVWriter) {
    csv.cell(row.ndc)
    csv.cell(row.code)
    csv.cell(row.drug)
    csv.cell(row.product)
    csv.cell(row.amount?.value.text ?? "")
    csv.cell(row.amount?.unit.rawValue ?? "")
    csv.cell("")
    csv.cell("")
    csv.cell(row.form?.rawValue ?? "")
    csv.cell(row.kind?.rawValue ?? "")
    csv.endRecord()
  }
}
