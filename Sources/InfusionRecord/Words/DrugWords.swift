// What is recorded about a drug's amount, in words.

extension DrugFacts {
  /// `350 mg given`, `4 containers opened of 100 mg, single-dose`, `50 mg discarded`; one for each fact
  /// that is recorded.
  package var words: [String] {
    var words: [String] = []
    if let given { words.append("\(given.text) given") }
    if let brand = product?.brand { words.append("product \(brand)") }
    if let ndc = product?.ndc { words.append("NDC \(ndc)") }
    words += containers.map { $0.words(besides: product?.ndc) }
    if let discarded { words.append(discarded.words) }
    if supply != .stock { words.append("supply \(supply.rawValue)") }
    if isShared { words.append("container shared with others") }
    return words
  }
}

extension DrugContainer {
  /// `4 containers opened of 100 mg, single-dose, lot LOT7`.
  ///
  /// - Parameter ndc: the code of the product, which is not repeated.
  package func words(besides ndc: String? = nil) -> String {
    var words = "\(count.pluralized("container")) opened"
    if let amount { words += " of \(amount.text)" }
    if let kind { words += ", \(kind.rawValue)" }
    if let code = self.ndc, code != ndc { words += ", NDC \(code)" }
    if let lot { words += ", lot \(lot)" }
    if let expires { words += ", expires \(expires.display)" }
    if let serial { words += ", serial \(serial)" }
    return words
  }

  /// `2 x 100 mg multi-dose`, as `init(written:)` reads it.
  package var written: String {
    (count == 1 ? "" : "\(count) x ") + (amount?.text ?? "size not recorded")
      + (kind == .multiDose ? " multi-dose" : "")
  }
}

extension DrugDiscard {
  /// `50 mg discarded by RN T. SAMPLE, witness RN N. NOBODY`, `nothing discarded`.
  package var words: String {
    var words = amount.value.isZero ? "nothing discarded" : "\(amount.text) discarded"
    if place == .pharmacy { words += " in the pharmacy" }
    if let by { words += " by \(by)" }
    if let witness { words += ", witness \(witness)" }
    if let reason { words += ", because: \(reason)" }
    return words
  }
}
