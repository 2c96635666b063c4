import TestSupport
import Testing
import TimelineEngine

@Suite struct StatedMinutesTests {
  @Test func `minutes of a paper record count as they stand`() {
    expect(
      """
      iron drug infusion 91min
      saline fluid infusion 10:00+31
      """,
      """
      final
      96365 02-Mar iron 91 min (initial-service)
      96366 02-Mar iron 91 min (further-hours)
      96361 02-Mar saline 31 min (hydration)
      minutes saline 31/31, iron 91/91
      finding no-clock-times iron (91)
      finding hydration-beside-unknown-drug iron
      """)
  }

  @Test(arguments: [
    ("15min", "96374"), ("16min", "96365"), ("90min", "96365"), ("91min", "96365 96366"),
    ("150min", "96365 96366"), ("151min", "96365 96366x2"),
  ])
  func `the borders are those of clock times`(minutes: String, expected: String) {
    #expect(codes("iron drug infusion \(minutes)") == expected)
  }

  @Test(arguments: [
    ("30min", ""), ("31min", "96360"), ("90min", "96360"), ("91min", "96360 96361"),
  ])
  func `hydration counts from 31 minutes`(minutes: String, expected: String) {
    #expect(codes("saline fluid infusion \(minutes)") == expected)
  }

  @Test func `they take no minute from a drug on the clock and lose none`() {
    expect(
      """
      paclitaxel chemo infusion 60min
      iron drug infusion 10:00+60
      """,
      """
      final
      96413 02-Mar paclitaxel 60 min (initial-service)
      96367 02-Mar iron 60 min (sequential-infusion)
      minutes iron 60/60, paclitaxel 60/60
      finding no-clock-times paclitaxel (60)
      """)
  }

  @Test func `two of them are never concurrent`() {
    #expect(
      codes(
        """
        vancomycin drug infusion 60min
        cefepime drug infusion 60min
        """) == "96365 96367")
  }

  @Test func `the drugs of one bag share its minutes`() {
    expect(
      """
      magnesium drug infusion 60min bag b1
      potassium drug infusion 60min bag b1
      """,
      """
      final
      96365 no-date magnesium+potassium 60 min (initial-service)
      minutes magnesium 60/60, potassium 60/60
      finding no-clock-times magnesium (60)
      finding no-clock-times potassium (60)
      """)
  }

  @Test func `the rows of one dose add up`() {
    #expect(
      codes(
        """
        iron-1 drug infusion 45min dose d1
        iron-2 drug infusion 10:00+46 dose d1
        """) == "96365 96366")
  }

  @Test func `they are dated by the first day of their encounter`() {
    expect(
      """
      iron drug infusion 30min visit 2
      ondansetron drug push 10:00
      paclitaxel chemo infusion 34:00+60 visit 2
      """,
      """
      final
      96374 02-Mar visit 1 ondansetron (initial-service)
      96413 03-Mar visit 2 paclitaxel 60 min (initial-service)
      96367 03-Mar visit 2 iron 30 min (sequential-infusion)
      minutes ondansetron 0/0, paclitaxel 60/60, iron 30/30
      finding no-clock-times iron (30)
      """)
  }

  @Test(arguments: ["unit_start", "unit_completion", "service_start"])
  func `every policy of dates dates them so`(rule: String) {
    expect(
      """
      policy dos.rule=\(rule)
      iron drug infusion 91min
      ondansetron drug push 10:00
      """,
      """
      final
      96365 02-Mar iron 91 min (initial-service)
      96366 02-Mar iron 91 min (further-hours)
      96375 02-Mar ondansetron (later-push)
      minutes ondansetron 0/0, iron 91/91
      finding no-clock-times iron (91)
      """)
  }

  @Test func `a push and an injection may have them too`() {
    expect(
      """
      ondansetron drug push 2min
      vaccine drug im 1min
      """,
      """
      final
      96374 no-date ondansetron 2 min (initial-service)
      96372 no-date vaccine 1 min (injection)
      minutes ondansetron 2/2, vaccine 1/1
      finding no-clock-times ondansetron (2)
      finding no-clock-times vaccine (1)
      """)
  }

  @Test func `a rest between them is not known, so no pause is long`() {
    #expect(
      findings(
        """
        iron-1 drug infusion 45min dose d1
        iron-2 drug infusion 45min dose d1
        """) == ["no-clock-times iron-1 (45)", "no-clock-times iron-2 (45)"])
  }

  @Test(arguments: [
    "saline fluid infusion 20min", "iron drug infusion 20min for integral",
    "mystery unknown infusion 20min", "port-flush drug oral 5min",
    "morphine-1 drug push 3min\nmorphine-2 drug push 3min",
  ])
  func `uncharged minutes of a paper record name no time of the clock`(session: String) {
    let statement = SessionText(session).statement
    #expect(!statement.uncharged.isEmpty)
    for part in statement.uncharged { #expect(statement.stretches(of: part).isEmpty) }
  }

  @Test(arguments: ["09:00", "23:00"])
  func `a push of a drug that a paper record infused is not reported, its distance is unknown`(
    moment: String
  ) {
    expect(
      """
      iron-1 drug infusion 40min
      iron-2 drug push \(moment)
      """,
      """
      final
      96365 02-Mar iron-1 40 min (initial-service)
      uncharged iron-2 0 min push-and-infusion-untimed
      minutes iron-2 0/0, iron-1 40/40
      finding no-clock-times iron-1 (40)
      finding same-drug-push-and-infusion iron-2
      """)
  }

  @Test(arguments: ["09:00", "23:00"])
  func `a paper push is not reported again beside a push on the clock, its distance is unknown`(
    moment: String
  ) {
    expect(
      """
      morphine-1 drug push 4min
      morphine-2 drug push \(moment)
      """,
      """
      final
      96374 02-Mar morphine-2 (initial-service)
      uncharged morphine-1 4 min repeat-push-untimed
      minutes morphine-2 0/0, morphine-1 0/4
      finding no-clock-times morphine-1 (4)
      finding repeat-push-untimed morphine-1 morphine-2
      """)
  }

  @Test func `beside a paper push that is an initial no push of its drug is reported again`() {
    expect(
      """
      site left
      site right protocol
      morphine-1 drug push 4min at left
      morphine-2 drug push 09:00 at right
      morphine-3 drug push 12:00 at right
      """,
      """
      final
      96374 02-Mar at left morphine-1 4 min (initial-service)
      96374-59 02-Mar at right morphine-2 (initial-service)
      uncharged morphine-3 0 min repeat-push-untimed
      minutes morphine-2 0/0, morphine-3 0/0, morphine-1 4/4
      finding no-clock-times morphine-1 (4)
      finding repeat-push-untimed morphine-3 morphine-1
      """)
  }

  @Test func `a paper push beside an infusion of its drug on the clock is not reported`() {
    expect(
      """
      iron-1 drug infusion 08:00+40
      iron-2 drug push 4min
      """,
      """
      final
      96365 02-Mar iron-1 40 min (initial-service)
      uncharged iron-2 4 min push-and-infusion-untimed
      minutes iron-1 40/40, iron-2 0/4
      finding no-clock-times iron-2 (4)
      finding same-drug-push-and-infusion iron-2
      """)
  }
}
