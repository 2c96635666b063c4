import Testing

@Suite struct FurtherHoursTests {
  @Test(arguments: [
    (16, 0), (30, 0), (31, 0), (90, 0), (91, 1), (150, 1), (151, 2), (210, 2), (211, 3), (270, 3),
    (271, 4), (330, 4), (331, 5), (390, 5), (391, 6), (450, 6), (451, 7), (480, 7), (481, 7),
    (510, 7), (511, 8), (1440, 23), (1470, 23), (1471, 24),
  ])
  func `each further unit needs 31 minutes past the hour, without a cap`(minutes: Int, hours: Int) {
    let further = hours == 0 ? "" : hours == 1 ? " #" : " #x\(hours)"
    #expect(
      codes("paclitaxel chemo infusion 08:00+\(minutes)")
        == "96413" + further.replacing("#", with: "96415"))
    #expect(
      codes("iron drug infusion 08:00+\(minutes)")
        == "96365" + further.replacing("#", with: "96366"))
  }

  @Test func `minutes of two drugs are never pooled`() {
    expect(
      """
      paclitaxel chemo infusion 08:00+75
      carboplatin chemo infusion 10:00+75
      """,
      """
      final
      96413 02-Mar paclitaxel 75 min (initial-service)
      96417 02-Mar carboplatin 75 min (sequential-infusion)
      minutes paclitaxel 75/75, carboplatin 75/75
      """)
  }

  @Test func `each drug has hours of its own`() {
    expect(
      """
      paclitaxel chemo infusion 08:00+100
      carboplatin chemo infusion 10:00+95
      """,
      """
      final
      96413 02-Mar paclitaxel 100 min (initial-service)
      96415 x2 02-Mar paclitaxel+carboplatin 195 min (further-hours)
      96417 02-Mar carboplatin 95 min (sequential-infusion)
      minutes paclitaxel 100/100, carboplatin 95/95
      """)
  }

  @Test func `120 and 120 minutes are two hours`() {
    expect(
      """
      paclitaxel chemo infusion 08:00+120
      carboplatin chemo infusion 10:00+120
      """,
      """
      final
      96413 02-Mar paclitaxel 120 min (initial-service)
      96415 x2 02-Mar paclitaxel+carboplatin 240 min (further-hours)
      96417 02-Mar carboplatin 120 min (sequential-infusion)
      minutes paclitaxel 120/120, carboplatin 120/120
      """)
  }

  @Test func `iron of 61 minutes after chemotherapy has no hour`() {
    expect(
      """
      paclitaxel chemo infusion 08:00+60
      iron drug infusion 10:00+61
      """,
      """
      final
      96413 02-Mar paclitaxel 60 min (initial-service)
      96367 02-Mar iron 61 min (sequential-infusion)
      minutes paclitaxel 60/60, iron 61/61
      """)
  }

  @Test func `iron of 91 minutes after chemotherapy has one`() {
    expect(
      """
      paclitaxel chemo infusion 08:00+60
      iron drug infusion 10:00+91
      """,
      """
      final
      96413 02-Mar paclitaxel 60 min (initial-service)
      96366 02-Mar iron 91 min (further-hours)
      96367 02-Mar iron 91 min (sequential-infusion)
      minutes paclitaxel 60/60, iron 91/91
      """)
  }
}
