import Foundation
import InfusionRecord
import Interchange
import SessionReview
import SuiteProgram
import TestSupport
import Testing
import TimelineEngine

@testable import chairtime

@Suite struct ImportTests {
  private static let cases = ((try? jsonFiles(in: conformanceFolder.path, expected: "cases")) ?? [])

  @Test func `a document of 20,000 facts is recorded, one of 20,001 is not`() {
    #expect(Import.complaint(ofFacts: 20_000) == nil)
    #expect(
      Import.complaint(ofFacts: 20_001)?.description
        == "it has 20001 facts, and a session takes 20000 at once at most")
  }

  /// What a document comes to by itself, and by way of the record.
  @Test(arguments: cases) func `a document comes to the same by way of the record`(
    name: String
  ) throws {
    let bytes = [UInt8](try Data(contentsOf: conformanceFolder.appending(path: name)))
    try expectTheSame(SessionDocument(bytes, file: name, formulary: .starter))
  }

  @Test
  func `the order, paper records, ends that were not seen and reasons come through the record`()
    throws
  {
    let text = """
      {"format":"chairtime.session/1","id":"stay","setting":"professional",
      "reasonForVisit":{"1":"a1","2":"a5"},"inpatientFrom":"2026-03-02T16:00",
      "administrations":[
      {"id":"a1","drug":"iron","class":"therapeutic","technique":"infusion",
      "start":"2026-03-02T09:00","lastSeenRunning":"2026-03-02T10:31"},
      {"id":"a2","drug":"midazolam","class":"therapeutic","technique":"push","purpose":"integral",
      "start":"2026-03-02T09:10","stop":"2026-03-02T09:12"},
      {"id":"a3","drug":"cefepime","class":"therapeutic","technique":"infusion","minutes":46},
      {"id":"a4","drug":"vancomycin","class":"therapeutic","technique":"infusion","encounter":"2",
      "start":"2026-03-02T13:00","stop":"2026-03-02T15:00"},
      {"id":"a5","drug":"ceftriaxone","class":"therapeutic","technique":"infusion","encounter":"2",
      "start":"2026-03-02T15:00","stop":"2026-03-02T15:30"},
      {"id":"a6","drug":"ondansetron","class":"therapeutic","technique":"push","encounter":"2",
      "start":"2026-03-02T16:00","stop":"2026-03-02T16:02"}]}
      """
    try expectTheSame(
      SessionDocument(Array(text.utf8), file: "stay.json", formulary: .starter))
  }

  @Test func `what has one moment in a document has one in the record, and a synonym its drug`()
    throws
  {
    let text = """
      {"format":"chairtime.session/1","id":"moments","administrations":[
      {"id":"a1","drug":"ondansetron","technique":"im","start":"2026-03-02T09:00"},
      {"id":"a2","drug":"ondansetron","technique":"push","start":"2026-03-02T09:10"},
      {"id":"a3","drug":"NS","technique":"infusion","start":"2026-03-02T09:20",
      "stop":"2026-03-02T10:20"}]}
      """
    let document = try SessionDocument(Array(text.utf8), file: "m.json", formulary: .starter)
    try expectTheSame(document)
    let facts = try DocumentFacts(
      document: document, patient: SampleRecord.opening.patient, chair: "1", nurse: "T. SAMPLE"
    ).facts().map(\.fact)
    #expect(facts.map(\.kind).contains(.injectionGiven) && facts.map(\.kind).contains(.pushGiven))
    #expect(facts.count { $0.kind == .drugStopped } == 1)
    #expect(facts.compactMap(\.beginning?.drug).last == "sodium chloride 0.9%")
  }

  private func expectTheSame(_ document: SessionDocument) throws {
    var deriver = Deriver()
    let direct = deriver.statement(of: document.timeline, policy: document.policy)

    let reading = DocumentFacts(
      document: document, patient: SampleRecord.opening.patient, chair: "1", nurse: "T. SAMPLE")
    // A document may lack a start; the record never does.
    let rows = document.timeline.administrations
    guard rows.allSatisfy({ $0.start != nil || $0.statedMinutes != nil }) else {
      #expect(throws: (any Error).self) { try reading.facts() }
      return
    }
    let facts = try reading.facts()
    var log = EventLog(session: SessionID(document.timeline.session.id))
    var generator = SeededGenerator(seed: 3)
    let now = RecordedTime(
      milliseconds: (facts.map(\.moment.seconds).max() ?? 0) * 1000 + 3_600_000)
    for timed in facts {
      let event = Event(
        id: Event.ID(at: now, using: &generator), session: log.session,
        clinicalTime: timed.moment, recordedTime: now, actor: "T. SAMPLE", workstation: "w",
        basis: timed.basis, reason: "imported", fact: timed.fact)
      #expect(log.refusal(of: event, now: now, formulary: .starter) == nil)
      log.append(event)
    }
    let recorded = log.timeline(asOf: log.latestMoment, formulary: .starter).timeline
    let byRecord = deriver.statement(of: recorded, policy: document.policy)
    let difference = StatementDifference(from: direct, to: byRecord)
    #expect(difference.changes.map(\.place.text) == [])
    #expect(direct.charges.map(\.status) == byRecord.charges.map(\.status))
    #expect(direct.findings.map(\.id) == byRecord.findings.map(\.id))
  }

  @Test func `who is not known has no date of birth, on screen or in a file`() throws {
    let folder = TemporaryFolder()
    let store = ["--store", folder.file("s.store")]
    func run(_ words: String...) throws -> String {
      let ended = try BuiltProgram.run(words + store, input: Data(), folder: nil)
      #expect(ended.code == 0, "\(words): \(ended.error)")
      return ended.output
    }
    let file = conformanceFolder.appending(path: "chemo-150-minutes.json").path
    let name = String(try run("import", "--anonymous", file).prefix { $0 != " " })
    var said = try run("session", "show", name)
    #expect(said.contains("date of birth not recorded"), "\(said)")
    #expect(try !run("session", "show", name, "--format", "json").contains("\"born\""))
    let document = try SessionDocument(
      [UInt8](try Data(contentsOf: URL(filePath: file))), file: file, formulary: .starter)
    let first = try #require(document.timeline.administrations.compactMap(\.start).min())
    let day = document.timeline.session.clock.date(at: first).iso
    for format in ["csv", "json", "fhir", "text"] {
      said += try run("export", "--date", day, "--format", format)
    }
    said += try run("review", "--date", day)
    said += try run("session", "list", "--date", day)
    #expect(!said.contains("1900"), "\(said)")
    #expect(try run("verify").contains("facts"))
  }

  @Test func `there are published sessions to import`() {
    #expect(Self.cases.count > 70)
  }
}
