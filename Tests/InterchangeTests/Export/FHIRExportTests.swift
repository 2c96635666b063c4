import InfusionRecord
import SessionReview
import TestSupport
import Testing

@testable import Interchange

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
    let unsound = try #require(found["r4"]?.list)
    #expect(unsound.compactMap(\.text) == [])
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

  @Test func `reactions, vital signs, allergies and alerts are resources that refer to their own`()
    throws
  {
    let found = try validated([ExportSample.export(ExportSample.reacting().log)])
    let events = resources(found, "AdverseEvent")
    #expect(
      events.map { $0["severity"]?["coding"]?.list?.first?["code"]?.text } == ["moderate", "mild"])
    #expect(
      events.map { $0["suspectEntity"]?.list?.first?["instance"]?["reference"]?.text } == [
        resources(found, "MedicationAdministration")[1]["id"]?.text.map { "urn:uuid:\($0)" }, nil,
      ])
    let observations = resources(found, "Observation")
    #expect(
      observations.map { $0["code"]?["coding"]?.list?.first?["code"]?.text } == [
        "85354-9", "8310-5",
      ])
    #expect(
      observations[0]["component"]?.list?.map { $0["valueQuantity"]?["value"]?.number } == [98, 60])
    #expect(observations[1]["valueQuantity"]?["code"]?.text == "Cel")
    let allergies = resources(found, "AllergyIntolerance")
    #expect(allergies.map { $0["code"]?["text"]?.text } == ["penicillin", "latex"])
    #expect(resources(found, "Flag").map { $0["code"]?["text"]?.text } == ["fall risk"])
  }

  @Test func `that no allergy is known is a resource, and that none was recorded is not`() throws {
    var record = ExportSample.record()
    let before = try validated([ExportSample.export(record.log)])
    #expect(resources(before, "AllergyIntolerance").isEmpty)
    record.events.removeLast()
    record.add(.allergiesRecorded(AllergyStatement(allergies: .noneKnown)), at: "11:00")
    let found = try validated([ExportSample.export(record.log)])
    let codes = resources(found, "AllergyIntolerance").map {
      $0["code"]?["coding"]?.list?.first?["code"]?.text
    }
    #expect(codes == ["716186003"])
  }

  @Test func `one patient in two sessions is one resource`() throws {
    let found = try validated([
      ExportSample.export(ExportSample.record().log),
      ExportSample.export(ExportSample.record(session: "2026-11-23-other1").log),
    ])
    #expect(resources(found, "Patient").count == 1)
    #expect(resources(found, "Encounter").count == 2)
  }

  @Test(arguments: OddSession.allCases)
  func `a session of each odd kind validates`(odd: OddSession) throws {
    let found = try validated([odd.signed])
    #expect(resources(found, "Encounter").count == 1)
  }

  @Test func `two people with one record number are two resources, in whatever case`() throws {
    func session(_ id: String, _ mrn: String, _ given: String, shares: Bool) -> DerivedSession {
      var record = SampleRecord(session: id, zone: "America/Chicago")
      var opening = SampleRecord.opening
      opening.patient.mrn = mrn
      opening.patient.given = given
      opening.sharesNumber = shares
      record.add(.sessionOpened(opening), at: "07:00")
      record.add(.sessionClosed(answers: []), at: "08:00")
      return ExportSample.export(record.log)
    }
    let found = try validated([
      session("2026-11-23-one", "AB7", "Amara", shares: false),
      session("2026-11-23-two", "ab7", "Amara", shares: false),
      session("2026-11-23-three", "AB7", "Olu", shares: true),
    ])
    let patients = resources(found, "Patient")
    #expect(
      patients.map { $0["name"]?.list?.first?["given"]?.list?.first?.text } == ["Amara", "Olu"])
    let subjects = resources(found, "Encounter").map { $0["subject"]?["reference"]?.text }
    let ids = patients.map { $0["id"]?.text.map { "urn:uuid:\($0)" } }
    #expect(subjects == [ids[0], ids[0], ids[1]])
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

  private func drug(_ odd: OddSession) throws -> JSONValue {
    try #require(resources(try validated([odd.signed]), "MedicationAdministration").first)
  }

  private func notes(_ resource: JSONValue) -> [String] {
    (resource["note"]?.list ?? []).compactMap { $0["text"]?.text }
  }

  @Test func `the dose is the drug's, the bag's volume is told in words`() throws {
    let drug = try drug(.doseBesideVolume)
    #expect(drug["dosage"]?["dose"]?["value"]?.number == 8)
    #expect(drug["dosage"]?["dose"]?["code"]?.text == "mg")
    #expect(drug["dosage"]?["rateQuantity"]?["value"]?.number == 100)
    #expect(
      notes(drug) == [
        "infusion, access site left-hand (peripheral)", "dose as charted: 8 mg",
        "volume as charted: 50 mL",
      ])
  }

  @Test(
    arguments: [
      ("8 mg", 8, "mg"), ("0.25 mcg", 0.25, "ug"), ("1,000 mL", 1000, "mL"), ("2g", 2, "g"),
      ("175 mg/m2", nil, nil), ("AUC 5", nil, nil), ("1,5 mg", nil, nil), ("0 mg", nil, nil),
      ("0,500 mg", nil, nil), (",500 mg", nil, nil), ("1.000,500 mg", nil, nil),
      ("1,000.5 mg", 1000.5, "mg"),
      ("8-16 mg", nil, nil), ("two mg", nil, nil), ("5 units", nil, nil),
    ] as [(String, Double?, String?)])
  func `a dose is a plain number and unit`(text: String, value: Double?, unit: String?) {
    let dose = ChartedDosage.Dose(charted: text)
    #expect(dose?.value == value)
    #expect(dose?.unit == unit)
  }

  @Test func `a rate that was changed is no one rate`() throws {
    let drug = try drug(.changedRate)
    #expect(drug["dosage"]?["rateQuantity"] == nil)
    #expect(
      notes(drug).last
        == "rate as charted: 100 mL/h, 40 mL/h from 2026-11-23T08:20-06:00")
  }

  @Test func `an order number is the request`() throws {
    let request = try drug(.orderNumbers)["request"]
    #expect(request?["identifier"]?["value"]?.text == "ORD-77")
    #expect(request?["type"]?.text == "MedicationRequest")
  }

  @Test func `the last time it was seen running is no end`() throws {
    let seen = try drug(.lastSeen)
    #expect(seen["effectivePeriod"]?["end"] == nil)
    #expect(
      notes(seen).last == "last seen running 2026-11-23T09:00-06:00; its end was not observed")
    let found = try drug(.notObserved)
    #expect(found["effectivePeriod"]?["end"] == nil)
    #expect(
      notes(found).last == "found ended 2026-11-23T09:00-06:00; its end was not observed")
  }

  @Test func `a paper record has a day and no time`() throws {
    #expect(try drug(.paper)["effectiveDateTime"]?.text == "2026-11-23")
  }

  @Test func `a charge that fell away is told under its old id`() throws {
    var record = ExportSample.record()
    var derivation = SessionDerivation(
      formulary: SampleRecord.formulary, now: record.at("12:00"))
    let before = derivation.session(record.log)
    let exported = RecordedTime(milliseconds: record.at("12:10").seconds * 1000)
    let order = try derivation.order(for: before, by: "R. SAMPLE")
    record.add(.sessionReviewed(order.review), at: "12:05")
    let signed = derivation.session(record.log)
    #expect(signed.standing.isSignedOff)
    record.add(
      .eventSuperseded(replaces: record.events[5].id, replacement: record.events[5].fact),
      at: "08:50", recorded: "12:30", reason: "wrong clock")
    var after = derivation.session(record.log)
    #expect(after.units.map(\.codeText) == ["96413", "96367"])
    // Whether it was exported or not, a signed charge may have been posted.
    for moments in [[], [exported]] {
      after.fallen = derivation.fallen(since: moments, of: record.log, now: after)
      let items = resources(try validated([after]), "ChargeItem")
      let old = resources(try validated([signed]), "ChargeItem")
      let fallen = items.filter { $0["status"]?.text == "entered-in-error" }
      #expect(fallen.map { $0["id"]?.text } == [old[1]["id"]?.text])
      #expect(fallen.map { $0["quantity"]?["value"]?.number } == [2])
    }
    // A planned one was aborted; before that export there is nothing to tell.
    var unsigned = ExportSample.record()
    let planned = derivation.session(unsigned.log)
    unsigned.add(
      .eventSuperseded(replaces: unsigned.events[5].id, replacement: unsigned.events[5].fact),
      at: "08:50", recorded: "12:30", reason: "wrong clock")
    var now = derivation.session(unsigned.log)
    #expect(derivation.fallen(since: [], of: unsigned.log, now: now).isEmpty)
    now.fallen = derivation.fallen(since: [exported], of: unsigned.log, now: now)
    let ids = resources(try validated([now]), "ChargeItem").filter {
      $0["status"]?.text == "aborted"
    }.map { $0["id"]?.text }
    #expect(ids == [resources(try validated([planned]), "ChargeItem")[1]["id"]?.text])
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
