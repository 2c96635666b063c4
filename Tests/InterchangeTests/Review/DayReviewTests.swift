import InfusionRecord
import Interchange
import PlainText
import SessionReview
import TestSupport
import Testing
import TimelineEngine

/// The day list and how times were charted.
struct DayReviewTests {
  private static let day = CivilDate(dayNumber: 20_780)

  private func review(_ sessions: [DerivedSession]) -> DayReview {
    var review = DayReview(days: DayReviewTests.day...DayReviewTests.day)
    for session in sessions { review.add(ReviewRow(session)) }
    return review
  }

  /// A closed session whose only drug has no stop.
  private func unfinished(_ name: String) -> DerivedSession {
    var record = SampleRecord(session: name, zone: "America/Chicago")
    record.openWithPort(at: "09:00")
    record.start("a1", "paclitaxel", at: "09:10")
    record.add(.drugStopped(DrugStop(administration: "a1", isNotObserved: true)), at: "11:00")
    record.add(.sessionClosed(answers: []), at: "11:10")
    return ExportSample.export(record.log, reviewed: false)
  }

  @Test func `those that need a person come first, and their questions are told`() {
    let clean = ExportSample.export(ExportSample.record().log, reviewed: false)
    let review = review([clean, unfinished("2026-11-23-zzzzzz")])
    #expect(review.sorted.map(\.id.text) == ["2026-11-23-zzzzzz", "2026-11-23-sample"])
    #expect(review.sorted.map(\.need) == [.person, .clean])
    #expect(review.sorted[0].questions.isEmpty == false)
    #expect(review.count(.person) == 1)
    let page = review.page(suite: "Suite B")
    #expect(page.lines[0].hasPrefix("Review of Mon 23-Nov-2026"))
    #expect(page.lines[2].hasPrefix("> 09:00-11:10  chair 3    TESTER, Amara"))
    #expect(page.text.contains("2 sessions: 1 needs you, 1 clean, 0 reviewed, 0 open"))
    #expect(page.text.contains("0 late entries, 1 stop not observed, 0 computed stops"))
    #expect(page.lines.allSatisfy { $0.count <= 80 })
  }

  @Test func `a signed session without an account number is shown as not posted`() {
    let review = review([OddSession.noAccount.signed])
    let page = review.page(suite: "Suite B").text
    #expect(page.contains("reviewed, 1 unit not posted"))
    #expect(page.contains("not posted: 1 unit without an account number (96365)"))
    var json = JSONWriter()
    review.write(to: &json)
    let unit = "[{\"code\":\"96365\",\"units\":1,\"cause\":\"no account number\"}]"
    #expect(String(decoding: json.bytes, as: UTF8.self).contains("\"notPosted\":\(unit)"))
    var line = JSONWriter()
    JSONExport.write(OddSession.noAccount.signed, to: &line)
    #expect(String(decoding: line.bytes, as: UTF8.self).contains("\"notPosted\":\(unit)"))
    var text = TextPage()
    TextExport.write(OddSession.noAccount.signed, to: &text)
    let words = text.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("with 1 unit without an account number (96365)"))
    #expect(words.hasPrefix("Session 2026-11-23-odd reviewed, 1 unit not posted"))
  }

  @Test func `totals add the units of every session`() {
    let one = ExportSample.export(ExportSample.record().log)
    let two = ExportSample.export(
      ExportSample.record(session: "2026-11-23-other1").log, reviewed: false)
    let lines = review([one, two]).totals.lines
    #expect(lines.map(\.code.number) == ["96413", "96415", "96367"])
    #expect(lines.map(\.units) == [2, 4, 2])
    #expect(lines.map(\.postable) == [1, 2, 1])
  }

  /// `count` infusions of `minutes`, in one session each.
  private func infusions(_ minutes: Int, count: Int) -> [DerivedSession] {
    (0..<count).map { number in
      var record = SampleRecord(session: "2026-11-23-\(minutes)x\(number)")
      record.openWithPort(at: "07:00")
      record.start("a1", "paclitaxel", at: "08:00")
      let clock = { (minute: Int) in "\(8 + minute / 60):\(minute % 60)" }
      record.stop("a1", at: clock(minutes))
      record.add(.sessionClosed(answers: []), at: "13:00")
      return ExportSample.export(record.log, reviewed: false)
    }
  }

  @Test func `lengths that heap are shown with what the minutes around them suggest`() {
    let sessions =
      infusions(91, count: 6) + infusions(93, count: 1) + infusions(88, count: 2)
      + infusions(45, count: 1)
    let counts = review(sessions).integrity
    let heaps = counts.heaps.filter { [60, 91].contains($0.minutes) }
    #expect(heaps.map(\.found) == [0, 6])
    // 87, 88, 89, 92, 93, 94 and 95 hold three between them; 90 is watched itself.
    #expect(abs(heaps[1].expected - 3.0 / 7) < 0.001)
    #expect(heaps.map(\.isHigh) == [false, true])
    let text = counts.page("23-Nov-2026").text
    #expect(text.contains(" 91       6       0.4  first minute of a further hour"))
    #expect(text.contains(" 90- 94       7 ##################################################"))
    #expect(text.contains(" 45- 49       1 ########"))
    #expect(!text.contains("SAMPLE"))
  }

  @Test func `late entries and stops cleared in one go are counted for the unit`() {
    var record = SampleRecord()
    record.openWithPort()
    for number in 1...5 { record.start("a\(number)", "ondansetron", at: "0\(number + 2):30") }
    for number in 1...5 {
      record.add(
        .drugStopped(DrugStop(administration: "a\(number)")), at: "0\(number + 2):50",
        recorded: "12:00")
    }
    record.add(.sessionClosed(answers: []), at: "12:30")
    let counts = review([ExportSample.export(record.log, reviewed: false)]).integrity
    #expect(counts.stopsInOneMinute == 1)
    #expect(counts.lateEntries == 5)
    #expect(counts.stops == 5)
    #expect(counts.facts == 10)
  }

  @Test func `a drug of a paper record has no clock time, so it is counted apart`() {
    var record = SampleRecord()
    record.openWithPort()
    record.add(
      .pushGiven(
        AdministrationFacts(
          administration: "a1", drug: "ondansetron", technique: .infusion, site: "port",
          isWithoutClock: true), minutes: 45), at: "08:00", recorded: "12:00", basis: .lateEntry)
    record.start("a2", "ondansetron", at: "12:10")
    record.stop("a2", at: "12:40")
    record.add(.sessionClosed(answers: []), at: "13:00")
    let counts = review([ExportSample.export(record.log, reviewed: false)]).integrity
    #expect(counts.facts == 2 && counts.lateEntries == 0 && counts.stops == 1)
    #expect(counts.durations[0] == 0 && counts.durations[30] == 1)
    #expect(
      counts.lines.map { "\($0.label): \($0.value)" }[3]
        == "Drugs of paper records, without clock times: 1")
  }

  @Test func `a stop that is only known as last seen running was not observed`() {
    var record = SampleRecord(zone: "America/Chicago")
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "08:00")
    record.add(
      .drugStopped(DrugStop(administration: "a1")), at: "10:00", basis: .lastSeenRunning)
    record.add(.sessionClosed(answers: []), at: "12:00")
    let counts = review([ExportSample.export(record.log, reviewed: false)]).integrity
    #expect(counts.stopsNotObserved == 1 && counts.stops == 0)
    #expect(counts.lines.contains { $0.label == "Stops" && $0.value == "1" })
  }

  @Test func `a stop computed for want of one counts as computed`() {
    var record = SampleRecord(zone: "America/Chicago")
    record.openWithPort()
    record.add(
      .drugStarted(
        AdministrationFacts(
          administration: "a1", drug: "paclitaxel", technique: .infusion, site: "port",
          volumeML: 500, rateMLPerHour: 250)), at: "08:00")
    record.add(.drugStopped(DrugStop(administration: "a1", isNotObserved: true)), at: "11:00")
    record.start("a2", "ondansetron", at: "11:10")
    record.add(
      .drugStopped(DrugStop(administration: "a2")), at: "11:30",
      basis: .computedFromRateAndVolume)
    record.start("a3", "ondansetron", at: "11:40")
    record.stop("a3", at: "11:58")
    record.add(.sessionClosed(answers: []), at: "12:00")
    let review = review([ExportSample.export(record.log, reviewed: false)])
    #expect(review.integrity.computedStops == 2)
    let lines = review.integrity.lines.map { "\($0.isPart ? "  " : "")\($0.label): \($0.value)" }
    #expect(
      lines[4...6] == [
        "Stops: 3", "  not observed: 1 (33.3 %)", "  computed from rate and volume: 2 (66.7 %)",
      ])
  }

  @Test func `a row names each code once, and a second drug by its name`() {
    var record = SampleRecord(zone: "America/Chicago")
    record.openWithPort(at: "21:00")
    record.start("a1", "ondansetron", at: "21:05")
    record.stop("a1", at: "21:32")
    record.start("a2", "paclitaxel", at: "21:30")
    record.stop("a2", at: "26:15")
    record.add(.sessionClosed(answers: []), at: "26:31")
    let export = ExportSample.export(record.log, reviewed: false)
    let row = review([export]).rows[0]
    #expect(row.unitText() == "96413 96415×4 96367")
    #expect(row.questions.contains { $0.hasSuffix("See also ondansetron.") })
    // The statement, whose bytes are signed, names it by its id.
    var json = JSONWriter()
    export.statement.write(to: &json)
    #expect(json.text.contains("See also a1."))
  }
}
