import Testing

@Suite struct IntegralServiceTests {
  @Test func `a push by transfusion protocol is part of the transfusion`() {
    expect(
      """
      diphenhydramine drug push 09:00+2 for integral
      blood other infusion 09:30+180
      """,
      """
      final
      uncharged diphenhydramine 2 min integral-service
      uncharged blood 180 min not-this-family
      minutes diphenhydramine 0/2, blood 0/180
      """)
  }

  @Test func `without the purpose the same push is charged`() {
    expect(
      """
      diphenhydramine drug push 09:00+2
      blood other infusion 09:30+180
      """,
      """
      final
      96374 02-Mar diphenhydramine 2 min (initial-service)
      uncharged blood 180 min not-this-family
      minutes diphenhydramine 2/2, blood 0/180
      """)
  }

  @Test func `it covers no minute of another drug and is no initial`() {
    expect(
      """
      propofol drug infusion 08:00-12:00 for integral
      iron drug infusion 08:30-09:30
      """,
      """
      final
      96365 02-Mar iron 60 min (initial-service)
      uncharged propofol 240 min integral-service
      minutes propofol 0/240, iron 60/60
      """)
  }

  @Test(arguments: [("09:28", ""), ("09:29", ""), ("09:30", "96360"), ("09:31", "96360")])
  func `hydration beside it does not count, 31 minutes of its own do`(
    start: String, expected: String
  ) {
    #expect(
      codes(
        """
        propofol drug infusion \(start)-10:00 for integral
        saline fluid infusion 08:59-10:00
        """) == expected)
  }

  @Test func `a prolonged pump beside hydration does not block it`() {
    #expect(
      codes(
        """
        propofol drug pump 08:00-10:00 planned 481 for integral
        saline fluid infusion 08:00-09:00
        """) == "96360")
    #expect(
      codes(
        """
        propofol drug pump 08:00-10:00 planned 480 for integral
        saline fluid infusion 08:00-09:00
        """) == "")
  }

  @Test func `blood and contrast that are part of a procedure block no hydration`() {
    #expect(
      codes(
        """
        contrast other push 08:10+5 for integral
        saline fluid infusion 08:00-08:31
        """) == "96360")
  }

  @Test func `a dose of the same drug that is no part of the procedure is the first of its drug`() {
    expect(
      """
      midazolam-1 drug push 08:00 for integral
      midazolam-2 drug push 08:10
      """,
      """
      final
      96374 02-Mar midazolam-2 (initial-service)
      uncharged midazolam-1 0 min integral-service
      minutes midazolam-1 0/0, midazolam-2 0/0
      """)
  }

  @Test(arguments: ["im", "sc-infusion", "pump-refill", "on-body-injector"])
  func `no way to give it is charged`(technique: String) {
    #expect(codes("lidocaine drug \(technique) 08:00+60 for integral") == "")
  }

  @Test func `a flush is part of it, and so is a flush without a class`() {
    #expect(codes("heparin drug flush 08:00 for integral") == "")
    #expect(findings("port-flush unknown flush 08:00 for integral") == [])
  }

  @Test func `its class is to be known as that of any drug, and until then it blocks no hydration`()
  {
    expect(
      """
      mystery unknown infusion 08:00-10:00 for integral
      saline fluid infusion 08:30-09:30
      """,
      """
      held
      96360 02-Mar saline 60 min (hydration)
      uncharged mystery 120 min integral-service
      minutes mystery 0/120, saline 60/60
      finding unclassified-drug mystery
      """)
  }

  @Test func `hydration may have run beside one without a stop`() {
    #expect(
      findings(
        """
        propofol drug infusion 08:30-? for integral
        saline fluid infusion 08:00-09:00
        """) == ["hydration-beside-unknown-drug propofol"])
  }

  @Test func `an office asks no reason for the visit about it`() {
    expect(
      """
      session office reason iron
      midazolam drug push 08:00 for integral
      iron drug infusion 09:00+60
      """,
      """
      final
      96365 02-Mar iron 60 min (initial-service)
      uncharged midazolam 0 min integral-service
      minutes midazolam 0/0, iron 60/60
      """)
  }

  @Test(arguments: [("", "96413 96415 96411"), (" for integral", "96413")])
  func `it is not the first dose before one that was cut short`(purpose: String, expected: String) {
    #expect(
      codes(
        """
        policy aborted_infusion=intended_96413
        paclitaxel-1 chemo infusion 08:00+91\(purpose)
        paclitaxel-2 chemo infusion 10:00+5 stopped reaction
        """) == expected)
  }
}
