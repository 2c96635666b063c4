import InfusionRecord
import TestSupport
import Testing

/// What is asked about amounts and containers before they are recorded.
@Suite struct AccountDoubtTests {
  private static let date = CivilDate(dayNumber: 20_000)
  private static let tables = DrugTables(
    vintage: "made up",
    codes: [
      DrugCode(
        code: "J9001", drug: "paclitaxel", measure: .amount(ExactDecimal(1), .mg),
        from: CivilDate(dayNumber: 0))
    ],
    packages: [])

  private func amount(_ text: String) -> DrugAmount? { try? DrugAmount(written: text) }

  private func vials(_ text: String, kind: DrugContainer.Kind = .singleDose) throws -> DrugContainer
  {
    var container = try DrugContainer(written: text)
    container.kind = kind
    return container
  }

  private func kinds(_ facts: DrugFacts, ordered: String? = nil) -> [AccountDoubt.Kind] {
    AccountDoubt.found(
      facts, of: SampleRecord.formulary.drug(named: "paclitaxel"), ordered: ordered, on: Self.date,
      in: Self.tables
    ).map(\.kind)
  }

  @Test(arguments: [
    ("10 x 100 mg", "100 mg", true), ("9 x 100 mg", "100 mg", false),
    ("1 x 1000 mg", "10 mg", false),
    ("2 x 1000 mg", "10 mg", true), ("100000 x 100 mg", "300 mg", true),
  ])
  func `several containers of ten times the dose ask, and one never does`(
    containers: String, given: String, asks: Bool
  ) throws {
    let facts = DrugFacts(given: amount(given), containers: [try vials(containers)])
    #expect(kinds(facts).contains(.manyContainers) == asks)
    // The order stands for the amount while that is not known.
    let opened = DrugFacts(containers: [try vials(containers)])
    #expect(kinds(opened, ordered: given).contains(.manyContainers) == asks)
  }

  @Test func `many containers ask without any dose, and shared and multi-dose ones do not`() throws
  {
    #expect(kinds(DrugFacts(containers: [try vials("51 x 100 mg")])) == [.manyContainers])
    #expect(kinds(DrugFacts(containers: [try vials("50 x 100 mg")])) == [])
    let shared = DrugFacts(
      given: amount("10 mg"), containers: [try vials("10 x 100 mg")], isShared: true)
    #expect(kinds(shared) == [])
    let multiple = DrugFacts(
      given: amount("10 mg"), containers: [try vials("10 x 100 mg", kind: .multiDose)])
    #expect(kinds(multiple) == [])
  }

  @Test(arguments: [
    ("10 units", true), ("10 mEq", true), ("10 mL", true), ("10 mg", false), ("10 mcg", false),
    ("1 g", false),
  ])
  func `a unit that the drug is not counted in asks without an order`(given: String, asks: Bool) {
    #expect(kinds(DrugFacts(given: amount(given))) == (asks ? [.otherUnit] : []))
    // An order that is no amount says nothing of the unit.
    #expect(kinds(DrugFacts(given: amount(given)), ordered: "AUC 6") == (asks ? [.otherUnit] : []))
  }

  @Test func `amounts of a corrected drug ask whether they stand for the other`() {
    let facts = DrugFacts(given: amount("60 mg"))
    func found(_ old: String, _ new: String, _ facts: DrugFacts) -> [AccountDoubt] {
      AccountDoubt.correcting(
        facts, from: SampleRecord.formulary.drug(named: old),
        to: SampleRecord.formulary.drug(named: new), ordered: nil, on: Self.date, in: Self.tables)
    }
    let doubts = found("ondansetron", "paclitaxel", facts)
    #expect(doubts.map(\.kind) == [.recordedForOther])
    #expect(doubts.first?.sentence.contains("60 mg given") == true)
    #expect(found("ondansetron", "ondansetron", facts) == [])
    #expect(found("ondansetron", "paclitaxel", .none) == [])
  }
}
