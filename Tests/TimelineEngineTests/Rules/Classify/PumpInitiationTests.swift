import TestSupport
import Testing
import TimelineEngine

@Suite struct PumpInitiationTests {
  @Test func `a pump planned for 481 minutes is prolonged`() {
    expect(
      """
      fluorouracil chemo pump 12:00- planned 481
      """,
      """
      final
      96416 02-Mar fluorouracil (pump-initiation)
      minutes fluorouracil 0/0
      """)
  }

  @Test func `a running pump planned for 480 minutes is held until it stops`() {
    expect(
      """
      fluorouracil chemo pump 12:00- planned 480
      """,
      """
      provisional
      uncharged fluorouracil 0 min held
      minutes fluorouracil 0/0
      finding pump-plan-missing fluorouracil
      """)
  }

  @Test func `a pump planned for 480 minutes that has stopped is an infusion`() {
    expect(
      """
      fluorouracil chemo pump 12:00-20:00 planned 480
      """,
      """
      final
      96413 02-Mar fluorouracil 480 min (initial-service)
      96415 x7 02-Mar fluorouracil 480 min (further-hours)
      minutes fluorouracil 480/480
      """)
  }

  @Test func `without a plan the recorded minutes decide, 480`() {
    expect(
      """
      fluorouracil chemo pump 12:00-20:00
      """,
      """
      final
      96413 02-Mar fluorouracil 480 min (initial-service)
      96415 x7 02-Mar fluorouracil 480 min (further-hours)
      minutes fluorouracil 480/480
      """)
  }

  @Test func `without a plan the recorded minutes decide, 481`() {
    expect(
      """
      fluorouracil chemo pump 12:00-20:01
      """,
      """
      final
      96416 02-Mar fluorouracil 481 min (pump-initiation)
      minutes fluorouracil 481/481
      """)
  }

  @Test func `the plan decides before the recorded minutes`() {
    expect(
      """
      fluorouracil chemo pump 12:00-14:00 planned 2760
      """,
      """
      final
      96416 02-Mar fluorouracil 120 min (pump-initiation)
      minutes fluorouracil 120/120
      """)
  }

  @Test func `a pump without plan and stop is held, never a push`() {
    expect(
      """
      fluorouracil chemo pump 12:00-?
      """,
      """
      held
      uncharged fluorouracil 0 min held
      minutes fluorouracil 0/0
      finding pump-plan-missing fluorouracil
      """)
  }

  @Test func `a stop of a pump is not computed`() {
    expect(
      """
      fluorouracil chemo pump 12:00-? mL 100 mL/h 50
      """,
      """
      held
      uncharged fluorouracil 0 min held
      minutes fluorouracil 0/0
      finding pump-plan-missing fluorouracil
      """)
  }

  @Test func `a drug that is not chemotherapy is an infusion without a plan, however long`() {
    expect(
      """
      vancomycin drug pump 12:00-22:00
      """,
      """
      final
      96365 02-Mar vancomycin 600 min (initial-service)
      96366 x9 02-Mar vancomycin 600 min (further-hours)
      minutes vancomycin 600/600
      """)
  }

  @Test func `a drug planned for 480 minutes is an infusion`() {
    expect(
      """
      session payer medicare
      vancomycin drug pump 12:00-20:00 planned 480
      """,
      """
      final
      96365 02-Mar vancomycin 480 min (initial-service)
      96366 x7 02-Mar vancomycin 480 min (further-hours)
      minutes vancomycin 480/480
      """)
  }

  @Test func `a drug planned for 481 minutes is C8957 for Medicare, for review`() {
    expect(
      """
      session payer medicare
      vancomycin drug pump 12:00- planned 481
      """,
      """
      review
      C8957 02-Mar vancomycin review (pump-initiation)
      minutes vancomycin 0/0
      finding pump-class vancomycin
      """)
  }

  @Test func `without Medicare it is held for its class, not for a missing time`() {
    expect(
      """
      vancomycin drug pump 12:00-20:01 planned 481
      """,
      """
      held
      uncharged vancomycin 481 min pump-class
      minutes vancomycin 0/481
      finding pump-class vancomycin
      """)
  }

  @Test func `it is held for its class while it runs`() {
    expect(
      """
      as-of 14:00
      vancomycin drug pump 12:00- planned 600
      """,
      """
      held
      uncharged vancomycin 120 min pump-class
      minutes vancomycin 0/120
      finding pump-class vancomycin
      """)
  }

  @Test(arguments: [
    ("facility payer medicare", "by_payer", "C8957"), ("facility payer acme", "by_payer", ""),
    ("facility", "by_payer", ""), ("facility payer acme", "C8957", "C8957"),
    ("facility payer medicare", "hold", ""), ("office payer medicare", "C8957", ""),
    ("office payer medicare", "by_payer", ""),
  ])
  func `setting, payer and policy decide on C8957`(
    session: String, policy: String, expected: String
  ) {
    #expect(
      codes(
        """
        session \(session)
        policy pump.other_code=\(policy)
        vancomycin drug pump 12:00- planned 600
        """) == expected)
  }

  @Test func `a complex biologic on a pump follows the codes of its class`() {
    let session = "globulin biologic pump 12:00- planned 600"
    #expect(codes(session) == "96416")
    #expect(
      codes(
        "session payer medicare\npolicy complex_biologic.codes_as=TPD\n\(session)") == "C8957")
  }

  @Test func `a prolonged pump of another drug is no initial and blocks no hydration`() {
    expect(
      """
      session payer medicare
      vancomycin drug pump 12:00- planned 600
      saline fluid infusion 12:00+31
      """,
      """
      review
      C8957 02-Mar vancomycin 31 min review (pump-initiation)
      96360 02-Mar saline 31 min (hydration)
      minutes saline 31/31, vancomycin 31/31
      finding pump-class vancomycin
      """)
  }

  @Test func `hydration on a pump stays hydration`() {
    #expect(codes("saline fluid pump 12:00-22:00 planned 600") == "96360 96361x9")
  }

  @Test func `Medicare takes G0498 for the practice's pump that goes home`() {
    expect(
      """
      session payer medicare
      fluorouracil chemo pump 12:00- planned 2760 owner practice goes-home
      """,
      """
      final
      G0498 02-Mar fluorouracil (pump-initiation)
      minutes fluorouracil 0/0
      """)
  }

  @Test(arguments: [
    ("medicare", "owner practice goes-home", "by_payer_and_owner", "G0498"),
    ("acme", "owner practice goes-home", "by_payer_and_owner", "96416"),
    ("medicare", "owner supplier goes-home", "by_payer_and_owner", "96416"),
    ("medicare", "owner patient goes-home", "by_payer_and_owner", "96416"),
    ("medicare", "owner practice", "by_payer_and_owner", "96416"),
    ("medicare", "owner practice goes-home", "always_96416", "96416"),
  ])
  func `payer, owner and way home decide the code`(
    payer: String, pump: String, policy: String, expected: String
  ) {
    #expect(
      codes(
        """
        session payer \(payer)
        policy pump.code=\(policy)
        fluorouracil chemo pump 12:00- planned 2760 \(pump)
        """) == expected)
  }

  @Test func `disconnecting a pump has no code`() {
    expect(
      """
      fluorouracil chemo pump-disconnect 10:00
      """,
      """
      final
      uncharged fluorouracil 0 min pump-disconnect
      minutes fluorouracil 0/0
      """)
  }

  @Test func `a prolonged pump overlaps nothing and takes nothing from hydration`() {
    expect(
      """
      fluorouracil chemo pump 10:00- planned 2760
      leucovorin drug infusion 10:00-12:00
      saline fluid infusion 12:00-13:00
      """,
      """
      final
      96416 02-Mar fluorouracil 180 min (pump-initiation)
      96365 02-Mar leucovorin 120 min (initial-service)
      96366 02-Mar leucovorin 120 min (further-hours)
      96361 02-Mar saline 60 min (hydration)
      minutes fluorouracil 180/180, leucovorin 120/120, saline 60/60
      """)
  }

  @Test func `an ordinary pump overlaps like any infusion`() {
    expect(
      """
      fluorouracil chemo pump 10:00-12:00 planned 120
      leucovorin drug infusion 10:00-11:50
      saline fluid infusion 11:00-13:00
      """,
      """
      final
      96413 02-Mar fluorouracil 120 min (initial-service)
      96415 02-Mar fluorouracil 120 min (further-hours)
      96368 02-Mar leucovorin 110 min (concurrent-infusion)
      96361 02-Mar saline 60 min (hydration)
      uncharged saline 60 min hydration-minutes
      minutes fluorouracil 120/120, leucovorin 110/110, saline 60/120
      """)
  }

  @Test func `a bolus of the drug that runs on the pump is an ordinary push`() {
    expect(
      """
      oxaliplatin chemo infusion 08:00+120
      fluorouracil-1 chemo push 10:00+5
      fluorouracil-2 chemo pump 10:10- planned 2760
      """,
      """
      final
      96413 02-Mar oxaliplatin 120 min (initial-service)
      96415 02-Mar oxaliplatin 120 min (further-hours)
      96411 02-Mar fluorouracil-1 5 min (later-push)
      96416 02-Mar fluorouracil-2 (pump-initiation)
      minutes oxaliplatin 120/120, fluorouracil-1 5/5, fluorouracil-2 0/0
      """)
  }

  @Test func `nine hours of chemotherapy in the chair are hours, not a pump`() {
    expect(
      """
      rituximab chemo infusion 08:00+540
      """,
      """
      final
      96413 02-Mar rituximab 540 min (initial-service)
      96415 x8 02-Mar rituximab 540 min (further-hours)
      minutes rituximab 540/540
      """)
  }

  @Test func `a prolonged pump alone does not keep hydration from being the initial`() {
    expect(
      """
      fluorouracil chemo pump 10:00- planned 2760
      saline fluid infusion 10:00-11:00
      """,
      """
      final
      96416 02-Mar fluorouracil 60 min (pump-initiation)
      96360 02-Mar saline 60 min (hydration)
      minutes fluorouracil 60/60, saline 60/60
      """)
  }

  @Test(arguments: [("planned 481", ""), ("", "planned 481")])
  func `a plan on one row of a dose is the plan of the dose`(first: String, second: String) {
    expect(
      """
      fluorouracil-1 chemo pump 08:00+60 dose d \(first)
      fluorouracil-2 chemo pump 10:00+60 dose d \(second)
      """,
      """
      final
      96416 02-Mar fluorouracil-1+fluorouracil-2 120 min (pump-initiation)
      minutes fluorouracil-1 60/60, fluorouracil-2 60/60
      """)
  }

  @Test func `without a plan the recorded minutes of a dose are added, 480`() {
    #expect(
      codes(
        """
        fluorouracil-1 chemo pump 08:00+240 dose d
        fluorouracil-2 chemo pump 13:00+240 dose d
        """) == "96413 96415x7")
  }

  @Test func `without a plan the recorded minutes of a dose are added, 481`() {
    #expect(
      codes(
        """
        fluorouracil-1 chemo pump 08:00+240 dose d
        fluorouracil-2 chemo pump 13:00+241 dose d
        """) == "96416")
  }

  @Test func `the plan and the owner of a bag may be charted on any of its drugs`() {
    #expect(
      codes(
        """
        session payer medicare
        etoposide chemo pump 08:00- bag b
        fluorouracil chemo pump 08:00- bag b
        saline fluid pump 08:00- bag b planned 2760 owner practice goes-home
        """) == "G0498")
  }

  @Test func `a further bag of a dose is the same pump, and so is its carrier`() {
    #expect(
      codes(
        """
        fluorouracil-1 chemo pump 08:00-12:00 bag b dose d
        saline-1 fluid pump 08:00-12:00 bag b planned 2760
        fluorouracil-2 chemo pump 13:00- bag c dose d
        saline-2 fluid pump 13:00- bag c
        """) == "96416")
  }

  @Test(arguments: [
    ("08:00+481", "Ran 481 min, more than 480, on a pump; no plan is recorded."),
    ("08:00+60 planned 481", "Planned for 481 min, more than 480, on a pump."),
  ])
  func `the reason of a pump says whether a plan or the record decided`(
    times: String, sentence: String
  ) {
    let statement = SessionText("fluorouracil chemo pump \(times)").statement
    #expect(
      statement.charges.flatMap { statement.reasons(of: $0) }.map(\.text).contains(sentence))
  }

  @Test func `each pump that is started is one initiation`() {
    #expect(
      codes(
        """
        5-fu-1 chemo pump 08:00- planned 2760
        5-fu-2 chemo pump 09:00- planned 2760
        """) == "96416x2")
    expect(
      """
      session payer medicare
      vancomycin drug pump 12:00- planned 481
      cefepime drug pump 12:30- planned 600
      """,
      """
      review
      C8957 x2 02-Mar vancomycin+cefepime 30 min review (pump-initiation)
      minutes vancomycin 30/30, cefepime 0/0
      finding pump-class vancomycin
      finding pump-class cefepime
      """)
  }
}
