import Testing

@Suite struct UnlikelyUnitsTests {
  @Test func `nine hours of hydration in an office are found and stay nine`() {
    expect(
      """
      session office reason ondansetron
      ondansetron drug push 07:00
      saline fluid infusion 08:00+511
      """,
      """
      final
      96374 02-Mar ondansetron (initial-service)
      96361 x9 02-Mar saline 511 min (hydration)
      minutes ondansetron 0/0, saline 511/511
      finding above-mue saline 96361 (9)
      """)
  }

  @Test(arguments: [(510, 8, false), (511, 9, true)])
  func `8 units of 96361 are likely, 9 are not`(minutes: Int, units: Int, isFound: Bool) {
    let session = """
      session office reason ondansetron
      ondansetron drug push 07:00
      saline fluid infusion 08:00+\(minutes)
      """
    #expect(codes(session) == "96374 96361x\(units)")
    #expect(findings(session) == (isFound ? ["above-mue saline 96361 (9)"] : []))
  }

  @Test(arguments: [(570, []), (571, ["above-mue iron 96366 (9)"])])
  func `8 units of 96366 are likely, 9 are not`(minutes: Int, expected: [String]) {
    #expect(
      findings("session office reason iron\niron drug infusion 07:00+\(minutes)") == expected)
  }

  @Test(arguments: [(4, []), (5, ["above-mue drug-b 96367 (5)"])])
  func `4 units of 96367 are likely, 5 are not`(further: Int, expected: [String]) {
    var session = "session office reason drug-a\ndrug-a drug infusion 08:00+60\n"
    for (index, letter) in ["b", "c", "d", "e", "f"].prefix(further).enumerated() {
      session += "drug-\(letter) drug infusion \(10 + index):00+30\n"
    }
    #expect(findings(session) == expected)
  }

  @Test func `units of two sites on one date add up`() {
    #expect(
      findings(
        """
        session office reason vincristine
        site port
        site arm protocol
        vincristine chemo push 08:00 at port
        bortezomib chemo push 09:00 at arm
        """) == ["above-mue vincristine 96409 (2)"])
  }

  @Test func `units of two dates do not`() {
    #expect(
      findings(
        """
        session office reason ondansetron
        ondansetron drug push 19:00
        saline fluid infusion 19:30+570
        """) == [])
  }

  @Test func `the hospital's table is not known, so nothing is found there`() {
    #expect(findings("ondansetron drug push 07:00\nsaline fluid infusion 08:00+511") == [])
  }
}
