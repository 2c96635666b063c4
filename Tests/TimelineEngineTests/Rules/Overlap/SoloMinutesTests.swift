import Testing

@Suite struct SoloMinutesTests {
  @Test func `oxaliplatin keeps its time, and leucovorin at the same time is concurrent`() {
    expect(
      """
      oxaliplatin chemo infusion 09:33-12:15
      leucovorin drug infusion 09:33-12:15
      """,
      """
      final
      96413 02-Mar oxaliplatin 162 min (initial-service)
      96415 x2 02-Mar oxaliplatin 162 min (further-hours)
      96368 02-Mar leucovorin 162 min (concurrent-infusion)
      minutes leucovorin 162/162, oxaliplatin 162/162
      """)
  }

  @Test func `the longer drug keeps its time and the other what it ran alone`() {
    expect(
      """
      ampicillin drug infusion 06:00-07:30
      vancomycin drug infusion 07:00-16:00
      """,
      """
      final
      96365 02-Mar vancomycin 540 min (initial-service)
      96366 x8 02-Mar vancomycin 540 min (further-hours)
      96367 02-Mar ampicillin 60 min (sequential-infusion)
      uncharged ampicillin 30 min solo-minutes
      minutes ampicillin 60/90, vancomycin 540/540
      """)
  }

  @Test func `chemotherapy keeps 40 minutes of its own after the longer one`() {
    expect(
      """
      paclitaxel chemo infusion 10:00-13:00
      carboplatin chemo infusion 12:30-13:40
      """,
      """
      final
      96413 02-Mar paclitaxel 180 min (initial-service)
      96415 x2 02-Mar paclitaxel 180 min (further-hours)
      96417 02-Mar carboplatin 40 min (sequential-infusion)
      uncharged carboplatin 30 min solo-minutes
      minutes paclitaxel 180/180, carboplatin 40/70
      """)
  }

  @Test func `chemotherapy comes before a longer drug`() {
    expect(
      """
      vancomycin drug infusion 08:00-12:00
      paclitaxel chemo infusion 09:00-10:00
      """,
      """
      final
      96413 02-Mar paclitaxel 60 min (initial-service)
      96366 x2 02-Mar vancomycin 180 min (further-hours)
      96367 02-Mar vancomycin 180 min (sequential-infusion)
      uncharged vancomycin 60 min solo-minutes
      minutes vancomycin 180/240, paclitaxel 60/60
      """)
  }

  @Test func `15 minutes of its own make a drug concurrent`() {
    expect(
      """
      paclitaxel chemo infusion 10:00-11:00
      ondansetron drug infusion 10:30-11:15
      """,
      """
      final
      96413 02-Mar paclitaxel 60 min (initial-service)
      96368 02-Mar ondansetron 45 min (concurrent-infusion)
      minutes paclitaxel 60/60, ondansetron 45/45
      """)
  }

  @Test func `16 minutes of its own make it sequential`() {
    expect(
      """
      paclitaxel chemo infusion 10:00-11:00
      ondansetron drug infusion 10:30-11:16
      """,
      """
      final
      96413 02-Mar paclitaxel 60 min (initial-service)
      96367 02-Mar ondansetron 16 min (sequential-infusion)
      uncharged ondansetron 30 min solo-minutes
      minutes paclitaxel 60/60, ondansetron 16/46
      """)
  }

  @Test func `minutes before and after add up`() {
    expect(
      """
      ondansetron drug infusion 09:52-11:08
      paclitaxel chemo infusion 10:00-11:00
      """,
      """
      final
      96413 02-Mar paclitaxel 60 min (initial-service)
      96367 02-Mar ondansetron 16 min (sequential-infusion)
      uncharged ondansetron 60 min solo-minutes
      minutes ondansetron 16/76, paclitaxel 60/60
      """)
  }

  @Test func `one minute together is enough to be taken away`() {
    expect(
      """
      paclitaxel chemo infusion 10:00-11:00
      iron drug infusion 10:59-12:30
      """,
      """
      final
      96413 02-Mar paclitaxel 60 min (initial-service)
      96367 02-Mar iron 90 min (sequential-infusion)
      uncharged iron 1 min solo-minutes
      minutes paclitaxel 60/60, iron 90/91
      finding charting-overlap iron paclitaxel (1)
      """)
  }

  @Test func `infusions that abut share no minute`() {
    expect(
      """
      paclitaxel chemo infusion 10:00-11:00
      iron drug infusion 11:00-12:31
      """,
      """
      final
      96413 02-Mar paclitaxel 60 min (initial-service)
      96366 02-Mar iron 91 min (further-hours)
      96367 02-Mar iron 91 min (sequential-infusion)
      minutes paclitaxel 60/60, iron 91/91
      """)
  }

  @Test func `what runs in a pause of the other has that time to itself`() {
    expect(
      """
      paclitaxel chemo infusion 10:00-12:00 pause 10:30-11:01
      iron drug infusion 10:30-11:01
      """,
      """
      final
      96413 02-Mar paclitaxel 89 min (initial-service)
      96367 02-Mar iron 31 min (sequential-infusion)
      minutes paclitaxel 89/89, iron 31/31
      """)
  }

  @Test func `of equals the earlier keeps its time`() {
    expect(
      """
      cefepime drug infusion 10:20-11:20
      ampicillin drug infusion 10:00-11:00
      """,
      """
      final
      96365 02-Mar ampicillin 60 min (initial-service)
      96367 02-Mar cefepime 20 min (sequential-infusion)
      uncharged cefepime 40 min solo-minutes
      minutes ampicillin 60/60, cefepime 20/60
      """)
  }

  @Test func `of equals at the same time the smaller id keeps its time`() {
    expect(
      """
      cefepime drug infusion 10:00-11:00
      ampicillin drug infusion 10:00-11:00
      """,
      """
      final
      96365 02-Mar ampicillin 60 min (initial-service)
      96368 02-Mar cefepime 60 min (concurrent-infusion)
      minutes ampicillin 60/60, cefepime 60/60
      """)
  }

  @Test func `longer goes by running seconds, not by the clock`() {
    expect(
      """
      ampicillin drug infusion 10:00-11:10 pause 10:05-10:16
      cefepime drug infusion 10:10-11:10
      """,
      """
      final
      96365 02-Mar cefepime 60 min (initial-service)
      96368 02-Mar ampicillin 59 min (concurrent-infusion)
      minutes ampicillin 59/59, cefepime 60/60
      """)
  }

  @Test func `a concurrent infusion covers nothing`() {
    expect(
      """
      paclitaxel chemo infusion 10:00-11:00
      ampicillin drug infusion 10:00-11:10
      cefepime drug infusion 10:54-11:16
      """,
      """
      final
      96413 02-Mar paclitaxel 60 min (initial-service)
      96367 02-Mar cefepime 16 min (sequential-infusion)
      96368 02-Mar ampicillin 70 min (concurrent-infusion)
      uncharged cefepime 6 min solo-minutes
      minutes ampicillin 70/70, paclitaxel 60/60, cefepime 16/22
      """)
  }

  @Test func `chemotherapy with only a finding covers nothing`() {
    expect(
      """
      paclitaxel chemo infusion 10:00-11:00
      carboplatin chemo infusion 10:00-11:00
      saline fluid infusion 11:00-11:31
      iron drug infusion 10:45-11:16
      """,
      """
      review
      96413 02-Mar carboplatin 60 min (initial-service)
      96367 02-Mar iron 16 min (sequential-infusion)
      uncharged paclitaxel 60 min concurrent-chemo
      uncharged iron 15 min solo-minutes
      uncharged saline 16 min hydration-minutes
      uncharged saline 15 min hydration-minimum
      minutes carboplatin 60/60, paclitaxel 0/60, iron 16/31, saline 0/31
      finding concurrent-chemo paclitaxel
      """)
  }

  @Test func `a short repeat covers, though it earns no unit`() {
    expect(
      """
      paclitaxel-1 chemo infusion 08:00-09:00
      paclitaxel-2 chemo infusion 10:00-10:30
      iron drug infusion 10:00-10:45
      """,
      """
      review
      96413 02-Mar paclitaxel-1 60 min (initial-service)
      96368 02-Mar iron 45 min (concurrent-infusion)
      uncharged paclitaxel-2 30 min repeat-short-infusion
      minutes paclitaxel-1 60/60, iron 45/45, paclitaxel-2 0/30
      finding repeat-short-infusion paclitaxel-2 (30)
      """)
  }

  @Test func `a push covers nothing`() {
    expect(
      """
      paclitaxel chemo infusion 10:00-10:15
      iron drug infusion 10:00-10:16
      """,
      """
      final
      96409 02-Mar paclitaxel 15 min (initial-service)
      96367 02-Mar iron 16 min (sequential-infusion)
      minutes iron 16/16, paclitaxel 15/15
      """)
  }

  @Test func `another encounter covers nothing`() {
    expect(
      """
      paclitaxel chemo infusion 10:00-11:00
      iron drug infusion 10:10-11:00 visit 2
      """,
      """
      final
      96413 02-Mar visit 1 paclitaxel 60 min (initial-service)
      96365-59 02-Mar visit 2 iron 50 min (initial-service)
      minutes paclitaxel 60/60, iron 50/50
      """)
  }

  @Test func `three together are judged in the order of rank`() {
    expect(
      """
      paclitaxel chemo infusion 10:00-11:00
      vancomycin drug infusion 10:30-12:00
      cefepime drug infusion 11:30-12:20
      """,
      """
      final
      96413 02-Mar paclitaxel 60 min (initial-service)
      96367 x2 02-Mar vancomycin+cefepime 80 min (sequential-infusion)
      uncharged vancomycin 30 min solo-minutes
      uncharged cefepime 30 min solo-minutes
      minutes paclitaxel 60/60, vancomycin 60/90, cefepime 20/50
      """)
  }
}

@Suite struct OverlapMethodTests {
  @Test func `full_time_each counts the full time of what has 16 minutes of its own`() {
    expect(
      """
      policy overlap.method=full_time_each
      ampicillin drug infusion 06:00-07:31
      vancomycin drug infusion 07:00-16:00
      """,
      """
      final
      96365 02-Mar vancomycin 540 min (initial-service)
      96366 x9 02-Mar ampicillin+vancomycin 631 min (further-hours)
      96367 02-Mar ampicillin 91 min (sequential-infusion)
      minutes ampicillin 91/91, vancomycin 540/540
      """)
  }

  @Test func `full_time_each leaves a drug without 16 minutes of its own concurrent`() {
    expect(
      """
      policy overlap.method=full_time_each
      oxaliplatin chemo infusion 09:33-12:15
      leucovorin drug infusion 09:33-12:15
      """,
      """
      final
      96413 02-Mar oxaliplatin 162 min (initial-service)
      96415 x2 02-Mar oxaliplatin 162 min (further-hours)
      96368 02-Mar leucovorin 162 min (concurrent-infusion)
      minutes leucovorin 162/162, oxaliplatin 162/162
      """)
  }
}

@Suite struct ChartingOverlapTests {
  @Test(arguments: [
    ("10:59", ["charting-overlap iron paclitaxel (1)"]),
    ("10:58", ["charting-overlap iron paclitaxel (2)"]), ("10:57", []), ("11:00", []),
  ])
  func `consecutive infusions that overlap by up to 2 minutes are asked about`(
    start: String, expected: [String]
  ) {
    let found = findings(
      """
      paclitaxel chemo infusion 10:00-11:00
      iron drug infusion \(start)-12:00
      """)
    #expect(found == expected)
  }

  @Test func `overlaps on two catheters are found in the order of time, however listed`() {
    let session = """
      site arm
      site port
      iron drug infusion 10:00-10:30 at port
      cefepime drug infusion 10:29-11:00 at port
      ampicillin drug infusion 12:00-12:30 at arm
      vancomycin drug infusion 12:28-13:00 at arm
      """
    #expect(
      findings(session) == [
        "second-site-no-reason ampicillin", "charting-overlap cefepime iron (1)",
        "charting-overlap vancomycin ampicillin (2)",
      ])
  }

  @Test(arguments: [1, 7, 8, 9, 30])
  func `a hand-over is found however many infusions started in between`(count: Int) {
    let beside = (1...count).map { "beside-\($0) drug infusion 10:\($0 + 9)-13:00" }
    let found = findings(
      """
      paclitaxel chemo infusion 10:00-11:00
      \(beside.joined(separator: "\n"))
      iron drug infusion 10:58-13:30
      """)
    #expect(
      found.filter { $0.contains("charting") } == ["charting-overlap iron paclitaxel (2)"])
  }

  @Test func `each of several that end in one minute is asked about`() {
    let ending = (10...22).map { "ending-\($0) drug infusion 10:\($0)-11:00" }
    let found = findings(
      ending.joined(separator: "\n")
        + """

        iron drug infusion 10:58-12:00
        cefepime drug infusion 10:59-12:00
        zinc drug infusion 10:57-12:00
        """)
    let asked = found.filter { $0.contains("charting") }
    #expect(asked.count == 26)
    #expect(asked.filter { $0.contains("cefepime") && $0.hasSuffix("(1)") }.count == 13)
    #expect(asked.filter { $0.contains("iron") && $0.hasSuffix("(2)") }.count == 13)
  }

  @Test(arguments: [
    "iron drug infusion 10:40-10:42", "iron drug infusion 10:58-11:00",
    "iron drug infusion 10:58-12:00 at arm", "iron drug infusion 10:58-12:00 visit 2",
    "iron drug push 10:58-11:10",
  ])
  func `only infusions of one catheter that end one after another are asked about`(row: String) {
    let found = findings("site port\npaclitaxel chemo infusion 10:00-11:00\n\(row)")
    #expect(found.allSatisfy { !$0.contains("charting") })
  }
}
