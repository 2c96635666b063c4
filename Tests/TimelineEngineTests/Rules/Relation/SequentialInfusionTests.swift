import Testing

@Suite struct SequentialInfusionTests {
  @Test func `a premedication and two chemotherapies are one initial and two add-ons`() {
    expect(
      """
      ondansetron drug infusion 08:00+20
      paclitaxel chemo infusion 09:00+60
      carboplatin chemo infusion 10:30+45
      """,
      """
      final
      96413 02-Mar paclitaxel 60 min (initial-service)
      96417 02-Mar carboplatin 45 min (sequential-infusion)
      96367 02-Mar ondansetron 20 min (sequential-infusion)
      minutes ondansetron 20/20, paclitaxel 60/60, carboplatin 45/45
      """)
  }

  @Test(arguments: [
    (15, "96413 96411"), (16, "96413 96417"), (90, "96413 96417"), (91, "96413 96415 96417"),
  ])
  func `a further chemotherapy has its own borders`(minutes: Int, expected: String) {
    #expect(
      codes(
        """
        paclitaxel chemo infusion 08:00+95 pause 08:10-08:15
        carboplatin chemo infusion 12:00+\(minutes)
        """
      ).split(separator: " ").sorted() == expected.split(separator: " ").sorted())
  }

  @Test(arguments: [
    (15, "96365 96375"), (16, "96365 96367"), (90, "96365 96367"), (91, "96365 96366 96367"),
  ])
  func `a further drug has its own borders`(minutes: Int, expected: String) {
    #expect(
      codes(
        """
        vancomycin drug infusion 08:00+95 pause 08:10-08:15
        iron drug infusion 12:00+\(minutes)
        """) == expected)
  }

  @Test func `a drug of 20 minutes earns its first block`() {
    expect(
      """
      vancomycin drug infusion 08:00+60
      iron drug infusion 09:00+20
      """,
      """
      final
      96365 02-Mar vancomycin 60 min (initial-service)
      96367 02-Mar iron 20 min (sequential-infusion)
      minutes vancomycin 60/60, iron 20/20
      """)
  }

  @Test func `each drug earns it once, a repeat does not`() {
    expect(
      """
      paclitaxel chemo infusion 08:00+60
      iron-1 drug infusion 10:00+60
      iron-2 drug infusion 12:00+60
      """,
      """
      final
      96413 02-Mar paclitaxel 60 min (initial-service)
      96366 02-Mar iron-2 60 min (repeat-dose)
      96367 02-Mar iron-1 60 min (sequential-infusion)
      minutes paclitaxel 60/60, iron-1 60/60, iron-2 60/60
      """)
  }

  @Test func `an initial of the drug on another site uses its first block up`() {
    expect(
      """
      site port
      site arm protocol
      paclitaxel chemo infusion 08:00+60 at port
      iron-1 drug infusion 10:00+60 at port
      iron-2 drug infusion 12:00+60 at arm
      """,
      """
      final
      96413 02-Mar at port paclitaxel 60 min (initial-service)
      96366 02-Mar at port iron-1 60 min (repeat-dose)
      96365-59 02-Mar at arm iron-2 60 min (initial-service)
      minutes paclitaxel 60/60, iron-1 60/60, iron-2 60/60
      """)
  }

  @Test func `a drug on two sites earns it once`() {
    expect(
      """
      site port
      site arm protocol
      paclitaxel chemo infusion 08:00+60 at port
      carboplatin chemo infusion 08:10+60 at arm
      iron-1 drug infusion 10:00+60 at port
      iron-2 drug infusion 12:00+60 at arm
      """,
      """
      final
      96413 02-Mar at port paclitaxel 60 min (initial-service)
      96367 02-Mar at port iron-1 60 min (sequential-infusion)
      96413-59 02-Mar at arm carboplatin 60 min (initial-service)
      96366 02-Mar at arm iron-2 60 min (repeat-dose)
      minutes paclitaxel 60/60, carboplatin 60/60, iron-1 60/60, iron-2 60/60
      """)
  }

  @Test func `the dose that starts first has it, whatever its length`() {
    expect(
      """
      paclitaxel chemo infusion 08:00+60
      iron-1 drug infusion 10:00+20
      iron-2 drug infusion 12:00+120
      """,
      """
      final
      96413 02-Mar paclitaxel 60 min (initial-service)
      96366 x2 02-Mar iron-2 120 min (repeat-dose)
      96367 02-Mar iron-1 20 min (sequential-infusion)
      minutes paclitaxel 60/60, iron-1 20/20, iron-2 120/120
      """)
  }

  @Test func `where the first dose is concurrent the next has it`() {
    expect(
      """
      paclitaxel chemo infusion 08:00+60
      iron-1 drug infusion 08:00+60
      iron-2 drug infusion 12:00+60
      """,
      """
      final
      96413 02-Mar paclitaxel 60 min (initial-service)
      96367 02-Mar iron-2 60 min (sequential-infusion)
      96368 02-Mar iron-1 60 min (concurrent-infusion)
      minutes iron-1 60/60, paclitaxel 60/60, iron-2 60/60
      """)
  }

  @Test func `each encounter starts again`() {
    #expect(
      codes(
        """
        paclitaxel-1 chemo infusion 08:00+60
        iron-1 drug infusion 10:00+60
        paclitaxel-2 chemo infusion 18:00+60 visit 2
        iron-2 drug infusion 20:00+60 visit 2
        """) == "96413 96367x2 96413-59")
  }

  @Test func `infused chemotherapy is the initial, and pushed chemotherapy the add-on`() {
    expect(
      """
      vincristine chemo push 08:00
      paclitaxel chemo infusion 09:00+16
      """,
      """
      final
      96413 02-Mar paclitaxel 16 min (initial-service)
      96411 02-Mar vincristine (later-push)
      minutes vincristine 0/0, paclitaxel 16/16
      """)
  }

  @Test func `an initial push on a second site leaves the first block to the infusion`() {
    expect(
      """
      site port
      site arm protocol
      carboplatin chemo infusion 08:00+271 at port
      paclitaxel-1 chemo infusion 12:31+30 at port
      paclitaxel-2 chemo push 14:00+5 at arm
      """,
      """
      review
      96413 02-Mar at port carboplatin 271 min (initial-service)
      96415 x4 02-Mar at port carboplatin 271 min (further-hours)
      96417 02-Mar at port paclitaxel-1 30 min (sequential-infusion)
      96409-59 02-Mar at arm paclitaxel-2 5 min review (initial-service)
      minutes carboplatin 271/271, paclitaxel-1 30/30, paclitaxel-2 5/5
      finding same-drug-push-and-infusion paclitaxel-2
      """)
  }

  @Test(arguments: [(90, "96413 96415 96417 96409-59"), (91, "96413 96415x2 96417 96409-59")])
  func `further hours of that infusion begin at 91 minutes`(minutes: Int, expected: String) {
    #expect(
      codes(
        """
        site port
        site arm protocol
        carboplatin chemo infusion 08:00+120 at port
        paclitaxel-1 chemo infusion 10:00+\(minutes) at port
        paclitaxel-2 chemo push 14:00+5 at arm
        """) == expected)
  }

  @Test func `an initial infusion on a second site uses the first block up`() {
    #expect(
      codes(
        """
        site port
        site arm protocol
        carboplatin chemo infusion 08:00+120 at port
        paclitaxel-1 chemo infusion 10:00+31 at port
        paclitaxel-2 chemo infusion 14:00+30 at arm
        """) == "96413 96415x2 96413-59")
  }
}
