import InfusionRecord
import SessionStore
import TestSupport
import Testing

@testable import SuiteProgram

/// Which sessions an earlier export held, as the audit record names it.
@Suite struct EarlierExportTests {
  /// Exported at 12:00 on the day of the session.
  private func export(_ what: String) -> EarlierExport? {
    let noon = SampleRecord.elsewhere().at("12:00")
    return EarlierExport(
      what, format: .fhir, at: RecordedTime(milliseconds: noon.seconds * 1000))
  }

  private func covers(_ day: String, _ record: SampleRecord) throws -> Bool {
    try #require(export("fhir \(day)")).covers(record.log)
  }

  @Test func `it is read as exports are audited`() {
    #expect(export("fhir 2026-11-22 to 2026-11-24")?.days == today + -1...today + 1)
    #expect(export("fhir 2026-11-23")?.days == today...today)
    for other in ["csv 2026-11-23", "fhir", "fhir 2026-11-24 to 2026-11-22", "fhir today"] {
      #expect(export(other)?.days == nil, "\(other)")
    }
  }

  @Test func `a session counts on the day that it had when it was exported`() throws {
    var record = SampleRecord.closed("2026-11-23-one")
    #expect(try covers("2026-11-23", record))
    #expect(try !covers("2026-11-24", record))
    // The day was wrong; that is corrected after the export.
    let opening = record.events[0]
    record.add(
      .eventSuperseded(replaces: opening.id, replacement: opening.fact), at: "32:00",
      recorded: "34:00", reason: "wrong day")
    #expect(record.log.openedAt == record.at("32:00"))
    #expect(try covers("2026-11-23", record))
    #expect(try !covers("2026-11-24", record))
  }

  @Test func `one opened after the export is none of it`() throws {
    let late = SampleRecord.elsewhere("2026-11-23-late", at: "15:00")
    #expect(try !covers("2026-11-23", late))
  }
}
