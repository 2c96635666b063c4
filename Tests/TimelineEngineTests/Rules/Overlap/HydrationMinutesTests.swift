import Testing

@Suite struct HydrationMinutesTests {
  @Test func `30 minutes before chemotherapy and 20 after are 50 of one order`() {
    expect(
      """
      saline fluid infusion 10:50-13:25
      cisplatin chemo infusion 11:20-13:05
      """,
      """
      final
      96413 02-Mar cisplatin 105 min (initial-service)
      96415 02-Mar cisplatin 105 min (further-hours)
      96361 02-Mar saline 50 min (hydration)
      uncharged saline 105 min hydration-minutes
      minutes saline 50/155, cisplatin 105/105
      """)
  }

  @Test func `pushes take their minutes and one without a length takes none`() {
    expect(
      """
      saline fluid infusion 22:00-30:30
      morphine-1 drug push 22:20
      morphine-2 drug push 26:00
      """,
      """
      final
      96374 02-Mar morphine-1 (initial-service)
      96376 03-Mar morphine-2 (later-push)
      96361 x2 02-Mar saline 510 min (hydration)
      96361 x6 03-Mar saline 510 min (hydration)
      minutes saline 510/510, morphine-1 0/0, morphine-2 0/0
      """)
  }

  @Test func `180 minutes less pushes of 2 and 3 are 175`() {
    expect(
      """
      saline fluid infusion 10:00-13:00
      morphine drug push 10:30+2
      ondansetron drug push 11:00+3
      """,
      """
      final
      96374 02-Mar ondansetron 3 min (initial-service)
      96375 02-Mar morphine 2 min (later-push)
      96361 x3 02-Mar saline 175 min (hydration)
      uncharged saline 5 min hydration-minutes
      minutes saline 175/180, morphine 2/2, ondansetron 3/3
      """)
  }

  @Test func `the drug need not be charged to take the minutes`() {
    expect(
      """
      saline fluid infusion 09:00-12:00
      paclitaxel chemo infusion 08:00-11:00
      carboplatin chemo infusion 09:30-11:30
      """,
      """
      final
      96413 02-Mar paclitaxel 180 min (initial-service)
      96415 x2 02-Mar paclitaxel 180 min (further-hours)
      96417 02-Mar carboplatin 30 min (sequential-infusion)
      uncharged saline 150 min hydration-minutes
      uncharged saline 30 min hydration-minimum
      uncharged carboplatin 90 min solo-minutes
      minutes paclitaxel 180/180, saline 0/180, carboplatin 30/120
      """)
  }

  @Test func `a drug without both times takes nothing, one with a computed stop does`() {
    expect(
      """
      saline fluid infusion 10:00-11:00
      iron drug infusion 10:10-?
      """,
      """
      review
      96374 02-Mar iron review (initial-service)
      96361 02-Mar saline 60 min (hydration)
      minutes saline 60/60, iron 0/0
      finding missing-stop iron
      finding hydration-beside-unknown-drug iron
      """)
    expect(
      """
      saline fluid infusion 10:00-11:00
      iron drug infusion 10:10-? mL 50 mL/h 200
      """,
      """
      final
      96374 02-Mar iron 15 min (initial-service)
      96361 02-Mar saline 45 min (hydration)
      uncharged saline 15 min hydration-minutes
      minutes saline 45/60, iron 15/15
      finding computed-stop iron
      """)
  }

  @Test func `two drugs at once take a minute once`() {
    expect(
      """
      saline fluid infusion 10:00-13:00
      paclitaxel chemo infusion 10:30-11:30
      leucovorin drug infusion 11:00-12:00
      """,
      """
      final
      96413 02-Mar paclitaxel 60 min (initial-service)
      96367 02-Mar leucovorin 30 min (sequential-infusion)
      96361 02-Mar saline 90 min (hydration)
      uncharged saline 90 min hydration-minutes
      uncharged leucovorin 30 min solo-minutes
      minutes saline 90/180, paclitaxel 60/60, leucovorin 30/60
      """)
  }

  @Test func `a pause of the drug belongs to the hydration`() {
    expect(
      """
      saline fluid infusion 10:00-12:00
      paclitaxel chemo infusion 10:00-12:00 pause 10:30-11:01
      """,
      """
      final
      96413 02-Mar paclitaxel 89 min (initial-service)
      96361 02-Mar saline 31 min (hydration)
      uncharged saline 89 min hydration-minutes
      minutes paclitaxel 89/89, saline 31/120
      """)
  }

  @Test func `blood, a prolonged pump and a subcutaneous infusion take nothing`() {
    expect(
      """
      saline fluid infusion 10:00-11:00
      blood other infusion 10:00-11:00
      fluorouracil chemo pump 10:00-11:00 planned 2760
      globulin drug sc-infusion 10:00-11:00
      """,
      """
      review
      96416 02-Mar fluorouracil 60 min (pump-initiation)
      96360 02-Mar saline 60 min (hydration)
      96369-59 02-Mar globulin 60 min review (subcutaneous-infusion)
      uncharged blood 60 min not-this-family
      minutes blood 0/60, fluorouracil 60/60, globulin 60/60, saline 60/60
      finding sc-infusion-with-iv globulin
      """)
  }

  @Test func `a drug on another catheter takes nothing`() {
    expect(
      """
      saline fluid infusion 09:00-11:00 at port
      iron drug infusion 10:00-11:00 at arm
      """,
      """
      final
      96365 02-Mar at port iron 60 min (initial-service)
      96361 x2 02-Mar at port saline 120 min (hydration)
      minutes saline 120/120, iron 60/60
      finding second-site-no-reason iron
      """)
  }

  @Test func `hydration at once counts once, for the order that began first`() {
    expect(
      """
      saline fluid infusion 10:00-11:00 order o1
      ringer fluid infusion 10:30-11:31 order o2
      """,
      """
      final
      96360 02-Mar saline 60 min (hydration)
      96361 02-Mar ringer 31 min (hydration)
      uncharged ringer 30 min hydration-once
      minutes saline 60/60, ringer 31/61
      """)
  }

  @Test func `the order that began first keeps the minute in its later block too`() {
    expect(
      """
      saline-1 fluid infusion 10:00-10:31 order o1
      ringer fluid infusion 11:00-12:00 order o2
      saline-2 fluid infusion 11:30-12:30 order o1
      """,
      """
      final
      96360 02-Mar saline-1+saline-2 91 min (hydration)
      96361 02-Mar saline-1+saline-2 91 min (hydration)
      uncharged ringer 30 min hydration-once
      uncharged ringer 30 min hydration-minimum
      minutes saline-1 31/31, ringer 0/60, saline-2 60/60
      """)
  }

  @Test func `rows of a charge are in order of time, whatever order the document lists`() {
    expect(
      """
      saline-2 fluid infusion 11:00-11:31 order o1
      saline-1 fluid infusion 10:00-10:31 order o1
      """,
      """
      final
      96360 02-Mar saline-1+saline-2 62 min (hydration)
      minutes saline-1 31/31, saline-2 31/31
      """)
  }

  @Test func `rows of one dose at once count once and are both charged`() {
    expect(
      """
      saline-1 fluid infusion 10:00-10:40 dose d
      saline-2 fluid infusion 10:30-11:31 dose d
      """,
      """
      final
      96360 02-Mar saline-1+saline-2 91 min (hydration)
      96361 02-Mar saline-1+saline-2 91 min (hydration)
      minutes saline-1 40/40, saline-2 61/61
      """)
  }

  @Test func `in one order the dose that began first keeps the minute, in one row or two`() {
    let other = "saline-2 fluid infusion 10:06-10:37 order o1"
    let policy = "policy hydration.join=never"
    let one = "saline-1 fluid infusion 10:00-10:30 order o1 pause 10:05-10:25"
    let two = """
      saline-1 fluid infusion 10:00-10:05 order o1 dose d
      saline-3 fluid infusion 10:25-10:30 order o1 dose d drug saline
      """
    #expect(codes("\(policy)\n\(one)\n\(other)") == "")
    #expect(codes("\(policy)\n\(two)\n\(other)") == "")
  }

  @Test func `seconds of blocks are summed before they are floored`() {
    expect(
      """
      saline-1 fluid infusion 10:00-10:15:30 order o1
      saline-2 fluid infusion 11:00-11:15:30 order o1
      """,
      """
      final
      96360 02-Mar saline-1+saline-2 31 min (hydration)
      minutes saline-1 15/15, saline-2 15/15
      """)
  }
}

@Suite struct HydrationJoinTests {
  @Test func `same_order joins the blocks of one order`() {
    expect(
      """
      saline-1 fluid infusion 09:00-09:20 order o1
      cisplatin chemo infusion 09:20-11:00
      saline-2 fluid infusion 11:00-11:20 order o1
      """,
      """
      final
      96413 02-Mar cisplatin 100 min (initial-service)
      96415 02-Mar cisplatin 100 min (further-hours)
      96361 02-Mar saline-1+saline-2 40 min (hydration)
      minutes saline-1 20/20, cisplatin 100/100, saline-2 20/20
      """)
  }

  @Test func `same_order leaves different orders apart`() {
    expect(
      """
      saline-1 fluid infusion 09:00-09:20 order o1
      cisplatin chemo infusion 09:20-11:00
      saline-2 fluid infusion 11:00-11:20 order o2
      """,
      """
      final
      96413 02-Mar cisplatin 100 min (initial-service)
      96415 02-Mar cisplatin 100 min (further-hours)
      uncharged saline-1 20 min hydration-minimum
      uncharged saline-2 20 min hydration-minimum
      minutes saline-1 0/20, cisplatin 100/100, saline-2 0/20
      """)
  }

  @Test func `without an order a row is an order of its own`() {
    expect(
      """
      saline-1 fluid infusion 09:00-09:20
      saline-2 fluid infusion 11:00-11:20
      """,
      """
      final
      uncharged saline-1 20 min hydration-minimum
      uncharged saline-2 20 min hydration-minimum
      minutes saline-1 0/20, saline-2 0/20
      """)
  }

  @Test func `same_order joins across merged catheters, not across sites with a reason`() {
    #expect(
      codes(
        """
        saline-1 fluid infusion 09:00-09:20 order o1 at port
        saline-2 fluid infusion 11:00-11:20 order o1 at arm
        """) == "96360")
    #expect(
      codes(
        """
        site port
        site arm protocol
        saline-1 fluid infusion 09:00-09:20 order o1 at port
        saline-2 fluid infusion 11:00-11:20 order o1 at arm
        """) == "")
  }

  @Test func `same_order does not join two encounters`() {
    #expect(
      codes(
        """
        saline-1 fluid infusion 09:00-09:20 order o1
        saline-2 fluid infusion 11:00-11:20 order o1 visit 2
        """) == "")
  }

  @Test func `all joins every order`() {
    expect(
      """
      policy hydration.join=all
      saline-1 fluid infusion 09:00-09:20 order o1
      cisplatin chemo infusion 09:20-11:00
      ringer fluid infusion 11:00-11:20 order o2
      """,
      """
      final
      96413 02-Mar cisplatin 100 min (initial-service)
      96415 02-Mar cisplatin 100 min (further-hours)
      96361 02-Mar saline-1+ringer 40 min (hydration)
      minutes saline-1 20/20, cisplatin 100/100, ringer 20/20
      """)
  }

  @Test func `all does not join two encounters`() {
    #expect(
      codes(
        """
        policy hydration.join=all
        saline-1 fluid infusion 09:00-09:20
        saline-2 fluid infusion 11:00-11:20 visit 2
        """) == "")
  }

  @Test func `never lets an infusion separate one row into blocks`() {
    expect(
      """
      policy hydration.join=never
      saline fluid infusion 10:50-13:25
      cisplatin chemo infusion 11:20-13:05
      """,
      """
      final
      96413 02-Mar cisplatin 105 min (initial-service)
      96415 02-Mar cisplatin 105 min (further-hours)
      uncharged saline 105 min hydration-minutes
      uncharged saline 50 min hydration-minimum
      minutes saline 0/155, cisplatin 105/105
      """)
  }

  @Test func `never keeps a block that is too short apart from minutes during the drug`() {
    expect(
      """
      policy hydration.join=never
      saline fluid infusion 09:00-10:40
      iron drug infusion 09:31-10:10
      """,
      """
      final
      96365 02-Mar iron 39 min (initial-service)
      96361 02-Mar saline 31 min (hydration)
      uncharged saline 39 min hydration-minutes
      uncharged saline 30 min hydration-minimum
      minutes saline 31/100, iron 39/39
      """)
  }

  @Test func `never judges each row alone`() {
    expect(
      """
      policy hydration.join=never
      saline-1 fluid infusion 09:00-09:20 order o1
      saline-2 fluid infusion 10:00-10:31 order o1
      """,
      """
      final
      96360 02-Mar saline-2 31 min (hydration)
      uncharged saline-1 20 min hydration-minimum
      minutes saline-1 0/20, saline-2 31/31
      """)
  }

  @Test func `never keeps rows of one dose together`() {
    expect(
      """
      policy hydration.join=never
      saline-1 fluid infusion 09:00-09:20 dose d
      saline-2 fluid infusion 10:00-10:31 dose d
      """,
      """
      final
      96360 02-Mar saline-1+saline-2 51 min (hydration)
      minutes saline-1 20/20, saline-2 31/31
      """)
  }

  @Test func `a push does not separate, and neither does a pause`() {
    expect(
      """
      policy hydration.join=never
      saline fluid infusion 09:00-10:00 pause 09:20-09:28
      morphine drug push 09:30+1
      iron drug infusion 09:40+15
      """,
      """
      final
      96374 02-Mar iron 15 min (initial-service)
      96375 02-Mar morphine 1 min (later-push)
      96361 02-Mar saline 36 min (hydration)
      uncharged saline 16 min hydration-minutes
      minutes saline 36/52, morphine 1/1, iron 15/15
      """)
  }

  @Test func `a dose on two merged catheters is split only if an infusion runs`() {
    expect(
      """
      policy hydration.join=never
      saline-1 fluid infusion 09:00-10:00 dose d at port
      saline-2 fluid infusion 09:00-10:00 dose d at arm
      iron drug infusion 09:20-09:40 at port
      """,
      """
      final
      96365 02-Mar at port iron 20 min (initial-service)
      96361 02-Mar at port saline-2 60 min (hydration)
      uncharged saline-1 20 min hydration-minutes
      uncharged saline-1 40 min hydration-minimum
      minutes saline-1 0/60, saline-2 60/60, iron 20/20
      finding second-site-no-reason saline-2
      """)
  }
}

@Suite struct UnknownDrugBesideHydrationTests {
  @Test(arguments: [
    ("iron drug infusion 10:30-?", true), ("iron drug infusion 11:00-?", false),
    ("iron drug infusion ?-10:01", true), ("iron drug infusion ?-10:00", false),
    ("iron drug infusion ?", true), ("iron drug infusion 10:30-? visit 2", false),
    ("iron drug infusion 10:30-? at arm", false), ("iron drug push ?", false),
    ("iron drug infusion 10:10+20", false),
  ])
  func `a drug without both times that may have run inside hydration is asked about`(
    row: String, isAsked: Bool
  ) {
    let found = findings("site port\nsaline fluid infusion 10:00-11:00 at port\n\(row)")
    #expect(found.contains("hydration-beside-unknown-drug iron") == isAsked)
  }
}

@Suite struct HydrationOnTwoCathetersTests {
  @Test func `one order on two catheters at once counts once`() {
    expect(
      """
      site port
      site arm
      saline-1 fluid infusion 10:13-14:43 order o1 at arm
      saline-2 fluid infusion 11:13-13:44 order o1 at port
      """,
      """
      final
      96360 02-Mar at arm saline-1 270 min (hydration)
      96361 x3 02-Mar at arm saline-1 270 min (hydration)
      uncharged saline-2 151 min hydration-once
      minutes saline-1 270/270, saline-2 0/151
      finding second-site-no-reason saline-2
      """)
  }

  @Test(arguments: [(30, "96360"), (31, "96360 96361")])
  func `only the minutes past the first bag are added`(minutes: Int, expected: String) {
    #expect(
      codes(
        """
        site port
        site arm
        saline-1 fluid infusion 10:00+60 order o1 at port
        saline-2 fluid infusion 10:20+\(40 + minutes) order o1 at arm
        """) == expected)
  }

  @Test func `what a drug takes on one catheter the other may count`() {
    expect(
      """
      site port
      site arm
      saline-1 fluid infusion 10:00-12:00 order o1 at port
      saline-2 fluid infusion 10:00-11:00 order o1 at arm
      iron drug infusion 10:30-11:00 at port
      """,
      """
      final
      96365 02-Mar at port iron 30 min (initial-service)
      96361 x2 02-Mar at port saline-1+saline-2 120 min (hydration)
      uncharged saline-1 30 min hydration-minutes
      uncharged saline-2 30 min hydration-once
      minutes saline-1 90/120, saline-2 30/60, iron 30/30
      finding second-site-no-reason saline-2
      """)
  }

  @Test func `two orders on two catheters are two, unless the policy joins all`() {
    let session = """
      site port
      site arm
      saline-1 fluid infusion 10:00+60 order o1 at port
      saline-2 fluid infusion 10:00+60 order o2 at arm
      """
    #expect(codes(session) == "96360 96361")
    #expect(codes("policy hydration.join=all\n" + session) == "96360")
  }

  @Test func `a catheter with a reason is a site of its own, and so is its hydration`() {
    #expect(
      codes(
        """
        site port
        site arm protocol
        saline-1 fluid infusion 10:00+60 order o1 at port
        saline-2 fluid infusion 10:00+60 order o1 at arm
        """) == "96360 96360-59")
  }
}

@Suite struct HydrationBesideHeldPumpTests {
  @Test(arguments: [("10:30", "96360"), ("10:31", "96360")])
  func `a running pump that is not prolonged stops hydration up to the moment`(
    start: String, expected: String
  ) {
    // 30 or 31 minutes of hydration stand before the pump, and none while it runs.
    #expect(
      codes(
        """
        as-of 14:00
        fluorouracil chemo pump \(start)- planned 480
        saline fluid infusion 10:00-14:00
        """) == (start == "10:30" ? "" : expected))
  }

  @Test func `its charge is held, and the minutes beside it name the drug`() {
    expect(
      """
      as-of 12:00
      fluorouracil chemo pump 10:31- planned 480
      saline fluid infusion 10:00-12:00
      """,
      """
      provisional
      96360 02-Mar saline 31 min provisional (hydration)
      uncharged saline 89 min hydration-minutes
      uncharged fluorouracil 89 min held
      minutes saline 31/120, fluorouracil 0/89
      finding pump-plan-missing fluorouracil
      """)
  }

  @Test func `a prolonged pump stops no hydration`() {
    #expect(
      codes(
        """
        as-of 12:00
        fluorouracil chemo pump 10:00- planned 481
        saline fluid infusion 10:00-12:00
        """) == "96416 96360 96361")
  }
}
