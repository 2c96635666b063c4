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
}
