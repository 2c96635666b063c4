import Foundation
import InfusionRecord
import Interchange
import TestSupport
import TimelineEngine

@testable import SessionReview

/// Sessions to export, and libraries that are not ours to read them with.
enum ExportSample {
  /// Two infusions at a port, closed at 12:00; the names may be any.
  static func record(
    family: String = "Tester", given: String = "Amara", session: String = "2026-11-23-sample"
  ) -> SampleRecord {
    var record = SampleRecord(session: session, zone: "America/Chicago")
    var opening = SampleRecord.opening
    opening.zone = record.zone
    opening.patient.family = family
    opening.patient.given = given
    record.add(.sessionOpened(opening), at: "07:00")
    record.add(.siteOpened(SiteOpening(site: "port", kind: .port)), at: "07:00")
    record.start("a1", "ondansetron", at: "07:30")
    record.stop("a1", at: "07:50")
    record.start("a2", "paclitaxel", at: "08:00")
    record.stop("a2", at: "10:40")
    record.add(.sessionClosed(answers: []), at: "12:00")
    return record
  }

  /// The same with reactions, allergies and an alert.
  static func reacting() -> SampleRecord {
    var record = SampleRecord(session: "2026-11-23-sample", zone: "America/Chicago")
    let usual = self.record().events
    record.events = usual.dropLast()
    record.add(
      .allergiesRecorded(
        AllergyStatement(
          allergies: .known([
            Allergy(substance: "penicillin", reaction: "rash"), Allergy(substance: "latex"),
          ]), alerts: ["fall risk"])), at: "07:01")
    record.add(
      .reactionRecorded(
        Reaction(
          administration: "a2", grade: 2, signs: [.flushing], action: .paused,
          vitals: VitalSigns(
            bloodPressure: .init(systolic: 98, diastolic: 60),
            temperature: .init(degrees: 38.2)))), at: "08:20")
    record.add(
      .reactionRecorded(Reaction(grade: 1, signs: [.itching])), at: "11:00")
    record.events += usual.suffix(1)
    return record
  }

  /// The record as exporters see it.
  static func export(
    _ log: EventLog, reviewed: Bool = true, asOf: Instant? = nil, policy: Policy = .standard
  ) -> DerivedSession {
    let last = log.events.map(\.clinicalTime).max() ?? Instant(seconds: 0)
    let recorded = log.timeline(asOf: asOf ?? last, formulary: SampleRecord.formulary)
    var deriver = Deriver()
    let statement = deriver.statement(of: recorded.timeline, policy: policy, asOf: asOf)
    let signOff = ReviewStanding.SignOff(
      review: Review(
        statementHash: String(repeating: "0", count: 64), rulebook: statement.rulebook, policy: [],
        reviewer: "R. SAMPLE"),
      at: RecordedTime(milliseconds: last.seconds * 1000 + 60_000))
    return DerivedSession(
      log: log, recorded: recorded, statement: statement,
      standing: reviewed ? .reviewed(signOff) : log.status == .open ? .open : .closed)
  }
}

/// Runs a script of `Tests/Independent` in the Python that `.ci/setup tests` made.
enum IndependentReader {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func run(
    _ script: String, _ bytes: [UInt8], _ arguments: String...
  ) throws -> JSONValue {
    let python = root.appending(path: ".build/independent/bin/python")
    guard FileManager.default.isExecutableFile(atPath: python.path) else {
      throw Failure(description: "There is no \(python.path); run bash .ci/setup tests.")
    }
    let folder = TemporaryFolder()
    let names = ["input", "output", "error"].map { URL(filePath: folder.file($0)) }
    try Data(bytes).write(to: names[0])
    for name in names.dropFirst() { try Data().write(to: name) }
    let process = Process()
    process.executableURL = python
    process.arguments =
      ["-I", root.appending(path: "Tests/Independent/\(script)").path] + arguments
    process.standardInput = try FileHandle(forReadingFrom: names[0])
    process.standardOutput = try FileHandle(forWritingTo: names[1])
    process.standardError = try FileHandle(forWritingTo: names[2])
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(
        description: String(decoding: try Data(contentsOf: names[2]), as: UTF8.self))
    }
    return try JSONValue(Array(try Data(contentsOf: names[1])), file: script)
  }
}
