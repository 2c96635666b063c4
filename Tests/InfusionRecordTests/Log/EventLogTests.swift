import InfusionRecord
import TestSupport
import Testing

@Suite struct EventLogTests {
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

  @Test func `after a withdrawn stop the drug still runs`() {
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "09:00")
    let stop = record.stop("a1", at: "10:50")
    record.add(
      .eventSuperseded(replaces: stop.id, replacement: nil), at: "10:50", reason: "wrong drug")
    #expect(record.log.administration("a1")?.progress == .running)
    #expect(record.log.entry(for: stop.id)?.isWithdrawn == true)
  }

  @Test func `withdrawing a correction restores the first fact`() {
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

  @Test func `a correction of a correction applies to the first fact`() {
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

  @Test func `an id is read back from its text, and ids sort by time of creation`() {
    var generator = SeededGenerator(seed: 7)
    let early = Event.ID(at: RecordedTime(milliseconds: 1_763_900_000_000), using: &generator)
    let late = Event.ID(at: RecordedTime(milliseconds: 1_763_900_000_001), using: &generator)
    #expect(Event.ID(text: early.text) == early)
    #expect(early < late)
    #expect(early.text.utf8.count == 36)
    #expect(Event.ID(text: "0190b6f5-8c1e-7d3a-9f10-2b4c6d8e0f1") == nil)
    #expect(Event.ID(text: "0190b6f5x8c1e-7d3a-9f10-2b4c6d8e0f12") == nil)
  }

  @Test func `a session corrected days later ended at its first closing`() {
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
    record.add(.noteAdded(text: "corrected", administration: "a1"), at: "105:02")
    record.add(.sessionClosed(answers: []), at: "105:03")
    #expect(record.log.closedAt == record.at("105:03"))
    #expect(record.log.endedAt == record.at("11:00"))
  }

  @Test func `a reopened session with a later drug ended at its second closing`() {
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
