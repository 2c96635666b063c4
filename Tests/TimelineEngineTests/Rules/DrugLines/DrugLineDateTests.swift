import InfusionRecord
import Testing
import TimelineEngine

@Suite struct DrugLineDateTests {
  @Test func `a dose over midnight is on its first date, and the next on its own`() {
    let day = DrugDay(
      """
      Remicade 350 mg at 23:40-25:50 from 4x100s discarded 50
      Remicade 100 mg at 24:10-24:50 from 1x100s
      """)
    #expect(day.lines == "J1745 x35, J1745-JW x5, J1745-JZ x10")
    #expect(
      day.statement.drugLines.compactMap(\.serviceDate).map(\.iso)
        == ["2026-03-02", "2026-03-02", "2026-03-03"])
  }

  @Test func `two visits of a date have lines of their own`() {
    #expect(
      drugs(
        """
        Remicade 95 mg from 1x100s discarded 5
        Remicade 95 mg at 15:00-16:00 from 1x100s discarded 5 visit 2
        """) == "J1745-JZ x10, J1745-JZ x10")
  }
}
