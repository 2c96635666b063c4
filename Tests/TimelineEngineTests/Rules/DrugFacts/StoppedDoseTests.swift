import Testing

@Suite struct StoppedDoseTests {
  @Test func `what ran in is billed and the rest as discarded, for review`() {
    let day = DrugDay("Remicade 160 mg from 4x100s discarded 240 stopped")
    #expect(day.lines == "J1745 x16 review, J1745-JW x24 review")
    #expect(day.findings == ["avoidable-discard", "stopped-dose-discard"])
  }

  @Test func `by the policy the rest has no line`() {
    #expect(
      drugs(
        """
        hospital stopped_dose=given_only
        Remicade 160 mg from 4x100s discarded 240 stopped
        """) == "J1745-JZ x16")
  }

  @Test func `a dose that ran in whole is not touched`() {
    #expect(drugs("Remicade 400 mg from 4x100s stopped") == "J1745-JZ x40")
  }

  @Test func `minutes do not tell how much ran in`() {
    let day = DrugDay("Remicade ? mg from 4x100s stopped")
    #expect(day.lines == "none")
    #expect(day.findings == ["amount-given-missing"])
  }
}
