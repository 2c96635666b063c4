import InfusionRecord

// The drug lines of a statement that another program gives as its answer.

extension JSONReader {
  mutating func drugLines(into units: inout CodedUnits) throws(DocumentError) {
    var sum = units
    try array("a list of drug lines") { (json, _, _) throws(DocumentError) in
      var code = ""
      var count = 0
      var modifiers: [String] = []
      try json.object(StatementAnswer.drugLineKeys) { (json, key, _) throws(DocumentError) in
        switch key {
        case .code: code = try json.sign(length: 5, "a code of five letters or digits")
        case .units: count = try json.count(from: 1)
        case .modifiers:
          try json.array("a list of modifiers") { (json, _, _) throws(DocumentError) in
            modifiers.append(try json.sign(length: 2, "a modifier of two letters or digits"))
          }
        case .serviceDate: try json.dateOrNull()
        case .encounter: _ = try json.text()
        case .administrations: try json.texts("a list of administrations")
        case .product, .ndc, .quantity: _ = try json.textOrNull()
        case .supply: let _: DrugFacts.Supply = try json.word()
        case .status: try json.status()
        case .because: try json.because()
        }
      }
      sum.add(code, modifiers: modifiers, units: count)
    }
    units = sum
  }

  mutating func drugAmounts() throws(DocumentError) {
    try array("an account of amounts") { (json, _, _) throws(DocumentError) in
      try json.object(StatementAnswer.drugAmountKeys) { (json, key, _) throws(DocumentError) in
        switch key {
        case .administration: _ = try json.text()
        case .unit: let _: DrugAmount.Unit = try json.word()
        case .opened, .given, .discarded, .unaccounted: try json.balance()
        }
      }
    }
  }

  /// Reads a decimal number that may be negative.
  private mutating func balance() throws(DocumentError) {
    skipSpace()
    let start = at
    let text = try string("a decimal number as a text")
    let digits = (text.hasPrefix("-") ? text.dropFirst() : text[...]).utf8
    let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let whole = parts.first,
      parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }),
      whole.count == 1 || whole.first != UInt8(ascii: "0")
    else { throw error("the text is no amount", expected: "a decimal number", at: start) }
  }
}
