import InfusionRecord
import SessionReview
import TestSupport
import Testing
import TimelineEngine

/// What was opened over sessions, and what became of it.
@Suite struct AmountTotalsTests {
  private func session(_ name: String, given: Int, discarded: Int, vials: Int) -> SampleRecord {
    var record = SampleRecord(session: name)
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "08:00")
    record.stop("a1", at: "10:40")
    let vial = DrugContainer(
      amount: DrugAmount(ExactDecimal(100), .mg), kind: .singleDose, count: vials)
    record.add(
      .drugAccounted(
        DrugAccount(
          administration: "a1",
          facts: DrugFacts(
            given: DrugAmount(ExactDecimal(given), .mg), containers: [vial],
            discarded: DrugDiscard(DrugAmount(ExactDecimal(discarded), .mg))))), at: "10:45")
    record.add(.sessionClosed(answers: []), at: "12:00")
    return record
  }

  private func review() throws -> DayReview {
    let tables = DrugTables(
      vintage: "made up",
      codes: [
        DrugCode(
          code: "J9001", drug: "paclitaxel", measure: .amount(ExactDecimal(1), .mg),
          from: CivilDate(dayNumber: 0))
      ], packages: [])
    var derivation = SessionDerivation(
      formulary: SampleRecord.formulary,
      policies: PayerPolicies(drugTables: DrugTableSource("test") { _ in tables }),
      now: SampleRecord().at("11:00"))
    let rows = [
      session("s1", given: 270, discarded: 30, vials: 3),
      session("s2", given: 150, discarded: 20, vials: 2),
    ].map { ReviewRow(derivation.session($0.log)) }
    let day = try #require(rows.first).date
    var review = DayReview(days: day...day)
    for row in rows { review.add(row) }
    return review
  }

  @Test func `what was opened is given, discarded and unaccounted for`() throws {
    let review = try review()
    let line = try #require(review.amounts.lines.first)
    #expect(review.amounts.lines.count == 1)
    #expect(line.drug.lowercased() == "paclitaxel")
    #expect(
      [line.opened, line.given, line.discarded, line.unaccounted].map(\.text)
        == ["500", "420", "50", "30"])
    #expect(line.opened == line.given + line.discarded + line.unaccounted)
    #expect(review.totals.lines.map(\.code.number).contains("J9001"))
  }

  @Test func `a hidden session is in no balance`() throws {
    let review = try review().hiding { $0.id.text == "s1" }
    #expect(review.amounts.lines.map(\.opened.text) == ["200"])
    #expect(try self.review().hiding { _ in true }.amounts.lines.isEmpty)
  }

  @Test func `units of one kind are added, others stand alone`() {
    func line(_ unit: DrugAmount.Unit, _ opened: Int) -> AmountTotals.Line {
      AmountTotals.Line(
        drug: "x", unit: unit, opened: ExactDecimal(opened), given: .zero, discarded: .zero)
    }
    var totals = AmountTotals()
    for one in [line(.mg, 500), line(.g, 1), line(.units, 7)] { totals.add(one) }
    #expect(totals.lines.map(\.opened.text) == ["1500", "7"])
  }
}
