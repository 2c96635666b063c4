import InfusionRecord

/// What the wording of a code tells: the generic name, the product, and what one unit counts.
///
/// The wording itself is not kept.
struct CodeDescription {
  /// The words before the first comma, without `Injection`.
  let drug: String
  /// What stands in brackets.
  let product: String?
  let measure: DrugCode.Measure
  let kind: DrugCode.Kind
  let route: DrugCode.Route?
  /// Whether the wording is that of a drug that is infused or injected.
  let isInjected: Bool

  init(_ text: String) {
    let words = text.lowercased()
    measure = DrugCode.Measure(dosage: words[...])
    isInjected = words.hasPrefix("inj") || words.hasPrefix("infusion,")
    kind =
      if words.contains("unclassified") || words.contains("not otherwise classified") {
        .unlisted
      } else if words.contains("for esrd on dialysis") {
        .esrd
      } else if words.contains("covid-19") {
        .covid
      } else {
        .drug
      }
    let routes = [
      ("intravenous", DrugCode.Route.intravenous), ("subcutaneous", .subcutaneous),
      ("intramuscular", .intramuscular),
    ].filter { words.contains($0.0) }
    route = routes.count == 1 ? routes.first?.1 : nil
    product = words.firstMatch(of: /\(([^()]{2,40})\)/).map { String($0.1).trimmed }
    let parts = words.replacing(/\([^()]*\)/, with: "").split(separator: ",")
      .map { String($0).trimmed }.filter { !$0.isEmpty }
    let start = parts.first.map { ["injection", "inj", "infusion"].contains($0) } ?? false ? 1 : 0
    let name = parts.count > start ? parts[start] : ""
    drug = name.hasPrefix("injection ") ? String(name.dropFirst("injection ".count)) : name
  }

  /// The code under our own label.
  ///
  /// A biosimilar has four letters of its own after the generic name, `infliximab-dyyb`.
  func code(_ number: String, from: CivilDate, until: CivilDate?) -> DrugCode {
    let suffix = number.hasPrefix("Q5") ? drug.firstMatch(of: /-[a-z]{4}$/) : nil
    return DrugCode(
      code: number, drug: suffix.map { String(drug[..<$0.range.lowerBound]) } ?? drug,
      products: (suffix == nil ? [] : [drug]) + [product].compactMap(\.self), route: route,
      kind: kind, measure: measure, from: from, until: until)
  }
}

extension DrugCode.Measure {
  /// Reads what one unit is from the end of a code's wording or from a cell of dosage: `10 mg`,
  /// `up to 40 mg`, `per 500 units`, `per dose`. `none` if the text does not end so.
  init(dosage text: Substring) {
    let text = text.lowercased().trimmed
    guard
      let found = text.firstMatch(
        of:
          /(?:^|[ ,(])(?:per )?([0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+|per)? ?(million )?([a-z.]+)\.?$/)
    else {
      self = .none
      return
    }
    var digits = String(found.1 ?? "").filter { $0 != "," }
    if digits.hasPrefix(".") { digits = "0" + digits }
    let word = String(found.3).filter { $0 != "." }
    let isPlain = digits.isEmpty || digits == "per"
    guard let number = isPlain ? ExactDecimal(1) : ExactDecimal(digits), !number.isZero else {
      self = .none
      return
    }
    let value = found.2 == nil ? number : number.shifted(by: 6)
    if let unit = DrugAmount.Unit(dosage: word), !isPlain || text.contains("per "),
      value.isWritable
    {
      self = .amount(value, unit)
    } else if let counted = ["dose": "dose", "vial": "vial", "treatment": "treatment"][word],
      number == ExactDecimal(1)
    {
      self = .count(of: counted)
    } else {
      self = .none
    }
  }
}

extension ExactDecimal {
  /// Whether a table that holds the number can be read again.
  var isWritable: Bool { ExactDecimal(text) != nil }
}

extension DrugAmount.Unit {
  /// The unit that files write in many ways: `mg`, `milligrams`, `gm`, `i.u.`, `cc`.
  fileprivate init?(dosage word: String) {
    switch word {
    case "mcg", "ug", "microgram", "micrograms": self = .mcg
    case "mg", "milligram", "milligrams": self = .mg
    case "g", "gm", "gram", "grams": self = .g
    case "ml", "cc", "milliliter", "milliliters": self = .mL
    case "unit", "units", "u": self = .units
    case "iu", "ius": self = .internationalUnits
    case "meq": self = .mEq
    case "mmol": self = .mmol
    case "mci", "millicurie", "millicuries": self = .mCi
    default: return nil
    }
  }
}
