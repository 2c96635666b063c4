import InfusionRecord
import Testing

/// In the night of 1-Nov-2026 Chicago turns its clocks back from 02:00 to 01:00.
@Suite struct ClockTextTests {
  private let clock = LocalClock(zone: "America/Chicago") ?? .utc
  private let midnight = Instant(seconds: 1_793_509_200)
  private var text: ClockText { ClockText(clock, day: CivilDate(year: 2026, month: 11, day: 1)) }

  private func minute(_ count: Int) -> Instant { midnight + Int64(count) * 60 }

  @Test(arguments: [
    (59, "00:59"), (60, "01:00 (UTC-5)"), (119, "01:59 (UTC-5)"), (120, "01:00 (UTC-6)"),
    (179, "01:59 (UTC-6)"), (180, "02:00"),
  ])
  func `a time has its offset in the hour that occurs twice, not a minute before or after`(
    minutes: Int, shown: String
  ) {
    #expect(text.time(minute(minutes)) == shown)
    #expect(text.moment(minute(minutes)) == shown)
    #expect(text.full(minute(minutes)) == "01-Nov-2026 \(shown)")
  }

  @Test func `no time of the night on which clocks are put forward occurs twice`() {
    // 8-Mar-2026, 02:00 becomes 03:00.
    let spring = Instant(seconds: 1_772_949_600)
    let times = (0..<240).map { text.time(spring + Int64($0) * 60) }
    #expect(times.first == "00:00" && times.last == "04:59")
    #expect(Set(times).count == 240 && times.allSatisfy { $0.count == 5 })
    #expect(!LocalClock.utc.isRepeated(midnight))
  }

  @Test func `no two minutes of the night share a text`() {
    #expect(Set((0..<600).map { text.moment(minute($0)) }).count == 600)
  }

  @Test func `a range over the change has both offsets, one within an hour has its own`() {
    #expect(text.range(minute(30), minute(50)) == "00:30–00:50")
    #expect(text.range(minute(30), minute(200)) == "00:30 (UTC-5)–02:20 (UTC-6)")
    #expect(text.range(minute(130), minute(140)) == "01:10 (UTC-6)–01:20 (UTC-6)")
    #expect(text.range(minute(70), minute(130), dash: "-") == "01:10 (UTC-5) - 01:10 (UTC-6)")
  }

  @Test func `the day is written once if both ends share it, and only if it is not the reader's`() {
    #expect(text.range(minute(1400), minute(1520)) == "22:20–02-Nov-2026 00:20")
    #expect(text.range(minute(1520), minute(1530), dash: "-") == "02-Nov-2026 00:20 - 00:30")
    #expect(text.moment(minute(1520)) == "02-Nov-2026 00:20")
    #expect(ClockText(clock, day: nil).moment(minute(300)) == "01-Nov-2026 04:00")
  }

  @Test func `seconds are shown as the precision says, the offset after them`() {
    let moment = minute(70) + 5
    #expect(ClockText(clock, day: text.day, precision: .minutes).time(moment) == "01:10 (UTC-5)")
    #expect(ClockText(clock, day: text.day, precision: .exact).time(moment) == "01:10:05 (UTC-5)")
    #expect(ClockText(clock, day: text.day, precision: .exact).time(minute(5)) == "00:05")
    #expect(ClockText(clock, day: text.day, precision: .seconds).time(minute(5)) == "00:05:00")
  }

  @Test func `answers for programs have an offset in the repeated hour only`() {
    #expect(clock.answered(minute(30)) == "2026-11-01T00:30")
    #expect(clock.answered(minute(70)) == "2026-11-01T01:10-05:00")
    #expect(clock.answered(minute(130)) == "2026-11-01T01:10-06:00")
  }
}
