package import InfusionRecord
package import PlainText

/// The formulary as pages of text.
package enum FormularyPage {
  /// One or two lines per drug: display name, class, codes, and the name that matched.
  package static func list(_ matches: [FormularyMatch]) -> TextPage {
    var page = TextPage()
    for match in matches {
      let entry = match.entry
      var codes = entry.hcpcs.prefix(3).joined(separator: " ")
      if entry.hcpcs.count > 3 { codes += " +\(entry.hcpcs.count - 3)" }
      page.line(
        entry.displayName,
        entry.drugClass.rawValue.padded(to: 24) + codes.padded(to: 20))
      let others = [match.matched].filter {
        Formulary.fold($0) != Formulary.fold(entry.displayName)
      }
      if !others.isEmpty {
        let warning = match.isErrorProne ? ", an error-prone abbreviation (ISMP): use the name" : ""
        page.wrap(others.joined(separator: ", ") + warning, first: "  found by ")
      }
    }
    return page
  }

  /// All fields of one drug, and what people say for it.
  package static func detail(of entry: FormularyEntry, said: [DrugSynonym] = []) -> TextPage {
    var page = TextPage()
    page.line(entry.displayName, entry.drugClass.rawValue)
    page.rule("=")
    func field(_ name: String, _ text: String) {
      if !text.isEmpty { page.wrap(text, first: name.padded(to: 12)) }
    }
    field("Brands", entry.brands.joined(separator: ", "))
    field("Also said", said.filter { $0.kind != .errorProne }.map(\.said).joined(separator: ", "))
    field("Error-prone", said.filter { $0.kind == .errorProne }.map(\.said).joined(separator: ", "))
    field("HCPCS", entry.hcpcs.joined(separator: ", "))
    field("NDC", entry.ndcs.joined(separator: ", "))
    field("Given by", entry.techniques.map(\.rawValue).joined(separator: ", "))
    if let minutes = entry.typicalMinutes {
      let text =
        minutes.lowerBound == minutes.upperBound
        ? "\(minutes.lowerBound)" : "\(minutes.lowerBound) to \(minutes.upperBound)"
      field("Usual time", "\(text) min")
    }
    if entry.isContested { field("Class", "contested: payers differ") }
    field("Because", entry.basis)
    field("Source", entry.source)
    for override in entry.payerOverrides {
      let from = override.from.map { " from \($0.display)" } ?? ""
      let to = override.to.map { " to \($0.display)" } ?? ""
      field(
        "Payer", "\(override.payer): \(override.drugClass.rawValue)\(from)\(to), \(override.source)"
      )
    }
    return page
  }
}
