package import InfusionRecord
package import TimelineEngine

/// A published session with the units its source gives.
package struct ConformanceCase: Sendable {
  /// How binding a case is.
  package enum Tier: String, Sendable, CaseIterable {
    /// Follows from the fixed rules and the defaults.
    case strict
    /// Holds under the policy of the file.
    case policy
    /// No policy gives the source's answer. The case is reported and never required.
    case disputed
  }

  package enum Outcome: String, Sendable, CaseIterable { case same, differs, disputed }

  package let document: SessionDocument
  package let tier: Tier
  /// The units of charges, of drug lines, or of both, as far as the case has them.
  package let expected: CodedUnits
  private let comparesCharges: Bool
  private let comparesDrugLines: Bool
  /// Why a case is disputed, or what a reader should know.
  package let note: String

  /// Reads a case file.
  package init(_ bytes: [UInt8], file: String, formulary: Formulary) throws(DocumentError) {
    document = try SessionDocument(bytes, file: file, formulary: formulary)
    let notes = document.caseNotes
    func fault(_ path: String, _ found: String, _ expected: String) -> DocumentError {
      DocumentError(file: file, path: path, found: found, expected: expected)
    }
    guard let tier = Tier(rawValue: notes.tier?.text ?? "") else {
      throw fault("tier", "the case has no tier", "strict, policy or disputed")
    }
    let charges = notes.expected?["charges"]?.list
    let drugLines = notes.expected?["drugLines"]?.list
    guard charges != nil || drugLines != nil else {
      throw fault("expected.charges", "the case has no expected charges", "a list of charges")
    }
    comparesCharges = charges != nil
    comparesDrugLines = drugLines != nil
    var units = CodedUnits()
    let rows =
      (charges ?? []).enumerated().map { ("charges[\($0)]", $1) }
      + (drugLines ?? []).enumerated().map { ("drugLines[\($0)]", $1) }
    for (place, row) in rows {
      let modifiers = (row["modifiers"]?.list ?? []).map(\.text)
      guard let code = row["code"]?.text, let count = row["units"]?.number, count >= 1,
        count <= 100_000, count == count.rounded(), !modifiers.contains(nil)
      else {
        throw fault(
          "expected.\(place)", "the row is no charge",
          "a code, units of 1 or more, and a list of modifiers")
      }
      units.add(code, modifiers: modifiers.compactMap(\.self), units: Int(count))
    }
    self.tier = tier
    expected = units
    note = notes.note?.text ?? ""
  }

  /// The units of a statement that the case has an answer for.
  package func units(of statement: Statement) -> CodedUnits {
    CodedUnits(statement, charges: comparesCharges, drugLines: comparesDrugLines)
  }

  /// The units of another program's answer that the case has an answer for.
  package func units(of answer: StatementAnswer) -> CodedUnits {
    var units = comparesCharges ? answer.units : CodedUnits()
    if comparesDrugLines { units.add(answer.drugUnits) }
    return units
  }

  /// What the case comes to against a statement.
  package func outcome(_ derived: CodedUnits) -> Outcome {
    if tier == .disputed { return .disputed }
    return derived == expected ? .same : .differs
  }
}

/// Units summed by code and modifiers. Two statements agree if these are equal (rulebook D1).
package struct CodedUnits: Hashable, Sendable, CustomStringConvertible {
  private var units: [String: Int] = [:]

  package init() {}

  /// The units of a statement over all dates, encounters and sites.
  package init(_ statement: Statement, charges: Bool = true, drugLines: Bool = false) {
    if charges {
      for charge in statement.charges {
        add(charge.code.number, modifiers: charge.modifiers.texts, units: charge.units)
      }
    }
    if drugLines {
      for line in statement.drugLines {
        add(line.code.code, modifiers: line.modifiers.map(\.rawValue), units: line.units)
      }
    }
  }

  package mutating func add(_ code: String, modifiers: [String], units count: Int) {
    units[([code] + modifiers.sorted()).joined(separator: "-"), default: 0] += count
  }

  package mutating func add(_ other: CodedUnits) {
    units.merge(other.units, uniquingKeysWith: +)
  }

  /// `96413 96415x2 96367-59`, codes in order; `nothing` if there is none.
  package var description: String {
    guard !units.isEmpty else { return "nothing" }
    return units.sorted { $0.key < $1.key }
      .map { $0.value == 1 ? $0.key : "\($0.key)x\($0.value)" }.joined(separator: " ")
  }
}
