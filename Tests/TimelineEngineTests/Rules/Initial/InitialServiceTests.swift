import InfusionRecord
import TestSupport
import Testing
import TimelineEngine

@Suite struct InitialServiceTests {
  @Test func `the highest service is the initial, whatever was given first`() {
    expect(
      """
      ondansetron drug infusion 13:00-13:20
      dexamethasone drug infusion 13:20-13:40
      fosaprepitant drug infusion 13:40-14:10
      doxorubicin chemo infusion 14:10-16:45
      saline fluid infusion 16:45-18:00
      """,
      """
      final
      96413 02-Mar doxorubicin 155 min (initial-service)
      96415 x2 02-Mar doxorubicin 155 min (further-hours)
      96367 x3 02-Mar ondansetron+dexamethasone+fosaprepitant 70 min (sequential-infusion)
      96361 02-Mar saline 75 min (hydration)
      minutes ondansetron 20/20, dexamethasone 20/20, fosaprepitant 30/30, doxorubicin 155/155, saline 75/75
      """)
  }

  @Test func `an antibiotic before chemotherapy is an add-on`() {
    expect(
      """
      cefepime drug infusion 08:00+30
      paclitaxel chemo infusion 09:00+115
      """,
      """
      final
      96413 02-Mar paclitaxel 115 min (initial-service)
      96415 02-Mar paclitaxel 115 min (further-hours)
      96367 02-Mar cefepime 30 min (sequential-infusion)
      minutes cefepime 30/30, paclitaxel 115/115
      """)
  }

  @Test(arguments: [
    ("chemo infusion 10:00+60", "chemo push 08:00", "96413 96411"),
    ("chemo push 10:00", "drug infusion 08:00+60", "96409 96367"),
    ("drug infusion 10:00+60", "drug push 08:00", "96365 96375"),
    ("drug push 10:00", "fluid infusion 08:00+60", "96374 96361"),
    ("chemo infusion 10:00+16", "drug infusion 08:00+45", "96413 96367"),
    ("chemo push 10:00", "drug push 08:00", "96409 96375"),
  ])
  func `the ranking holds for each pair of neighbours`(
    higher: String, lower: String, expected: String
  ) {
    #expect(codes("lower \(lower)\nhigher \(higher)") == expected)
  }

  @Test func `injections do not compete`() {
    expect(
      """
      denosumab chemo sc 08:00
      vaccine drug im 08:05
      ondansetron drug push 09:00
      """,
      """
      final
      96374 02-Mar ondansetron (initial-service)
      96372 02-Mar vaccine (injection)
      96401 02-Mar denosumab (injection)
      minutes denosumab 0/0, vaccine 0/0, ondansetron 0/0
      """)
  }

  @Test func `hydration is never the initial if a drug was pushed`() {
    expect(
      """
      saline fluid infusion 08:00+60
      ondansetron drug push 09:00
      """,
      """
      final
      96374 02-Mar ondansetron (initial-service)
      96361 02-Mar saline 60 min (hydration)
      minutes saline 60/60, ondansetron 0/0
      """)
  }

  @Test func `among equals the longest is the initial`() {
    expect(
      """
      paclitaxel chemo infusion 08:00+60
      carboplatin chemo infusion 09:00+61
      """,
      """
      final
      96413 02-Mar carboplatin 61 min (initial-service)
      96417 02-Mar paclitaxel 60 min (sequential-infusion)
      minutes paclitaxel 60/60, carboplatin 61/61
      """)
  }

  @Test func `among equals of one length the earliest is the initial`() {
    expect(
      """
      paclitaxel chemo infusion 09:00+60
      trastuzumab chemo infusion 08:00+60
      """,
      """
      final
      96413 02-Mar trastuzumab 60 min (initial-service)
      96417 02-Mar paclitaxel 60 min (sequential-infusion)
      minutes trastuzumab 60/60, paclitaxel 60/60
      """)
  }

  @Test func `among equals of one length and start the smaller id is the initial`() {
    expect(
      """
      site port
      site arm
      vincristine chemo push 08:00+2
      bortezomib chemo push 08:00+2
      """,
      """
      final
      96409 02-Mar at port bortezomib 2 min (initial-service)
      96411 02-Mar at port vincristine 2 min (later-push)
      minutes bortezomib 2/2, vincristine 2/2
      """)
  }

  @Test func `length is whole minutes, so that seconds do not choose`() {
    expect(
      """
      ampicillin drug infusion 09:10-10:10:59
      cefepime drug infusion 08:00-09:00:10
      """,
      """
      final
      96365 02-Mar cefepime 60 min (initial-service)
      96367 02-Mar ampicillin 60 min (sequential-infusion)
      minutes cefepime 60/60, ampicillin 60/60
      """)
  }

  @Test func `a pending dose is no initial yet`() {
    expect(
      """
      as-of 09:55
      dexamethasone drug infusion 08:50-09:10
      paclitaxel chemo infusion 09:40-
      """,
      """
      provisional
      96365 02-Mar dexamethasone 20 min provisional (initial-service)
      uncharged paclitaxel 15 min pending
      minutes dexamethasone 20/20, paclitaxel 0/15
      finding pending paclitaxel (15)
      """)
  }

  @Test func `a minute later it is, and what was initial becomes an add-on`() {
    expect(
      """
      as-of 09:56
      dexamethasone drug infusion 08:50-09:10
      paclitaxel chemo infusion 09:40-
      """,
      """
      provisional
      96413 02-Mar paclitaxel 16 min provisional (initial-service)
      96367 02-Mar dexamethasone 20 min provisional (sequential-infusion)
      minutes dexamethasone 20/20, paclitaxel 16/16
      """)
  }

  @Test func `a concurrent drug is no initial`() {
    expect(
      """
      vancomycin drug infusion 08:00-10:00
      cefepime drug infusion 08:00-09:00
      """,
      """
      final
      96365 02-Mar vancomycin 120 min (initial-service)
      96366 02-Mar vancomycin 120 min (further-hours)
      96368 02-Mar cefepime 60 min (concurrent-infusion)
      minutes cefepime 60/60, vancomycin 120/120
      """)
  }

  @Test func `only the earliest push of chemotherapy can be the initial`() {
    expect(
      """
      site port
      site arm protocol
      vincristine-1 chemo push 08:00 at port
      vincristine-2 chemo push 09:00 at arm
      """,
      """
      final
      96409 02-Mar at port vincristine-1 (initial-service)
      uncharged vincristine-2 0 min repeat-chemo-push
      minutes vincristine-1 0/0, vincristine-2 0/0
      finding repeat-chemo-push vincristine-2
      """)
  }

  @Test func `a push of infused chemotherapy is the initial if none is infused there`() {
    expect(
      """
      site port
      site arm protocol
      fluorouracil-1 chemo push 08:00 at port
      fluorouracil-2 chemo infusion 09:00+60 at arm
      """,
      """
      review
      96409-59 02-Mar at port fluorouracil-1 review (initial-service)
      96413 02-Mar at arm fluorouracil-2 60 min (initial-service)
      minutes fluorouracil-1 0/0, fluorouracil-2 60/60
      finding same-drug-push-and-infusion fluorouracil-1
      """)
  }
}

@Suite struct ReasonForVisitTests {
  @Test func `in an office the reason for the visit is the initial`() {
    expect(
      """
      session office reason iron
      iron drug infusion 08:00+60
      vancomycin drug infusion 10:00+180
      """,
      """
      final
      96365 02-Mar iron 60 min (initial-service)
      96366 x2 02-Mar vancomycin 180 min (further-hours)
      96367 02-Mar vancomycin 180 min (sequential-infusion)
      minutes iron 60/60, vancomycin 180/180
      """)
  }

  @Test func `a reason is not asked in a facility`() {
    expect(
      """
      session facility reason iron
      iron drug infusion 08:00+60
      vancomycin drug infusion 10:00+180
      """,
      """
      final
      96365 02-Mar vancomycin 180 min (initial-service)
      96366 x2 02-Mar vancomycin 180 min (further-hours)
      96367 02-Mar iron 60 min (sequential-infusion)
      minutes iron 60/60, vancomycin 180/180
      """)
  }

  @Test func `without a reason the ranking decides and says so`() {
    expect(
      """
      session office
      iron drug infusion 08:00+60
      """,
      """
      final
      96365 02-Mar iron 60 min (initial-service)
      minutes iron 60/60
      finding reason-for-visit
      """)
  }

  @Test func `a reason that leaves an add-on without a primary gives way to the ranking`() {
    expect(
      """
      session office reason iron
      iron drug infusion 08:00+60
      paclitaxel chemo push 10:00
      """,
      """
      final
      96409 02-Mar paclitaxel (initial-service)
      96367 02-Mar iron 60 min (sequential-infusion)
      minutes iron 60/60, paclitaxel 0/0
      finding reason-for-visit iron 96411
      """)
  }

  @Test func `hydration as the reason gives way to any drug`() {
    expect(
      """
      session office reason saline
      saline fluid infusion 08:00+60
      ondansetron drug push 09:00
      """,
      """
      final
      96374 02-Mar ondansetron (initial-service)
      96361 02-Mar saline 60 min (hydration)
      minutes saline 60/60, ondansetron 0/0
      finding reason-for-visit saline
      """)
  }

  @Test func `a push can be the reason if the other services may follow it`() {
    expect(
      """
      session office reason ondansetron
      ondansetron drug push 08:00
      iron drug infusion 09:00+60
      """,
      """
      final
      96367 02-Mar iron 60 min (sequential-infusion)
      96374 02-Mar ondansetron (initial-service)
      minutes ondansetron 0/0, iron 60/60
      """)
  }

  @Test func `a push as the reason is no initial if a concurrent drug lacks its primary`() {
    expect(
      """
      session office reason ondansetron
      ondansetron drug push 08:00
      iron drug infusion 09:00+20
      cefepime drug infusion 09:00+20
      """,
      """
      final
      96365 02-Mar cefepime 20 min (initial-service)
      96368 02-Mar iron 20 min (concurrent-infusion)
      96375 02-Mar ondansetron (later-push)
      minutes ondansetron 0/0, cefepime 20/20, iron 20/20
      finding reason-for-visit ondansetron 96368
      """)
  }

  @Test func `the reason selects the first dose of its course`() {
    expect(
      """
      session office reason iron-2
      iron-1 drug infusion 08:00+60
      iron-2 drug infusion 10:00+120
      vancomycin drug infusion 13:00+180
      """,
      """
      final
      96365 02-Mar iron-1 60 min (initial-service)
      96366 x4 02-Mar iron-2+vancomycin 300 min (repeat-dose)
      96367 02-Mar vancomycin 180 min (sequential-infusion)
      minutes iron-1 60/60, iron-2 120/120, vancomycin 180/180
      """)
  }

  @Test func `an injection is no reason that can be the initial`() {
    #expect(
      findings(
        """
        session office reason vaccine
        vaccine drug im 08:00
        iron drug infusion 09:00+60
        """) == ["reason-for-visit vaccine"])
  }

  @Test func `a reason that has not begun is no reason yet`() {
    expect(
      """
      session office reason iron
      as-of 08:30
      iron drug infusion 09:00+60
      ondansetron drug push 08:00
      """,
      """
      final
      96374 02-Mar ondansetron (initial-service)
      minutes ondansetron 0/0
      finding reason-for-visit
      """)
  }

  @Test func `each encounter has its own reason`() {
    let rows = """
      iron drug infusion 08:00+60
      vancomycin drug infusion 09:00+180
      cefepime-1 drug infusion 14:00+30 visit 2
      cefepime-2 drug push 15:00 visit 2
      ceftriaxone drug infusion 16:00+180 visit 2
      """
    expect(
      """
      session office reason iron reason cefepime-1
      \(rows)
      """,
      """
      final
      96365 02-Mar visit 1 iron 60 min (initial-service)
      96366 x2 02-Mar visit 1 vancomycin 180 min (further-hours)
      96367 02-Mar visit 1 vancomycin 180 min (sequential-infusion)
      96365-59 02-Mar visit 2 cefepime-1 30 min (initial-service)
      96366 x2 02-Mar visit 2 ceftriaxone 180 min (further-hours)
      96367 02-Mar visit 2 ceftriaxone 180 min (sequential-infusion)
      uncharged cefepime-2 0 min push-of-infused-office
      minutes iron 60/60, vancomycin 180/180, cefepime-1 30/30, cefepime-2 0/0, \
      ceftriaxone 180/180
      finding same-drug-push-and-infusion cefepime-2
      """)
  }

  @Test func `a reason that gives way in one encounter holds in another`() {
    #expect(
      codes(
        """
        session office reason iron reason ceftriaxone
        iron drug infusion 08:00+60
        paclitaxel chemo push 10:00
        ceftriaxone drug infusion 14:00+30 visit 2
        vancomycin drug infusion 15:00+60 visit 2
        """) == "96409 96367x2 96365-59")
    #expect(
      SessionText(
        """
        session office reason iron reason ceftriaxone
        iron drug infusion 08:00+60
        paclitaxel chemo push 10:00
        ceftriaxone drug infusion 14:00+30 visit 2
        vancomycin drug infusion 15:00+60 visit 2
        """
      ).statement.charges.filter { $0.code == .infusion }.map(\.minutes.count) == [30])
  }

  @Test func `hydration can be the initial by the reason if it is the only service`() {
    expect(
      """
      session office reason saline-2
      saline-1 fluid infusion 08:00+60
      saline-2 fluid infusion 10:00+60
      """,
      """
      final
      96360 02-Mar saline-2 60 min (initial-service)
      96361 02-Mar saline-1 60 min (hydration)
      minutes saline-1 60/60, saline-2 60/60
      """)
  }

  @Test(arguments: [30, 31])
  func `an encounter without an intravenous initial needs no reason`(minutes: Int) {
    #expect(findings("session office reason saline\nsaline fluid infusion 08:00+\(minutes)") == [])
    #expect(findings("session office\nvaccine drug im 08:00") == [])
  }

  @Test(arguments: [
    ("", "No reason for the visit is recorded; the ranking chose the initial."),
    (
      "reason vaccine",
      "The recorded reason for the visit is no infusion, push or hydration by vein and cannot be the "
        + "initial; the ranking chose it."
    ),
    (
      "reason saline",
      "The recorded reason for the visit is hydration, which is the initial only if no drug is charged "
        + "by vein; the ranking chose the initial."
    ),
    (
      "reason dextrose",
      "The recorded reason for the visit has no code here that can be the initial; the ranking "
        + "chose the initial."
    ),
    (
      "reason iron",
      "With the recorded reason for the visit as the initial, 96411 would lack its primary; the "
        + "ranking chose the initial."
    ),
    ("reason paclitaxel", nil),
  ])
  func `a finding says why the reason for the visit is not the initial`(
    reason: String, sentence: String?
  ) {
    let session = SessionText(
      """
      session office \(reason)
      vaccine drug im 07:30
      iron drug infusion 08:00+60
      saline fluid infusion 09:00+45
      dextrose fluid infusion 09:00+45 for keep-open
      paclitaxel chemo push 10:00
      """)
    #expect(session.statement.findings.map(\.text) == (sentence.map { [$0] } ?? []))
  }

  @Test func `a reason of another encounter is told in the encounter that has none`() {
    let session = SessionText(
      """
      session office reason iron
      iron drug infusion 08:00+60
      cefepime drug infusion 15:00+60 visit 2
      """)
    #expect(
      session.statement.findings.map(\.text) == [
        "The recorded reason for the visit belongs to another encounter; the ranking chose the "
          + "initial of this one."
      ])
    #expect(StatementText(session.statement).findings == ["reason-for-visit cefepime"])
  }

  @Test(arguments: [
    ("iron drug infusion 08:00+60\ncefepime drug infusion 10:00+61", "longest first dose"),
    ("iron drug infusion 08:00+60\ncefepime drug infusion 10:00+60", "earliest start"),
    ("iron drug push 08:00\ncefepime drug push 08:00", "smallest id"),
  ])
  func `a tie in rank says what broke it`(session: String, words: String) {
    let statement = SessionText(session).statement
    let reasons = statement.charges.flatMap { statement.reasons(of: $0) }.map(\.text)
    #expect(reasons.contains { $0.contains("the \(words) breaks the tie") }, "\(reasons)")
  }

  @Test func `a tie counts the services that are equal up to what breaks it`() {
    func words(_ session: String) -> [String] {
      let statement = SessionText(session).statement
      return statement.charges.flatMap { statement.reasons(of: $0) }.map(\.text)
    }
    let shorter = "ceftriaxone drug infusion 12:00+30\n"
    #expect(
      words(
        shorter + "iron drug infusion 08:00+61\ncefepime drug infusion 10:00+60"
      ).contains(
        "Rank 3 is the highest here and 3 services have it; the longest first dose breaks the tie, so "
          + "it is the initial."))
    #expect(
      words(
        shorter + "iron drug infusion 08:00+60\ncefepime drug infusion 10:00+60"
      ).contains(
        "Rank 3 is the highest here and 2 services of equal length have it; the earliest start breaks "
          + "the tie, so it is the initial."))
    #expect(
      words(
        "iron drug push 08:00\ncefepime drug push 08:00\nceftriaxone drug push 09:00"
      ).contains(
        "Rank 4 is the highest here and 2 services of equal length and start have it; the smallest id "
          + "breaks the tie, so it is the initial."))
  }

  @Test func `a service alone in its rank breaks no tie`() {
    let statement = SessionText("iron drug infusion 08:00+60\ncefepime drug push 10:00").statement
    let reasons = statement.charges.flatMap { statement.reasons(of: $0) }.map(\.text)
    #expect(!reasons.contains { $0.contains("tie") })
  }
}

@Suite struct ChemoPushAsReasonTests {
  @Test func `beside a chemo infusion on its site a chemo push is no initial`() {
    expect(
      """
      session office reason etoposide
      site port
      site arm protocol
      cisplatin chemo infusion 09:00+16 at port
      etoposide chemo push 09:30 at port
      rituximab chemo infusion 10:00+60 at arm
      """,
      """
      final
      96413 02-Mar at port cisplatin 16 min (initial-service)
      96411 02-Mar at port etoposide (later-push)
      96413-59 02-Mar at arm rituximab 60 min (initial-service)
      minutes cisplatin 16/16, etoposide 0/0, rituximab 60/60
      finding reason-for-visit etoposide
      """)
  }

  @Test func `of 15 minutes the other is a push too, and the reason is the initial`() {
    expect(
      """
      session office reason etoposide
      site port
      site arm protocol
      cisplatin chemo infusion 09:00+15 at port
      etoposide chemo push 09:30 at port
      rituximab chemo infusion 10:00+60 at arm
      """,
      """
      final
      96409-59 02-Mar at port etoposide (initial-service)
      96411 02-Mar at port cisplatin 15 min (later-push)
      96413 02-Mar at arm rituximab 60 min (initial-service)
      minutes cisplatin 15/15, etoposide 0/0, rituximab 60/60
      """)
  }

  @Test func `without the second site the codes of the first are the same`() {
    #expect(
      codes(
        """
        session office reason etoposide
        cisplatin chemo infusion 09:00+16
        etoposide chemo push 09:30
        """) == "96413 96411")
  }

  @Test func `an add-on that lacks its primary anyway is no fault of a reason elsewhere`() {
    let session = SessionText(
      """
      session office reason iron reason saline
      iron drug infusion 08:00+60
      paclitaxel chemo push 09:30
      saline fluid infusion 15:00+60 visit 2
      etoposide-1 chemo infusion 16:00+60 visit 2
      etoposide-2 chemo infusion 16:00+60 visit 2 drug cisplatin
      """)
    #expect(
      session.statement.findings.filter { $0.id == .reasonForVisit }.map(\.text) == [
        "With the recorded reason for the visit as the initial, 96411 would lack its primary; the "
          + "ranking chose the initial.",
        "The recorded reason for the visit is hydration, which is the initial only if no drug is "
          + "charged by vein; the ranking chose the initial.",
      ])
  }

  private func reasons(_ session: String) -> [String] {
    let statement = SessionText(session).statement
    return statement.charges.compactMap { statement.reasons(of: $0).first?.text }
  }

  @Test func `another dose than the one recorded as the reason is told so`() {
    let rows = "iron-1 drug infusion 08:00+60\niron-2 drug infusion 12:00+60"
    #expect(
      reasons("session office reason iron-1\n" + rows).first
        == "Recorded as the reason for the visit, so it is the initial.")
    #expect(
      reasons("session office reason iron-2\n" + rows).first
        == "Another dose of this drug is recorded as the reason for the visit, so its first dose on the "
        + "site is the initial.")
  }

  @Test func `the initial of a second site is not chosen by the reason on the first`() {
    #expect(
      reasons(
        """
        session office reason iron
        site left
        site right protocol
        iron drug infusion 08:00+60 at left
        cefepime drug infusion 08:00+60 at right
        """) == [
          "Recorded as the reason for the visit, so it is the initial.",
          "No recorded reason for the visit chose this initial, so the ranking does (rank 3).",
        ])
  }
}
