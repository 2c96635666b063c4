import InfusionRecord
import SessionStore
import TestSupport
import Testing

/// What every `FactStore` must do.
@Suite struct FactStoreTests {
  /// The suite holds the folder: a store whose folder is deleted refuses everything.
  private let folder = TemporaryFolder()

  private func sample(_ session: String = "s1", day: Int32 = 20_780, seed: UInt64 = 1)
    -> SampleRecord
  {
    var record = SampleRecord(session: session, day: CivilDate(dayNumber: day), seed: seed)
    record.openWithPort()
    return record
  }

  @Test(arguments: StoreKind.allCases)
  func `what was appended is read back as it was`(kind: StoreKind) throws {
    let store = try kind.open(folder)
    var record = sample()
    record.start("a1", "paclitaxel", at: "09:00")
    try store.append(record.events, to: record.session, expecting: 0)
    let stop = record.stop("a1", at: "12:00")
    let head = try store.append([stop], to: record.session, expecting: 3)
    #expect(head.count == 4)
    #expect(try store.log(of: record.session) == record.log)
    #expect(try kind.open(folder).log(of: record.session) == record.log)
    #expect(try store.head() == head)
  }

  @Test func `every store computes the same head`() throws {
    var record = sample()
    record.start("a1", "paclitaxel", at: "09:00")
    let heads = try StoreKind.allCases.map { kind in
      try kind.open(folder).append(record.events, to: record.session, expecting: 0)
    }
    #expect(Set(heads).count == 1)
    #expect(heads.first?.count == 3)
  }

  @Test(arguments: StoreKind.allCases)
  func `an unknown session is nil, and not written to`(kind: StoreKind) throws {
    let store = try kind.open(folder)
    #expect(try store.log(of: SessionID("none")) == nil)
    let record = sample()
    #expect(throws: StoreError.self) {
      try store.append([record.events[1]], to: record.session, expecting: 1)
    }
    #expect(throws: StoreError.self) {
      try store.append([record.events[1]], to: record.session, expecting: 0)
    }
    #expect(try store.head() == .empty)
  }

  @Test(arguments: StoreKind.allCases)
  func `of two appends to one version the second gets the facts of the first`(kind: StoreKind)
    throws
  {
    let (mine, other) = (try kind.open(folder), try kind.open(folder))
    var record = sample()
    record.start("a1", "paclitaxel", at: "09:00")
    try mine.append(record.events, to: record.session, expecting: 0)
    let first = record.event(.drugStopped(DrugStop(administration: "a1")), at: "10:00")
    let second = record.event(.drugPaused(administration: "a1"), at: "10:00")
    try other.append([first], to: record.session, expecting: 3)
    #expect {
      try mine.append([second], to: record.session, expecting: 3)
    } throws: { error in
      guard case StoreError.changedMeanwhile(_, let events) = error else { return false }
      return events == [first]
    }
    #expect(try mine.log(of: record.session)?.events == record.events + [first])
  }

  @Test(arguments: StoreKind.allCases)
  func `an append repeated after a lost answer is recorded once`(kind: StoreKind) throws {
    let store = try kind.open(folder)
    var record = sample()
    try store.append(record.events, to: record.session, expecting: 0)
    let note = record.add(.noteAdded(text: "warm blanket", administration: nil), at: "09:00")
    let first = try store.append([note], to: record.session, expecting: 2)
    let again = try store.append([note], to: record.session, expecting: 2)
    #expect(first == again)
    #expect(try store.log(of: record.session)?.version == 3)
  }

  @Test(arguments: StoreKind.allCases)
  func `an append of several sessions is all or nothing`(kind: StoreKind) throws {
    let store = try kind.open(folder)
    let (one, two) = (sample("one"), sample("two", seed: 2))
    try store.append(one.events, to: one.session, expecting: 0)
    var more = one
    let note = more.add(.noteAdded(text: "x", administration: nil), at: "09:00")
    #expect(throws: StoreError.self) {
      try store.append([
        Append(session: two.session, expecting: 0, events: two.events),
        Append(session: one.session, expecting: 1, events: [note]),
      ])
    }
    #expect(try store.log(of: two.session) == nil)
    #expect(try store.head().count == 2)
    try store.append([
      Append(session: two.session, expecting: 0, events: two.events),
      Append(session: one.session, expecting: 2, events: [note]),
    ])
    #expect(try store.head().count == 5)
  }

  @Test(arguments: StoreKind.allCases)
  func `a day holds the sessions opened on it, in that order`(kind: StoreKind) throws {
    let store = try kind.open(folder)
    for (index, day) in [20_780, 20_781, 20_780, 20_900].enumerated() {
      let record = sample("s\(index)", day: Int32(day), seed: UInt64(index))
      try store.append(record.events, to: record.session, expecting: 0)
    }
    let first = CivilDate(dayNumber: 20_780)
    #expect(try store.logs(on: first).map(\.session.text) == ["s0", "s2"])
    #expect(try store.logs(on: first + 5).isEmpty)
    var all: [String] = []
    try store.read(first...(first + 1000)) { all.append($0.session.text) }
    #expect(all == ["s0", "s2", "s1", "s3"])
  }

  @Test(arguments: StoreKind.allCases)
  func `results of a concurrent transformation come in the order of the sessions`(kind: StoreKind)
    throws
  {
    let store = try kind.open(folder)
    let names = (0..<150).map { "s\($0)" }
    for (index, name) in names.enumerated() {
      let record = sample(name, day: 20_780 + Int32(index / 130), seed: UInt64(index))
      try store.append(record.events, to: record.session, expecting: 0)
    }
    let days = CivilDate(dayNumber: 20_780)...CivilDate(dayNumber: 20_781)
    var made: [String] = []
    try store.read(days, { $0.map { "\($0.session.text) \($0.version)" } }) { made.append($0) }
    #expect(made.map { $0.split(separator: " ").first.map(String.init) } == names)
    #expect(made.allSatisfy { $0.hasSuffix(" 2") })
  }

  @Test(arguments: StoreKind.allCases)
  func `the day of a session is the local one and follows a corrected opening`(kind: StoreKind)
    throws
  {
    let store = try kind.open(folder)
    let day = CivilDate(dayNumber: 20_780)
    var record = SampleRecord(session: "late", day: day, zone: "America/Los_Angeles")
    record.open(at: "20:30")
    try store.append(record.events, to: record.session, expecting: 0)
    #expect(try store.logs(on: day).count == 1)
    var opening = SampleRecord.opening
    opening.zone = "America/Los_Angeles"
    var correction = record.event(
      .eventSuperseded(replaces: record.events[0].id, replacement: .sessionOpened(opening)),
      at: "20:30", reason: "wrong day")
    correction.clinicalTime = correction.clinicalTime + -86_400
    try store.append([correction], to: record.session, expecting: 1)
    #expect(try store.logs(on: day).isEmpty)
    #expect(try store.logs(on: day + -1).count == 1)
  }

  @Test(arguments: StoreKind.allCases)
  func `the board holds what is open`(kind: StoreKind) throws {
    let store = try kind.open(folder)
    var (one, two) = (sample("one"), sample("two", seed: 2))
    try store.append(one.events, to: one.session, expecting: 0)
    try store.append(two.events, to: two.session, expecting: 0)
    let closed = one.add(.sessionClosed(answers: []), at: "12:00")
    try store.append([closed], to: one.session, expecting: 2)
    #expect(try store.board().map(\.session.text) == ["two"])
    let reopened = one.add(.sessionReopened, at: "12:10", reason: "forgot a stop")
    try store.append([reopened], to: one.session, expecting: 3)
    #expect(try store.board().map(\.session.text) == ["one", "two"])
    two.add(.sessionClosed(answers: []), at: "12:00")
    let review = Review(statementHash: "ab", rulebook: "x", policy: [], reviewer: "R. SAMPLE")
    two.add(.sessionReviewed(review), at: "12:01")
    try store.append(Array(two.events[2...]), to: two.session, expecting: 2)
    #expect(try store.board().map(\.session.text) == ["one"])
  }

  @Test(arguments: StoreKind.allCases)
  func `a patient's last visit is the latest before a day, by the corrected record number`(
    kind: StoreKind
  ) throws {
    let store = try kind.open(folder)
    func visit(_ name: String, _ day: Int32, mrn: String, correctedTo: String? = nil) throws {
      func opening(_ mrn: String) -> Fact {
        var opening = SampleRecord.opening
        opening.patient.mrn = mrn
        return .sessionOpened(opening)
      }
      var record = SampleRecord(
        session: name, day: CivilDate(dayNumber: day), seed: UInt64(day) * 8 + UInt64(name.count))
      let first = record.add(opening(mrn), at: "08:00")
      if let correctedTo {
        record.add(
          .eventSuperseded(replaces: first.id, replacement: opening(correctedTo)), at: "08:05",
          reason: "wrong number")
      }
      try store.append(record.events, to: record.session, expecting: 0)
    }
    try visit("spring", 20_700, mrn: "A")
    try visit("summer", 20_760, mrn: "A")
    try visit("summer-too", 20_760, mrn: "A")
    try visit("other", 20_770, mrn: "B")
    try visit("was-a", 20_772, mrn: "A", correctedTo: "C")
    try visit("became-a", 20_774, mrn: "D", correctedTo: "A")
    try visit("today", 20_780, mrn: "A")
    func last(_ mrn: String, _ day: Int32) throws -> String? {
      try store.lastVisit(of: mrn, before: CivilDate(dayNumber: day))?.session.text
    }
    #expect(try last("A", 20_780) == "became-a")
    #expect(try last("A", 20_774) == "summer-too")
    #expect(try last("A", 20_760) == "spring")
    #expect(try last("A", 20_700) == nil)
    #expect(try last("A", 20_781) == "today")
    #expect(try last("C", 20_780) == "was-a")
    #expect(try last("D", 20_780) == nil)
    #expect(try last("nobody", 20_780) == nil)
  }

  @Test(arguments: StoreKind.allCases)
  func `changes name the sessions with new facts, from any writer`(kind: StoreKind) throws {
    let (mine, other) = (try kind.open(folder), try kind.open(folder))
    let (one, two) = (sample("one"), sample("two", seed: 2))
    try mine.append(one.events, to: one.session, expecting: 0)
    var seen = try mine.changes(since: .empty)
    #expect(seen.sessions == [one.session])
    seen = try mine.changes(since: seen.head)
    #expect(seen.isEmpty)
    try other.append(two.events, to: two.session, expecting: 0)
    let news = try mine.changes(since: seen.head)
    #expect(news.sessions == [two.session])
    #expect(news.head.count == 4)
    #expect(try mine.changes(since: news.head).isEmpty)
    // An own append is a change too, relative to a head before it.
    var more = one
    let note = more.add(.noteAdded(text: "x", administration: nil), at: "09:00")
    try mine.append([note], to: one.session, expecting: 2)
    #expect(try mine.changes(since: news.head).sessions == [one.session])
  }

  @Test(arguments: StoreKind.allCases)
  func `sessions are found by the beginning of their name, newest first`(kind: StoreKind) throws {
    let store = try kind.open(folder)
    for (index, name) in ["2026-11-23-abc", "2026-11-23-abd", "2026-11-24-abc"].enumerated() {
      let record = sample(name, seed: UInt64(index))
      try store.append(record.events, to: record.session, expecting: 0)
      #expect(try store.session(of: record.events[1].id) == record.session)
    }
    #expect(
      try store.sessions(named: "2026-11-23", limit: 9).map(\.text)
        == ["2026-11-23-abd", "2026-11-23-abc"])
    #expect(try store.sessions(named: "", limit: 1).map(\.text) == ["2026-11-24-abc"])
    #expect(try store.sessions(named: "%", limit: 9).isEmpty)
    #expect(try store.session(of: Event.ID(high: 1, low: 1)) == nil)
  }

  @Test(arguments: StoreKind.allCases)
  func `every text survives as it was written`(kind: StoreKind) throws {
    let store = try kind.open(folder)
    var record = sample()
    for text in [
      "'; DROP TABLE fact; --", "\u{1b}[2J\u{9b}31m", "naïve ÅÄÖ 中文 🙂 \u{202e}",
      "a\tb\nc\"d\\e\u{7f}",
      String(repeating: "long ", count: 800),
    ] {
      record.actor = String(text.prefix(200))
      record.add(.noteAdded(text: text, administration: nil), at: "09:00", reason: text)
    }
    try store.append(record.events, to: record.session, expecting: 0)
    #expect(try store.log(of: record.session)?.events == record.events)
  }

  @Test(arguments: StoreKind.allCases)
  func `the longest texts the record takes fit into the store`(kind: StoreKind) throws {
    let store = try kind.open(folder)
    // Written as six characters each.
    func longest(_ count: Int) -> String { String(repeating: "\u{1}", count: count) }
    let name = longest(RecordLimits.nameLength)
    var record = SampleRecord()
    var opening = SampleRecord.opening
    opening.patient = PatientIdentity(
      family: name, given: name, dateOfBirth: nil, sex: .unknown, mrn: name, visitNumber: name)
    (opening.chair, opening.payer, opening.nurse) = (name, name, name)
    record.actor = longest(RecordLimits.personLength)
    record.add(.sessionOpened(opening), at: "08:00")
    record.add(
      .noteAdded(text: longest(RecordLimits.noteLength), administration: nil), at: "08:10",
      reason: longest(RecordLimits.reasonLength))
    try store.append(record.events, to: record.session, expecting: 0)
    #expect(try store.log(of: record.session)?.events == record.events)
  }
}
