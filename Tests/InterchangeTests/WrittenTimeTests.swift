import InfusionRecord
import Interchange
import Testing

struct WrittenTimeTests {
  private func moment(_ text: String, _ zone: String = "UTC") throws -> Int64 {
    let clock = try #require(LocalClock(zone: zone))
    return try WrittenTime(text).moment(on: clock).seconds
  }

  private func fault(_ text: String, _ zone: String = "UTC") -> WrittenTime.Fault? {
    do throws(WrittenTime.Fault) {
      guard let clock = LocalClock(zone: zone) else { return nil }
      _ = try WrittenTime(text).moment(on: clock)
      return nil
    } catch {
      return error
    }
  }

  @Test func `a time without offset is read on the session's clock`() throws {
    #expect(try moment("2026-03-02T08:50") == 1_772_441_400)
    #expect(try moment("2026-03-02T08:50:07") == 1_772_441_407)
    #expect(try moment("2026-03-02T08:50", "America/Chicago") == 1_772_463_000)
    #expect(try moment("2026-07-02T08:50", "America/Chicago") == 1_783_000_200)
    #expect(try moment("2026-07-02T08:50", "America/Phoenix") == 1_783_007_400)
    #expect(try moment("2026-07-02T08:50", "Pacific/Honolulu") == 1_783_018_200)
    #expect(try moment("2026-07-02T08:50", "Asia/Kathmandu") == 1_782_961_500)
  }

  @Test func `an offset wins over the clock`() throws {
    #expect(try moment("2026-03-02T08:50Z", "America/Chicago") == 1_772_441_400)
    #expect(try moment("2026-03-02T08:50:07-06:00") == 1_772_463_007)
    #expect(try moment("2026-03-02T08:50+05:45") == 1_772_420_700)
  }

  @Test func `the hour that occurs twice is the first of the two`() throws {
    let zone = "America/New_York"
    #expect(try moment("2026-11-01T01:30", zone) == moment("2026-11-01T01:30-04:00", zone))
    #expect(try moment("2026-11-01T01:00", zone) == moment("2026-11-01T01:00-04:00", zone))
    #expect(try moment("2026-11-01T02:00", zone) == moment("2026-11-01T02:00-05:00", zone))
    #expect(try moment("2026-11-01T01:30-05:00", zone) - moment("2026-11-01T01:30", zone) == 3600)
  }

  @Test func `the hour that does not exist is a fault`() throws {
    let zone = "America/New_York"
    #expect(fault("2026-03-08T02:00", zone) == .skippedByClock)
    #expect(fault("2026-03-08T02:59:59", zone) == .skippedByClock)
    #expect(try moment("2026-03-08T01:59", zone) + 60 == moment("2026-03-08T03:00", zone))
    #expect(fault("2026-03-08T02:30-05:00", zone) == nil)
    #expect(fault("2026-03-08T02:30", "America/Phoenix") == nil)
  }

  @Test func `a night of the clocks' change counts real minutes`() throws {
    let zone = "America/New_York"
    #expect(try moment("2026-03-08T03:10", zone) - moment("2026-03-08T01:30", zone) == 40 * 60)
    #expect(try moment("2026-11-01T03:10", zone) - moment("2026-11-01T00:30", zone) == 220 * 60)
  }

  @Test func `month ends, leap days and far years are read`() throws {
    #expect(try moment("2028-02-29T12:00") == 1_835_438_400)
    #expect(fault("2026-02-29T12:00") == .day)
    #expect(try moment("1969-12-31T23:59") == -60)
    #expect(try moment("2038-01-19T03:14:08") == 2_147_483_648)
    #expect(fault("1899-12-31T23:59") == .year)
    #expect(fault("2201-01-01T00:00") == .year)
    #expect(fault("9999-12-31T00:00") == .year)
    #expect(fault("0000-01-01T00:00") == .year)
  }

  @Test(
    arguments: [
      ("", .form), ("now", .form), ("2026-03-02", .form), ("2026-03-02 08:50", .form),
      ("2026-3-2T08:50", .form), ("2026-03-02T8:50", .form), ("2026-03-02T08:50:7", .form),
      ("2026-03-02T08:50:07.5", .form), ("2026-03-02T08:50z", .form), ("2026-03-02T08:50Z ", .form),
      ("2026-03-02T08:50-0600", .form), ("2026-03-02T08:50+6", .form),
      ("２０２６-03-02T08:50", .form), ("2026-13-02T08:50", .day), ("2026-00-02T08:50", .day),
      ("2026-04-31T08:50", .day), ("2026-04-00T08:50", .day), ("2026-03-02T24:00", .hour),
      ("2026-03-02T08:60", .hour), ("2026-03-02T08:50:60", .hour),
      ("2026-03-02T08:50+14:01", .offset),
      ("2026-03-02T08:50-12:01", .offset), ("2026-03-02T08:50+05:60", .offset),
    ] as [(String, WrittenTime.Fault)])
  func `other texts are refused with their fault`(text: String, expected: WrittenTime.Fault) {
    #expect(fault(text) == expected)
  }

  @Test func `a document says which time is wrong and why`() {
    let zone = ",\"timeZone\":\"America/New_York\""
    #expect(
      sentence(",\"start\":\"2026-03-08T02:30\"", zone)
        == "2:78: administrations[0].start: the clocks of the session's time zone went forward over"
        + " this time, so it never was; expected a time the clock showed, or one with an offset.")
    #expect(
      sentence(",\"start\":\"2026-02-30T02:30\"", zone)
        == "2:78: administrations[0].start: the calendar has no such day; expected a day that exists."
    )
    #expect(
      sentence(",\"start\":\"3/2/2026 9:00 AM\"", zone)
        == "2:78: administrations[0].start: the text is not a time; expected YYYY-MM-DDTHH:MM, with"
        + " :SS and an offset such as Z or -06:00 if wanted.")
    #expect(
      sentence(",\"start\":\"1066-10-14T09:00\"", zone)
        == "2:78: administrations[0].start: the year lies outside 1900 to 2200; expected the year of"
        + " the session.")
    #expect(
      sentence(",\"pauses\":[{\"start\":\"2026-03-02T25:00\"}]", zone)
        == "2:89: administrations[0].pauses[0].start: the clock has no such time of day;"
        + " expected 00:00 to 23:59:59.")
  }

  private func sentence(_ row: String, _ more: String) -> String {
    InterchangeTests.fault(session(row: row, more))
  }

  @Test func `every time of a year is read as the clock reads it`() throws {
    for zone in ["America/New_York", "America/Los_Angeles", "Europe/London", "Australia/Lord_Howe"]
    {
      let clock = try #require(LocalClock(zone: zone))
      var moment = Instant(seconds: 1_767_225_600)
      let end = moment + 366 * 86_400
      while moment < end {
        let local = clock.reading(at: moment)
        let read = try WrittenTime(local: local).moment(on: clock)
        // In the repeated hour the first moment is meant.
        #expect(read == moment || (read < moment && clock.reading(at: read) == local))
        moment = moment + 1_799
      }
    }
  }
}
