import InfusionRecord
import Testing
import TimelineEngine

/// Which loaded table, and which of its rows, is in force on a date.
@Suite struct EditTablesTests {
  private func date(_ text: String) throws -> CivilDate { try #require(CivilDate(iso: text)) }

  private func limits(
    _ quarter: String, units: Int, in setting: EditTables.Setting = .practitioner
  ) throws -> EditTables.Table {
    EditTables.Table(
      unlikelyEdits: [EditTables.UnlikelyLimit(code: .hydrationHour, units: units)],
      setting: setting, quarter: try #require(Quarter(quarter)), source: "made-up-\(quarter).csv")
  }

  @Test(arguments: [
    ("2026-06-30", nil), ("2026-07-01", 8), ("2026-09-30", 8), ("2026-10-01", 9),
    ("2027-03-31", 9),
  ])
  func `the newest table whose quarter began by the date counts`(day: String, units: Int?) throws {
    let tables = EditTables([try limits("2026Q4", units: 9), try limits("2026Q3", units: 8)])
    let found = tables.unlikelyLimit(
      for: .hydrationHour, on: try date(day), in: .practitioner)
    #expect(found?.limit.units == units)
  }

  @Test func `a table of another setting, and a code without a row, give nothing`() throws {
    let tables = EditTables([try limits("2026Q3", units: 8)])
    let day = try date("2026-08-01")
    #expect(tables.unlikelyLimit(for: .hydrationHour, on: day, in: .outpatientHospital) == nil)
    #expect(tables.unlikelyLimit(for: .infusionHour, on: day, in: .practitioner) == nil)
  }

  @Test(arguments: [
    ("2026-07-31", nil), ("2026-08-01", 1), ("2026-08-31", 1), ("2026-09-01", nil),
    ("2026-09-15", 0),
  ])
  func `a pair applies from its first to its last date`(day: String, indicator: Int?) throws {
    let table = EditTables.Table(
      codePairs: [
        EditTables.CodePair(
          column1: .chemoInfusion, column2: .infusion, modifier: .never,
          effective: try date("2026-09-15")),
        EditTables.CodePair(
          column1: .chemoInfusion, column2: .infusion, modifier: .allowed,
          effective: try date("2026-08-01"), deletion: try date("2026-08-31")),
        EditTables.CodePair(
          column1: .infusion, column2: .push, modifier: .notApplicable,
          effective: try date("2026-08-01")),
      ], setting: .outpatientHospital, quarter: try #require(Quarter("2026Q3")),
      source: "made-up.txt")
    let tables = EditTables([table])
    let moment = try date(day)
    func found(_ column1: Code, _ column2: Code) -> Int? {
      tables.pair(column1, column2, on: moment, in: .outpatientHospital)?.pair.modifier.rawValue
    }
    #expect(found(.chemoInfusion, .infusion) == indicator)
    #expect(found(.infusion, .chemoInfusion) == nil)
    #expect(found(.infusion, .push) == nil)
    #expect(table.rowCount == 3)
  }

  @Test func `of two tables with one name the later counts`() throws {
    let tables = EditTables([try limits("2026Q3", units: 8), try limits("2026Q3", units: 7)])
    #expect(tables.names == ["unlikely-edits practitioner 2026Q3"])
    #expect(
      tables.unlikelyLimit(for: .hydrationHour, on: try date("2026-08-01"), in: .practitioner)?
        .limit.units == 7)
  }

  @Test func `a signature keeps the tables it names`() throws {
    let all = EditTables([try limits("2026Q3", units: 8), try limits("2026Q4", units: 9)])
    let signed = all.restricted(to: ["unlikely-edits practitioner 2026Q3"])
    #expect(signed == EditTables([try limits("2026Q3", units: 8)]))
  }

  @Test(arguments: ["2026Q0", "2026Q5", "26Q1", "2026", "2026Q", "Q1", "2026Q1 ", "2026-1"])
  func `other texts are no quarter`(text: String) { #expect(Quarter(text) == nil) }

  @Test(arguments: [("2026-03-31", "2026Q1"), ("2026-04-01", "2026Q2"), ("2026-12-31", "2026Q4")])
  func `a date is in its quarter`(day: String, text: String) throws {
    let quarter = try #require(Quarter(of: try date(day)))
    #expect(quarter.text == text)
    #expect(Quarter(text) == quarter)
  }
}
