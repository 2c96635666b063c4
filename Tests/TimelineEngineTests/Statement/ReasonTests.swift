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

  @Test(arguments: [
    ("saline fluid infusion 08:00-09:00\nsaline-2 fluid infusion 10:00-11:00", "noridian-tpe"),
    ("saline fluid infusion 08:00-10:00 pause 08:40-09:00", "aapc-149056"),
    ("saline fluid infusion 08:00-10:00\niron drug push 09:00+5", "medlearn-nov-2021"),
    ("saline fluid infusion 08:00-11:00\niron drug infusion 09:00-10:00", "cpt-assistant-2007"),
    (
      "saline-1 fluid infusion 08:00-09:00 order o\nsaline-2 fluid infusion 10:00-11:00 order o",
      "deduction"
    ),
    (
      """
      site port
      site arm protocol
      saline-1 fluid infusion 08:00-09:00 at port order o
      saline-2 fluid infusion 10:00-11:00 at port order o
      iron drug infusion 09:00-10:00 at arm
      """, "deduction"
    ),
  ])
  func `what lies between the stretches of hydration decides the source of their sum`(
    session: String, source: String
  ) {
    let statement = SessionText(session).statement
    let sources = statement.charges.filter { $0.code == .hydration || $0.code == .hydrationHour }
      .flatMap { statement.reasons(of: $0) }
      .filter { $0.rule == .hydrationMinutes }.map(\.citation.name)
    #expect(Set(sources) == [source])
  }

  @Test(arguments: [
    ("", "A complex biologic, coded as chemotherapy."),
    (
      "policy complex_biologic.codes_as=TPD\n",
      "A complex biologic, coded as a drug by the site's policy."
    ),
  ])
  func `a complex biologic says how it is coded`(policy: String, sentence: String) {
    let found = reasons("session payer medicare\n\(policy)infliximab biologic infusion 08:00-09:00")
    #expect(found.contains { $0.hasSuffix("drug-class: \(sentence)") }, "\(found)")
  }

  @Test func `the initial of each of two sites is the highest of its site`() {
    let found = reasons(
      """
      site port
      site arm protocol
      paclitaxel chemo infusion 08:00-09:00 at port
      iron drug infusion 08:00-09:00 at arm
      """)
    #expect(
      found.filter { $0.contains("initial-service") } == [
        "96413 initial-service: Highest service of its access site in the encounter by the ranking "
          + "(rank 1), so it is the initial of the site.",
        "96365 initial-service: Highest service of its access site in the encounter by the ranking "
          + "(rank 3), so it is the initial of the site.",
      ])
  }

  @Test func `added doses say that the policy added them`() {
    let found = reasons(
      """
      policy repeat_dose.mode=add_times
      paclitaxel-1 chemo infusion 08:00-08:30
      paclitaxel-2 chemo infusion 09:00-09:20
      """)
    #expect(
      found.contains {
        $0.hasPrefix("96413 counted-minutes")
          && $0.contains("of several doses, added by the site's policy.")
      }, "\(found)")
  }

  @Test func `a subcutaneous infusion on two sites counts the minutes of both`() {
    let found = reasons(
      """
      ig-1 drug sc-infusion 09:00-10:00 at left
      ig-2 drug sc-infusion 10:30-11:01 at right
      """)
    #expect(
      found.contains("96369 counted-minutes: 91 counted min. 09:00-10:00 10:30-11:01"), "\(found)")
    #expect(found.contains { $0.contains("Further hours: 1 in 91 min of one drug.") })
  }

  @Test func `hydration alone has no higher service`() {
    #expect(
      reasons("saline fluid infusion 08:00-10:00") == [
        "96360 hydration: No drug by vein can be the initial of the encounter, so hydration is.",
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
          "96365 initial-service: Rank 3 is the highest here and 2 services have it; the longest "
            + "first dose breaks the tie, so it is the initial.",
          "96365 counted-minutes: 120 counted min. 08:00-10:00",
          "96365 missing-times: The stop was computed from volume and rate.",
          "96365 second-initial: Modifier: initial of a further access site; the first initial "
            + "has a higher rank.",
          "96366 further-hours: Further hours: 1 in 120 counted min, each with more than 30 past "
            + "the hour before.",
          "96366 counted-minutes: 120 counted min. 08:00-10:00",
          "96366 missing-times: The stop was computed from volume and rate.",
          "96367 sequential-infusion: Another drug infused for 16 minutes or more: one first "
            + "block a drug and encounter.",
          "96367 solo-minutes: 30 counted min. 10:00-10:30",
          "96413 initial-service: Highest service of its access site in the encounter by the "
            + "ranking (rank 1), so it is the initial of the site.",
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

  private func sources(_ session: String) -> [String] {
    let statement = SessionText(session).statement
    return statement.charges.flatMap { charge in
      statement.reasons(of: charge).map { "\(charge.code.number) \($0.citation.name)" }
    }
  }

  @Test func `a first push cites no text on repeated pushes`() {
    let found = sources(
      """
      paclitaxel chemo infusion 08:00+60
      vincristine chemo push 09:10
      ondansetron drug push 09:20
      ondansetron-2 drug push 10:00
      """)
    #expect(found.contains("96375 cpt-further-push"))
    #expect(found.contains("96411 code-book"))
    #expect(found.contains("96376 supercoder-2013"))
  }

  @Test func `an injection cites its own class of codes`() {
    #expect(
      sources(
        """
        vaccine drug im 08:00
        bortezomib chemo sc 08:10
        leuprolide hormonal im 08:20
        """) == ["96372 code-book", "96401 cms-a58527", "96402 care-cost"])
  }

  @Test func `minutes of a drug cite no review of hydration, and those of hydration do`() {
    #expect(sources("paclitaxel chemo infusion 08:00+60").last == "96413 medlearn-dec-2024")
    #expect(
      sources("paclitaxel chemo infusion 08:00+60 pause 08:10-08:20").last
        == "96413 aapc-149056")
    #expect(sources("saline fluid infusion 08:00+60").last == "96360 noridian-tpe")
  }

  @Test func `the practice's pump cites a text on its own code`() {
    let home = "5-fu chemo pump 08:00- planned 2760 owner practice goes-home"
    #expect(sources("session payer medicare\n\(home)") == ["G0498 chemo-001"])
    #expect(sources(home) == ["96416 asco-2010"])
  }

  private func labels(_ session: String) -> [String] {
    let statement = SessionText(session).statement
    return statement.charges.map { "\($0.code.number) \(statement.label(of: $0))" }
  }

  @Test(arguments: [
    (
      "paclitaxel chemo infusion 07:00+60\nsaline fluid infusion 08:00+31",
      "96361 hydration, with a drug service"
    ),
    (
      "paclitaxel chemo infusion 07:00+60\nsaline fluid infusion 08:00+91",
      "96361 hydration hours, with a drug service"
    ),
    ("saline fluid infusion 08:00+91", "96361 hydration, further hour"),
    (
      "iron drug infusion 08:00+60\niron-2 drug infusion 12:00+60",
      "96366 drug, another dose, by its hours"
    ),
    ("iron drug infusion 08:00+91", "96366 drug infusion, further hour"),
    ("infliximab biologic infusion 08:00+91", "96415 biologic infusion, further hour"),
    ("iron drug infusion 08:00+15", "96374 short drug infusion, as a push"),
    ("iron drug push 08:00+15", "96374 drug push"),
    ("iron drug infusion 08:00-?", "96374 drug infusion without both times, as a push"),
    (
      "paclitaxel chemo infusion 08:00+60\niron drug infusion 08:00-?",
      "96375 further drug, infusion without both times"
    ),
    (
      "paclitaxel chemo infusion 08:00+60\niron drug infusion 07:00+5\nzofran drug infusion 08:00-?",
      "96375 further drug, infusion, short or without both times"
    ),
    ("etoposide chemo infusion ?-09:00", "96409 chemo infusion without both times, as a push"),
    ("insulin drug sc-infusion 08:00-?", "96372 infusion under the skin without both times"),
    ("insulin drug sc-infusion 08:00+15", "96372 short infusion under the skin"),
    ("vaccine drug im 08:00", "96372 injection into a muscle"),
    ("insulin drug sc 08:00", "96372 injection under the skin"),
  ])
  func `a label says what the line is in this statement`(session: String, label: String) {
    #expect(labels(session).last == label)
  }

  @Test func `a disputed push does not put the others into review`() {
    let statement = SessionText(
      """
      paclitaxel chemo infusion 08:00+60
      ondansetron drug push 07:40
      famotidine drug infusion 07:50-?
      """
    ).statement
    let charge = statement.charges.first { $0.code == .pushNewDrug }
    let parts = charge.map { statement.parts(of: $0) } ?? []
    #expect(charge?.units == 2)
    #expect(charge?.status == .review)
    #expect(parts.map(\.status) == [.final, .review])
    #expect(parts.map(\.units) == [1, 1])
  }

  private func beside(_ session: String) -> [String] {
    let statement = SessionText(session).statement
    let clock = statement.timeline.session.clock
    func id(_ row: Int) -> String { statement.timeline.administrations[row].id }
    return statement.uncharged.map { part in
      let places = statement.stretches(of: part).map { stretch in
        let range = stretch.interval
        return " \(clock.reading(at: range.start).clock)-\(clock.reading(at: range.end).clock)"
          + (stretch.beside.map { " \(id($0))" } ?? "")
      }
      return "\(id(part.administration)) \(part.clause.text):" + places.joined()
    }
  }

  @Test func `uncharged minutes name what ran beside them, and when`() {
    #expect(
      beside(
        """
        vancomycin drug infusion 08:00-10:00
        cefepime drug infusion 09:30-10:30
        """) == ["cefepime solo-minutes: 09:30-10:00 vancomycin"])
    #expect(
      beside(
        """
        saline fluid infusion 08:00-10:00
        iron drug infusion 08:30-08:50
        ondansetron drug push 08:40+20
        """) == ["saline hydration-minutes: 08:30-08:50 iron 08:50-09:00 ondansetron"])
    #expect(
      beside("saline fluid infusion 08:00-08:30") == ["saline hydration-minimum: 08:00-08:30"])
    #expect(
      beside(
        """
        morphine drug push 08:00
        morphine-2 drug push 08:20
        """) == ["morphine-2 repeat-push-too-soon: 08:20-08:20"])
  }

  @Test func `a pump held for its class is not told that a time is missing`() {
    let statement = SessionText("morphine drug pump 08:00- planned 600").statement
    #expect(statement.uncharged.map(\.clause) == [.pumpClass])
    #expect(statement.findings.map(\.id) == [.pumpClass])
    let other = SessionText("morphine drug pump 08:00- planned 480").statement
    #expect(other.uncharged.map(\.clause) == [.held])
    #expect(other.findings.map(\.id) == [.pumpPlanMissing])
  }
}
