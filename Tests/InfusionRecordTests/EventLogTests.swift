import InfusionRecord
import TestSupport
import Testing

@Suite struct EventLogTests {
  @Test func `counting what runs says what laying it along the clock says`() {
    var numbers = SeededGenerator(seed: 20_261_123)
    var counts: Set<Int> = []
    for _ in 0..<2000 {
      var record = SampleRecord()
      record.open()
      var written: [Event] = []
      for _ in 0..<Int.random(in: 1...9, using: &numbers) {
        let id = "a\(Int.random(in: 1...3, using: &numbers))"
        let facts = AdministrationFacts(
          administration: id, drug: "paclitaxel", technique: .infusion)
        let fact: Fact =
          switch Int.random(in: 0..<12, using: &numbers) {
          case 0...2: .drugStarted(facts)
          case 3: .pushGiven(facts, minutes: 5)
          case 4: .injectionGiven(facts)
          case 5: .pumpConnected(facts)
          case 6:
            .pumpDisconnected(
              PumpDisconnection(administration: "a9", pump: id, drug: "paclitaxel"))
          case 7:
            .pumpDisconnected(
              PumpDisconnection(administration: id, pump: id, drug: "paclitaxel"))
          case 8: .deviceFlushed(administration: id, site: nil)
          case 9: .drugPaused(administration: id)
          case 10:
            .eventSuperseded(
              replaces: written.last?.id ?? record.events[0].id, replacement: nil)
          default:
            .drugStopped(
              DrugStop(administration: id, isNotObserved: Bool.random(using: &numbers)))
          }
        let minute = Int.random(in: 10...14, using: &numbers)
        written.append(record.add(fact, at: "09:\(minute)", reason: "drawn"))
      }
      let running = record.log.administrations.filter(\.isRunning).count
      #expect(record.log.runningCount == running)
      counts.insert(running)
    }
    #expect(counts.isSuperset(of: [0, 1, 2, 3]))
  }

  @Test func `a correction replaces the fact and keeps the original readable`() {
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "09:00")
    let stop = record.stop("a1", at: "10:50")
    record.add(
      .eventSuperseded(
        replaces: stop.id, replacement: .drugStopped(DrugStop(administration: "a1"))),
      at: "10:40", recorded: "10:55", reason: "read from the pump")
    let entry = record.log.entry(for: stop.id)
    #expect(entry?.clinicalTime == record.at("10:40"))
    #expect(entry?.original == stop)
    #expect(entry?.isAmended == true)
    #expect(record.log.administration("a1")?.stop == record.at("10:40"))
  }

  @Test func `a withdrawn stop lets the drug run on`() {
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "09:00")
    let stop = record.stop("a1", at: "10:50")
    record.add(
      .eventSuperseded(replaces: stop.id, replacement: nil), at: "10:50", reason: "wrong drug")
    #expect(record.log.administration("a1")?.progress == .running)
    #expect(record.log.entry(for: stop.id)?.isWithdrawn == true)
  }

  @Test func `withdrawing a correction brings the first fact back`() {
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "09:00")
    let stop = record.stop("a1", at: "10:50")
    let correction = record.add(
      .eventSuperseded(
        replaces: stop.id, replacement: .drugStopped(DrugStop(administration: "a1"))),
      at: "10:40", reason: "read from the pump")
    record.add(
      .eventSuperseded(replaces: correction.id, replacement: nil), at: "10:40",
      reason: "other pump")
    #expect(record.log.administration("a1")?.stop == record.at("10:50"))
    #expect(record.log.entry(for: stop.id)?.amendments.count == 2)
  }

  @Test func `a correction of a correction speaks for the first fact`() {
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "09:00")
    let stop = record.stop("a1", at: "10:50")
    let first = record.add(
      .eventSuperseded(
        replaces: stop.id, replacement: .drugStopped(DrugStop(administration: "a1"))),
      at: "10:40", reason: "first look")
    record.add(
      .eventSuperseded(
        replaces: first.id, replacement: .drugStopped(DrugStop(administration: "a1"))),
      at: "10:35", reason: "second look")
    #expect(record.log.administration("a1")?.stop == record.at("10:35"))
    #expect(record.log.entries.count == 4)
  }

  @Test func `the later of two corrections of one fact holds`() {
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "09:00")
    let stop = record.stop("a1", at: "10:50")
    for time in ["10:40", "10:45"] {
      record.add(
        .eventSuperseded(
          replaces: stop.id, replacement: .drugStopped(DrugStop(administration: "a1"))),
        at: time, reason: "looked again")
    }
    #expect(record.log.administration("a1")?.stop == record.at("10:45"))
  }

  @Test func `a session goes from open to closed to reviewed and back`() {
    var record = SampleRecord()
    record.open()
    #expect(record.log.status == .open)
    record.add(.sessionClosed(answers: []), at: "12:00")
    #expect(record.log.status == .closed)
    let review = Review(statementHash: "ab", rulebook: "2026.1", policy: [], reviewer: "R. SAMPLE")
    record.add(.sessionReviewed(review), at: "15:00")
    #expect(record.log.status == .reviewed)
    #expect(record.log.review == review)
    record.add(.sessionReopened, at: "16:00", reason: "a stop was wrong")
    #expect(record.log.status == .open)
    #expect(record.log.review == nil)
  }

  @Test func `the holder is the nurse it was last handed to`() {
    var record = SampleRecord()
    record.open()
    #expect(record.log.holder == "RN T. SAMPLE")
    record.add(.handedOff(to: "RN N. NOBODY"), at: "12:00")
    #expect(record.log.holder == "RN N. NOBODY")
  }

  @Test func `an id is read back from its text and ids sort as they were made`() {
    var generator = SeededGenerator(seed: 7)
    let early = Event.ID(at: RecordedTime(milliseconds: 1_763_900_000_000), using: &generator)
    let late = Event.ID(at: RecordedTime(milliseconds: 1_763_900_000_001), using: &generator)
    #expect(Event.ID(text: early.text) == early)
    #expect(early < late)
    #expect(early.text.utf8.count == 36)
    #expect(Event.ID(text: "0190b6f5-8c1e-7d3a-9f10-2b4c6d8e0f1") == nil)
    #expect(Event.ID(text: "0190b6f5x8c1e-7d3a-9f10-2b4c6d8e0f12") == nil)
  }
}

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

  @Test func `a pause entered late stands where it happened`() {
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

  @Test func `a stop nobody observed claims no time`() {
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

  @Test func `a pump that went home runs on after the session closed`() {
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

  @Test func `two bags that overlap two minutes look like charting and three like two drugs`() {
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

  @Test func `five stops written within one minute are pointed out and four are not`() {
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

  @Test func `hydration without order and indication is pointed out`() {
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "sodium chloride 0.9%", at: "09:00")
    record.stop("a1", at: "10:00")
    #expect(
      read(record, asOf: "12:00").issues.map(\.kind)
        == [.hydrationWithoutOrder, .hydrationWithoutIndication])
  }

  @Test func `an unknown drug without a class and a missing site are pointed out`() {
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "fictionumab", at: "09:00", site: nil)
    record.stop("a1", at: "10:00")
    let result = read(record, asOf: "12:00")
    #expect(result.issues.map(\.kind) == [.noSite, .unclassifiedDrug])
    #expect(!result.timeline.administrations[0].isSiteCharted)
  }

  @Test func `a second access site without a reason is pointed out`() {
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

  @Test func `an entry 31 minutes late is a late entry and one 30 minutes late is not`() {
    for (recorded, kinds) in [("09:30", []), ("09:31", [Issue.Kind.lateEntry])] {
      var record = SampleRecord()
      record.openWithPort()
      record.start("a1", "paclitaxel", at: "08:00")
      record.add(.drugStopped(DrugStop(administration: "a1")), at: "09:00", recorded: recorded)
      #expect(read(record, asOf: "12:00").issues.map(\.kind) == kinds)
    }
  }

  @Test func `a clock that went back while recording is pointed out`() {
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "09:00")
    record.add(
      .drugStopped(DrugStop(administration: "a1")), at: "09:30", recorded: "08:55")
    #expect(read(record, asOf: "12:00").issues.map(\.kind) == [.clockWentBack])
  }

  @Test func `a changed rate makes one rate that takes as long`() {
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

  @Test func `a push is over when it was given`() {
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

  @Test func `a clock moved over daylight saving time counts real minutes`() {
    // 1 November 2026: 02:00 EDT becomes 01:00 EST.
    let day = CivilDate(year: 2026, month: 11, day: 1) ?? CivilDate(dayNumber: 0)
    var record = SampleRecord(day: day, zone: "America/New_York")
    record.openWithPort(at: "00:30")
    record.start("a1", "paclitaxel", at: "00:45")
    record.stop("a1", at: "03:00")
    #expect(
      record.log.administration("a1")?.runningSeconds(asOf: record.at("04:00")) == 195 * Int64(60))
  }

  @Test func `a session mended after days ended when it was first closed`() {
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "09:00")
    let stop = record.stop("a1", at: "10:50")
    #expect(record.log.endedAt == nil)
    record.add(.sessionClosed(answers: []), at: "11:00")
    #expect(record.log.endedAt == record.at("11:00"))
    record.add(.sessionReopened, at: "105:00", reason: "a time was wrong")
    #expect(record.log.endedAt == nil)
    record.add(
      .eventSuperseded(
        replaces: stop.id, replacement: .drugStopped(DrugStop(administration: "a1"))),
      at: "10:40", recorded: "105:01", reason: "read from the pump")
    record.add(.noteAdded(text: "mended", administration: "a1"), at: "105:02")
    record.add(.sessionClosed(answers: []), at: "105:03")
    #expect(record.log.closedAt == record.at("105:03"))
    #expect(record.log.endedAt == record.at("11:00"))
  }

  @Test func `a session that went on after it was reopened ended when it was closed again`() {
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "09:00")
    record.stop("a1", at: "10:50")
    record.add(.sessionClosed(answers: []), at: "11:00")
    record.add(.sessionReopened, at: "11:05", reason: "one drug more")
    record.start("a2", "ondansetron", at: "11:10")
    record.stop("a2", at: "11:30")
    record.add(.sessionClosed(answers: []), at: "11:40")
    #expect(record.log.endedAt == record.at("11:40"))
  }
}
