import InfusionRecord
import Interchange
import SessionReview
import TestSupport
import Testing

/// FHIR R4, validated by a library that is not ours.
struct FHIRExportTests {
  private func bytes(_ sessions: [DerivedSession]) -> [UInt8] {
    var bundle = FHIRBundle(systems: FHIRSystems(), authority: "HOSPITAL")
    bundle.begin(at: RecordedTime(milliseconds: 1_795_500_000_123))
    for session in sessions { bundle.add(session) }
    bundle.end()
    return bundle.takeBytes()
  }

  private func validated(_ sessions: [DerivedSession]) throws -> JSONValue {
    let found = try IndependentReader.run("fhir_check.py", bytes(sessions))
    #expect(found["dangling"]?.list?.isEmpty == true)
    #expect(found["twice"]?.list?.isEmpty == true)
    #expect(found["wrongID"]?.list?.isEmpty == true)
    return found
  }

  private func resources(_ found: JSONValue, _ type: String) -> [JSONValue] {
    (found["resources"]?.list ?? []).filter { $0["resourceType"]?.text == type }
  }

  @Test func `a session validates, and every reference is in the bundle`() throws {
    let found = try validated([ExportSample.export(ExportSample.record().log)])
    #expect(resources(found, "Patient").count == 1)
    #expect(resources(found, "Encounter").map { $0["status"]?.text } == ["finished"])
    #expect(resources(found, "Encounter").map { $0["class"]?["code"]?.text } == ["AMB"])
    #expect(
      resources(found, "MedicationAdministration").map { $0["status"]?.text } == [
        "completed", "completed",
      ])
    let charges = resources(found, "ChargeItem")
    #expect(charges.map { $0["status"]?.text } == ["billable", "billable", "billable"])
    #expect(
      charges.map { $0["code"]?["coding"]?.list?.first?["code"]?.text } == [
        "96413", "96415", "96367",
      ])
    #expect(charges.map { $0["quantity"]?["value"]?.number } == [1, 2, 1])
    #expect(
      charges[0]["definitionCanonical"]?.list?.first?.text == "urn:chairtime:rulebook|2026.1")
    #expect(
      charges[0]["service"]?.list?.first?["reference"]?.text.map { "\($0.dropFirst(9))" }
        == resources(found, "MedicationAdministration")[1]["id"]?.text)
  }

  @Test func `one patient in two sessions is one resource`() throws {
    let found = try validated([
      ExportSample.export(ExportSample.record().log),
      ExportSample.export(ExportSample.record(session: "2026-11-23-other1").log),
    ])
    #expect(resources(found, "Patient").count == 1)
    #expect(resources(found, "Encounter").count == 2)
  }

  @Test func `a running drug is in progress with only a start, its charge planned`() throws {
    var record = SampleRecord(zone: "America/Chicago")
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "08:00")
    let found = try validated([
      ExportSample.export(record.log, reviewed: false, asOf: record.at("09:30"))
    ])
    let drug = resources(found, "MedicationAdministration")[0]
    #expect(drug["status"]?.text == "in-progress")
    #expect(drug["effectivePeriod"]?["start"]?.text == "2026-11-23T08:00:00-06:00")
    #expect(drug["effectivePeriod"]?["end"] == nil)
    #expect(resources(found, "ChargeItem").map { $0["status"]?.text } == ["planned"])
    #expect(resources(found, "Encounter").map { $0["status"]?.text } == ["in-progress"])
  }

  @Test func `a reaction stops a drug, a withdrawn one was entered in error`() throws {
    var record = SampleRecord(zone: "America/Chicago")
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "08:00")
    record.add(.drugStopped(DrugStop(administration: "a1", stopReason: .reaction)), at: "08:40")
    let wrong = record.start("a2", "ondansetron", at: "08:45")
    record.add(
      .eventSuperseded(replaces: wrong.id, replacement: nil), at: "08:45", recorded: "08:50",
      reason: "another patient's bag")
    record.add(.sessionClosed(answers: []), at: "09:00")
    let found = try validated([ExportSample.export(record.log)])
    let drugs = resources(found, "MedicationAdministration")
    #expect(drugs.map { $0["status"]?.text } == ["stopped", "entered-in-error"])
    #expect(drugs[0]["statusReason"]?.list?.first?["text"]?.text == "reaction")
    let provenance = try #require(resources(found, "Provenance").first)
    #expect(provenance["reason"]?.list?.first?["text"]?.text == "another patient's bag")
    #expect(
      provenance["target"]?.list?.first?["reference"]?.text.map { "\($0.dropFirst(9))" }
        == drugs[1]["id"]?.text)
  }

  @Test func `a paper record has its day, its minutes and their basis, an end not seen no end`()
    throws
  {
    var record = SampleRecord(zone: "America/Chicago")
    record.openWithPort()
    record.add(
      .pushGiven(
        AdministrationFacts(
          administration: "a1", drug: "ondansetron", technique: .infusion, site: "port",
          isWithoutClock: true), minutes: 45), at: "08:00", recorded: "12:00", basis: .lateEntry)
    record.start("a2", "paclitaxel", at: "08:00")
    record.add(
      .drugStopped(DrugStop(administration: "a2")), at: "09:31", basis: .lastSeenRunning)
    record.add(.sessionClosed(answers: []), at: "13:00")
    let found = try validated([ExportSample.export(record.log, reviewed: false)])
    let drugs = resources(found, "MedicationAdministration")
    func notes(_ drug: JSONValue) -> [String?] {
      (drug["note"]?.list ?? []).map { $0["text"]?.text }
    }
    #expect(drugs[0]["effectiveDateTime"]?.text == "2026-11-23")
    #expect(drugs[0]["effectivePeriod"] == nil)
    #expect(notes(drugs[0]).contains("45 min stated, no clock times (late entry)"))
    #expect(drugs[1]["effectivePeriod"]?["start"]?.text == "2026-11-23T08:00:00-06:00")
    #expect(drugs[1]["effectivePeriod"]?["end"] == nil)
    #expect(
      notes(drugs[1]).contains(
        "last seen running 2026-11-23T09:31-06:00; its end was not observed"))
  }

  @Test func `minutes without a unit are not billable`() throws {
    var record = SampleRecord(zone: "America/Chicago")
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "08:00")
    record.start("a2", "sodium chloride 0.9%", at: "08:10")
    record.stop("a2", at: "08:40")
    record.stop("a1", at: "09:00")
    record.add(.sessionClosed(answers: []), at: "09:10")
    let found = try validated([ExportSample.export(record.log)])
    let items = resources(found, "ChargeItem").filter { $0["status"]?.text == "not-billable" }
    #expect(items.map { $0["quantity"]?["value"]?.number } == [30])
    #expect(items.map { $0["quantity"]?["code"]?.text } == ["min"])
  }

  @Test func `the same session gives the same bytes`() {
    let one = bytes([ExportSample.export(ExportSample.record().log)])
    #expect(one == bytes([ExportSample.export(ExportSample.record().log)]))
  }

  @Test func `hours after midnight occur on their own date`() throws {
    var record = SampleRecord(zone: "America/Chicago")
    record.openWithPort(at: "21:00")
    record.start("a1", "paclitaxel", at: "21:30")
    record.stop("a1", at: "26:15")
    record.add(.sessionClosed(answers: []), at: "26:31")
    let found = try validated([ExportSample.export(record.log)])
    #expect(
      resources(found, "ChargeItem").map { $0["occurrencePeriod"]?["start"]?.text } == [
        "2026-11-23T21:30:00-06:00", "2026-11-23T21:30:00-06:00", "2026-11-24T00:00:00-06:00",
      ])
  }

  @Test func `an encounter whose record was mended later is no longer than it was`() throws {
    var record = ExportSample.record()
    record.add(.sessionReopened, at: "100:00", reason: "a time was wrong")
    record.add(.sessionClosed(answers: []), at: "100:05")
    let encounter = resources(try validated([ExportSample.export(record.log)]), "Encounter")[0]
    #expect(encounter["period"]?["end"]?.text == "2026-11-23T12:00:00-06:00")
  }

  @Test func `a bundle of nothing validates, and has no empty list`() throws {
    #expect(resources(try validated([]), "Patient").isEmpty)
    #expect(!String(decoding: bytes([]), as: UTF8.self).contains("[]"))
  }
}
