package import InfusionRecord
package import PlainText

/// Codes of drugs as pages of text and as JSON.
package enum DrugCodePage {
  /// Whether a code, its drug or one of its products contains a word.
  package static func matches(_ row: DrugCode, _ word: String) -> Bool {
    let word = DrugTables.key(word)
    return ([row.code, row.drug] + row.products).contains { DrugTables.key($0).contains(word) }
  }

  /// A line for each code: code, unit, status and label.
  package static func list(_ codes: [DrugCode]) -> TextPage {
    var page = TextPage()
    for row in codes {
      page.wrap(
        row.label,
        first: row.code.padded(to: 7) + unit(of: row).padded(to: 16) + row.status.padded(to: 4))
    }
    return page
  }

  /// All periods of one code, what it followed and led to, and the packages sold under it.
  package static func detail(
    of rows: [DrugCode], package found: (package: DrugPackage, isExact: Bool)? = nil,
    scan: DrugBarcode? = nil, in tables: DrugTables
  ) -> TextPage {
    var page = TextPage()
    guard let last = rows.last else { return page }
    page.line("\(last.code)  \(last.label)", tables.vintage)
    page.rule("=")
    func field(_ name: String, _ text: String) {
      if !text.isEmpty { page.wrap(text, first: name.padded(to: 12)) }
    }
    if let found {
      field(
        "Package", text(of: found.package) + (found.isExact ? "" : ", another of the product"))
    }
    if let scan {
      field("Lot", scan.reading?.lot ?? "")
      field("Expires", scan.reading?.expires?.display ?? "")
      field("Serial", scan.reading?.serial ?? "")
      if scan.reading == nil {
        field("Scan", "separators are lost: lot, expiry and serial can be read in several ways")
      }
    }
    for row in rows {
      field("In force", period(of: row))
      field("One unit", unit(of: row))
      field("Combination", row.combination)
      field("Products", row.products.joined(separator: ", "))
      field("Route", row.route?.rawValue ?? "")
      field("Status", row.status)
      field("Then", row.replacedBy.joined(separator: ", "))
    }
    let family = tables.lineage(of: [last.code]).filter { $0 != last.code }
    field("Related", family.sorted().joined(separator: ", "))
    let packages = tables.packages(of: last.code)
    if !packages.isEmpty { page.heading("PACKAGES") }
    for package in packages { page.wrap(text(of: package), indent: 13) }
    return page
  }

  /// The codes as one object: the vintage and a row for each.
  package static func json(_ codes: [DrugCode], of tables: DrugTables) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("vintage", tables.vintage)
      json.key("codes")
      json.list(codes) { json, row in
        json.object { json in
          json.member("code", row.code)
          json.member("drug", row.drug)
          json.key("products")
          json.list(row.products) { $0.value($1) }
          json.member("unit", row.unitText)
          json.member("from", row.from.iso)
          json.member("until", row.until?.iso)
          json.member("status", row.status)
        }
      }
    }
    json.endLine()
    return json.bytes
  }

  private static func unit(of row: DrugCode) -> String {
    row.unitText.isEmpty ? "no unit" : row.unitText
  }

  private static func period(of row: DrugCode) -> String {
    "from \(row.from.display)" + (row.until.map { " to \($0.display)" } ?? "")
  }

  private static func text(of package: DrugPackage) -> String {
    var parts = [package.product]
    if let amount = package.amount { parts.append(amount.text) }
    if let form = package.form { parts.append(form.rawValue) }
    if let kind = package.kind { parts.append(kind.rawValue) }
    return package.ndc.padded(to: 13) + parts.joined(separator: ", ")
  }
}
