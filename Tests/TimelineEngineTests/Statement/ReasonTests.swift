import InfusionRecord
import TestSupport
import Testing
import TimelineEngine

/// Every unit has reasons: rule, numbers, clock ranges and source.
@Suite struct ReasonTests {
  private func reasons(_ session: String) -> [String] {
    let statement = SessionText(session).statement
    let clock = statement.timeline.session.clock
    return statement.charges.flatMap { charge in
      statement.reasons(of: charge).map { reason in
        let ranges = statement.clockRanges(of: reason).map {
          " \(clock.reading(at: $0.start).clock)-\(clock.reading(at: $0.end).clock)"
        }
        return "\(charge.code.number) \(reason.rule.text): \(reason.text)" + ranges.joined()
      }
    }
  }

  @Test func `an infusion with hours, a push and hydration around them`() {
    #expect(
      reasons(
        """
        saline fluid infusion 08:00-12:00
        paclitaxel chemo infusion 09:00-11:00 pause 09:30-09:50
        ondansetron drug push 08:30+2
        """) == [
          "96413 initial-service: Highest service of the encounter by the ranking (rank 1), so it "
            + "is the initial.",
          "96413 counted-minutes: 100 counted min. 09:00-09:30 09:50-11:00",
          "96415 further-hours: Further hours: 1 in 100 counted min, each with more than 30 past "
            + "the hour before.",
          "96415 counted-minutes: 100 counted min. 09:00-09:30 09:50-11:00",
          "96375 later-push: First push of another drug.",
          "96375 push-or-infusion: Charted as a push; the clinician was there throughout. "
            + "08:30-08:32",
          "96361 hydration: Hydration beside a higher service is reported by its hours.",
          "96361 hydration-minutes: 138 counted min. 08:00-08:30 08:32-09:00 09:30-09:50 "
            + "11:00-12:00",
        ])
  }

  @Test func `hydration alone has no higher service`() {
    #expect(
      reasons("saline fluid infusion 08:00-10:00") == [
        "96360 hydration: Hydration is the only intravenous service of the encounter.",
        "96360 hydration-minutes: 120 counted min. 08:00-10:00",
        "96361 hydration: Hydration after the first block is reported by its hours.",
        "96361 hydration-minutes: 120 counted min. 08:00-10:00",
      ])
  }

  @Test func `minutes of its own, a computed stop and a second site`() {
    #expect(
      reasons(
        """
        site port
        site arm protocol
        vancomycin drug infusion 08:00-? mL 250 mL/h 125 at port
        cefepime drug infusion 09:30-10:30 at port
        paclitaxel chemo infusion 08:00-09:00 at arm
        """) == [
          "96365 initial-service: Highest service of the encounter by the ranking (rank 3), so it "
            + "is the initial.",
          "96365 counted-minutes: 120 counted min. 08:00-10:00",
          "96365 missing-times: The stop was computed from volume and rate.",
          "96365 second-initial: Modifier: initial of a further access site.",
          "96366 further-hours: Further hours: 1 in 120 counted min, each with more than 30 past "
            + "the hour before.",
          "96366 counted-minutes: 120 counted min. 08:00-10:00",
          "96366 missing-times: The stop was computed from volume and rate.",
          "96367 sequential-infusion: Another drug infused for 16 minutes or more: one first "
            + "block a drug and encounter.",
          "96367 solo-minutes: 30 counted min. 10:00-10:30",
          "96413 initial-service: Highest service of the encounter by the ranking (rank 1), so it "
            + "is the initial.",
          "96413 counted-minutes: 60 counted min. 08:00-09:00",
        ])
  }

  @Test func `a concurrent drug says how many minutes were its own`() {
    #expect(
      reasons(
        """
        paclitaxel chemo infusion 08:00-09:00
        leucovorin drug infusion 08:00-09:10
        """
      ).last
        == "96368 concurrent-infusion: Ran beside another infusion on the same access: 10 of its "
        + "70 min were its own.")
  }

  @Test func `every reason rests on a source`() {
    for id in Rule.ID.allCases {
      #expect(id.rule.citations.first?.citation.line.isEmpty == false)
    }
  }
}
