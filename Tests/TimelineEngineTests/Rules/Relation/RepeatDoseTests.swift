import Testing

@Suite struct RepeatDoseTests {
  @Test func `an hour twice in one stay is a first block and an hour`() {
    expect(
      """
      ceftriaxone-1 drug infusion 07:00-08:00
      ceftriaxone-2 drug infusion 19:00-20:00
      """,
      """
      final
      96365 02-Mar ceftriaxone-1 60 min (initial-service)
      96366 02-Mar ceftriaxone-2 60 min (repeat-dose)
      minutes ceftriaxone-1 60/60, ceftriaxone-2 60/60
      """)
  }

  @Test(arguments: [
    (30, "96365"), (31, "96365 96366"), (90, "96365 96366"), (91, "96365 96366x2"),
    (150, "96365 96366x2"), (151, "96365 96366x3"),
  ])
  func `a further dose earns hours from 31 minutes`(minutes: Int, expected: String) {
    #expect(
      codes(
        """
        ceftriaxone-1 drug infusion 07:00+45
        ceftriaxone-2 drug infusion 19:00+\(minutes)
        """) == expected)
  }

  @Test(arguments: [(30, "96413"), (31, "96413 96415"), (91, "96413 96415x2")])
  func `chemotherapy earns 96415`(minutes: Int, expected: String) {
    #expect(
      codes(
        """
        rituximab-1 chemo infusion 07:00+45
        rituximab-2 chemo infusion 19:00+\(minutes)
        """) == expected)
  }

  @Test func `16 to 30 minutes are a finding and no unit`() {
    expect(
      """
      ceftriaxone-1 drug infusion 22:00+30
      ceftriaxone-2 drug infusion 34:00+30
      """,
      """
      review
      96365 02-Mar ceftriaxone-1 30 min (initial-service)
      uncharged ceftriaxone-2 30 min repeat-short-infusion
      minutes ceftriaxone-1 30/30, ceftriaxone-2 0/30
      finding repeat-short-infusion ceftriaxone-2 (30)
      """)
  }

  @Test func `a further dose of 15 minutes is a push of an infused drug`() {
    expect(
      """
      ceftriaxone-1 drug infusion 07:00+45
      ceftriaxone-2 drug infusion 19:00+15
      """,
      """
      review
      96365 02-Mar ceftriaxone-1 45 min (initial-service)
      96376 02-Mar ceftriaxone-2 15 min review (later-push)
      minutes ceftriaxone-1 45/45, ceftriaxone-2 15/15
      finding same-drug-push-and-infusion ceftriaxone-2
      """)
  }

  @Test func `a further dose is judged on what it ran alone`() {
    expect(
      """
      ceftriaxone-1 drug infusion 07:00-07:45
      vancomycin drug infusion 19:00-21:00
      ceftriaxone-2 drug infusion 20:30-21:31
      """,
      """
      final
      96365 02-Mar vancomycin 120 min (initial-service)
      96366 x2 02-Mar vancomycin+ceftriaxone-2 151 min (further-hours)
      96367 02-Mar ceftriaxone-1 45 min (sequential-infusion)
      uncharged ceftriaxone-2 30 min solo-minutes
      minutes ceftriaxone-1 45/45, vancomycin 120/120, ceftriaxone-2 31/61
      """)
  }

  @Test func `the first dose is the first block, though a later one is longer`() {
    expect(
      """
      ceftriaxone-1 drug infusion 07:00+20
      ceftriaxone-2 drug infusion 19:00+120
      """,
      """
      final
      96365 02-Mar ceftriaxone-1 20 min (initial-service)
      96366 x2 02-Mar ceftriaxone-2 120 min (repeat-dose)
      minutes ceftriaxone-1 20/20, ceftriaxone-2 120/120
      """)
  }
}

@Suite struct ShortRepeatPolicyTests {
  @Test func `96366 gives a short repeat one further hour, for review`() {
    expect(
      """
      policy repeat_dose.short_infusion=96366
      ceftriaxone-1 drug infusion 07:00+45
      ceftriaxone-2 drug infusion 19:00+16
      """,
      """
      review
      96365 02-Mar ceftriaxone-1 45 min (initial-service)
      96366 02-Mar ceftriaxone-2 16 min review (repeat-dose)
      minutes ceftriaxone-1 45/45, ceftriaxone-2 16/16
      finding repeat-short-infusion ceftriaxone-2 (16)
      """)
  }

  @Test func `96366 means 96415 for chemotherapy`() {
    expect(
      """
      policy repeat_dose.short_infusion=96366
      rituximab-1 chemo infusion 07:00+45
      rituximab-2 chemo infusion 19:00+30
      """,
      """
      review
      96413 02-Mar rituximab-1 45 min (initial-service)
      96415 02-Mar rituximab-2 30 min review (repeat-dose)
      minutes rituximab-1 45/45, rituximab-2 30/30
      finding repeat-short-infusion rituximab-2 (30)
      """)
  }

  @Test func `96376 gives a short repeat one repeated push, for review`() {
    expect(
      """
      policy repeat_dose.short_infusion=96376
      ceftriaxone-1 drug infusion 07:00-08:00
      vancomycin drug infusion 19:00-20:00
      ceftriaxone-2 drug infusion 19:50-20:20
      """,
      """
      review
      96365 02-Mar ceftriaxone-1 60 min (initial-service)
      96367 02-Mar vancomycin 60 min (sequential-infusion)
      96376 02-Mar ceftriaxone-2 20 min review (repeat-dose)
      minutes ceftriaxone-1 60/60, vancomycin 60/60, ceftriaxone-2 30/30
      finding repeat-short-infusion ceftriaxone-2 (20)
      """)
  }

  @Test func `96376 is nothing for chemotherapy or in an office`() {
    let chemo = """
      policy repeat_dose.short_infusion=96376
      rituximab-1 chemo infusion 07:00+45
      rituximab-2 chemo infusion 19:00+30
      """
    #expect(codes(chemo) == "96413")
    let office = """
      session office reason ceftriaxone-1
      policy repeat_dose.short_infusion=96376
      ceftriaxone-1 drug infusion 07:00+45
      ceftriaxone-2 drug infusion 19:00+30
      """
    #expect(codes(office) == "96365")
  }

  @Test(arguments: ["none_flag", "96366", "96376"])
  func `from 31 minutes no policy is asked`(policy: String) {
    #expect(
      codes(
        """
        policy repeat_dose.short_infusion=\(policy)
        ceftriaxone-1 drug infusion 07:00+45
        ceftriaxone-2 drug infusion 19:00+31
        """) == "96365 96366")
  }
}

@Suite struct AddTimesTests {
  @Test func `separate judges two doses of 45 minutes on their own`() {
    expect(
      """
      ceftriaxone-1 drug infusion 07:00+45
      ceftriaxone-2 drug infusion 19:00+45
      """,
      """
      final
      96365 02-Mar ceftriaxone-1 45 min (initial-service)
      96366 02-Mar ceftriaxone-2 45 min (repeat-dose)
      minutes ceftriaxone-1 45/45, ceftriaxone-2 45/45
      """)
  }

  @Test func `add_times makes them 90 minutes`() {
    expect(
      """
      policy repeat_dose.mode=add_times
      ceftriaxone-1 drug infusion 07:00+45
      ceftriaxone-2 drug infusion 19:00+45
      """,
      """
      final
      96365 02-Mar ceftriaxone-1+ceftriaxone-2 90 min (initial-service)
      minutes ceftriaxone-1 45/45, ceftriaxone-2 45/45
      """)
  }

  @Test func `add_times leaves doses of 15 minutes out`() {
    expect(
      """
      policy repeat_dose.mode=add_times
      ceftriaxone-1 drug infusion 07:00+45
      ceftriaxone-2 drug infusion 12:00+15
      ceftriaxone-3 drug infusion 19:00+46
      """,
      """
      review
      96365 02-Mar ceftriaxone-1+ceftriaxone-3 91 min (initial-service)
      96366 02-Mar ceftriaxone-1+ceftriaxone-3 91 min (further-hours)
      96376 02-Mar ceftriaxone-2 15 min review (later-push)
      minutes ceftriaxone-1 45/45, ceftriaxone-2 15/15, ceftriaxone-3 46/46
      finding same-drug-push-and-infusion ceftriaxone-2
      """)
  }

  @Test func `add_times leaves an aborted dose reported as intended out`() {
    expect(
      """
      policy repeat_dose.mode=add_times aborted_infusion=intended_96413
      rituximab-1 chemo infusion 08:00+10 stopped reaction
      rituximab-2 chemo infusion 10:00+60
      rituximab-3 chemo infusion 12:00+60
      """,
      """
      review
      96413 02-Mar rituximab-1 10 min review (initial-service)
      96415 x2 02-Mar rituximab-2+rituximab-3 120 min (repeat-dose)
      minutes rituximab-1 10/10, rituximab-2 60/60, rituximab-3 60/60
      finding aborted-infusion rituximab-1 (10)
      """)
  }

  @Test func `add_times joins neither two sites nor two encounters`() {
    #expect(
      codes(
        """
        site port
        site arm protocol
        policy repeat_dose.mode=add_times
        ceftriaxone-1 drug infusion 07:00+45 at port
        ceftriaxone-2 drug infusion 12:00+46 at arm
        ceftriaxone-3 drug infusion 19:00+46 at port visit 2
        """) == "96365 96365-59x2")
  }

  @Test func `add_times joins before the overlap is judged`() {
    expect(
      """
      policy repeat_dose.mode=add_times
      ceftriaxone-1 drug infusion 07:00-08:00
      vancomycin drug infusion 09:00-10:30
      ceftriaxone-2 drug infusion 10:00-11:00
      """,
      """
      final
      96365 02-Mar ceftriaxone-1+ceftriaxone-2 120 min (initial-service)
      96366 02-Mar ceftriaxone-1+ceftriaxone-2 120 min (further-hours)
      96367 02-Mar vancomycin 60 min (sequential-infusion)
      uncharged vancomycin 30 min solo-minutes
      minutes ceftriaxone-1 60/60, vancomycin 60/90, ceftriaxone-2 60/60
      """)
  }
}
