import Testing

/// Times that hardly happened, and a drug that runs twice.
@Suite struct PlausibleTimesTests {
  @Test(
    arguments: [
      ("iron drug infusion 08:00+1440", []), ("iron drug infusion 08:00+1441", [1441]),
      ("saline fluid infusion 08:00+1441", [1441]),
      ("paclitaxel chemo pump 08:00+2760 planned 2760", []), ("iron drug infusion 08:00-", []),
      ("morphine drug push 08:00+60", []), ("morphine drug push 08:00+61", [61]),
      ("morphine drug sc-infusion 08:00+1441", [1441]),
    ] as [(String, [Int])])
  func `an infusion of more than a day and a push of more than an hour are found`(
    session: String, minutes: [Int]
  ) {
    let id = String(session.prefix { $0 != " " })
    #expect(
      findings(session).filter { $0.hasPrefix("implausible-length") }
        == minutes.map { "implausible-length \(id) (\($0))" })
  }

  @Test(arguments: [
    ("iron drug infusion 10:00+0", true), ("iron drug infusion 10:00+1", false),
    ("iron drug push 10:00+0", false), ("iron drug infusion 10:00+0 stopped reaction", false),
    ("iron drug infusion 10:00-?", false), ("iron drug sc-infusion 10:00+0", true),
  ])
  func `an infusion of no minute is found, one that was cut short is found as such`(
    session: String, isFound: Bool
  ) {
    #expect(findings(session).contains("no-minutes iron") == isFound, "\(findings(session))")
  }

  @Test func `an infusion of no minute is a push, and says so`() {
    expect(
      "iron drug infusion 10:00+0",
      """
      final
      96374 02-Mar iron (initial-service)
      minutes iron 0/0
      finding no-minutes iron
      """)
  }

  @Test(arguments: [
    // Together, for the minutes of charting, one after the other, in one bag, on two catheters.
    ("10:00-11:00", "10:30-11:30", "", ["same-drug-twice iron-2 iron-1 (30)"]),
    ("10:00-12:00", "10:30-11:30", "", ["same-drug-twice iron-2 iron-1 (60)"]),
    ("10:00-10:32", "10:30-11:30", "", []), ("10:00-10:33", "10:30-11:30", "", ["same"]),
    ("10:00-11:00", "11:00-12:00", "", []), ("10:00-11:00", "10:30-11:30", " bag b1", []),
  ])
  func `one drug twice on one catheter at one time is found`(
    first: String, second: String, bag: String, expected: [String]
  ) {
    let found = findings(
      "iron-1 drug infusion \(first)\(bag)\niron-2 drug infusion \(second)\(bag)"
    ).filter { $0.hasPrefix("same-drug-twice") }
    if expected == ["same"] {
      #expect(found.count == 1)
    } else {
      #expect(found == expected)
    }
  }

  @Test func `one drug on two catheters is not found`() {
    let found = findings(
      """
      site port
      site arm protocol
      iron-1 drug infusion 10:00-11:00 at port
      iron-2 drug infusion 10:30-11:30 at arm
      """)
    #expect(!found.contains { $0.hasPrefix("same-drug-twice") })
  }
}
