import Testing

@Suite struct CountedMinutesTests {
  @Test func `seconds of a dose are summed and floored once`() {
    expect(
      """
      iron drug infusion 10:00-10:30 pause 10:08:30-10:22:20
      """,
      """
      final
      96365 02-Mar iron 16 min (initial-service)
      minutes iron 16/16
      """)
  }

  @Test func `two rows of one dose are floored once for the dose and once each for the ledger`() {
    expect(
      """
      iron-1 drug infusion 10:00-10:08:30 dose d
      iron-2 drug infusion 10:20-10:27:40 dose d
      """,
      """
      final
      96365 02-Mar iron-1+iron-2 16 min (initial-service)
      minutes iron-1 8/8, iron-2 7/7
      """)
  }

  @Test func `8 and 7 minutes of one dose are a push`() {
    expect(
      """
      iron-1 drug infusion 10:00+8 dose d
      iron-2 drug infusion 10:20+7 dose d
      """,
      """
      final
      96374 02-Mar iron-1+iron-2 15 min (initial-service)
      minutes iron-1 8/8, iron-2 7/7
      """)
  }

  @Test func `8 and 9 minutes of one dose are an infusion, not two pushes`() {
    expect(
      """
      paclitaxel-1 chemo infusion 10:00+8 dose d
      paclitaxel-2 chemo infusion 10:20+9 dose d
      """,
      """
      final
      96413 02-Mar paclitaxel-1+paclitaxel-2 17 min (initial-service)
      minutes paclitaxel-1 8/8, paclitaxel-2 9/9
      """)
  }

  @Test func `the bag's end counts, not the flush after it`() {
    expect(
      """
      paclitaxel chemo infusion 10:00-11:30
      heparin fluid flush 11:30-11:36
      """,
      """
      final
      96413 02-Mar paclitaxel 90 min (initial-service)
      uncharged heparin 6 min flush-not-sole
      minutes paclitaxel 90/90, heparin 0/6
      finding flush-not-sole heparin
      """)
    expect(
      """
      paclitaxel chemo infusion 10:00-11:31
      heparin fluid flush 11:31-11:36
      """,
      """
      final
      96413 02-Mar paclitaxel 91 min (initial-service)
      96415 02-Mar paclitaxel 91 min (further-hours)
      uncharged heparin 5 min flush-not-sole
      minutes paclitaxel 91/91, heparin 0/5
      finding flush-not-sole heparin
      """)
  }

  @Test func `rituximab with a stop of 75 minutes keeps 245`() {
    expect(
      """
      rituximab chemo infusion 11:20-16:40 pause 12:40-13:55
      """,
      """
      final
      96413 02-Mar rituximab 245 min (initial-service)
      96415 x3 02-Mar rituximab 245 min (further-hours)
      minutes rituximab 245/245
      """)
  }

  @Test func `ten minutes, a rest and 55 more are 65`() {
    expect(
      """
      paclitaxel chemo infusion 10:00-11:45 pause 10:10-10:50
      """,
      """
      final
      96413 02-Mar paclitaxel 65 min (initial-service)
      minutes paclitaxel 65/65
      """)
  }

  @Test func `rows of one dose at the same time count once`() {
    expect(
      """
      iron-1 drug infusion 10:00-10:40 dose d
      iron-2 drug infusion 10:20-11:31 dose d
      """,
      """
      final
      96365 02-Mar iron-1+iron-2 91 min (initial-service)
      96366 02-Mar iron-1+iron-2 91 min (further-hours)
      minutes iron-1 40/40, iron-2 71/71
      """)
  }

  @Test func `a rest of 120 minutes inside a dose is not asked about`() {
    expect(
      """
      paclitaxel chemo infusion 10:00-14:00 pause 11:00-13:00
      """,
      """
      final
      96413 02-Mar paclitaxel 120 min (initial-service)
      96415 02-Mar paclitaxel 120 min (further-hours)
      minutes paclitaxel 120/120
      """)
  }

  @Test func `a rest of 121 minutes inside a dose is asked about`() {
    expect(
      """
      paclitaxel chemo infusion 10:00-14:00 pause 11:00-13:01
      """,
      """
      final
      96413 02-Mar paclitaxel 119 min (initial-service)
      96415 02-Mar paclitaxel 119 min (further-hours)
      minutes paclitaxel 119/119
      finding long-pause paclitaxel (121)
      """)
  }

  @Test func `the longest rest is measured, between rows too`() {
    expect(
      """
      paclitaxel-1 chemo infusion 10:00-11:00 dose d
      paclitaxel-2 chemo infusion 14:00-15:00 dose d
      """,
      """
      final
      96413 02-Mar paclitaxel-1+paclitaxel-2 120 min (initial-service)
      96415 02-Mar paclitaxel-1+paclitaxel-2 120 min (further-hours)
      minutes paclitaxel-1 60/60, paclitaxel-2 60/60
      finding long-pause paclitaxel-1 (180)
      """)
  }

  @Test(arguments: [
    ("0", "10:59", ["long-pause paclitaxel (1)"]), ("30", "11:28", []),
    ("30", "11:29", ["long-pause paclitaxel (31)"]), ("240", "14:58", []),
  ])
  func `pause.flag_gap_min sets the length to ask about`(
    limit: String, resumed: String, expected: [String]
  ) {
    let found = findings(
      """
      policy pause.flag_gap_min=\(limit)
      paclitaxel chemo infusion 10:00-16:00 pause 10:58-\(resumed)
      """)
    #expect(found == expected)
  }

  @Test func `a pause open when the statement was asked for counts up to then`() {
    expect(
      """
      as-of 12:00
      paclitaxel chemo infusion 10:00-14:00 pause 11:31-13:00
      """,
      """
      provisional
      96413 02-Mar paclitaxel 91 min provisional (initial-service)
      96415 02-Mar paclitaxel 91 min provisional (further-hours)
      minutes paclitaxel 91/91
      """)
  }

  @Test func `a pause that had not begun does not exist`() {
    expect(
      """
      as-of 11:31
      paclitaxel chemo infusion 10:00-14:00 pause 11:31-13:00
      """,
      """
      provisional
      96413 02-Mar paclitaxel 91 min provisional (initial-service)
      96415 02-Mar paclitaxel 91 min provisional (further-hours)
      minutes paclitaxel 91/91
      """)
  }
}
