import Testing

/// The rulebook's regression vectors: whole sessions of an infusion suite.
@Suite struct WholeSessionTests {
  @Test func `V1 two chemotherapies with a premedication and hydration after them`() {
    expect(
      """
      session payer medicare
      dexamethasone drug infusion 08:50-09:10 at port
      paclitaxel chemo infusion 09:40-12:45 at port
      carboplatin chemo infusion 12:55-13:30 at port
      saline fluid infusion 13:35-15:10 at port
      """,
      """
      final
      96413 02-Mar paclitaxel 185 min (initial-service)
      96415 x2 02-Mar paclitaxel 185 min (further-hours)
      96417 02-Mar carboplatin 35 min (sequential-infusion)
      96367 02-Mar dexamethasone 20 min (sequential-infusion)
      96361 x2 02-Mar saline 95 min (hydration)
      minutes dexamethasone 20/20, paclitaxel 185/185, carboplatin 35/35, saline 95/95
      """)
  }

  @Test(arguments: [("10:20", "96413 96415x2"), ("10:36", "96413 96415")])
  func `V2 a pause takes its minutes, 165 and 149 of 185`(resumed: String, expected: String) {
    #expect(codes("paclitaxel chemo infusion 09:40-12:45 pause 10:00-\(resumed)") == expected)
  }

  @Test(arguments: [
    ("09:05", "", ["pending dexamethasone (15)"]), ("09:06", "96365", []),
    ("09:55", "96365", ["pending paclitaxel (15)"]), ("09:56", "96413 96367", []),
    ("11:10", "96413 96367", []), ("11:11", "96413 96415 96367", []),
    ("13:10", "96413 96415x2 96367", ["pending carboplatin (15)"]),
    ("13:11", "96413 96415x2 96417 96367", []), ("14:05", "96413 96415x2 96417 96367", []),
    ("14:06", "96413 96415x2 96417 96367 96361", []),
    ("15:06", "96413 96415x2 96417 96367 96361x2", []),
  ])
  func `V3 the same session while it goes`(moment: String, expected: String, found: [String]) {
    let session = """
      as-of \(moment)
      dexamethasone drug infusion 08:50-09:10
      paclitaxel chemo infusion 09:40-12:45
      carboplatin chemo infusion 12:55-13:30
      saline fluid infusion 13:35-15:10
      """
    #expect(codes(session) == expected)
    #expect(findings(session) == found)
  }

  @Test(arguments: [(90, "96413 96417x2"), (91, "96413 96415 96417x2")])
  func `V4 three antibodies and a chemotherapy`(minutes: Int, expected: String) {
    #expect(
      codes(
        """
        trastuzumab chemo infusion 08:00+\(minutes)
        pertuzumab chemo infusion 10:00+60
        docetaxel chemo infusion 11:30+60
        """) == expected)
  }

  @Test func `V5 a day of oxaliplatin, leucovorin, a bolus and a pump`() {
    expect(
      """
      session payer medicare
      oxaliplatin chemo infusion 08:00+120
      leucovorin drug infusion 08:00+120
      fluorouracil-1 chemo push 10:05+5
      fluorouracil-2 chemo pump 10:15- planned 2760 owner practice goes-home
      """,
      """
      final
      96413 02-Mar oxaliplatin 120 min (initial-service)
      96415 02-Mar oxaliplatin 120 min (further-hours)
      96411 02-Mar fluorouracil-1 5 min (later-push)
      G0498 02-Mar fluorouracil-2 (pump-initiation)
      96368 02-Mar leucovorin 120 min (concurrent-infusion)
      minutes leucovorin 120/120, oxaliplatin 120/120, fluorouracil-1 5/5, fluorouracil-2 0/0
      """)
  }

  @Test(arguments: [(15, "96374"), (16, "96365"), (90, "96365"), (91, "96365 96366")])
  func `V6 iron`(minutes: Int, expected: String) {
    #expect(codes("iron drug infusion 08:00+\(minutes)") == expected)
  }

  @Test(arguments: [
    (30, ""), (31, "96360"), (90, "96360"), (91, "96360 96361"), (150, "96360 96361"),
    (151, "96360 96361x2"),
  ])
  func `V7 hydration alone`(minutes: Int, expected: String) {
    #expect(codes("saline fluid infusion 08:00+\(minutes)") == expected)
  }

  @Test func `V8 immunoglobulin of 4 hours 31 with a push`() {
    expect(
      """
      globulin drug infusion 08:00+271
      diphenhydramine drug push 07:50
      """,
      """
      final
      96365 02-Mar globulin 271 min (initial-service)
      96366 x4 02-Mar globulin 271 min (further-hours)
      96375 02-Mar diphenhydramine (later-push)
      minutes diphenhydramine 0/0, globulin 271/271
      """)
  }

  @Test func `V9 antibiotics in their own bags at the same time`() {
    #expect(
      codes(
        """
        ampicillin drug infusion 08:00+60
        cefepime drug infusion 08:00+60
        """) == "96365 96368")
    #expect(
      codes(
        """
        ampicillin drug infusion 08:00+60
        cefepime drug infusion 08:00+60
        vancomycin drug infusion 08:00+60
        """) == "96365 96368")
  }

  @Test func `V10 two chemotherapies at the same time`() {
    let session = """
      paclitaxel chemo infusion 08:00+60
      carboplatin chemo infusion 08:00+60
      """
    #expect(codes(session) == "96413")
    #expect(findings(session) == ["concurrent-chemo paclitaxel"])
  }

  @Test func `V11 an antibody, and saline without a stop`() {
    expect(
      """
      bevacizumab chemo infusion 10:00-10:30
      saline fluid infusion 10:30-?
      """,
      """
      review
      96413 02-Mar bevacizumab 30 min (initial-service)
      uncharged saline 0 min hydration-missing-time
      minutes bevacizumab 30/30, saline 0/0
      finding missing-stop saline
      """)
  }

  @Test func `V12 an antibiotic twice for 30 minutes over midnight`() {
    let session = """
      ceftriaxone-1 drug infusion 22:00+30
      ceftriaxone-2 drug infusion 34:00+30
      """
    #expect(codes(session) == "96365")
    #expect(findings(session) == ["repeat-short-infusion ceftriaxone-2 (30)"])
  }

  @Test func `V13 an antibiotic twice for an hour over midnight`() {
    expect(
      """
      ceftriaxone-1 drug infusion 22:00+60
      ceftriaxone-2 drug infusion 34:00+60
      """,
      """
      final
      96365 02-Mar ceftriaxone-1 60 min (initial-service)
      96366 03-Mar ceftriaxone-2 60 min (repeat-dose)
      minutes ceftriaxone-1 60/60, ceftriaxone-2 60/60
      """)
  }

  @Test func `V14 morphine at 0, 30 and 31 minutes`() {
    #expect(
      codes(
        """
        morphine-1 drug push 10:00
        morphine-2 drug push 10:30
        morphine-3 drug push 10:31
        """) == "96374 96376")
  }

  @Test func `V15 chemotherapy, blood and saline between its units`() {
    expect(
      """
      paclitaxel chemo infusion 08:00+180 at port
      blood-1 other infusion 11:30+60 at port
      saline fluid infusion 12:30+60 at port for between-blood-units
      blood-2 other infusion 13:30+60 at port
      """,
      """
      final
      96413 02-Mar paclitaxel 180 min (initial-service)
      96415 x2 02-Mar paclitaxel 180 min (further-hours)
      uncharged blood-1 60 min not-this-family
      uncharged saline 60 min hydration-purpose
      uncharged blood-2 60 min not-this-family
      minutes paclitaxel 180/180, blood-1 0/60, saline 0/60, blood-2 0/60
      """)
  }
}
