import Testing
import TimelineEngine

@Suite struct NothingDiscardedTests {
  @Test(arguments: [("2023-06-30", "J1745 x40"), ("2023-07-01", "J1745-JZ x40")])
  func `JZ begins on 1 July 2023`(date: String, lines: String) {
    #expect(drugs("hospital on \(date)\nRemicade 400 mg from 4x100s") == lines)
  }

  @Test(arguments: [("2026-03-02", "J1745-JZ x40"), ("2026-03-03", "J1745 x40")])
  func `the policy can set another date`(from: String, lines: String) {
    #expect(
      drugs("hospital on 2026-03-02 jwjz.from=\(from)\nRemicade 400 mg from 4x100s") == lines)
  }

  @Test func `a line with JW has no JZ beside it`() {
    let day = DrugDay("Remicade 350 mg from 4x100s discarded 50")
    #expect(day.statement.drugLines.map { $0.modifiers.map(\.rawValue) } == [[], ["JW"]])
  }
}
