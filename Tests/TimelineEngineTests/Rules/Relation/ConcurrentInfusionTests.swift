import Testing

@Suite struct ConcurrentInfusionTests {
  @Test func `two antibiotics in the same hour are an initial and a concurrent`() {
    expect(
      """
      ampicillin drug infusion 08:00+60
      cefepime drug infusion 08:00+60
      """,
      """
      final
      96365 02-Mar ampicillin 60 min (initial-service)
      96368 02-Mar cefepime 60 min (concurrent-infusion)
      minutes ampicillin 60/60, cefepime 60/60
      """)
  }

  @Test func `a third at the same time adds nothing`() {
    expect(
      """
      ampicillin drug infusion 08:00+60
      cefepime drug infusion 08:01+58
      vancomycin drug infusion 08:02+57
      """,
      """
      final
      96365 02-Mar ampicillin 60 min (initial-service)
      96368 02-Mar cefepime 58 min (concurrent-infusion)
      uncharged vancomycin 57 min concurrent-once
      minutes ampicillin 60/60, cefepime 58/58, vancomycin 0/57
      """)
  }

  @Test func `the earliest to start carries the unit, not the longest`() {
    expect(
      """
      paclitaxel chemo infusion 08:00+120
      vancomycin drug infusion 08:30+90
      cefepime drug infusion 08:10+20
      """,
      """
      final
      96413 02-Mar paclitaxel 120 min (initial-service)
      96415 02-Mar paclitaxel 120 min (further-hours)
      96368 02-Mar cefepime 20 min (concurrent-infusion)
      uncharged vancomycin 90 min concurrent-once
      minutes paclitaxel 120/120, cefepime 20/20, vancomycin 0/90
      """)
  }

  @Test func `all sites of an encounter share the one unit`() {
    expect(
      """
      site port
      site arm protocol
      paclitaxel chemo infusion 08:00+120 at port
      leucovorin drug infusion 08:00+120 at port
      carboplatin chemo infusion 08:10+100 at arm
      magnesium drug infusion 08:10+100 at arm
      """,
      """
      final
      96413 02-Mar at port paclitaxel 120 min (initial-service)
      96415 02-Mar at port paclitaxel 120 min (further-hours)
      96368 02-Mar at port leucovorin 120 min (concurrent-infusion)
      96413-59 02-Mar at arm carboplatin 100 min (initial-service)
      96415 02-Mar at arm carboplatin 100 min (further-hours)
      uncharged magnesium 100 min concurrent-once
      minutes leucovorin 120/120, paclitaxel 120/120, carboplatin 100/100, magnesium 0/100
      """)
  }

  @Test func `concurrent.scope date gives each date of a stay its own`() {
    expect(
      """
      vancomycin-1 drug infusion 08:00+120
      cefepime-1 drug infusion 08:00+60
      vancomycin-2 drug infusion 32:00+120
      cefepime-2 drug infusion 32:00+60
      """,
      """
      final
      96365 02-Mar vancomycin-1 120 min (initial-service)
      96366 02-Mar vancomycin-1 120 min (further-hours)
      96366 x2 03-Mar vancomycin-2 120 min (repeat-dose)
      96368 02-Mar cefepime-1 60 min (concurrent-infusion)
      96368 03-Mar cefepime-2 60 min (concurrent-infusion)
      minutes cefepime-1 60/60, vancomycin-1 120/120, cefepime-2 60/60, vancomycin-2 120/120
      """)
  }

  @Test func `concurrent.scope encounter gives a stay one`() {
    expect(
      """
      policy concurrent.scope=encounter
      vancomycin-1 drug infusion 08:00+120
      cefepime-1 drug infusion 08:00+60
      vancomycin-2 drug infusion 32:00+120
      cefepime-2 drug infusion 32:00+60
      """,
      """
      final
      96365 02-Mar vancomycin-1 120 min (initial-service)
      96366 02-Mar vancomycin-1 120 min (further-hours)
      96366 x2 03-Mar vancomycin-2 120 min (repeat-dose)
      96368 02-Mar cefepime-1 60 min (concurrent-infusion)
      uncharged cefepime-2 60 min concurrent-once
      minutes cefepime-1 60/60, vancomycin-1 120/120, cefepime-2 0/60, vancomycin-2 120/120
      """)
  }

  @Test func `two encounters on one date each have their own`() {
    #expect(
      codes(
        """
        vancomycin-1 drug infusion 08:00+120
        cefepime-1 drug infusion 08:00+60
        vancomycin-2 drug infusion 18:00+120 visit 2
        cefepime-2 drug infusion 18:00+60 visit 2
        """) == "96365 96366x2 96368x2 96365-59")
  }

  @Test func `the date is that of the dose's start`() {
    expect(
      """
      vancomycin drug infusion 22:00-27:00
      cefepime drug infusion 23:50-24:50
      ampicillin drug infusion 24:30-25:30
      """,
      """
      final
      96365 02-Mar vancomycin 300 min (initial-service)
      96366 02-Mar vancomycin 300 min (further-hours)
      96366 x3 03-Mar vancomycin 300 min (further-hours)
      96368 02-Mar cefepime 60 min (concurrent-infusion)
      96368 03-Mar ampicillin 60 min (concurrent-infusion)
      minutes vancomycin 300/300, cefepime 60/60, ampicillin 60/60
      """)
  }

  @Test func `a push during an infusion is a push`() {
    expect(
      """
      vancomycin drug infusion 08:00+120
      ondansetron drug push 08:30+5
      """,
      """
      final
      96365 02-Mar vancomycin 120 min (initial-service)
      96366 02-Mar vancomycin 120 min (further-hours)
      96375 02-Mar ondansetron 5 min (later-push)
      minutes vancomycin 120/120, ondansetron 5/5
      """)
  }

  @Test func `hydration during an infusion is not charged`() {
    expect(
      """
      vancomycin drug infusion 08:00+120
      saline fluid infusion 08:00+120
      """,
      """
      final
      96365 02-Mar vancomycin 120 min (initial-service)
      96366 02-Mar vancomycin 120 min (further-hours)
      uncharged saline 120 min hydration-minutes
      minutes saline 0/120, vancomycin 120/120
      """)
  }
}

@Suite struct ChemoOverlapTests {
  @Test func `flag_only gives chemotherapy during chemotherapy no unit, only a finding`() {
    expect(
      """
      paclitaxel chemo infusion 10:00-11:00
      carboplatin chemo infusion 10:00-11:00
      """,
      """
      review
      96413 02-Mar carboplatin 60 min (initial-service)
      uncharged paclitaxel 60 min concurrent-chemo
      minutes carboplatin 60/60, paclitaxel 0/60
      finding concurrent-chemo paclitaxel
      """)
  }

  @Test func `96549 gives one unlisted unit a dose`() {
    expect(
      """
      policy chemo_overlap=96549
      paclitaxel chemo infusion 10:00-12:00
      carboplatin-1 chemo infusion 10:00-10:30
      carboplatin-2 chemo infusion 11:00-11:30
      """,
      """
      review
      96413 02-Mar paclitaxel 120 min (initial-service)
      96415 02-Mar paclitaxel 120 min (further-hours)
      96549 x2 02-Mar carboplatin-1+carboplatin-2 60 min review (concurrent-infusion)
      minutes carboplatin-1 30/30, paclitaxel 120/120, carboplatin-2 30/30
      finding concurrent-chemo carboplatin-1
      finding concurrent-chemo carboplatin-2
      """)
  }

  @Test func `96549 covers nothing`() {
    expect(
      """
      policy chemo_overlap=96549
      paclitaxel chemo infusion 10:00-11:00
      carboplatin chemo infusion 10:30-11:15
      iron drug infusion 10:45-11:16
      """,
      """
      review
      96413 02-Mar paclitaxel 60 min (initial-service)
      96367 02-Mar iron 16 min (sequential-infusion)
      96549 02-Mar carboplatin 45 min review (concurrent-infusion)
      uncharged iron 15 min solo-minutes
      minutes paclitaxel 60/60, carboplatin 45/45, iron 16/31
      finding concurrent-chemo carboplatin
      """)
  }

  @Test func `sequential_full counts the full time`() {
    expect(
      """
      policy chemo_overlap=sequential_full
      paclitaxel chemo infusion 10:00-12:00
      carboplatin chemo infusion 10:00-11:31
      """,
      """
      review
      96413 02-Mar paclitaxel 120 min (initial-service)
      96415 x2 02-Mar carboplatin+paclitaxel 211 min review (further-hours)
      96417 02-Mar carboplatin 91 min review (sequential-infusion)
      minutes carboplatin 91/91, paclitaxel 120/120
      finding concurrent-chemo carboplatin
      """)
  }

  @Test func `sequential_full covers what ranks below it`() {
    expect(
      """
      policy chemo_overlap=sequential_full
      paclitaxel chemo infusion 10:00-12:00
      carboplatin chemo infusion 11:10-12:10
      iron drug infusion 11:55-12:26
      """,
      """
      review
      96413 02-Mar paclitaxel 120 min (initial-service)
      96415 02-Mar paclitaxel 120 min (further-hours)
      96417 02-Mar carboplatin 60 min review (sequential-infusion)
      96367 02-Mar iron 16 min (sequential-infusion)
      uncharged iron 15 min solo-minutes
      minutes paclitaxel 120/120, carboplatin 60/60, iron 16/31
      finding concurrent-chemo carboplatin
      """)
  }

  @Test(arguments: [
    ("flag_only", "96413 96417"), ("96549", "96413 96417"), ("sequential_full", "96413 96417"),
  ])
  func `with 16 minutes of its own no policy is asked`(policy: String, expected: String) {
    let session = """
      policy chemo_overlap=\(policy)
      paclitaxel chemo infusion 10:00-11:00
      carboplatin chemo infusion 10:30-11:16
      """
    #expect(codes(session) == expected)
    #expect(findings(session) == [])
  }
}
