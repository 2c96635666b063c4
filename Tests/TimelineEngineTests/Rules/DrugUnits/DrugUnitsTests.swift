import Testing
import TimelineEngine

@Suite struct DrugUnitsTests {
  @Test(arguments: [
    ("pamidronate 30 mg", "J2430 x1"), ("pamidronate 31 mg", "J2430 x2"),
    ("pamidronate 15 mg", "J2430 x1"), ("pamidronate 40 mg", "J2430 x2"),
    ("ondansetron 3.5 mg", "J2405 x4"), ("ondansetron 3 mg", "J2405 x3"),
  ])
  func `a dose is rounded up to whole units`(row: String, lines: String) {
    #expect(drugs(row) == lines)
  }

  @Test(arguments: [("300", 30), ("300.1", 31)])
  func `a tenth more is a unit more`(mg: String, units: Int) {
    #expect(drugs("Remicade \(mg) mg") == "J1745 x\(units) held")
  }

  @Test(arguments: [("0.3", 3), ("0.30", 3), ("0.7", 7), ("2.1", 21)])
  func `tenths are exact`(mg: String, units: Int) {
    #expect(drugs("Velcade \(mg) mg push") == "J9041 x\(units)")
  }

  @Test(arguments: [("0.4 g", "J1745 x40 held"), ("400000 mcg", "J1745 x40 held")])
  func `grams, milligrams and micrograms are one another's thousands`(
    amount: String, lines: String
  ) {
    #expect(drugs("Remicade \(amount)") == lines)
  }

  @Test(arguments: ["units", "mL", "mEq"])
  func `another kind of unit is never taken for milligrams`(unit: String) {
    let day = DrugDay("Remicade 400 \(unit)")
    #expect(day.lines == "none")
    #expect(day.findings == ["unit-mismatch"])
    #expect(day.statement.status == .held)
  }

  @Test func `millilitres become milligrams by the labelled concentration`() {
    #expect(drugs("Keytruda 8 mL ndc 0006-3026-02 from 2x100mgs") == "J9271-JZ x200")
  }
}
