import InfusionRecord
import TimelineEngine

/// A statement that any program gives as its answer to a published case.
///
/// The document is a `chairtime.statement/1`. Format, session and the codes and units of the charges are
/// required; the other keys of the format are checked if they are there.
package struct StatementAnswer: Sendable {
  /// The id of the session it answers.
  package private(set) var session = ""
  package private(set) var units = CodedUnits()
  /// The units of its drug lines.
  package private(set) var drugUnits = CodedUnits()

  package init(_ bytes: [UInt8], file: String) throws(DocumentError) {
    var json = try JSONReader(bytes, file: file)
    try read(&json)
    try json.finish()
  }
}

// MARK: - Keys

/// The keys of a statement.
enum StatementKey: String, CaseIterable, Sendable {
  case format, session, asOf, status, rulebook, editTables, charges, uncharged, minutes, findings
  case conflicts, drugCodes, drugLines, drugAmounts
}

enum EditTableKey: String, CaseIterable, Sendable {
  case kind, setting, quarter, source
}

enum ChargeKey: String, CaseIterable, Sendable {
  case code, units, modifiers, serviceDate, site, encounter, status, administrations, minutes
  case because, parts
}

enum PartKey: String, CaseIterable, Sendable {
  case administrations, units, status
}

enum BecauseKey: String, CaseIterable, Sendable {
  case rule, text, citation, administrations
}

enum UnchargedKey: String, CaseIterable, Sendable {
  case administration, minutes, rule, text, citation
}

enum LedgerKey: String, CaseIterable, Sendable {
  case administration, recorded, charged, uncharged
}

enum FindingKey: String, CaseIterable, Sendable {
  case id, severity, administration, text
}

enum DrugLineKey: String, CaseIterable, Sendable {
  case code, units, modifiers, serviceDate, encounter, administrations, product, ndc, quantity
  case supply, status, because
}

enum DrugAmountKey: String, CaseIterable, Sendable {
  case administration, unit, opened, given, discarded, unaccounted
}

enum ConflictKey: String, CaseIterable, Sendable {
  case rules, administration
}

extension StatementAnswer {
  static let keys = KeyTable<StatementKey>(required: [.format, .session, .charges])
  static let chargeKeys = KeyTable<ChargeKey>(required: [.code, .units])
  static let becauseKeys = KeyTable<BecauseKey>(required: [.rule, .text])
  static let editTableKeys = KeyTable<EditTableKey>(required: EditTableKey.allCases)
  static let partKeys = KeyTable<PartKey>(required: PartKey.allCases)
  static let unchargedKeys = KeyTable<UnchargedKey>(
    required: [.administration, .minutes, .rule, .text])
  static let ledgerKeys = KeyTable<LedgerKey>(required: LedgerKey.allCases)
  static let findingKeys = KeyTable<FindingKey>(required: [.id, .severity, .text])
  static let drugLineKeys = KeyTable<DrugLineKey>(required: [.code, .units])
  static let drugAmountKeys = KeyTable<DrugAmountKey>(required: DrugAmountKey.allCases)
  static let conflictKeys = KeyTable<ConflictKey>(required: ConflictKey.allCases)

  /// The most minutes or units of one entry.
  static let most = 10_000_000
}

// MARK: - Reading

extension StatementAnswer {
  private mutating func read(_ json: inout JSONReader) throws(DocumentError) {
    var answer = self
    try json.object(StatementAnswer.keys) { (json, key, at) throws(DocumentError) in
      switch key {
      case .format:
        guard try json.string() == "chairtime.statement/1" else {
          throw json.error(
            "the format is another one", expected: "\"chairtime.statement/1\"", at: at)
        }
      case .session: answer.session = try json.text()
      case .asOf: _ = try json.timeOrNull(at)
      case .status: try json.status()
      case .rulebook: _ = try json.text()
      case .editTables: try json.editTables()
      case .charges: try json.charges(into: &answer.units)
      case .uncharged: try json.uncharged()
      case .minutes: try json.ledger()
      case .findings: try json.findings()
      case .conflicts: try json.conflicts()
      case .drugCodes: _ = try json.text()
      case .drugLines: try json.drugLines(into: &answer.drugUnits)
      case .drugAmounts: try json.drugAmounts()
      }
    }
    self = answer
  }
}

extension JSONReader {
  fileprivate mutating func charges(into units: inout CodedUnits) throws(DocumentError) {
    var sum = units
    try array("a list of charges") { (json, _, _) throws(DocumentError) in
      var code = ""
      var count = 0
      var modifiers: [String] = []
      try json.object(StatementAnswer.chargeKeys) { (json, key, at) throws(DocumentError) in
        switch key {
        case .code: code = try json.sign(length: 5, "a code of five letters or digits")
        case .units: count = try json.count(from: 1)
        case .modifiers:
          try json.array("a list of modifiers") { (json, _, _) throws(DocumentError) in
            modifiers.append(try json.sign(length: 2, "a modifier of two letters or digits"))
          }
        case .serviceDate: try json.dateOrNull()
        case .site: _ = try json.textOrNull()
        case .encounter: _ = try json.text()
        case .status: try json.status()
        case .administrations: try json.texts("a list of administrations")
        case .minutes: _ = try json.count()
        case .because: try json.because()
        case .parts: try json.parts()
        }
      }
      sum.add(code, modifiers: modifiers, units: count)
    }
    units = sum
  }

  private mutating func parts() throws(DocumentError) {
    try array("a list of parts") { (json, _, _) throws(DocumentError) in
      try json.object(StatementAnswer.partKeys) { (json, key, _) throws(DocumentError) in
        switch key {
        case .administrations: try json.texts("a list of administrations")
        case .units: _ = try json.count(from: 1)
        case .status: try json.status()
        }
      }
    }
  }

  fileprivate mutating func editTables() throws(DocumentError) {
    try array("a list of edit tables") { (json, _, _) throws(DocumentError) in
      try json.object(StatementAnswer.editTableKeys) { (json, _, _) throws(DocumentError) in
        _ = try json.text()
      }
    }
  }

  mutating func because() throws(DocumentError) {
    try array("a list of reasons") { (json, _, _) throws(DocumentError) in
      try json.object(StatementAnswer.becauseKeys) { (json, key, _) throws(DocumentError) in
        switch key {
        case .rule: _ = try json.text()
        case .text, .citation: _ = try json.string()
        case .administrations: try json.texts("a list of administrations")
        }
      }
    }
  }

  fileprivate mutating func uncharged() throws(DocumentError) {
    try array("a list of uncharged minutes") { (json, _, _) throws(DocumentError) in
      try json.object(StatementAnswer.unchargedKeys) { (json, key, _) throws(DocumentError) in
        switch key {
        case .administration, .rule: _ = try json.text()
        case .minutes: _ = try json.count()
        case .text, .citation: _ = try json.string()
        }
      }
    }
  }

  fileprivate mutating func ledger() throws(DocumentError) {
    try array("an account of minutes") { (json, _, _) throws(DocumentError) in
      try json.object(StatementAnswer.ledgerKeys) { (json, key, _) throws(DocumentError) in
        switch key {
        case .administration: _ = try json.text()
        case .recorded, .charged, .uncharged: _ = try json.count()
        }
      }
    }
  }

  fileprivate mutating func findings() throws(DocumentError) {
    try array("a list of findings") { (json, _, _) throws(DocumentError) in
      try json.object(StatementAnswer.findingKeys) { (json, key, _) throws(DocumentError) in
        switch key {
        case .id: _ = try json.text()
        case .severity: let _: Finding.Severity = try json.word()
        case .administration: if !json.takesNull() { _ = try json.text() }
        case .text: _ = try json.string()
        }
      }
    }
  }

  fileprivate mutating func conflicts() throws(DocumentError) {
    try array("a list of conflicts") { (json, _, _) throws(DocumentError) in
      try json.object(StatementAnswer.conflictKeys) { (json, key, _) throws(DocumentError) in
        switch key {
        case .rules: try json.texts("a list of rules")
        case .administration: _ = try json.text()
        }
      }
    }
  }

  // MARK: Values

  mutating func texts(_ expected: String) throws(DocumentError) {
    try array(expected) { (json, _, _) throws(DocumentError) in
      _ = try json.text()
    }
  }

  mutating func status() throws(DocumentError) {
    skipSpace()
    let start = at
    let text = try string()
    let words = Statement.Status.allCases.map(\.text)
    guard words.contains(text) else {
      throw error(
        "the word is not one of the list", expected: "one of \(words.joined(separator: ", "))",
        at: start)
    }
  }

  /// Reads a code or modifier: capital letters and digits.
  mutating func sign(length: Int, _ expected: String) throws(DocumentError) -> String {
    skipSpace()
    let start = at
    let text = try string(expected)
    guard text.utf8.count == length,
      text.utf8.allSatisfy({ isDigit($0) || (0x41...0x5A).contains($0) })
    else { throw error("the text is no such code", expected: expected, at: start) }
    return text
  }

  /// Reads a whole number of minutes or units.
  mutating func count(from least: Int = 0) throws(DocumentError) -> Int {
    skipSpace()
    let start = at
    let expected = "a whole number from \(least) to \(StatementAnswer.most)"
    let value = try number(expected)
    guard value == value.rounded(), let count = Int(exactly: value),
      (least...StatementAnswer.most).contains(count)
    else { throw error("the number is out of range", expected: expected, at: start) }
    return count
  }

  mutating func dateOrNull() throws(DocumentError) {
    if !takesNull() { _ = try day("a date or null") }
  }
}
