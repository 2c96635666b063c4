import Testing

@Suite struct DrugRoundingTests {
  @Test(arguments: [
    (4, 4, "day", "J2270 x1"), (4, 4, "administration", "J2270 x1, J2270 x1"),
    (5, 5, "day", "J2270 x1"), (5, 5, "administration", "J2270 x1, J2270 x1"),
    (6, 5, "day", "J2270 x2"), (6, 5, "administration", "J2270 x1, J2270 x1"),
  ])
  func `doses of a date are added and rounded once`(
    first: Int, second: Int, policy: String, lines: String
  ) {
    #expect(
      drugs(
        """
        hospital drug.round_per=\(policy)
        morphine \(first) mg push at 10:00
        morphine \(second) mg push at 12:00
        """) == lines)
  }

  @Test func `the parts of one dose are one, whatever the policy`() {
    #expect(
      drugs(
        """
        hospital drug.round_per=administration
        morphine 4 mg push at 10:00 dose d
        morphine 4 mg push at 12:00 dose d
        """) == "J2270 x1")
  }

  @Test func `three ampoules of 4 mg in an office are two units`() {
    #expect(
      drugs(
        """
        office
        morphine 4 mg push at 10:00 from 1x4s
        morphine 4 mg push at 12:00 from 1x4s
        morphine 4 mg push at 14:00 from 1x4s
        """) == "J2270-JZ x2")
  }
}
