import InfusionRecord
import TestSupport
import Testing

/// Sentences name the day of a moment that is not on the session's day.
@Suite struct DatedSentenceTests {
  /// The sentences of an evening session, opened at 22:00, that goes on after midnight.
  static func night(_ change: (inout SampleRecord) -> Void) -> [String] {
    var record = SampleRecord()
    record.openWithPort(at: "22:00")
    record.start("a1", "paclitaxel", at: "22:10")
    change(&record)
    return record.log.timeline(asOf: record.at("30:00"), formulary: SampleRecord.formulary)
      .issues.map(\.sentence)
  }

  @Test func `a pause after midnight names its day, one before does not`() {
    let late = DatedSentenceTests.night {
      $0.add(.drugPaused(administration: "a1"), at: "24:30")
      $0.add(.drugResumed(administration: "a1"), at: "27:00")
      $0.stop("a1", at: "27:30")
    }
    #expect(late == ["PACLitaxel was paused for 150 min from 24-Nov-2026 00:30."])
    let early = DatedSentenceTests.night {
      $0.add(.drugPaused(administration: "a1"), at: "22:30")
      $0.add(.drugResumed(administration: "a1"), at: "25:00")
      $0.stop("a1", at: "25:30")
    }
    #expect(early == ["PACLitaxel was paused for 150 min from 22:30."])
  }

  @Test func `an overlap names the days of its ends that are not the session's`() {
    func overlap(_ from: String, _ to: String) -> [String] {
      DatedSentenceTests.night {
        $0.start("a2", "ondansetron", at: from)
        $0.stop("a2", at: to)
        $0.stop("a1", at: "28:00")
      }
    }
    #expect(
      overlap("23:00", "23:30") == [
        "PACLitaxel and ondansetron ran together for 30 min (23:00–23:30)."
      ])
    #expect(
      overlap("23:50", "24:20") == [
        "PACLitaxel and ondansetron ran together for 30 min (23:50–24-Nov-2026 00:20)."
      ])
    #expect(
      overlap("24:20", "24:50") == [
        "PACLitaxel and ondansetron ran together for 30 min (24-Nov-2026 00:20–00:50)."
      ])
  }

  @Test func `a contradiction names the day of its moment`() {
    let found = DatedSentenceTests.night {
      $0.stop("a1", at: "24:30")
      $0.stop("a1", at: "24:40")
    }
    #expect(found == ["PACLitaxel was already stopped at 24-Nov-2026 00:30."])
  }

  @Test func `a late entry over midnight names the day that is not the session's`() {
    let found = DatedSentenceTests.night {
      $0.add(
        .drugStopped(DrugStop(administration: "a1")), at: "23:40", recorded: "25:10",
        basis: .lateEntry)
    }
    #expect(found == ["A fact of 23:40 was written down at 24-Nov-2026 01:10."])
  }

  @Test func `a refusal names the day of the fact that it contradicts`() {
    var record = SampleRecord()
    record.openWithPort(at: "22:00")
    record.start("a1", "paclitaxel", at: "24:30")
    let second = record.event(
      .drugStarted(
        AdministrationFacts(
          administration: "a2", drug: "paclitaxel", technique: .infusion, site: "port")),
      at: "25:00")
    let refusal = record.log.refusal(
      of: second, now: second.recordedTime, formulary: SampleRecord.formulary)
    #expect(refusal?.sentence.contains("runs since 24-Nov-2026 00:30") == true, "\(refusal as Any)")
  }
}
