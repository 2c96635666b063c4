import Foundation
import InfusionRecord
import Interchange
import TestSupport
import Testing
import TimelineEngine

@testable import chairtime

@Suite struct ImportTests {
  private static let cases = ((try? jsonFiles(in: conformanceFolder.path)) ?? [])

  /// What a document comes to by itself, and by way of the record.
  @Test(arguments: cases) func `a document comes to the same by way of the record`(
    name: String
  ) throws {
    let bytes = [UInt8](try Data(contentsOf: conformanceFolder.appending(path: name)))
    let document = try SessionDocument(bytes, file: name, formulary: .starter)
    var deriver = Deriver()
    let direct = deriver.statement(of: document.timeline, policy: document.policy)

    let facts = try DocumentFacts(
      document: document, patient: SampleRecord.opening.patient, chair: "1", nurse: "T. SAMPLE"
    ).facts()
    var log = EventLog(session: SessionID(document.timeline.session.id))
    var generator = SeededGenerator(seed: 3)
    let now = RecordedTime(
      milliseconds: (facts.map(\.moment.seconds).max() ?? 0) * 1000 + 3_600_000)
    for timed in facts {
      let event = Event(
        id: Event.ID(at: now, using: &generator), session: log.session,
        clinicalTime: timed.moment, recordedTime: now, actor: "T. SAMPLE", workstation: "w",
        basis: .lateEntry, reason: "imported", fact: timed.fact)
      #expect(log.refusal(of: event, now: now, formulary: .starter) == nil)
      log.append(event)
    }
    let recorded = log.timeline(asOf: log.lastWord, formulary: .starter).timeline
    let byRecord = deriver.statement(of: recorded, policy: document.policy)
    let difference = UnitDifference(from: direct, to: byRecord)
    #expect(difference.lines.map(\.text) == [])
    #expect(direct.charges.map(\.status) == byRecord.charges.map(\.status))
    #expect(direct.findings.map(\.id) == byRecord.findings.map(\.id))
  }

  @Test func `there are published sessions to import`() {
    #expect(Self.cases.count > 70)
  }
}
