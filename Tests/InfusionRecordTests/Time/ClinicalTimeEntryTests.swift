import InfusionRecord
import Testing

@Suite struct ClinicalTimeEntryTests {
  private let utc = LocalClock.utc
  private let noon = Instant(seconds: 20_780 * 86_400 + 12 * 3600 + 17)

  private func minutes(_ text: String) -> Int64? {
    guard case .success(let moment) = ClinicalTimeEntry.moment(text, now: noon, clock: utc) else {
      return nil
    }
    return (moment.seconds - 20_780 * 86_400) / 60
  }

  @Test func `now and an empty text are this minute`() {
    #expect(minutes("now") == 720)
    #expect(minutes("") == 720)
    #expect(minutes(" NOW ") == 720)
  }

  /// Typed texts and the minute of the day they mean; minutes of yesterday are negative.
  private static let readings: KeyValuePairs<String, Int64> = [
    "0930": 570, "930": 570, "9:30": 570, "09:30": 570, "0000": 0, "23:59": 1439,
    "-5": 715, "-0": 720, "-90": 630, "12:05 yesterday": -715, "yesterday 1205": -715,
    "1205 today": 725, "2026-11-22T09:30": -870, "22-Nov-2026 09:30": -870, "22-nov 0930": -870,
  ]

  /// Times of the clock of 12 hours, read at noon.
  private static let halfDays: KeyValuePairs<String, Int64> = [
    "9:30 am": 570, "9:30am": 570, "9:30 a.m.": 570, "930am": 570, "9 AM": 540, "12:10 am": 10,
    "12am": 0, "11:59am today": 719, "2:30 pm yesterday": -570, "2pm yesterday": -600,
    "230 pm yesterday": -570, "12:30pm yesterday": -690, "14:30pm yesterday": -570,
    "11/22 9:30 am": -870, "11/22/2026 0930": -870, "22/11/2026 0930": -870,
  ]

  @Test func `a time of the clock of 12 hours is read with am or pm`() {
    for (text, expected) in Self.halfDays {
      #expect(minutes(text) == expected, "\(text)")
    }
  }

  @Test(arguments: [
    "13:00 am", "0:30 pm", "13am", "pm", "am 9:30", "9:30 pm am", "9:70 am", "100pm9",
  ])
  func `a half of the day that a time cannot have is no time`(text: String) {
    #expect(minutes(text) == nil)
  }

  @Test func `an hour of one digit is asked about once both halves of the day are over`() {
    func sentence(_ text: String, at hour: Int64, _ minute: Int64) -> String? {
      let now = Instant(seconds: 20_780 * 86_400 + hour * 3600 + minute * 60)
      guard case .failure(let problem) = ClinicalTimeEntry.moment(text, now: now, clock: utc)
      else { return nil }
      return problem.sentence
    }
    #expect(sentence("2:30", at: 14, 29) == nil)
    #expect(
      sentence("2:30", at: 14, 30) == "2:30 can be 02:30 or 14:30; type the one that is meant.")
    #expect(sentence("230", at: 14, 30) != nil)
    for text in ["02:30", "0230", "2:30 am", "2:30 pm", "10:30", "0:30"] {
      #expect(sentence(text, at: 23, 0) == nil, "\(text)")
    }
  }

  @Test func `a day that can be two is asked about, and one that is still to come is not meant`() {
    func problem(_ text: String) -> String? {
      guard case .failure(let problem) = ClinicalTimeEntry.moment(text, now: noon, clock: utc)
      else { return nil }
      return problem.sentence
    }
    #expect(
      problem("10/11 0930")
        == "10/11 can be 11-Oct-2026 or 10-Nov-2026; type the one that is meant in this form.")
    #expect(problem("12/11 0930") == nil)
  }

  @Test func `every notation of a time is read`() {
    for (text, expected) in Self.readings {
      #expect(minutes(text) == expected, "\(text)")
    }
  }

  @Test(arguments: [
    "24:00", "9:60", "99", "9", "12345", "9.30", "-", "--5", "-5m", "noon", "9:3", ":30",
    "1205 1206",
    "31-Feb 09:30", "2026-13-01 09:30", "09:30 tomorrow", "٠٩٣٠",
  ])
  func `what is not a time is said to be none`(text: String) {
    #expect(minutes(text) == nil)
  }

  @Test func `minutes ago go back up to a day, and other texts are not times`() {
    func problem(_ text: String) -> String? {
      guard case .failure(let problem) = ClinicalTimeEntry.moment(text, now: noon, clock: utc)
      else { return nil }
      return problem.sentence
    }
    #expect(minutes("-1440") == -720)
    #expect(
      problem("-1441")
        == "-1441 goes back more than a day; name the day, as in 12:05 yesterday or 23-Nov-2026 09:30."
    )
    #expect(problem("-5m")?.hasPrefix("-5m is not a time; type now") == true)
    #expect(problem("-")?.hasPrefix("- is not a time") == true)
    #expect(problem("31-Feb 09:30") == "31-feb is not a day.")
  }

  @Test func `an hour that occurs twice needs first or second unless the second is ahead`() throws {
    let clock = try #require(LocalClock(zone: "America/New_York"))
    // 1 November 2026, 01:30 EDT is 05:30 UTC, 01:30 EST is 06:30 UTC.
    let day = try #require(CivilDate(year: 2026, month: 11, day: 1))
    let midnight = Int64(day.dayNumber) * 86_400
    let after = Instant(seconds: midnight + 8 * 3600)
    let between = Instant(seconds: midnight + 6 * 3600)
    let local = LocalTime(date: day, secondOfDay: 5400)
    #expect(
      ClinicalTimeEntry.moment("0130", now: after, clock: clock) == .failure(.occursTwice(local)))
    #expect(
      ClinicalTimeEntry.moment("0130 first", now: after, clock: clock)
        == .success(Instant(seconds: midnight + 5 * 3600 + 1800)))
    #expect(
      ClinicalTimeEntry.moment("0130 second", now: after, clock: clock)
        == .success(Instant(seconds: midnight + 6 * 3600 + 1800)))
    #expect(
      ClinicalTimeEntry.moment("0130", now: between, clock: clock)
        == .success(Instant(seconds: midnight + 5 * 3600 + 1800)))
  }

  @Test func `an hour that does not exist is a problem`() throws {
    let clock = try #require(LocalClock(zone: "America/New_York"))
    let day = try #require(CivilDate(year: 2026, month: 3, day: 8))
    let now = Instant(seconds: Int64(day.dayNumber) * 86_400 + 15 * 3600)
    #expect(
      ClinicalTimeEntry.moment("0230", now: now, clock: clock)
        == .failure(.skipped(LocalTime(date: day, secondOfDay: 9000))))
  }

  /// The typed text, the corrected minute and the minute it means.
  private static let corrections: [(String, Int64, Int64)] = [
    ("0930", -2310, -2310), ("1030", -2310, -2250), ("2350", 10, -10), ("0010", -10, 10),
    ("0930", -870, -870), ("2100", -540, -180), ("2101", 540, -179), ("2100", 540, 1260),
    ("0930 today", -870, 570), ("0930 yesterday", -2310, -870), ("20-Nov 0930", -870, -3750),
    ("-5", -870, 715), ("now", -870, 720),
  ]

  @Test func `a correction without a day means the time nearest to the corrected time`() throws {
    let midnight = Instant(seconds: 20_780 * 86_400)
    for (text, corrected, expected) in Self.corrections {
      let moment = try ClinicalTimeEntry.moment(
        text, now: noon, clock: utc, insteadOf: midnight + corrected * 60
      ).get()
      #expect((moment - midnight) / 60 == expected, "\(text) for \(corrected)")
    }
  }
}
