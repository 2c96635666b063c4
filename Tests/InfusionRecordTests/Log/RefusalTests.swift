import InfusionRecord
import TestSupport
import Testing

@Suite struct RefusalTests {
  private func refusal(
    _ record: SampleRecord, _ event: Event, now: String
  ) -> Refusal.Kind? {
    record.log.refusal(
      of: event, now: RecordedTime(milliseconds: record.at(now).seconds * 1000),
      formulary: SampleRecord.formulary)?.kind
  }

  private func running() -> SampleRecord {
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "09:00")
    return record
  }

  @Test func `a stop before the start is refused with both times`() {
    var record = running()
    let stop = record.event(.drugStopped(DrugStop(administration: "a1")), at: "08:59")
    let refusal = record.log.refusal(
      of: stop, now: RecordedTime(milliseconds: record.at("10:00").seconds * 1000),
      formulary: SampleRecord.formulary)
    #expect(refusal?.kind == .contradiction)
    #expect(refusal?.sentence == "PACLitaxel started 09:00; nothing of it can be at 08:59.")
  }

  @Test func `a stop in the minute of the start is accepted`() {
    var record = running()
    let stop = record.event(.drugStopped(DrugStop(administration: "a1")), at: "09:00")
    #expect(refusal(record, stop, now: "09:00") == nil)
  }

  @Test func `120 seconds ahead are accepted, 121 are refused`() {
    var record = running()
    let stop = record.event(.drugStopped(DrugStop(administration: "a1")), at: "10:02")
    #expect(refusal(record, stop, now: "10:00") == nil)
    let earlier = RecordedTime(milliseconds: record.at("10:00").seconds * 1000 - 1)
    #expect(
      record.log.refusal(of: stop, now: earlier, formulary: SampleRecord.formulary)?.kind
        == .inTheFuture)
  }

  @Test func `a push that ends more than two minutes ahead is refused`() {
    var record = running()
    for (time, minutes, kind) in [
      ("09:55", 7, nil), ("09:55", 8, Refusal.Kind.inTheFuture), ("09:55", 5, nil),
    ] {
      let push = record.event(
        .pushGiven(
          AdministrationFacts(administration: "a2", drug: "ondansetron", technique: .push),
          minutes: minutes), at: time)
      #expect(refusal(record, push, now: "10:00") == kind)
    }
  }

  @Test func `a running dose cannot be started twice`() {
    var record = running()
    let again = record.event(
      .drugStarted(
        AdministrationFacts(
          administration: "a2", drug: "TAXOL", technique: .infusion, site: "port")),
      at: "09:05")
    #expect(refusal(record, again, now: "09:10") == .doseRunning)
    let other = record.event(
      .drugStarted(
        AdministrationFacts(
          administration: "a2", drug: "TAXOL", technique: .infusion, site: "port", dose: "2")),
      at: "09:05")
    #expect(refusal(record, other, now: "09:10") == nil)
    record.stop("a1", at: "09:04")
    #expect(refusal(record, again, now: "09:10") == nil)
  }

  @Test func `one name is used for one administration`() {
    var record = running()
    let again = record.event(
      .pushGiven(
        AdministrationFacts(administration: "a1", drug: "ondansetron", technique: .push),
        minutes: nil), at: "09:05")
    #expect(refusal(record, again, now: "09:10") == .administrationExists)
  }

  @Test func `pausing twice and resuming what runs are refused`() {
    var record = running()
    let resume = record.event(.drugResumed(administration: "a1"), at: "09:10")
    #expect(refusal(record, resume, now: "09:10") == .contradiction)
    record.add(.drugPaused(administration: "a1"), at: "09:20")
    let pause = record.event(.drugPaused(administration: "a1"), at: "09:30")
    #expect(refusal(record, pause, now: "09:30") == .contradiction)
    let rightly = record.event(.drugResumed(administration: "a1"), at: "09:30")
    #expect(refusal(record, rightly, now: "09:30") == nil)
  }

  @Test func `facts of a drug after its stop are refused`() {
    var record = running()
    record.stop("a1", at: "10:00")
    for fact in [
      Fact.drugPaused(administration: "a1"), .drugStopped(DrugStop(administration: "a1")),
      .rateChanged(administration: "a1", rateMLPerHour: 50),
    ] {
      #expect(refusal(record, record.event(fact, at: "10:10"), now: "10:10") == .contradiction)
    }
    let earlier = record.event(.drugPaused(administration: "a1"), at: "09:30", basis: .lateEntry)
    #expect(refusal(record, earlier, now: "10:10") == nil)
  }

  @Test func `a closed session accepts a note and a reopening with a reason`() {
    var record = running()
    record.stop("a1", at: "10:00")
    record.add(.sessionClosed(answers: []), at: "10:05")
    let start = record.event(
      .drugStarted(AdministrationFacts(administration: "a2", drug: "x", technique: .infusion)),
      at: "10:10")
    #expect(refusal(record, start, now: "10:10") == .sessionClosed)
    let note = record.event(.noteAdded(text: "called at home", administration: nil), at: "10:10")
    #expect(refusal(record, note, now: "10:10") == nil)
    #expect(
      refusal(record, record.event(.sessionReopened, at: "10:10"), now: "10:10") == .reasonMissing)
    let reopened = record.event(.sessionReopened, at: "10:10", reason: "stop was wrong")
    #expect(refusal(record, reopened, now: "10:10") == nil)
  }

  @Test func `only a closed session is reviewed`() {
    var record = running()
    let review = Fact.sessionReviewed(
      Review(statementHash: "00", rulebook: "2026.1", policy: [], reviewer: "R. SAMPLE"))
    #expect(
      refusal(record, record.event(review, at: "11:00"), now: "11:00") == .sessionNotClosed)
    record.add(.sessionClosed(answers: []), at: "10:30")
    #expect(refusal(record, record.event(review, at: "11:00"), now: "11:00") == nil)
  }

  @Test func `a session is not closed before it was opened`() {
    var record = SampleRecord()
    record.open(at: "09:00")
    let early = record.event(.sessionClosed(answers: []), at: "08:59")
    #expect(refusal(record, early, now: "10:00") == .contradiction)
    let close = record.event(.sessionClosed(answers: []), at: "09:00")
    #expect(refusal(record, close, now: "10:00") == nil)
  }

  @Test func `a birth after the session is refused, in the opening and in a correction`() throws {
    var record = SampleRecord()
    record.open(at: "09:00")
    let opened = try #require(record.events.first)
    var opening = try #require(record.log.opening)
    for (days, kind) in [(0, nil), (1, Refusal.Kind.valueOutOfRange)] {
      opening.patient.dateOfBirth = record.log.clock.date(at: opened.clinicalTime) + days
      var other = SampleRecord(session: "other")
      let event = other.event(.sessionOpened(opening), at: "09:00")
      #expect(refusal(other, event, now: "09:00") == kind)
      let correction = record.event(
        .eventSuperseded(replaces: opened.id, replacement: .sessionOpened(opening)), at: "09:00",
        reason: "read again")
      #expect(refusal(record, correction, now: "09:00") == kind)
    }
  }

  @Test func `a correction needs a reason, a fact of this session and the same kind`() {
    var record = running()
    let stop = record.stop("a1", at: "10:00")
    let silent = record.event(.eventSuperseded(replaces: stop.id, replacement: nil), at: "10:00")
    #expect(refusal(record, silent, now: "10:10") == .reasonMissing)
    let unknown = record.event(
      .eventSuperseded(replaces: Event.ID(high: 1, low: 2), replacement: nil), at: "10:00",
      reason: "typo")
    #expect(refusal(record, unknown, now: "10:10") == .unknownEvent)
    let other = record.event(
      .eventSuperseded(replaces: stop.id, replacement: .drugPaused(administration: "a1")),
      at: "10:00", reason: "typo")
    #expect(refusal(record, other, now: "10:10") == .cannotSupersede)
    let early = record.event(
      .eventSuperseded(
        replaces: stop.id, replacement: .drugStopped(DrugStop(administration: "a1"))),
      at: "08:00", reason: "typo")
    #expect(refusal(record, early, now: "10:10") == .contradiction)
    let right = record.event(
      .eventSuperseded(
        replaces: stop.id, replacement: .drugStopped(DrugStop(administration: "a1"))),
      at: "09:50", reason: "typo")
    #expect(refusal(record, right, now: "10:10") == nil)
  }

  @Test func `a start is not withdrawn before its stop`() {
    var record = running()
    let start = record.events[2]
    let stop = record.stop("a1", at: "10:00")
    let hasty = record.event(
      .eventSuperseded(replaces: start.id, replacement: nil), at: "09:00", reason: "wrong patient")
    #expect(refusal(record, hasty, now: "10:10") == .notWhatBegins)
    record.add(
      .eventSuperseded(replaces: stop.id, replacement: nil), at: "10:00", reason: "wrong patient")
    #expect(refusal(record, hasty, now: "10:10") == nil)
  }

  @Test func `a push charted as infusion is corrected into a push`() {
    var record = running()
    let start = record.events[2]
    let push = record.event(
      .eventSuperseded(
        replaces: start.id,
        replacement: .pushGiven(
          AdministrationFacts(
            administration: "a1", drug: "paclitaxel", technique: .push, site: "port"),
          minutes: 5)),
      at: "09:00", reason: "was a push")
    #expect(refusal(record, push, now: "10:10") == nil)
  }

  @Test func `an access site must be open and known`() {
    var record = SampleRecord()
    record.openWithPort()
    func start(_ site: String, _ time: String) -> Event {
      record.event(
        .drugStarted(
          AdministrationFacts(
            administration: "a1", drug: "paclitaxel", technique: .infusion, site: site)), at: time)
    }
    #expect(refusal(record, start("left", "09:00"), now: "09:00") == .unknownSite)
    #expect(refusal(record, start("port", "09:00"), now: "09:00") == nil)
    record.add(.siteClosed(site: "port"), at: "09:10")
    #expect(refusal(record, start("port", "09:20"), now: "09:20") == .siteClosed)
    #expect(refusal(record, start("port", "09:05"), now: "09:20") == nil)
  }

  @Test func `impossible numbers and empty texts are refused`() {
    var record = running()
    let cases: [(Fact, Refusal.Kind)] = [
      (.rateChanged(administration: "a1", rateMLPerHour: -1), .valueOutOfRange),
      (.rateChanged(administration: "a1", rateMLPerHour: .infinity), .valueOutOfRange),
      (.noteAdded(text: "  ", administration: nil), .textMissing),
      (.drugPaused(administration: "a9"), .unknownAdministration),
      (.handedOff(to: ""), .textMissing),
      (.siteClosed(site: "left"), .unknownSite),
    ]
    for (fact, kind) in cases {
      #expect(refusal(record, record.event(fact, at: "09:10"), now: "09:10") == kind)
    }
  }

  @Test func `texts over their limit are refused, texts at the limit are not`() {
    var record = running()
    func refused(_ fact: Fact, by actor: String = "RN T. SAMPLE", because reason: String? = nil)
      -> Refusal.Kind?
    {
      var event = record.event(fact, at: "09:10", reason: reason)
      event.actor = actor
      return refusal(record, event, now: "09:10")
    }
    func long(_ count: Int) -> String { String(repeating: "é", count: count) }
    func start(_ drug: String) -> Fact {
      .drugStarted(
        AdministrationFacts(
          administration: "a2", drug: drug, technique: .infusion, site: "port"))
    }
    let pairs: [(Int, (String) -> Refusal.Kind?)] = [
      (
        256,
        { text in
          var event = record.event(.handedOff(to: "N"), at: "09:10")
          event.workstation = text
          return refusal(record, event, now: "09:10")
        }
      ),
      (1000, { refused(start($0)) }), (1000, { refused(.handedOff(to: $0)) }),
      (1000, { refused(.siteOpened(SiteOpening(site: $0, kind: .peripheral))) }),
      (1000, { refused(.doubleCheckRecorded(administration: "a1", checker: $0)) }),
      (10_000, { refused(.noteAdded(text: $0, administration: nil)) }),
      (256, { refused(.handedOff(to: "N"), by: $0) }),
      (4000, { refused(.handedOff(to: "N"), because: $0) }),
      (
        1000,
        { text in
          refused(
            .eventSuperseded(replaces: record.events[2].id, replacement: start(text)),
            because: "another drug")
        }
      ),
    ]
    for (most, refused) in pairs {
      #expect(refused("a\u{0}b") == .textNotPlain)
      #expect(refused(long(most)) != .textTooLong)
      #expect(refused(long(most + 1)) == .textTooLong)
    }
    var opening = SampleRecord.opening
    opening.patient.family = long(1001)
    let opened = record.event(.sessionOpened(opening), at: "09:00")
    #expect(
      EventLog(session: record.session).refusal(
        of: opened, now: opened.recordedTime, formulary: SampleRecord.formulary)?.sentence
        == "The family name is too long; shorten it to 1000 characters.")
  }

  @Test func `seconds in a clinical time are refused`() {
    var record = running()
    var stop = record.event(.drugStopped(DrugStop(administration: "a1")), at: "09:10")
    stop.clinicalTime = stop.clinicalTime + 1
    #expect(refusal(record, stop, now: "09:20") == .notWholeMinutes)
  }

  @Test func `the smallest and the largest value are accepted, values beyond them are refused`() {
    var record = running()
    func facts(planned: Double? = nil, volume: Double? = nil, rate: Double? = nil)
      -> AdministrationFacts
    {
      AdministrationFacts(
        administration: "a2", drug: "ondansetron", technique: .push, plannedMinutes: planned,
        volumeML: volume, rateMLPerHour: rate)
    }
    let limits: [(Double, (Double) -> Fact)] = [
      (1440, { .pushGiven(facts(), minutes: Int($0.rounded(.awayFromZero))) }),
      (100_000, { .rateChanged(administration: "a1", rateMLPerHour: $0) }),
      (100_000, { .bagChanged(administration: "a1", bag: "2", volumeML: $0) }),
      (100_000, { .drugStopped(DrugStop(administration: "a1", volumeML: $0)) }),
      (100_000, { .injectionGiven(facts(volume: $0)) }),
      (100_000, { .injectionGiven(facts(rate: $0)) }),
    ]
    for (most, fact) in limits {
      for (value, isAllowed) in [(0, true), (most, true), (-0.5, false), (most + 0.5, false)] {
        // A push of a day has ended by the end of the next day.
        let event = record.event(fact(value), at: "09:10")
        #expect(
          (refusal(record, event, now: "40:00") != .valueOutOfRange) == isAllowed, "\(event.fact)")
      }
    }
    // No drug is planned to run no time.
    for (value, isAllowed) in [
      (0, false), (0.5, true), (100_000, true), (-0.5, false), (100_000.5, false),
    ] {
      let event = record.event(.injectionGiven(facts(planned: value)), at: "09:10")
      #expect(
        (refusal(record, event, now: "40:00") != .valueOutOfRange) == isAllowed, "\(event.fact)")
    }
  }

  @Test(arguments: [
    ("2", false), ("22", true), ("222", false), ("2x", false), ("२", false), (nil, true),
  ])
  func `a place of service is two digits`(place: String?, isAllowed: Bool) {
    var record = SampleRecord()
    var opening = SampleRecord.opening
    opening.placeOfService = place
    let event = record.event(.sessionOpened(opening), at: "09:00")
    #expect((refusal(record, event, now: "09:00") == nil) == isAllowed)
  }
}
