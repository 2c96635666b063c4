import Testing

@Suite struct LaterPushTests {
  @Test func `morphine three times and ondansetron once`() {
    expect(
      """
      morphine-1 drug push 10:00
      ondansetron drug push 10:05
      morphine-2 drug push 10:25
      morphine-3 drug push 10:40
      """,
      """
      final
      96374 02-Mar morphine-1 (initial-service)
      96375 02-Mar ondansetron (later-push)
      96376 02-Mar morphine-3 (later-push)
      uncharged morphine-2 0 min repeat-push-too-soon
      minutes morphine-1 0/0, ondansetron 0/0, morphine-2 0/0, morphine-3 0/0
      finding repeat-push-too-soon morphine-2 morphine-1 (25)
      """)
  }

  @Test func `30 minutes after the reported push are too soon, 31 are not`() {
    expect(
      """
      morphine-1 drug push 10:00
      morphine-2 drug push 10:30
      morphine-3 drug push 10:31
      """,
      """
      final
      96374 02-Mar morphine-1 (initial-service)
      96376 02-Mar morphine-3 (later-push)
      uncharged morphine-2 0 min repeat-push-too-soon
      minutes morphine-1 0/0, morphine-2 0/0, morphine-3 0/0
      finding repeat-push-too-soon morphine-2 morphine-1 (30)
      """)
  }

  @Test func `whole minutes are counted, 30 and 59 seconds are 30`() {
    expect(
      """
      morphine-1 drug push 10:00
      morphine-2 drug push 10:30:59
      """,
      """
      final
      96374 02-Mar morphine-1 (initial-service)
      uncharged morphine-2 0 min repeat-push-too-soon
      minutes morphine-1 0/0, morphine-2 0/0
      finding repeat-push-too-soon morphine-2 morphine-1 (30)
      """)
  }

  @Test func `the interval runs from the last reported push`() {
    expect(
      """
      morphine-1 drug push 10:00
      morphine-2 drug push 10:20
      morphine-3 drug push 10:40
      morphine-4 drug push 11:10
      morphine-5 drug push 11:11
      """,
      """
      final
      96374 02-Mar morphine-1 (initial-service)
      96376 x2 02-Mar morphine-3+morphine-5 (later-push)
      uncharged morphine-2 0 min repeat-push-too-soon
      uncharged morphine-4 0 min repeat-push-too-soon
      minutes morphine-1 0/0, morphine-2 0/0, morphine-3 0/0, morphine-4 0/0, morphine-5 0/0
      finding repeat-push-too-soon morphine-2 morphine-1 (20)
      finding repeat-push-too-soon morphine-4 morphine-3 (30)
      """)
  }

  @Test func `push.interval_from start measures from start to start`() {
    expect(
      """
      morphine-1 drug push 10:00+5
      morphine-2 drug push 10:31+5
      """,
      """
      final
      96374 02-Mar morphine-1 5 min (initial-service)
      96376 02-Mar morphine-2 5 min (later-push)
      minutes morphine-1 5/5, morphine-2 5/5
      """)
  }

  @Test func `push.interval_from end measures from the end of the earlier`() {
    expect(
      """
      policy push.interval_from=end
      morphine-1 drug push 10:00+5
      morphine-2 drug push 10:35+5
      morphine-3 drug push 10:36+5
      """,
      """
      final
      96374 02-Mar morphine-1 5 min (initial-service)
      96376 02-Mar morphine-3 5 min (later-push)
      uncharged morphine-2 5 min repeat-push-too-soon
      minutes morphine-1 5/5, morphine-2 0/5, morphine-3 5/5
      finding repeat-push-too-soon morphine-2 morphine-1 (30)
      """)
  }

  @Test func `the same drug again is nothing in an office`() {
    expect(
      """
      session office reason morphine-1
      morphine-1 drug push 10:00
      morphine-2 drug push 12:00
      """,
      """
      final
      96374 02-Mar morphine-1 (initial-service)
      uncharged morphine-2 0 min repeat-push-office
      minutes morphine-1 0/0, morphine-2 0/0
      finding repeat-push-office morphine-2
      """)
  }

  @Test func `another drug is a further push in an office too`() {
    expect(
      """
      session office reason morphine
      morphine drug push 10:00
      ondansetron drug push 10:05
      """,
      """
      final
      96374 02-Mar morphine (initial-service)
      96375 02-Mar ondansetron (later-push)
      minutes morphine 0/0, ondansetron 0/0
      """)
  }

  @Test func `two chemo pushes and an infusion`() {
    expect(
      """
      vincristine chemo push 10:00
      doxorubicin chemo push 10:10
      cyclophosphamide chemo infusion 10:20+60
      """,
      """
      final
      96413 02-Mar cyclophosphamide 60 min (initial-service)
      96411 x2 02-Mar vincristine+doxorubicin (later-push)
      minutes vincristine 0/0, doxorubicin 0/0, cyclophosphamide 60/60
      """)
  }

  @Test func `the same chemotherapy pushed again is nothing`() {
    expect(
      """
      vincristine-1 chemo push 10:00
      vincristine-2 chemo push 12:00
      """,
      """
      final
      96409 02-Mar vincristine-1 (initial-service)
      uncharged vincristine-2 0 min repeat-chemo-push
      minutes vincristine-1 0/0, vincristine-2 0/0
      finding repeat-chemo-push vincristine-2
      """)
  }

  @Test func `a first push that is the initial of a second site uses the drug up`() {
    expect(
      """
      site port
      site arm protocol
      iron drug infusion 10:00+60 at port
      morphine-1 drug push 10:00 at arm
      morphine-2 drug push 11:00 at port
      """,
      """
      final
      96365 02-Mar at port iron 60 min (initial-service)
      96376 02-Mar at port morphine-2 (later-push)
      96374-59 02-Mar at arm morphine-1 (initial-service)
      minutes iron 60/60, morphine-1 0/0, morphine-2 0/0
      """)
  }

  @Test func `31 minutes before the reported push elsewhere are far enough`() {
    expect(
      """
      site port
      site arm protocol
      iron drug infusion 09:00+60 at port
      morphine-1 drug push 10:00+1 at port
      morphine-2 drug push 10:31+1 at arm
      """,
      """
      final
      96365 02-Mar at port iron 60 min (initial-service)
      96376 02-Mar at port morphine-1 1 min (later-push)
      96374-59 02-Mar at arm morphine-2 1 min (initial-service)
      minutes iron 60/60, morphine-1 1/1, morphine-2 1/1
      """)
  }

  @Test func `30 minutes before the reported push elsewhere are too near, with its name`() {
    expect(
      """
      site port
      site arm protocol
      iron drug infusion 09:00+60 at port
      morphine-1 drug push 10:00+1 at port
      morphine-2 drug push 10:30+1 at arm
      """,
      """
      final
      96365 02-Mar at port iron 60 min (initial-service)
      96374-59 02-Mar at arm morphine-2 1 min (initial-service)
      uncharged morphine-1 1 min repeat-push-too-soon
      minutes iron 60/60, morphine-1 0/1, morphine-2 1/1
      finding repeat-push-too-soon morphine-1 morphine-2 (30)
      """)
  }

  @Test(arguments: [("10:31", "96365 96376 96374-59"), ("10:32", "96365 96376x2 96374-59")])
  func `a push between two reported ones needs its distance to both`(
    moment: String, expected: String
  ) {
    #expect(
      codes(
        """
        site port
        site arm protocol
        iron drug infusion 09:00+60 at port
        morphine-1 drug push 10:01 at port
        morphine-2 drug push \(moment) at port
        morphine-3 drug push 11:03 at arm
        """) == expected)
  }

  @Test(arguments: [("10:35", "96365 96374-59"), ("10:36", "96365 96376 96374-59")])
  func `push.interval_from end measures to a later push from the end of the earlier`(
    moment: String, expected: String
  ) {
    #expect(
      codes(
        """
        policy push.interval_from=end
        site port
        site arm protocol
        iron drug infusion 09:00+60 at port
        morphine-1 drug push 10:00+5 at port
        morphine-2 drug push \(moment)+1 at arm
        """) == expected)
  }

  @Test func `a repeated push without any time is not reported, and no minutes are made up`() {
    expect(
      """
      morphine-1 drug push 10:00
      morphine-2 drug push ?
      """,
      """
      review
      96374 02-Mar morphine-1 (initial-service)
      uncharged morphine-2 0 min repeat-push-untimed
      minutes morphine-1 0/0, morphine-2 0/0
      finding missing-times morphine-2
      finding repeat-push-untimed morphine-2 morphine-1
      """)
  }

  @Test func `each encounter starts again`() {
    #expect(
      codes(
        """
        morphine-1 drug push 10:00
        morphine-2 drug push 10:10 visit 2
        """) == "96374 96374-59")
  }

  @Test func `a bag of 15 minutes again is a repeated push`() {
    expect(
      """
      ceftriaxone-1 drug infusion 08:00+15
      ceftriaxone-2 drug infusion 12:00+15
      """,
      """
      final
      96374 02-Mar ceftriaxone-1 15 min (initial-service)
      96376 02-Mar ceftriaxone-2 15 min (later-push)
      minutes ceftriaxone-1 15/15, ceftriaxone-2 15/15
      """)
  }
}

@Suite struct PushOfInfusedDrugTests {
  @Test func `31 minutes after the infusion stopped it is reported once more, for review`() {
    expect(
      """
      ketorolac-1 drug infusion 10:00-10:43
      ketorolac-2 drug push 11:14
      """,
      """
      review
      96365 02-Mar ketorolac-1 43 min (initial-service)
      96376 02-Mar ketorolac-2 review (later-push)
      minutes ketorolac-1 43/43, ketorolac-2 0/0
      finding same-drug-push-and-infusion ketorolac-2
      """)
  }

  @Test func `30 minutes after the infusion stopped it is not`() {
    expect(
      """
      ketorolac-1 drug infusion 10:00-10:43
      ketorolac-2 drug push 11:13
      """,
      """
      final
      96365 02-Mar ketorolac-1 43 min (initial-service)
      uncharged ketorolac-2 0 min same-drug-push-and-infusion
      minutes ketorolac-1 43/43, ketorolac-2 0/0
      finding same-drug-push-and-infusion ketorolac-2
      """)
  }

  @Test func `a push before the infusion is measured from its end`() {
    expect(
      """
      ketorolac-1 drug push 09:00+5
      ketorolac-2 drug infusion 09:36-10:36
      """,
      """
      review
      96365 02-Mar ketorolac-2 60 min (initial-service)
      96376 02-Mar ketorolac-1 5 min review (later-push)
      minutes ketorolac-1 5/5, ketorolac-2 60/60
      finding same-drug-push-and-infusion ketorolac-1
      """)
    expect(
      """
      ketorolac-1 drug push 09:00+5
      ketorolac-2 drug infusion 09:35-10:35
      """,
      """
      final
      96365 02-Mar ketorolac-2 60 min (initial-service)
      uncharged ketorolac-1 5 min same-drug-push-and-infusion
      minutes ketorolac-1 0/5, ketorolac-2 60/60
      finding same-drug-push-and-infusion ketorolac-1
      """)
  }

  @Test func `a push while it runs is not reported`() {
    expect(
      """
      ketorolac-1 drug infusion 10:00-12:00
      ketorolac-2 drug push 11:00
      """,
      """
      final
      96365 02-Mar ketorolac-1 120 min (initial-service)
      96366 02-Mar ketorolac-1 120 min (further-hours)
      uncharged ketorolac-2 0 min same-drug-push-and-infusion
      minutes ketorolac-1 120/120, ketorolac-2 0/0
      finding same-drug-push-and-infusion ketorolac-2
      """)
  }

  @Test func `it also needs 31 minutes since the last reported push`() {
    expect(
      """
      ketorolac-1 drug infusion 10:00-11:00
      ketorolac-2 drug push 12:00
      ketorolac-3 drug push 12:30
      ketorolac-4 drug push 12:31
      """,
      """
      review
      96365 02-Mar ketorolac-1 60 min (initial-service)
      96376 x2 02-Mar ketorolac-2+ketorolac-4 review (later-push)
      uncharged ketorolac-3 0 min repeat-push-too-soon
      minutes ketorolac-1 60/60, ketorolac-2 0/0, ketorolac-3 0/0, ketorolac-4 0/0
      finding same-drug-push-and-infusion ketorolac-2
      finding same-drug-push-and-infusion ketorolac-3
      finding repeat-push-too-soon ketorolac-3 ketorolac-2 (30)
      finding same-drug-push-and-infusion ketorolac-4
      """)
  }

  @Test func `a concurrent infusion counts as one`() {
    expect(
      """
      paclitaxel chemo infusion 10:00-11:00
      ketorolac-1 drug infusion 10:00-11:00
      ketorolac-2 drug push 11:31
      """,
      """
      review
      96413 02-Mar paclitaxel 60 min (initial-service)
      96368 02-Mar ketorolac-1 60 min (concurrent-infusion)
      96376 02-Mar ketorolac-2 review (later-push)
      minutes ketorolac-1 60/60, paclitaxel 60/60, ketorolac-2 0/0
      finding same-drug-push-and-infusion ketorolac-2
      """)
  }

  @Test func `an infusion whose concurrent code another carries does not`() {
    expect(
      """
      paclitaxel chemo infusion 10:00-11:00
      cefepime drug infusion 10:00-11:00
      ketorolac-1 drug infusion 10:10-11:00
      ketorolac-2 drug push 11:01
      """,
      """
      final
      96413 02-Mar paclitaxel 60 min (initial-service)
      96368 02-Mar cefepime 60 min (concurrent-infusion)
      96375 02-Mar ketorolac-2 (later-push)
      uncharged ketorolac-1 50 min concurrent-once
      minutes cefepime 60/60, paclitaxel 60/60, ketorolac-1 0/50, ketorolac-2 0/0
      """)
  }

  @Test func `in an office it is not reported, with that one finding`() {
    expect(
      """
      session office reason ketorolac-1
      ketorolac-1 drug infusion 10:00-11:00
      ketorolac-2 drug push 12:00
      """,
      """
      final
      96365 02-Mar ketorolac-1 60 min (initial-service)
      uncharged ketorolac-2 0 min push-of-infused-office
      minutes ketorolac-1 60/60, ketorolac-2 0/0
      finding same-drug-push-and-infusion ketorolac-2
      """)
  }

  @Test func `chemotherapy's first push is reported once, for review`() {
    expect(
      """
      fluorouracil-1 chemo push 10:00
      fluorouracil-2 chemo infusion 10:10+60
      fluorouracil-3 chemo push 12:00
      """,
      """
      review
      96413 02-Mar fluorouracil-2 60 min (initial-service)
      96411 02-Mar fluorouracil-1 review (later-push)
      uncharged fluorouracil-3 0 min repeat-chemo-push
      minutes fluorouracil-1 0/0, fluorouracil-2 60/60, fluorouracil-3 0/0
      finding same-drug-push-and-infusion fluorouracil-1
      finding repeat-chemo-push fluorouracil-3
      """)
  }

  @Test func `a mixed bag that holds the drug is an infusion of it`() {
    expect(
      """
      vancomycin-1 drug infusion 13:00+10
      doxorubicin chemo infusion 14:15-15:46 bag b
      vancomycin-2 drug infusion 14:15-15:46 bag b
      vancomycin-3 drug push 15:14+16
      """,
      """
      review
      96413 02-Mar doxorubicin+vancomycin-2 91 min (initial-service)
      96415 02-Mar doxorubicin+vancomycin-2 91 min (further-hours)
      96375 02-Mar vancomycin-1 10 min review (later-push)
      uncharged vancomycin-3 16 min same-drug-push-and-infusion
      minutes vancomycin-1 10/10, doxorubicin 91/91, vancomycin-2 91/91, vancomycin-3 0/16
      finding long-push vancomycin-3 (16)
      finding same-drug-push-and-infusion vancomycin-1
      finding same-drug-push-and-infusion vancomycin-3
      """)
  }

  @Test(arguments: [("11:30", "96413 96375"), ("11:31", "96413 96375 96376")])
  func `a repeated push needs more than 30 minutes to the mixed bag`(
    moment: String, expected: String
  ) {
    #expect(
      codes(
        """
        vancomycin-1 drug push 08:00
        doxorubicin chemo infusion 10:00-11:00 bag b
        vancomycin-2 drug infusion 10:00-11:00 bag b
        vancomycin-3 drug push \(moment)
        """) == expected)
  }

  @Test(arguments: [("11:30", "96413 96375 96368"), ("11:31", "96413 96368 96375 96376")])
  func `an infusion counts for the distance although another carries the concurrent code`(
    moment: String, expected: String
  ) {
    #expect(
      Set(
        codes(
          """
          paclitaxel chemo infusion 10:00-11:00
          cefepime drug infusion 10:00-11:00
          ketorolac-1 drug infusion 10:10-11:00
          ketorolac-2 drug push 08:00
          ketorolac-3 drug push \(moment)
          """
        ).split(separator: " ")) == Set(expected.split(separator: " ")))
  }

  @Test(arguments: [("11:30", "96374"), ("11:31", "96374 96376")])
  func `an infusion that is held counts for the distance`(moment: String, expected: String) {
    #expect(
      codes(
        """
        policy missing_stop=hold
        ketorolac-1 drug push 08:00
        ketorolac-2 drug infusion 11:00-?
        ketorolac-3 drug push \(moment)
        """) == expected)
  }

  @Test func `an infusion of another drug does not count for the distance`() {
    #expect(
      codes(
        """
        ketorolac-1 drug push 08:00
        iron drug infusion 10:00-11:00
        ketorolac-2 drug push 10:30
        """) == "96365 96375 96376")
  }

  @Test func `a push of a mixture is near an infusion of one of its drugs`() {
    #expect(
      codes(
        """
        ketorolac-1 drug infusion 08:00+10 bag a
        ondansetron-1 drug infusion 08:00+10 bag a
        ketorolac-2 drug infusion 10:00-11:00
        ketorolac-3 drug infusion 11:30+10 bag b
        ondansetron-3 drug infusion 11:30+10 bag b
        """) == "96365 96375")
  }

  @Test func `a push of a drug that a mixed bag also infused is charged for review`() {
    expect(
      """
      paclitaxel chemo infusion 07:00+60
      magnesium-1 drug infusion 09:00+60 bag b1
      potassium drug infusion 09:00+60 bag b1
      magnesium-2 drug push 08:00
      ondansetron drug push 08:00
      """,
      """
      review
      96413 02-Mar paclitaxel 60 min (initial-service)
      96367 02-Mar magnesium-1+potassium 60 min (sequential-infusion)
      96375 x2 02-Mar magnesium-2+ondansetron review (later-push)
      minutes paclitaxel 60/60, magnesium-2 0/0, ondansetron 0/0, magnesium-1 60/60, potassium 60/60
      finding same-drug-push-and-infusion magnesium-2
      """)
  }

  @Test(arguments: [("", true), (" visit 2", false)])
  func `the mixed bag of another encounter is no doubt`(visit: String, isDoubt: Bool) {
    for push in ["morphine-9 drug push 07:00", "morphine-9 drug push 07:00\niron drug push 07:10"] {
      let found = findings(
        """
        \(push)
        morphine-1 drug infusion 12:00+60 bag b1\(visit)
        zofran drug infusion 12:00+60 bag b1\(visit)
        """)
      #expect(found.contains("same-drug-push-and-infusion morphine-9") == isDoubt, "\(found)")
    }
  }

  @Test(arguments: [
    ("+60", true), ("+15", false), ("+60 for integral", false),
  ])
  func `only a mixed bag that is charged as an infusion is a doubt`(
    bag: String, isDoubt: Bool
  ) {
    let found = findings(
      """
      doxorubicin-9 chemo push 07:00
      doxorubicin-1 chemo infusion 12:00\(bag) bag b1
      vincristine chemo infusion 12:00\(bag) bag b1
      """)
    #expect(
      found.contains("same-drug-push-and-infusion doxorubicin-9") == isDoubt, "\(found)")
  }

  @Test func `a repeated push far from a mixed bag is reported for review`() {
    expect(
      """
      morphine-1 drug push 07:00
      morphine-2 drug push 08:00
      morphine-3 drug infusion 12:00+60 bag b1
      zofran drug infusion 12:00+60 bag b1
      """,
      """
      review
      96365 02-Mar morphine-3+zofran 60 min (initial-service)
      96375 02-Mar morphine-1 review (later-push)
      96376 02-Mar morphine-2 review (later-push)
      minutes morphine-1 0/0, morphine-2 0/0, morphine-3 60/60, zofran 60/60
      finding same-drug-push-and-infusion morphine-1
      finding same-drug-push-and-infusion morphine-2
      """)
  }
}
