import InfusionRecord
import TestSupport
import Testing

/// What is known of a drug: accounts in the log.
@Suite struct DrugAccountTests {
  private static func mg(_ text: String) -> DrugAmount {
    DrugAmount(ExactDecimal(text) ?? .zero, .mg)
  }

  private static let opened = DrugContainer(amount: mg("100"), kind: .singleDose, count: 4)

  private static func account(
    given: String? = "350", containers: [DrugContainer] = [opened], discarded: DrugDiscard? = nil,
    of id: String = "a1"
  ) -> Fact {
    .drugAccounted(
      DrugAccount(
        administration: id,
        facts: DrugFacts(
          given: given.map(mg), containers: containers, discarded: discarded)))
  }

  private static func record() -> SampleRecord {
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "10:00")
    return record
  }

  private func refusal(_ fact: Fact, reason: String? = nil, in record: SampleRecord = record())
    -> Refusal?
  {
    var record = record
    let event = record.event(fact, at: "10:30", reason: reason)
    return record.log.refusal(
      of: event, now: RecordedTime(milliseconds: record.at("12:00").seconds * 1000),
      formulary: SampleRecord.formulary)
  }

  private func facts(_ record: SampleRecord, at time: String = "13:00") -> DrugFacts? {
    record.log.timeline(asOf: record.at(time), formulary: SampleRecord.formulary)
      .timeline.administrations[0].drugFacts
  }

  @Test func `an account is one sentence with every fact`() {
    var discard = DrugDiscard(Self.mg("50"), by: "RN T. SAMPLE", place: .chair)
    discard.witness = "RN N. NOBODY"
    let fact = Self.account(discarded: discard)
    #expect(
      fact.words(in: Self.record().log, formulary: SampleRecord.formulary)
        == "PACLitaxel: 350 mg given; 4 containers opened of 100 mg, single-dose; 50 mg discarded by "
        + "RN T. SAMPLE, witness RN N. NOBODY")
    #expect(
      Self.account(given: nil, containers: []).words(
        in: Self.record().log, formulary: SampleRecord.formulary)
        == "PACLitaxel: no amount recorded")
  }

  @Test func `the account recorded last holds, whatever time it is about`() {
    var record = Self.record()
    #expect(facts(record) == nil)
    record.add(Self.account(given: "350"), at: "11:00")
    #expect(facts(record)?.given == Self.mg("350"))
    // An account of 10:05 that is recorded later knows more.
    record.add(Self.account(given: "300"), at: "10:05", recorded: "11:30")
    #expect(facts(record)?.given == Self.mg("300"))
  }

  @Test func `an account of later is not known earlier`() {
    var record = Self.record()
    record.add(Self.account(given: nil), at: "10:05")
    record.add(Self.account(given: "350"), at: "11:00")
    #expect(facts(record, at: "10:57")?.given == nil)
    #expect(facts(record, at: "10:57")?.containers == [Self.opened])
    #expect(facts(record, at: "10:59")?.given == Self.mg("350"))
  }

  @Test func `an index keeps the account that a log without one has`() {
    var record = Self.record()
    record.add(Self.account(given: "350"), at: "11:00")
    record.add(Self.account(given: "300"), at: "10:05", recorded: "11:30")
    record.add(.noteAdded(text: "n", administration: "a1"), at: "10:10", recorded: "11:40")
    var indexed = EventLog(session: record.session, indexedBy: SampleRecord.formulary)
    for event in record.events { indexed.append(event) }
    #expect(indexed.administration("a1")?.drugFacts?.given == Self.mg("300"))
    #expect(record.log.administration("a1")?.drugFacts?.given == Self.mg("300"))
  }

  @Test func `an account is amended and withdrawn, and the one before it holds again`() {
    var record = Self.record()
    record.add(Self.account(given: "300"), at: "10:30")
    let wrong = record.add(Self.account(given: "35"), at: "11:00")
    let right = record.add(
      .eventSuperseded(replaces: wrong.id, replacement: Self.account(given: "350")), at: "11:00",
      reason: "typed wrong")
    #expect(facts(record)?.given == Self.mg("350"))
    record.add(
      .eventSuperseded(replaces: right.id, replacement: nil), at: "11:00", reason: "wrong drug")
    #expect(facts(record)?.given == Self.mg("35"))
    record.add(
      .eventSuperseded(replaces: wrong.id, replacement: nil), at: "11:00", reason: "wrong drug")
    #expect(facts(record)?.given == Self.mg("300"))
  }

  @Test func `an account may come before the start and after the end`() {
    var record = Self.record()
    record.stop("a1", at: "11:00")
    let early = record.event(Self.account(), at: "09:50")
    let late = record.event(Self.account(), at: "11:40")
    for event in [early, late] {
      #expect(
        record.log.refusal(
          of: event, now: RecordedTime(milliseconds: record.at("12:00").seconds * 1000),
          formulary: SampleRecord.formulary) == nil)
    }
  }

  @Test func `an account of an administration that is not there is refused`() {
    #expect(refusal(Self.account(of: "a9"))?.kind == .unknownAdministration)
    #expect(refusal(Self.account()) == nil)
  }

  @Test func `possible containers are recorded, impossible ones refused`() {
    func containers(_ count: Int, _ kinds: Int = 1) -> Refusal? {
      refusal(
        Self.account(
          containers: Array(
            repeating: DrugContainer(amount: Self.mg("100"), count: count), count: kinds)))
    }
    #expect(containers(1) == nil)
    #expect(containers(0)?.kind == .valueOutOfRange)
    #expect(containers(100_000) == nil)
    #expect(containers(100_001)?.kind == .valueOutOfRange)
    #expect(containers(1, 50) == nil)
    #expect(containers(1, 51)?.kind == .valueOutOfRange)
    #expect(
      refusal(Self.account(containers: [DrugContainer(amount: Self.mg("0"))]))?.kind
        == .valueOutOfRange)
    #expect(refusal(Self.account(given: "0")) == nil)
  }

  @Test func `texts are neither empty nor too long for a store`() {
    #expect(
      refusal(Self.account(containers: [DrugContainer(lot: " ")]))?.kind == .textMissing)
    let long = DrugContainer(lot: String(repeating: "L", count: 1001))
    #expect(refusal(Self.account(containers: [long]))?.kind == .textTooLong)
    let lot = DrugContainer(lot: String(repeating: "L", count: 1000))
    #expect(refusal(Self.account(containers: Array(repeating: lot, count: 10))) == nil)
    #expect(
      refusal(Self.account(containers: Array(repeating: lot, count: 11)))?.kind == .textTooLong)
  }

  @Test func `a discard is at a whole minute, and an amount is one that can be read again`() {
    let discard = DrugDiscard(Self.mg("50"), at: Instant(seconds: 1_795_500_030))
    #expect(refusal(Self.account(discarded: discard))?.kind == .notWholeMinutes)
    let fine = DrugAmount((ExactDecimal("0.000001") ?? .zero).shifted(by: -1), .mg)
    let fact = Fact.drugAccounted(
      DrugAccount(administration: "a1", facts: DrugFacts(given: fine)))
    #expect(refusal(fact)?.kind == .valueOutOfRange)
  }

  @Test func `a start is withdrawn only after its account`() {
    var record = Self.record()
    let account = record.add(Self.account(), at: "10:30")
    let start = record.events.first { $0.fact.kind == .drugStarted }
    let withdrawal = Fact.eventSuperseded(
      replaces: start?.id ?? account.id, replacement: nil)
    #expect(refusal(withdrawal, reason: "wrong patient", in: record)?.kind == .notWhatBegins)
  }

  @Test func `an account does not lengthen the stay in the chair`() {
    var record = Self.record()
    record.stop("a1", at: "11:00")
    record.add(.sessionClosed(answers: []), at: "11:10")
    record.add(.sessionReopened, at: "15:00", reason: "amount missing")
    record.add(Self.account(), at: "15:01")
    record.add(.sessionClosed(answers: []), at: "15:02")
    #expect(record.log.endedAt == record.at("11:10"))
  }
}

/// The planned end of a drug whose rate was set to 0, as records of earlier versions may have it.
@Suite struct ZeroRateTests {
  private static func record(_ changes: [(String, Double)]) -> SampleRecord {
    var record = SampleRecord()
    record.openWithPort()
    var facts = AdministrationFacts(
      administration: "a1", drug: "paclitaxel", technique: .infusion, site: "port")
    facts.volumeML = 200
    facts.rateMLPerHour = 100
    facts.plannedMinutes = 120
    record.add(.drugStarted(facts), at: "10:00")
    for (time, rate) in changes {
      record.add(.rateChanged(administration: "a1", rateMLPerHour: rate), at: time)
    }
    return record
  }

  private func end(_ changes: [(String, Double)], asOf time: String) -> Instant? {
    let record = Self.record(changes)
    return record.log.administration("a1")?.plannedEnd(asOf: record.at(time))
  }

  @Test func `at a rate of 0 the planned end moves on, and never goes away`() {
    let record = SampleRecord()
    #expect(end([], asOf: "11:30") == record.at("12:00"))
    #expect(end([("11:00", 0)], asOf: "11:30") == record.at("12:30"))
    #expect(end([("11:00", 0)], asOf: "13:00") == record.at("14:00"))
    #expect(end([("11:00", 0), ("11:30", 50)], asOf: "11:40") == record.at("13:30"))
    #expect(end([("11:00", 50)], asOf: "11:30") == record.at("13:00"))
  }

  @Test func `a rate that would take a month gives no end`() {
    #expect(end([("11:00", 0.1)], asOf: "11:30") == nil)
  }
}
