import InfusionRecord

/// A product with a code of its own takes that code; any other product takes the code that names none.
///
/// ```
/// Remicade                J1745     names no product
/// Inflectra               Q5103     names it
/// infliximab, no brand    J1745     found: the product is unknown
/// ```
///
/// The product is the one recorded, that of the National Drug Code, or the drug's text if it is a brand. If
/// several codes remain that name no product, the one with the drug's own name is used. If none is for any product,
/// the first is used and the line is held. Codes of
/// the outpatient hospital (C) are used there if no other code remains, and never in an office.
enum ProductChoice {
  static let rule = Rule(
    .productChoice,
    claim: """
      A product with a code of its own takes that code; any other product takes the code that names \
      none.
      """,
    sections: ["DU19", "DU25"], citations: [.cmsDrugFiles, .deduction])

  static func apply(_ draft: inout Draft) {
    for index in draft.drugs.doses.indices {
      var dose = draft.drugs.doses[index]
      let drug = draft.timeline.administrations[Int(dose.row)].drug
      dose.brand = dose.facts.product?.brand ?? dose.package?.product ?? brand(in: drug)
      let isOffice = draft.timeline.session.setting == .professional
      let name = drug.entry?.name ?? drug.text
      if dose.code == nil, let choice = choice(for: dose, named: name, isOffice: isOffice) {
        dose.code = choice.code
        dose.because += reasons(choice, dose)
        if choice.isDoubtful {
          draft.find(.productUnknown, dose.row, [drug.displayName, choice.code.code])
        }
        if choice.isOpen { dose.status = .held }
      }
      draft.drugs.doses[index] = dose
    }
  }

  private struct Choice {
    var code: DrugCode
    /// The product is unknown and others have codes of their own.
    var isDoubtful = false
    /// No code is for any product.
    var isOpen = false
    var isByDose = false
  }

  private static func choice(
    for dose: DrugDose, named name: String, isOffice: Bool
  ) -> Choice? {
    var rows = dose.candidates
    let own = dose.brand.map { brand in rows.filter { names($0, brand) } } ?? []
    let anyProduct = rows.filter(\.products.isEmpty)
    if !own.isEmpty {
      rows = own
    } else if dose.brand != nil, !anyProduct.isEmpty {
      rows = anyProduct
    }
    let others = rows.filter { !$0.code.hasPrefix("C") }
    if isOffice || !others.isEmpty { rows = others }
    guard let first = rows.first else { return nil }
    if rows.count == 1 { return Choice(code: first) }
    var remaining = rows.filter(\.products.isEmpty)
    let named = remaining.filter { DrugTables.key($0.drug) == DrugTables.key(name) }
    if named.count == 1 { remaining = named }
    if remaining.count == 1, let code = remaining.first {
      return Choice(code: code, isDoubtful: dose.brand == nil)
    }
    if let code = coveringDose(remaining, dose) {
      return Choice(
        code: code, isDoubtful: remaining.count < rows.count && dose.brand == nil, isByDose: true)
    }
    return Choice(code: first, isDoubtful: true, isOpen: true)
  }

  /// Of codes that differ only in their amount (up to 40 mg, up to 125 mg) the smallest that holds the
  /// dose, otherwise the largest; nil if the codes differ in more.
  private static func coveringDose(_ rows: [DrugCode], _ dose: DrugDose) -> DrugCode? {
    guard let first = rows.first, rows.allSatisfy({ $0.drug == first.drug }) else { return nil }
    var sizes: [(code: DrugCode, amount: ExactDecimal, given: ExactDecimal)] = []
    for row in rows {
      guard case .amount(let amount, let unit) = row.measure,
        let given = dose.given.value(in: unit)
      else { return nil }
      sizes.append((row, amount, given))
    }
    sizes.sort { $0.amount < $1.amount }
    return (sizes.first { $0.given <= $0.amount } ?? sizes.last)?.code
  }

  private static func reasons(_ choice: Choice, _ dose: DrugDose) -> [DrugReason] {
    let code = choice.code
    let date = dose.date?.display ?? "no date"
    let unit = code.unitText.isEmpty ? "not known" : code.unitText
    var reasons = [DrugReason(.codeByDate, code.code, date, unit)]
    if let brand = dose.brand, !code.products.isEmpty, names(code, brand) {
      reasons.append(DrugReason(.ownCode, brand))
    } else if choice.isDoubtful, !choice.isOpen {
      reasons.append(DrugReason(.anyProduct, code.code))
    }
    if choice.isByDose { reasons.append(DrugReason(.chosenByDose, dose.given.text)) }
    return reasons
  }

  /// Whether a code is for a product, by its brand, its biosimilar name or its manufacturer.
  static func names(_ code: DrugCode, _ brand: String) -> Bool {
    let brand = DrugTables.key(brand)
    return code.products.contains { product in
      let product = DrugTables.key(product)
      return brand == product || brand.hasPrefix(product + " ")
    }
  }

  /// The drug's text if it is a brand.
  private static func brand(in drug: Drug) -> String? {
    let text = drug.text.lowercased()
    guard let entry = drug.entry else { return nil }
    return entry.brands.first { $0.lowercased() == text }
  }
}

extension Finding.Definition {
  static let productUnknown = Self(
    .productChoice, .warning,
    "Products of $ have codes of their own and the product is not recorded; $ is used.")
}

extension DrugReason.Definition {
  static let ownCode = Self(.productChoice, .cmsDrugFiles, "$ has a code of its own.")
  static let anyProduct = Self(
    .productChoice, .deduction,
    "The product is not recorded; $ is for a product without its own code.")
  static let chosenByDose = Self(
    .productChoice, .deduction,
    "Codes of this drug differ by their amount; the smallest that holds $ is used.")
}
