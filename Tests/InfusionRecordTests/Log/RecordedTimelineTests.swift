import InfusionRecord
import TestSupport
import Testing

@Suite struct RecordedTimelineTests {
  private func read(
    _ record: SampleRecord, asOf time: String
  ) -> RecordedTimeline {
    record.log.timeline(asOf: record.at(time), formulary: SampleRecord.formulary)
  }

  @Test func `a drug runs until its stop is known`() {
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "Taxol", at: "09:00")
    record.stop("a1", at: "12:00")
    #expect(read(record, asOf: "10:00").timeline.administrations[0].isRunning)
    #expect(read(record, asOf: "10:00").timeline.administrations[0].stop == nil)
    let done = read(record, asOf: "12:00").timeline.administrations[0]
    #expect(!done.isRunning)
    #expect(done.stop == record.at("12:00"))
    #expect(done.drug.displayName == "PACLitaxel")
  }

  @Test func `a pause entered late has its place by clinical time`() {
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "09:00")
    record.stop("a1", at: "12:00")
    record.add(
      .drugPaused(administration: "a1"), at: "10:00", recorded: "12:30", basis: .lateEntry)
    record.add(
      .drugResumed(administration: "a1"), at: "10:20", recorded: "12:30", basis: .lateEntry)
    let row = read(record, asOf: "13:00").timeline.administrations[0]
    #expect(
      row.pauses == [Administration.Pause(start: record.at("10:00"), stop: record.at("10:20"))])
    #expect(record.log.administration("a1")?.contradictions == [])
  }

  @Test func `a stop that was not observed has no time`() {
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "09:00")
    record.add(.drugStopped(DrugStop(administration: "a1", isNotObserved: true)), at: "11:30")
    let result = read(record, asOf: "12:00")
    #expect(result.timeline.administrations[0].stop == nil)
    #expect(!result.timeline.administrations[0].isRunning)
    #expect(result.issues.map(\.kind) == [.stopNotObserved])
  }

  @Test func `a closed session with a drug still running lacks a stop`() {
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "09:00")
    #expect(read(record, asOf: "12:00").issues.map(\.kind) == [.stillRunning])
    record.add(.sessionClosed(answers: []), at: "12:00")
    let closed = read(record, asOf: "13:00")
    #expect(closed.issues.map(\.kind) == [.missingStop])
    #expect(!closed.timeline.administrations[0].isRunning)
  }

  @Test func `a pump that went home still runs after the session closed`() {
    var record = SampleRecord()
    record.openWithPort()
    record.add(
      .pumpConnected(
        AdministrationFacts(
          administration: "a1", drug: "paclitaxel", technique: .pump, site: "port",
          plannedMinutes: 2760, goesHome: true)), at: "12:00")
    record.add(.sessionClosed(answers: []), at: "12:10")
    let result = read(record, asOf: "13:00")
    #expect(result.timeline.administrations[0].isRunning)
    #expect(result.issues.isEmpty)
  }

  @Test func `two bags that overlap by 2 minutes are a charting overlap, by 3 minutes an overlap`()
  {
    for (stop, kind) in [("09:32", Issue.Kind.chartingOverlap), ("09:33", .overlap)] {
      var record = SampleRecord()
      record.openWithPort()
      record.start("a1", "ondansetron", at: "09:00")
      record.start("a2", "paclitaxel", at: "09:30")
      record.stop("a1", at: stop)
      record.stop("a2", at: "12:00")
      let issues = read(record, asOf: "13:00").issues
      #expect(issues.map(\.kind) == [kind])
      #expect(issues.first?.minutes == (kind == .overlap ? 3 : 2))
    }
  }

  @Test func `five stops recorded within one minute are an issue, four are not`() {
    for count in [4, 5] {
      var record = SampleRecord()
      record.openWithPort()
      for number in 1...count {
        record.start("a\(number)", "ondansetron \(number)", at: "0\(number + 1):00")
      }
      for number in 1...count {
        record.add(
          .drugStopped(DrugStop(administration: "a\(number)")), at: "0\(number + 1):30",
          recorded: "0\(count + 1):40", basis: .lateEntry)
      }
      let kinds = Set(read(record, asOf: "12:00").issues.map(\.kind))
      #expect(kinds.contains(.stopsInOneMinute) == (count == 5))
    }
  }

  @Test func `hydration without order and indication is two issues`() {
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "sodium chloride 0.9%", at: "09:00")
    record.stop("a1", at: "10:00")
    #expect(
      read(record, asOf: "12:00").issues.map(\.kind)
        == [.hydrationWithoutOrder, .hydrationWithoutIndication])
  }

  @Test func `an unknown drug without a class and a missing site are issues`() {
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "fictionumab", at: "09:00", site: nil)
    record.stop("a1", at: "10:00")
    let result = read(record, asOf: "12:00")
    #expect(result.issues.map(\.kind) == [.noSite, .unclassifiedDrug])
    #expect(!result.timeline.administrations[0].isSiteCharted)
  }

  @Test func `a second access site without a reason is an issue`() {
    var record = SampleRecord()
    record.openWithPort()
    record.add(.siteOpened(SiteOpening(site: "left", kind: .peripheral)), at: "07:05")
    record.start("a1", "paclitaxel", at: "09:00")
    record.start("a2", "ondansetron", at: "09:10", site: "left")
    record.stop("a1", at: "10:00")
    record.stop("a2", at: "10:00")
    let result = read(record, asOf: "12:00")
    #expect(result.issues.map(\.kind) == [.secondSiteWithoutReason])
    #expect(result.issues.first?.site == "left")
  }

  @Test func `a clock that went back while recording is an issue`() {
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "09:00")
    record.add(
      .drugStopped(DrugStop(administration: "a1")), at: "09:30", recorded: "08:55")
    #expect(read(record, asOf: "12:00").issues.map(\.kind) == [.clockWentBack])
  }

  @Test func `a changed rate gives the mean rate`() {
    var record = SampleRecord()
    record.openWithPort()
    record.add(
      .drugStarted(
        AdministrationFacts(
          administration: "a1", drug: "paclitaxel", technique: .infusion, site: "port",
          volumeML: 300, rateMLPerHour: 100)), at: "09:00")
    record.add(.rateChanged(administration: "a1", rateMLPerHour: 200), at: "10:00")
    record.add(.drugStopped(DrugStop(administration: "a1", isNotObserved: true)), at: "12:00")
    let row = read(record, asOf: "13:00").timeline.administrations[0]
    // 100 mL in the first hour, 200 mL in the second: 300 mL in two hours.
    #expect(row.rateMLPerHour == 150)
    #expect(row.volumeML == 300)
  }

  @Test func `a push ends its minutes after it began`() {
    var record = SampleRecord()
    record.openWithPort()
    record.add(
      .pushGiven(
        AdministrationFacts(
          administration: "a1", drug: "ondansetron", technique: .push, site: "port"), minutes: 5),
      at: "07:18")
    let row = read(record, asOf: "08:00").timeline.administrations[0]
    #expect(row.start == record.at("07:18"))
    #expect(row.stop == record.at("07:23"))
  }

  @Test func `minutes are counted in UTC on the night the clocks go back`() {
    // 1 November 2026: 02:00 EDT becomes 01:00 EST.
    let day = CivilDate(year: 2026, month: 11, day: 1) ?? CivilDate(dayNumber: 0)
    var record = SampleRecord(day: day, zone: "America/New_York")
    record.openWithPort(at: "00:30")
    record.start("a1", "paclitaxel", at: "00:45")
    record.stop("a1", at: "03:00")
    #expect(
      record.log.administration("a1")?.runningSeconds(asOf: record.at("04:00")) == 195 * Int64(60))
  }
}
