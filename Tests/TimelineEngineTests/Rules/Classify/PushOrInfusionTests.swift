import Testing

@Suite struct PushOrInfusionTests {
  @Test func `an infusion of 15 minutes is a push`() {
    expect(
      """
      iron drug infusion 10:00+15
      """,
      """
      final
      96374 02-Mar iron 15 min (initial-service)
      minutes iron 15/15
      """)
  }

  @Test func `an infusion of 16 minutes is an infusion`() {
    expect(
      """
      iron drug infusion 10:00+16
      """,
      """
      final
      96365 02-Mar iron 16 min (initial-service)
      minutes iron 16/16
      """)
  }

  @Test func `15 minutes 59 seconds are 15 minutes`() {
    expect(
      """
      iron drug infusion 10:00-10:15:59
      """,
      """
      final
      96374 02-Mar iron 15 min (initial-service)
      minutes iron 15/15
      """)
  }

  @Test(arguments: [(0, "96409"), (15, "96409"), (16, "96413"), (30, "96413"), (31, "96413")])
  func `chemotherapy has the same border`(minutes: Int, expected: String) {
    #expect(codes("paclitaxel chemo infusion 10:00+\(minutes)") == expected)
  }

  @Test(arguments: [
    (15, "96413 96375"), (16, "96413 96367"),
  ])
  func `a premedication bag with chemotherapy has the same border`(
    minutes: Int, expected: String
  ) {
    #expect(
      codes(
        """
        ondansetron drug infusion 10:00+\(minutes)
        paclitaxel chemo infusion 11:00+60
        """) == expected)
  }

  @Test func `a charted push of 15 minutes is a push and nothing is said`() {
    expect(
      """
      morphine drug push 10:00+15
      """,
      """
      final
      96374 02-Mar morphine 15 min (initial-service)
      minutes morphine 15/15
      """)
  }

  @Test func `a charted push of 16 minutes stays a push, with a finding`() {
    expect(
      """
      morphine drug push 10:00+16
      """,
      """
      final
      96374 02-Mar morphine 16 min (initial-service)
      minutes morphine 16/16
      finding long-push morphine (16)
      """)
  }

  @Test func `an infusion that stops when it starts is a push`() {
    expect(
      """
      iron drug infusion 10:00
      """,
      """
      final
      96374 02-Mar iron (initial-service)
      minutes iron 0/0
      finding no-minutes iron
      """)
  }

  @Test func `an infusion running for 15 minutes is pending`() {
    expect(
      """
      as-of 10:15
      iron drug infusion 10:00-
      """,
      """
      provisional
      uncharged iron 15 min pending
      minutes iron 0/15
      finding pending iron (15)
      """)
  }

  @Test func `an infusion running for 16 minutes is a provisional infusion`() {
    expect(
      """
      as-of 10:16
      iron drug infusion 10:00-
      """,
      """
      provisional
      96365 02-Mar iron 16 min provisional (initial-service)
      minutes iron 16/16
      """)
  }

  @Test func `a dose that is paused runs, and is pending on the minutes it has`() {
    expect(
      """
      as-of 11:00
      iron drug infusion 10:00- pause 10:10-
      """,
      """
      provisional
      uncharged iron 10 min pending
      minutes iron 0/10
      finding pending iron (10)
      """)
  }

  @Test func `the minutes of a pending dose are taken from hydration`() {
    expect(
      """
      as-of 11:00
      saline fluid infusion 10:00-11:00
      iron drug infusion 10:50-
      """,
      """
      provisional
      96360 02-Mar saline 50 min provisional (hydration)
      uncharged saline 10 min hydration-minutes
      uncharged iron 10 min pending
      minutes saline 50/60, iron 0/10
      finding pending iron (10)
      """)
  }

  @Test func `a push that is still running is a push`() {
    expect(
      """
      as-of 10:05
      morphine drug push 10:00-
      """,
      """
      provisional
      96374 02-Mar morphine 5 min provisional (initial-service)
      minutes morphine 5/5
      """)
  }
}

@Suite struct AbortedInfusionTests {
  @Test func `an infusion cut short at 10 minutes is a push for a coder to review`() {
    expect(
      """
      rituximab chemo infusion 10:00+10 stopped reaction
      """,
      """
      review
      96409 02-Mar rituximab 10 min review (initial-service)
      minutes rituximab 10/10
      finding aborted-infusion rituximab (10)
      """)
  }

  @Test func `an infusion cut short at 15 minutes is aborted`() {
    expect(
      """
      rituximab chemo infusion 10:00+15 stopped patient-request
      """,
      """
      review
      96409 02-Mar rituximab 15 min review (initial-service)
      minutes rituximab 15/15
      finding aborted-infusion rituximab (15)
      """)
  }

  @Test func `an infusion cut short at 16 minutes is an infusion like any other`() {
    expect(
      """
      rituximab chemo infusion 10:00+16 stopped reaction
      """,
      """
      final
      96413 02-Mar rituximab 16 min (initial-service)
      minutes rituximab 16/16
      """)
  }

  @Test func `intended_96413 reports the first block of aborted chemotherapy`() {
    expect(
      """
      policy aborted_infusion=intended_96413
      rituximab chemo infusion 10:00+10 stopped reaction
      """,
      """
      review
      96413 02-Mar rituximab 10 min review (initial-service)
      minutes rituximab 10/10
      finding aborted-infusion rituximab (10)
      """)
  }

  @Test func `intended_96413_53 says that it was discontinued`() {
    expect(
      """
      policy aborted_infusion=intended_96413_53
      rituximab chemo infusion 10:00+10 stopped extravasation
      """,
      """
      review
      96413-53 02-Mar rituximab 10 min review (initial-service)
      minutes rituximab 10/10
      finding aborted-infusion rituximab (10)
      """)
  }

  @Test func `an aborted drug that is not chemotherapy goes by time under every policy`() {
    expect(
      """
      policy aborted_infusion=intended_96413
      iron drug infusion 10:00+10 stopped other
      """,
      """
      review
      96374 02-Mar iron 10 min review (initial-service)
      minutes iron 10/10
      finding aborted-infusion iron (10)
      """)
  }

  @Test func `an aborted dose is intended only if it is the first of its infusate`() {
    expect(
      """
      policy aborted_infusion=intended_96413
      rituximab-1 chemo infusion 10:00+60
      rituximab-2 chemo infusion 12:00+10 stopped reaction
      """,
      """
      review
      96413 02-Mar rituximab-1 60 min (initial-service)
      96411 02-Mar rituximab-2 10 min review (later-push)
      minutes rituximab-1 60/60, rituximab-2 10/10
      finding aborted-infusion rituximab-2 (10)
      finding same-drug-push-and-infusion rituximab-2
      """)
  }

  @Test func `an aborted first dose keeps the first block from the dose after it`() {
    expect(
      """
      policy aborted_infusion=intended_96413
      rituximab-1 chemo infusion 10:00+10 stopped reaction
      rituximab-2 chemo infusion 12:00+95
      """,
      """
      review
      96413 02-Mar rituximab-1 10 min review (initial-service)
      96415 x2 02-Mar rituximab-2 95 min (repeat-dose)
      minutes rituximab-1 10/10, rituximab-2 95/95
      finding aborted-infusion rituximab-1 (10)
      """)
  }

  @Test func `an aborted dose keeps its first block even if it overlaps a higher one`() {
    expect(
      """
      policy aborted_infusion=intended_96413_53
      paclitaxel chemo infusion 10:00+60
      rituximab chemo infusion 10:20+10 stopped reaction
      """,
      """
      review
      96413 02-Mar paclitaxel 60 min (initial-service)
      96417-53 02-Mar rituximab 10 min review (sequential-infusion)
      minutes paclitaxel 60/60, rituximab 10/10
      finding aborted-infusion rituximab (10)
      """)
  }

  @Test func `in a dose of several rows the reason of the row that ends last counts`() {
    expect(
      """
      rituximab-1 chemo infusion 10:00+5 dose d stopped reaction
      rituximab-2 chemo infusion 10:20+5 dose d
      paclitaxel-1 chemo infusion 11:00+5 dose e
      paclitaxel-2 chemo infusion 11:20+5 dose e stopped reaction
      """,
      """
      review
      96409 02-Mar rituximab-1+rituximab-2 10 min (initial-service)
      96411 02-Mar paclitaxel-1+paclitaxel-2 10 min review (later-push)
      minutes rituximab-1 5/5, rituximab-2 5/5, paclitaxel-1 5/5, paclitaxel-2 5/5
      finding aborted-infusion paclitaxel-1 (10)
      """)
  }

  @Test func `an infusion cut short the moment it began is aborted`() {
    expect(
      """
      policy aborted_infusion=intended_96413
      rituximab chemo infusion 10:00 stopped reaction
      """,
      """
      review
      96413 02-Mar rituximab review (initial-service)
      minutes rituximab 0/0
      finding aborted-infusion rituximab
      """)
  }

  @Test func `a charted push that was cut short is not aborted`() {
    expect(
      """
      rituximab chemo push 10:00+10 stopped reaction
      """,
      """
      final
      96409 02-Mar rituximab 10 min (initial-service)
      minutes rituximab 10/10
      """)
  }
}
