import InfusionRecord
import TestSupport
import Testing

/// The record with wrong clocks, and on days when the clocks change.
@Suite struct ClockFaultTests {
  /// The minutes that one dose ran.
  private func minutes(
    of zone: String, _ day: CivilDate, from start: Instant, to stop: Instant
  ) throws -> Int64 {
    var record = SampleRecord(day: day, zone: zone)
    func add(_ fact: Fact, at moment: Instant) {
      var event = record.event(fact, at: "00:00")
      event.clinicalTime = moment
      event.recordedTime = RecordedTime(milliseconds: moment.seconds * 1000)
      let refusal = record.log.refusal(
        of: event, now: event.recordedTime, formulary: SampleRecord.formulary)
      #expect(refusal == nil, "\(zone), \(moment)")
      record.events.append(event)
    }
    var opening = SampleRecord.opening
    opening.zone = zone
    opening.patient.dateOfBirth = nil
    add(.sessionOpened(opening), at: start)
    add(
      .drugStarted(
        AdministrationFacts(administration: "a1", drug: "paclitaxel", technique: .infusion)),
      at: start)
    add(.drugStopped(DrugStop(administration: "a1")), at: stop)
    let timeline = record.log.timeline(asOf: stop, formulary: SampleRecord.formulary)
    let row = try #require(timeline.timeline.administrations.first)
    #expect(row.start == start && row.stop == stop)
    #expect(record.log.openedAt.map { record.log.clock.date(at: $0) } == day)
    let seconds = try #require(record.log.administration("a1")?.runningSeconds(asOf: stop))
    return seconds / 60
  }

  private func moment(_ clock: LocalClock, _ day: CivilDate, _ hour: Int, _ minute: Int) throws
    -> [Instant]
  {
    let found = clock.moments(
      showing: LocalTime(date: day, secondOfDay: hour * 3600 + minute * 60))
    try #require(!found.isEmpty)
    return found
  }

  @Test(arguments: [
    "America/New_York", "America/Detroit", "America/Indiana/Indianapolis", "America/Chicago",
    "America/Denver", "America/Boise", "America/Los_Angeles", "America/Anchorage",
    "America/Adak", "America/Phoenix", "Pacific/Honolulu", "America/Puerto_Rico",
    "Pacific/Guam",
  ])
  func `minutes are counted in UTC on both nights when the clocks change`(zone: String) throws {
    let clock = try #require(LocalClock(zone: zone))
    let spring = try #require(CivilDate(year: 2026, month: 3, day: 8))
    let autumn = try #require(CivilDate(year: 2026, month: 11, day: 1))
    // Zones without daylight saving time.
    let isMoved = ![
      "America/Phoenix", "Pacific/Honolulu", "America/Puerto_Rico", "Pacific/Guam",
    ].contains(zone)
    #expect(
      try minutes(
        of: zone, spring, from: moment(clock, spring, 1, 50)[0],
        to: moment(clock, spring, 3, 30)[0]) == (isMoved ? 40 : 100))
    let halfPastOne = try moment(clock, autumn, 1, 30)
    #expect(halfPastOne.count == (isMoved ? 2 : 1))
    let start = try moment(clock, autumn, 0, 50)[0]
    #expect(try minutes(of: zone, autumn, from: start, to: halfPastOne[0]) == 40)
    #expect(
      try minutes(of: zone, autumn, from: start, to: halfPastOne[halfPastOne.count - 1])
        == (isMoved ? 100 : 40))
  }

  @Test(arguments: [
    [2026, 11, 23], [2026, 11, 30], [2028, 2, 28], [2028, 2, 29], [2027, 2, 28], [2026, 12, 31],
    [2100, 2, 28], [2038, 1, 18], [1970, 1, 1], [9999, 12, 30],
  ])
  func `a dose over midnight has its minutes and the day of its start`(date: [Int]) throws {
    let day = try #require(CivilDate(year: date[0], month: date[1], day: date[2]))
    for zone in ["UTC", "America/Chicago"] {
      let clock = try #require(LocalClock(zone: zone))
      let start = try moment(clock, day, 23, 50)[0]
      #expect(try minutes(of: zone, day, from: start, to: start + 1800) == 30)
    }
  }

  @Test func `a true time refused by a clock set back is accepted once the clock is right`() throws
  {
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "09:00")
    func refusal(_ event: Event, now: String) -> Refusal.Kind? {
      record.log.refusal(
        of: event, now: RecordedTime(milliseconds: record.at(now).seconds * 1000),
        formulary: SampleRecord.formulary)?.kind
    }
    // The clock shows 08:50 when it is 09:30: both the shown and the true time are refused.
    let shown = record.event(.drugStopped(DrugStop(administration: "a1")), at: "08:50")
    #expect(refusal(shown, now: "08:50") == .contradiction)
    let later = record.event(.drugStopped(DrugStop(administration: "a1")), at: "09:30")
    #expect(refusal(later, now: "08:50") == .inTheFuture)
    // Once the clock is right again, the true time is accepted as a late entry.
    #expect(refusal(later, now: "09:40") == nil)
  }

  @Test func `times before 1970 and after 9999 are refused`() {
    let record = SampleRecord()
    for (seconds, kind) in [
      (-60, Refusal.Kind.valueOutOfRange), (0, nil), (2_147_483_640, nil), (2_147_483_700, nil),
      (253_402_300_740, nil), (253_402_300_800, .valueOutOfRange),
      (Int64.max / 60 * 60, .valueOutOfRange), (Int64.min / 60 * 60, .valueOutOfRange),
    ] as [(Int64, Refusal.Kind?)] {
      var other = record
      var opening = SampleRecord.opening
      opening.patient.dateOfBirth = nil
      var event = other.event(.sessionOpened(opening), at: "09:00")
      event.clinicalTime = Instant(seconds: seconds)
      #expect(
        other.log.refusal(
          of: event, now: RecordedTime(milliseconds: 253_402_300_799_000),
          formulary: SampleRecord.formulary)?.kind == kind, "\(seconds)")
    }
  }
}
