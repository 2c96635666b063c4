import Testing

@Suite struct DeviceServiceTests {
  @Test func `a flush alone on its day is a service`() {
    expect(
      """
      heparin fluid flush 08:00+5
      """,
      """
      final
      96523 02-Mar heparin 5 min (device-service)
      minutes heparin 5/5
      """)
  }

  @Test func `a flush with any other service is not`() {
    expect(
      """
      iron drug infusion 08:00+30
      heparin fluid flush 08:30+5
      """,
      """
      final
      96365 02-Mar iron 30 min (initial-service)
      uncharged heparin 5 min flush-not-sole
      minutes iron 30/30, heparin 0/5
      finding flush-not-sole heparin
      """)
  }

  @Test func `at most one flush a day`() {
    expect(
      """
      heparin-1 fluid flush 08:00
      heparin-2 fluid flush 18:00
      """,
      """
      final
      96523 02-Mar heparin-1 (device-service)
      uncharged heparin-2 0 min flush-not-sole
      minutes heparin-1 0/0, heparin-2 0/0
      finding flush-not-sole heparin-2
      """)
  }

  @Test func `a flush on another day than the service is one`() {
    expect(
      """
      iron drug infusion 08:00+30
      heparin fluid flush 32:00
      """,
      """
      final
      96365 02-Mar iron 30 min (initial-service)
      96523 03-Mar heparin (device-service)
      minutes iron 30/30, heparin 0/0
      """)
  }

  @Test func `a service that falls on the flush's date past midnight counts`() {
    expect(
      """
      rituximab chemo infusion 23:30-25:01
      heparin fluid flush 32:00
      """,
      """
      final
      96413 02-Mar rituximab 91 min (initial-service)
      96415 03-Mar rituximab 91 min (further-hours)
      uncharged heparin 0 min flush-not-sole
      minutes rituximab 91/91, heparin 0/0
      finding flush-not-sole heparin
      """)
  }

  @Test func `a service that is not charged does not count`() {
    expect(
      """
      blood other infusion 08:00+120
      fluorouracil chemo pump-disconnect 10:00
      heparin fluid flush 10:05
      """,
      """
      final
      96523 02-Mar heparin (device-service)
      uncharged blood 120 min not-this-family
      uncharged fluorouracil 0 min pump-disconnect
      minutes blood 0/120, fluorouracil 0/0, heparin 0/0
      """)
  }

  @Test(arguments: [
    "fluid flush 08:00 for flush", "other flush 08:00", "drug flush 08:00", "unknown flush 08:00",
  ])
  func `class and purpose of a flush do not matter`(row: String) {
    #expect(codes("heparin \(row)") == "96523")
  }

  @Test(arguments: [
    ("pump-refill", "96521"), ("implanted-pump-refill", "96522"), ("on-body-injector", "96377"),
  ])
  func `refills and on-body injectors are one unit each`(technique: String, expected: String) {
    #expect(codes("agent drug \(technique) 08:00+10") == expected)
    #expect(codes("agent chemo \(technique) 08:00+10") == expected)
    #expect(codes("agent other \(technique) 08:00+10") == "")
  }

  @Test func `a refill is charged with an infusion`() {
    expect(
      """
      paclitaxel chemo infusion 08:00+60
      morphine drug implanted-pump-refill 09:00+10
      pegfilgrastim drug on-body-injector 09:15
      """,
      """
      final
      96413 02-Mar paclitaxel 60 min (initial-service)
      96377 02-Mar pegfilgrastim (device-service)
      96522 02-Mar morphine 10 min (device-service)
      minutes paclitaxel 60/60, morphine 10/10, pegfilgrastim 0/0
      """)
  }

  @Test func `a flush is provisional while something runs`() {
    expect(
      """
      as-of 10:10
      heparin fluid flush 08:00
      iron drug infusion 10:00-
      """,
      """
      provisional
      96523 02-Mar heparin provisional (device-service)
      uncharged iron 10 min pending
      minutes heparin 0/0, iron 0/10
      finding pending iron (10)
      """)
  }
}
