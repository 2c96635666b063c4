import InfusionRecord
import TestSupport
import Testing
import TimelineEngine

@Suite struct InpatientTests {
  @Test(arguments: [("13:59", "96365 96366"), ("14:00", ""), ("14:01", "")])
  func `a service that starts at the order is no outpatient service, a minute before it is`(
    start: String, expected: String
  ) {
    #expect(codes("session inpatient 14:00\niron drug infusion \(start)+91") == expected)
  }

  @Test func `what began before the order is charged whole, what began later not at all`() {
    expect(
      """
      session inpatient 14:00
      iron drug infusion 13:00-15:00
      ondansetron drug push 14:30+2
      """,
      """
      final
      96365 02-Mar iron 120 min (initial-service)
      96366 02-Mar iron 120 min (further-hours)
      uncharged ondansetron 2 min inpatient
      minutes iron 120/120, ondansetron 0/2
      """)
  }

  @Test func `a later service is no initial and covers no minute`() {
    expect(
      """
      session inpatient 14:00
      iron drug infusion 13:00-15:00
      paclitaxel chemo infusion 14:00-17:00
      """,
      """
      final
      96365 02-Mar iron 120 min (initial-service)
      96366 02-Mar iron 120 min (further-hours)
      uncharged paclitaxel 180 min inpatient
      minutes iron 120/120, paclitaxel 0/180
      """)
  }

  @Test(arguments: [("14:01", "96360"), ("14:00", "")])
  func `hydration that began before the order does not count beside a later drug`(
    start: String, expected: String
  ) {
    #expect(
      codes(
        """
        session inpatient 14:00
        saline fluid infusion 13:30-15:00
        iron drug infusion \(start)-15:00
        """) == expected)
  }

  @Test func `a dose resumed after the order is the service that began before it`() {
    expect(
      """
      session inpatient 14:00
      iron-1 drug infusion 13:00-13:30 dose d1
      iron-2 drug infusion 14:30-15:31 dose d1
      """,
      """
      final
      96365 02-Mar iron-1+iron-2 91 min (initial-service)
      96366 02-Mar iron-1+iron-2 91 min (further-hours)
      minutes iron-1 30/30, iron-2 61/61
      """)
  }

  @Test func `a service without a start stands at its stop`() {
    #expect(codes("session inpatient 14:00\niron drug infusion ?-13:59") == "96374")
    #expect(codes("session inpatient 14:00\niron drug infusion ?-14:00") == "")
    #expect(findings("session inpatient 14:00\niron drug infusion 14:00-15:00") == [])
  }

  @Test func `a flush and an injection after the order are not charged either`() {
    #expect(codes("session inpatient 14:00\nport-flush drug flush 14:00") == "")
    #expect(codes("session inpatient 14:00\nvaccine drug im 14:00") == "")
    #expect(codes("session inpatient 14:00\nvaccine drug im 13:59") == "96372")
  }

  @Test(arguments: [(-1, "96365"), (0, "96365"), (1, "")])
  func `minutes without clock times are placed by their day`(days: Int, expected: String) {
    let session = SessionText("session inpatient 14:00\niron drug infusion 45min")
    var timeline = session.timeline
    timeline.administrations[0].day = SessionText.firstDay + days
    var deriver = Deriver()
    let statement = deriver.statement(of: timeline)
    #expect(statement.charges.map(\.code.number).joined(separator: " ") == expected)
  }

  @Test(arguments: ["13:59", "14:00"])
  func `a stop after the order without a start leaves the side of the order open`(stop: String) {
    let isBefore = stop == "13:59"
    expect(
      "session inpatient 14:00\niron drug infusion ?-\(stop)",
      isBefore
        ? """
        review
        96374 02-Mar iron review (initial-service)
        minutes iron 0/0
        finding missing-start iron
        """
        : """
        review
        uncharged iron 0 min inpatient-unknown
        minutes iron 0/0
        finding inpatient-unknown iron
        """)
  }

  @Test func `a dose of which one row has no start may have begun before the order`() {
    let rows = "session inpatient 14:00\niron-2 drug infusion 14:30-15:30 dose d1\n"
    #expect(codes(rows + "iron-1 drug infusion ?-13:50 dose d1") == "96365")
    #expect(findings(rows + "iron-1 drug infusion ?-13:50 dose d1") == ["missing-start iron-1"])
    #expect(codes(rows + "iron-1 drug infusion ?-14:10 dose d1") == "")
    #expect(
      findings(rows + "iron-1 drug infusion ?-14:10 dose d1")
        == ["inpatient-unknown iron-1", "inpatient-unknown iron-2"])
    #expect(findings(rows + "iron-1 drug infusion 14:00-14:10 dose d1") == [])
  }

  @Test func `a push with neither time cannot be placed, so it is held`() {
    expect(
      "session inpatient 14:00\nondansetron drug push ?",
      """
      held
      96374 no-date ondansetron held (initial-service)
      minutes ondansetron 0/0
      finding inpatient-unknown ondansetron
      finding missing-times ondansetron
      """)
  }

  @Test(arguments: [
    "blood other infusion ?-15:00", "saline fluid infusion ?-15:00 for keep-open",
    "5-fu chemo pump-disconnect ?-15:00", "aspirin drug oral ?-15:00",
    "midazolam drug push ?-15:00 for integral",
  ])
  func `what is charged on neither side of the order is no doubt`(row: String) {
    let statement = SessionText("session inpatient 14:00\n\(row)").statement
    #expect(statement.findings.isEmpty && statement.status == .final)
  }

  @Test(arguments: [(-1, Statement.Status.final), (0, .review), (1, .final)])
  func `minutes without clock times on the day of the order are charged for review`(
    days: Int, status: Statement.Status
  ) {
    for text in ["iron drug infusion 45min", "saline fluid infusion 45min"] {
      let session = SessionText("session inpatient 14:00\n" + text)
      var timeline = session.timeline
      timeline.administrations[0].day = SessionText.firstDay + days
      var deriver = Deriver()
      let statement = deriver.statement(of: timeline)
      #expect(statement.status == status)
      #expect(statement.charges.count == (days > 0 ? 0 : 1))
      #expect(statement.charges.allSatisfy { $0.status == status })
      #expect(statement.findings.contains { $0.id == .inpatientUnknown } == (days == 0))
    }
  }

  @Test func `an earlier day on paper begins a dose that goes on after the order`() {
    let session = SessionText(
      """
      session inpatient 14:00
      iron-1 drug infusion 45min dose d1
      iron-2 drug infusion 14:30-15:16 dose d1
      """)
    var timeline = session.timeline
    var deriver = Deriver()
    for (days, expected) in [(-1, "96365 96366"), (0, ""), (1, "")] {
      timeline.administrations[0].day = SessionText.firstDay + days
      #expect(StatementText(deriver.statement(of: timeline)).codes == expected)
    }
  }

  @Test func `an unknown drug after the order is still to be classified`() {
    expect(
      "session inpatient 14:00\nmystery unknown infusion 15:00+60",
      """
      held
      uncharged mystery 60 min inpatient
      minutes mystery 0/60
      finding unclassified-drug mystery
      """)
  }
}
