import InfusionRecord
import TestSupport
import Testing

/// The stay in the record: the inpatient order, parts of other procedures, paper records, reasons.
@Suite struct StayTests {
  private func row(_ record: SampleRecord, _ id: String, asOf time: String) -> Administration? {
    let timeline = record.log.timeline(
      asOf: record.at(time), formulary: SampleRecord.formulary
    ).timeline
    return timeline.administrations.first { $0.id == id }
  }

  private func session(_ record: SampleRecord, asOf time: String) -> SessionContext {
    record.log.timeline(asOf: record.at(time), formulary: SampleRecord.formulary).timeline.session
  }

  private func refusal(_ record: SampleRecord, _ fact: Fact, at time: String) -> Refusal? {
    var record = record
    let event = record.event(fact, at: time, reason: "a reason")
    return record.log.refusal(
      of: event, now: event.recordedTime, formulary: SampleRecord.formulary)
  }

  // MARK: The inpatient order

  private func ordered(_ record: SampleRecord, _ moment: Instant?) -> Fact {
    var opening = SampleRecord.opening
    opening.zone = record.zone
    opening.inpatientFrom = moment
    return .eventSuperseded(
      replaces: record.events[0].id, replacement: .sessionOpened(opening))
  }

  @Test func `an inpatient order holds from its time on, and can be withdrawn`() {
    var record = SampleRecord()
    record.openWithPort()
    record.add(ordered(record, record.at("10:00")), at: "07:00", reason: "inpatient order")
    #expect(session(record, asOf: "09:57").inpatientFrom == nil)
    #expect(session(record, asOf: "10:00").inpatientFrom == record.at("10:00"))
    record.add(ordered(record, nil), at: "07:00", reason: "no order")
    #expect(session(record, asOf: "10:00").inpatientFrom == nil)
  }

  @Test func `an order is refused in the future and within a minute`() {
    var record = SampleRecord()
    record.openWithPort()
    #expect(refusal(record, ordered(record, record.at("07:02")), at: "07:00") == nil)
    #expect(
      refusal(record, ordered(record, record.at("07:03")), at: "07:00")?.sentence
        == "The inpatient order lies in the future; record it when it is signed.")
    #expect(
      refusal(record, ordered(record, record.at("07:00") + 1), at: "07:00")?.kind
        == .notWholeMinutes)
  }

  @Test func `the order is told in words`() {
    var record = SampleRecord()
    record.openWithPort()
    let event = record.add(
      ordered(record, record.at("10:00")), at: "07:00", reason: "inpatient order")
    #expect(
      event.fact.words(in: record.log, formulary: SampleRecord.formulary)
        .hasSuffix(", inpatient from 10:00"))
  }

  // MARK: Parts of other procedures

  @Test(arguments: [(Drug.Class.hydration, true), (.therapeutic, false), (.chemotherapy, false)])
  func `hydration is no part of another procedure`(drugClass: Drug.Class, isRefused: Bool) {
    var record = SampleRecord()
    record.openWithPort()
    let facts = AdministrationFacts(
      administration: "a1", drug: "fluid", technique: .infusion, site: "port", purpose: .integral,
      statedClass: drugClass)
    #expect((refusal(record, .drugStarted(facts), at: "08:00") != nil) == isRefused)
  }

  @Test func `the class of a part of another procedure is asked as that of any drug`() {
    var record = SampleRecord()
    record.openWithPort()
    var facts = AdministrationFacts(
      administration: "a1", drug: "mystery agent", technique: .push, site: "port",
      purpose: .integral)
    record.add(.pushGiven(facts, minutes: 2), at: "08:00")
    facts.administration = "a2"
    facts.purpose = .hydration
    record.add(.pushGiven(facts, minutes: 2), at: "09:00")
    let issues = record.log.timeline(asOf: record.at("10:00"), formulary: SampleRecord.formulary)
      .issues
    #expect(
      issues.filter { $0.kind == .unclassifiedDrug }.map(\.administrations) == [["a1"], ["a2"]])
  }

  // MARK: Paper records

  private let paper = AdministrationFacts(
    administration: "a1", drug: "iron", technique: .infusion, site: "port",
    statedClass: .therapeutic, isWithoutClock: true)

  @Test func `a paper record gives minutes and a day, no time`() {
    var record = SampleRecord()
    record.openWithPort()
    record.add(.pushGiven(paper, minutes: 45), at: "10:00", basis: .lateEntry)
    let found = row(record, "a1", asOf: "12:00")
    #expect(found?.start == nil && found?.stop == nil && found?.isRunning == false)
    #expect(found?.statedMinutes == 45 && found?.startBasis == nil)
    #expect(found?.day == record.log.clock.date(at: record.at("10:00")))
  }

  @Test(arguments: [(0, true), (1, false), (10_080, false), (10_081, true)])
  func `it has 1 to 10080 minutes`(minutes: Int, isRefused: Bool) {
    var record = SampleRecord()
    record.openWithPort()
    #expect((refusal(record, .pushGiven(paper, minutes: minutes), at: "10:00") != nil) == isRefused)
  }

  @Test func `it may be recorded while a dose of its drug runs, and reaches into no future`() {
    var record = SampleRecord()
    record.openWithPort()
    record.start("a2", "iron", at: "09:00")
    #expect(refusal(record, .pushGiven(paper, minutes: 45), at: "10:00") == nil)
    #expect(Fact.pushGiven(paper, minutes: 45).length == 0)
    #expect(
      Fact.pushGiven(paper, minutes: 45).words(in: record.log, formulary: SampleRecord.formulary)
        == "iron infusion given, access site port, 45 min on paper, no clock times")
  }

  @Test func `no time of it is claimed, so it is no late entry`() {
    var record = SampleRecord()
    record.openWithPort()
    record.add(.pushGiven(paper, minutes: 45), at: "08:00", recorded: "12:00", basis: .lateEntry)
    record.start("a2", "ondansetron", at: "09:00")
    record.add(
      .drugStopped(DrugStop(administration: "a2")), at: "09:30", recorded: "12:00")
    let issues = record.log.timeline(asOf: record.at("12:00"), formulary: SampleRecord.formulary)
      .issues
    #expect(issues.filter { $0.kind == .lateEntry }.map(\.administrations) == [["a2"]])
  }

  // MARK: Last seen running, reasons

  @Test(arguments: [
    (TimeBasis.lastSeenRunning, true, true), (.lastSeenRunning, false, false),
    (.observed, true, false), (.pumpLog, true, false),
  ])
  func `a stop that was not observed has no time at which the drug was last seen running`(
    basis: TimeBasis, isNotObserved: Bool, isRefused: Bool
  ) {
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "iron", at: "09:00")
    let stop = Fact.drugStopped(
      DrugStop(administration: "a1", isNotObserved: isNotObserved))
    func sentence(of fact: Fact) -> String? {
      var record = record
      let event = record.event(fact, at: "10:00", basis: basis, reason: "a reason")
      return record.log.refusal(
        of: event, now: event.recordedTime, formulary: SampleRecord.formulary)?.sentence
    }
    let expected =
      isRefused
      ? "A stop is either not observed, or it has the time at which the drug was last seen running; "
        + "choose one of the two." : nil
    #expect(sentence(of: stop) == expected)
    let first = record.add(.drugStopped(DrugStop(administration: "a1")), at: "10:00")
    #expect(sentence(of: .eventSuperseded(replaces: first.id, replacement: stop)) == expected)
  }

  @Test func `a stop tells that it is the time at which the drug was last seen running`() {
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "iron", at: "09:00")
    record.add(
      .drugStopped(DrugStop(administration: "a1")), at: "10:00", basis: .lastSeenRunning)
    #expect(row(record, "a1", asOf: "12:00")?.stopBasis == .lastSeenRunning)
    #expect(row(record, "a1", asOf: "09:30")?.stopBasis == nil)
  }

  @Test func `each encounter has the first reason recorded for it`() {
    var record = SampleRecord()
    record.openWithPort()
    for (id, encounter, isReason) in [
      ("a1", "1", false), ("a2", "1", true), ("a3", "1", true), ("a4", "2", true),
    ] {
      let facts = AdministrationFacts(
        administration: id, drug: "iron", technique: .push, site: "port",
        statedClass: .therapeutic, encounter: encounter, isReasonForVisit: isReason)
      record.add(.pushGiven(facts, minutes: nil), at: "08:00")
    }
    #expect(session(record, asOf: "09:00").reasonsForVisit == [1, 3])
  }
}
