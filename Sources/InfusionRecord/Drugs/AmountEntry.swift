// Reads amounts as people type them. Forms that are known to be misread are refused with the safe form.
//
// Source: ISMP List of Error-Prone Abbreviations, Symbols, and Dose Designations.

extension DrugAmount {
  /// Why a typed amount is not taken.
  package struct EntryFault: Error, Sendable, Hashable {
    /// One sentence that says what to type.
    package let message: String
    /// Whether the form is one that is known to be misread.
    package let isMisread: Bool

    package init(_ message: String, isMisread: Bool = false) {
      self.message = message
      self.isMisread = isMisread
    }
  }

  /// Reads `80 mg`, `0.5 mL`, `1,000 units`.
  package init(written text: some StringProtocol) throws(EntryFault) {
    let text = String(text).trimmed
    guard !text.isEmpty else {
      throw EntryFault("An amount is a number and its unit, as in 80 mg.")
    }
    let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "." || $0 == "," }
    let unit = String(text.dropFirst(digits.count)).trimmed
    let value = try DrugAmount.decimal(written: String(digits), before: unit)
    self.init(value, try DrugAmount.unit(unit, after: value))
  }

  /// Reads the number of an amount; `unit` is for the sentence of a fault.
  package static func decimal(
    written digits: String, before unit: String
  ) throws(EntryFault) -> ExactDecimal {
    let end = unit.isEmpty ? "" : " \(unit)"
    guard !digits.isEmpty else {
      throw EntryFault("An amount is a number and its unit, as in 80 mg.")
    }
    if digits.hasPrefix(".") {
      throw EntryFault("Write 0\(digits)\(end), with a zero before the point.")
    }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = parts.first else {
      throw EntryFault("An amount has one point at most.")
    }
    if parts.count == 2, parts[1].isEmpty || parts[1].allSatisfy({ $0 == "0" }) {
      throw EntryFault(
        "Write \(whole)\(end), without a zero after the point: \(whole).0 can be read as \(whole)0."
      )
    }
    if parts.count == 2, parts[1].hasSuffix("0") {
      let short = String(parts[1].reversed().drop { $0 == "0" }.reversed())
      throw EntryFault("Write \(whole).\(short)\(end), without a zero at the end.")
    }
    // A comma parts thousands. Anywhere else it could be a point.
    let groups = whole.split(separator: ",", omittingEmptySubsequences: false)
    let isGrouped =
      groups.count == 1
      || ((1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 }
        && groups[0] != "0")
    let plain = groups.joined() + (parts.count == 2 ? ".\(parts[1])" : "")
    guard isGrouped, !(parts.last?.contains(",") ?? false && parts.count == 2),
      let value = ExactDecimal(plain)
    else {
      throw EntryFault(
        "\(digits) is no amount; a point parts decimals, as in 0.5 mg, and a comma thousands, as in "
          + "1,000 units.", isMisread: true)
    }
    return value
  }

  /// The unit of a typed amount.
  private static func unit(
    _ text: String, after value: ExactDecimal
  ) throws(EntryFault) -> Unit {
    let number = value.text
    switch text.lowercased() {
    case "mcg": return .mcg
    case "mg": return .mg
    case "g": return .g
    case "ml": return .mL
    case "unit", "units": return .units
    case "meq": return .mEq
    case "mmol": return .mmol
    case "mci": return .mCi
    case "":
      throw EntryFault("Write the unit: \(number) mg, \(number) mcg, \(number) units.")
    case "u", "iu", "i.u.", "u.", "iu.":
      throw EntryFault(
        "Write \(number) units: \(text) is misread as a number or as another word.",
        isMisread: true)
    case "ug", "µg", "μg", "mcgs":
      throw EntryFault("Write \(number) mcg: \(text) is misread as mg.", isMisread: true)
    case "cc": throw EntryFault("Write \(number) mL: cc is misread as units.", isMisread: true)
    case "gm", "gms", "gr", "gram", "grams":
      throw EntryFault("Write \(number) g: \(text) is misread as grains.", isMisread: true)
    case "m", "k", "mm", "mu", "miu", "thousand", "million":
      throw EntryFault("Write the whole number and its unit: \(text) is misread.", isMisread: true)
    default:
      throw EntryFault(
        "\(text) is no unit of an amount; it is one of "
          + Unit.typed.map(\.rawValue).joined(separator: ", ") + ".")
    }
  }
}

extension DrugAmount.Unit {
  /// The units that are typed. IU is read in documents only, because it is misread.
  package static let typed: [DrugAmount.Unit] = [.mg, .mcg, .g, .mL, .units, .mEq, .mmol, .mCi]
}

extension DrugContainer {
  /// Reads `100 mg`, `2 x 100 mg`, `2 x 100 mg multi-dose`.
  package init(written text: some StringProtocol) throws(DrugAmount.EntryFault) {
    var rest = String(text).trimmed
    var kind: Kind?
    for known in Kind.allCases where rest.lowercased().hasSuffix(known.rawValue) {
      kind = known
      rest = String(rest.dropLast(known.rawValue.count)).trimmed
    }
    var count = 1
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    let after = String(rest.dropFirst(digits.count)).trimmed
    if let sign = after.first, "x×*".contains(sign.lowercased()) {
      guard let number = Int(digits), (1...EventLog.mostOfOneKind).contains(number) else {
        throw DrugAmount.EntryFault("The count before x is 1 or more, as in 2 x 100 mg.")
      }
      count = number
      rest = String(after.dropFirst()).trimmed
    }
    let amount = try DrugAmount(written: rest)
    guard !amount.value.isZero else {
      throw DrugAmount.EntryFault("A container holds more than nothing.")
    }
    self.init(amount: amount, kind: kind, count: count)
  }
}

extension String {
  /// The text without blanks at both ends.
  fileprivate var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
