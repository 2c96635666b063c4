import InfusionRecord
import TestSupport
import Testing

/// Both sides of every limit of the issue search.
@Suite struct IssueLimitTests {
  typealias Kind = InfusionRecord.Issue.Kind

  private func kinds(_ record: SampleRecord, asOf time: String = "12:00") -> [Kind] {
    record.log.timeline(asOf: record.at(time), formulary: SampleRecord.formulary).issues
      .map(\.kind)
  }

  /// A session with a port and an infusion of paclitaxel from 09:00.
  private func running(zone: String = "UTC") -> SampleRecord {
    var record = SampleRecord(zone: zone)
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "09:00")
    return record
  }

  @Test(arguments: [(0, true), (59, true), (60, false)] as [(Int64, Bool)])
  func `an infusion of less than a minute has no minutes`(seconds: Int64, isFound: Bool) {
    var record = running()
    record.stop("a1", at: "09:00")
    record.events[3].clinicalTime = record.at("09:00") + seconds
    #expect(kinds(record) == (isFound ? [.noMinutes] : []))
  }

  @Test(arguments: [(0, false), (60, true)] as [(Int64, Bool)])
  func `a drug that began half a day before the opening is asked about`(
    more: Int64, isFound: Bool
  ) throws {
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "09:00")
    record.stop("a1", at: "10:00")
    let opened = try #require(record.log.openedAt)
    for index in record.events.indices where record.events[index].fact.administration == "a1" {
      record.events[index].clinicalTime = opened + (-12 * 3600 - more)
    }
    let found = record.log.timeline(asOf: record.at("12:00"), formulary: SampleRecord.formulary)
      .issues.filter { $0.kind == .beforeOpening }
    #expect(found.count == (isFound ? 1 : 0))
    #expect(found.allSatisfy { $0.isForReviewer })
  }

  @Test func `a push without minutes is no issue`() {
    var record = SampleRecord()
    record.openWithPort()
    let facts = AdministrationFacts(
      administration: "a1", drug: "ondansetron", technique: .push, site: "port")
    record.add(.pushGiven(facts, minutes: nil), at: "09:00")
    #expect(kinds(record).isEmpty)
  }

  /// A second infusion of paclitaxel while the first runs until 10:00.
  private func second(
    at time: String, site: String = "port", bag: String? = nil
  ) -> SampleRecord {
    var record = SampleRecord()
    record.openWithPort()
    record.add(
      .siteOpened(SiteOpening(site: "left", kind: .peripheral, secondSiteReason: .incompatibility)),
      at: "07:00")
    for (id, start, stop, site) in [("a1", "09:00", "10:00", "port"), ("a2", time, "11:00", site)] {
      record.add(
        .drugStarted(
          AdministrationFacts(
            administration: id, drug: "paclitaxel", technique: .infusion, site: site, dose: id,
            bag: bag)), at: start)
      record.stop(id, at: stop)
    }
    record.events.sort { $0.recordedTime < $1.recordedTime }
    return record
  }

  @Test func `one drug runs twice if its infusions share a minute on one access site`() {
    #expect(kinds(second(at: "09:59")) == [.sameDrugTwice])
    #expect(kinds(second(at: "10:00")) == [])
    #expect(kinds(second(at: "09:59", site: "left")) == [])
    #expect(kinds(second(at: "09:59", bag: "b1")) == [])
  }

  @Test(arguments: [(1_000, 0), (1_001, 1)])
  func `of more than 1,000 pairs that run together one issue says that others are not listed`(
    pairs: Int, more: Int
  ) {
    var record = SampleRecord()
    record.openWithPort(at: "06:00")
    // Each row of ten runs with one drug that spans them all, and with no other.
    for lane in 0..<(pairs / 10) { start("x\(lane)", minute: lane * 12, length: 11, &record) }
    for lane in 0..<(pairs / 10) {
      for place in 0..<10 {
        start("y\(lane)-\(place)", minute: lane * 12 + place, length: 1, &record)
      }
    }
    if pairs % 10 > 0 { start("z", minute: 0, length: 1, &record) }
    let found = record.log.timeline(
      asOf: record.at("06:00") + 86_400 * 2, formulary: SampleRecord.formulary
    ).issues.map(\.kind)
    #expect(found.count { $0 == .overlap } + found.count { $0 == .chartingOverlap } == 1_000)
    #expect(found.count { $0 == .tooManyOverlaps } == more)
  }

  private func start(_ id: String, minute: Int, length: Int, _ record: inout SampleRecord) {
    record.start(id, "drug \(id)", at: "06:00")
    record.events[record.events.count - 1].clinicalTime = record.at("06:00") + Int64(minute * 60)
    record.stop(id, at: "06:00")
    record.events[record.events.count - 1].clinicalTime =
      record.at("06:00") + Int64((minute + length) * 60)
  }

  @Test func `one drug runs twice while neither infusion is stopped`() {
    var record = running()
    record.start("a2", "Taxol", at: "09:30")
    #expect(kinds(record) == [.stillRunning, .stillRunning, .sameDrugTwice])
    #expect(kinds(record, asOf: "09:27") == [.stillRunning])
  }

  @Test(arguments: [
    ("UTC", false), ("America/Chicago", false), ("Mars/Base", true), ("EST5EDT", true),
  ])
  func `a zone this system does not know is an issue`(zone: String, isFound: Bool) {
    var record = running(zone: zone)
    record.stop("a1", at: "10:00")
    #expect(kinds(record, asOf: "12:00") == (isFound ? [.unknownZone] : []))
  }

  @Test(
    arguments: [
      (86_400, [.lateEntry]), (86_401, [.farFromRecording]), (-86_400, []),
      (-86_401, [.farFromRecording]),
    ] as [(Int64, [Kind])])
  func `a fact is far from its recording after 24 hours`(seconds: Int64, expected: [Kind]) {
    var record = SampleRecord()
    record.open(at: "12:00")
    record.events[0].recordedTime.milliseconds =
      (record.at("12:00").seconds + seconds) * 1000
    #expect(kinds(record) == expected)
  }

  @Test(arguments: [(1800, []), (1801, [.lateEntry])] as [(Int64, [Kind])])
  func `a fact is a late entry after 30 minutes`(seconds: Int64, expected: [Kind]) {
    var record = SampleRecord()
    record.open(at: "12:00")
    record.events[0].recordedTime.milliseconds = (record.at("12:00").seconds + seconds) * 1000
    #expect(kinds(record) == expected)
    record.events[0].basis = .reportedByColleague
    #expect(kinds(record) == [])
    record.events[0].basis = .lateEntry
    #expect(kinds(record) == [.lateEntry])
  }

  @Test(arguments: [(7259, nil), (7260, 121)] as [(Int64, Int?)])
  func `a pause is long from 121 minutes on`(seconds: Int64, minutes: Int?) {
    var record = running()
    record.add(.drugPaused(administration: "a1"), at: "09:10")
    record.add(.drugResumed(administration: "a1"), at: "11:10")
    record.events[4].clinicalTime = record.at("09:10") + seconds
    record.stop("a1", at: "11:30")
    let issues = record.log.timeline(asOf: record.at("12:00"), formulary: SampleRecord.formulary)
      .issues
    #expect(issues.map(\.kind) == (minutes == nil ? [] : [.longPause]))
    #expect(issues.first?.minutes == minutes)
  }

  @Test func `a drug that ran within another is an overlap, however short`() {
    var record = running()
    record.start("a2", "ondansetron", at: "09:30")
    record.stop("a2", at: "09:31")
    record.stop("a1", at: "10:00")
    #expect(kinds(record) == [.overlap])
  }

  @Test(arguments: [(59_999, true), (60_000, false)] as [(Int64, Bool)])
  func `five stops are an issue if they are recorded in less than a minute`(
    milliseconds: Int64, isFound: Bool
  ) {
    var record = SampleRecord()
    record.openWithPort()
    for number in 1...5 { record.start("a\(number)", "drug \(number)", at: "09:00") }
    for number in 1...5 {
      record.stop("a\(number)", at: "10:00")
      record.events[6 + number].recordedTime.milliseconds += Int64(number / 5) * milliseconds
    }
    #expect(kinds(record).contains(.stopsInOneMinute) == isFound)
  }

  @Test(arguments: [(1000, []), (1001, [.clockWentBack])] as [(Int64, [Kind])])
  func `a clock went back if it is more than a second behind`(
    milliseconds: Int64, expected: [Kind]
  ) {
    var record = running()
    record.stop("a1", at: "10:00")
    record.events[3].recordedTime.milliseconds =
      record.events[2].recordedTime.milliseconds - milliseconds
    #expect(kinds(record) == expected)
  }

  @Test(arguments: [(120, 1), (121, 0)] as [(Int64, Int)])
  func `a fact up to 120 seconds ahead has happened`(seconds: Int64, rows: Int) {
    let record = running()
    let timeline = record.log.timeline(
      asOf: record.at("09:00") + -seconds, formulary: SampleRecord.formulary)
    #expect(timeline.administrations.count == rows)
  }
}
