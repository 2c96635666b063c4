import Foundation
import TestSupport
import Testing

/// A session signed off, changed, and signed off again.
struct SignOffTests {
  private let folder = TemporaryFolder()

  private func run(
    _ arguments: String..., input: String = "", site: String? = nil
  ) throws -> BuiltProgram.Ended {
    try BuiltProgram.run(
      arguments + ["--store", folder.file("chair.store")], input: Data(input.utf8), folder: nil)
  }

  /// How far the visit is put back so that it does not lie across midnight, where its units would be
  /// of two days.
  private static let back: Int = {
    let minute = Int(Date().timeIntervalSince1970) / 60 % 1440
    return minute < 310 ? minute + 5 : 0
  }()

  private func ago(_ minutes: Int) -> String { "-\(minutes + SignOffTests.back)" }

  /// A closed session of 96413 and two further hours; its name.
  private func session() throws -> String {
    let opened = try run(
      "session", "open", "--chair", "3", "--zone", "UTC", "--at", ago(300), "--actor", "RN Sample",
      input: """
        family: Tester
        given: Amara
        born: 04-Feb-1961
        sex: female
        mrn: 90000417
        visit: V1
        """)
    #expect(opened.code == 0, "\(opened.error)")
    let name = String(opened.output.split(separator: "\n").first ?? "")
    for arguments in [
      ["session", "site", name, "port", "--kind", "port", "--at", ago(295)],
      ["session", "start", name, "paclitaxel", "--site", "port", "--at", ago(290)],
      ["session", "stop", name, "paclitaxel", "--at", ago(130)],
      ["session", "close", name, "--at", ago(100), "--anyway"],
    ] {
      let ended = try BuiltProgram.run(
        arguments + ["--actor", "RN Sample", "--store", folder.file("chair.store")], input: Data(),
        folder: nil)
      #expect(ended.code == 0, "\(arguments): \(ended.error)\(ended.output)")
    }
    return name
  }

  private func review(_ name: String) throws -> String {
    try run("review", "--date", String(name.prefix(10))).output
  }

  @Test func `a sign-off stands until the facts change, and the change is told in units`() throws {
    let name = try session()
    #expect(try review(name).contains("0 need you, 1 clean, 0 reviewed, 0 open"))

    let signed = try run("review", "--sign-off", name, "--actor", "R. Sample")
    #expect(signed.code == 0, "\(signed.error)")
    #expect(signed.output.hasPrefix("\(name)  96413 96415×2  "))
    #expect(try review(name).contains("0 need you, 0 clean, 1 reviewed, 0 open"))
    let again = try run("review", "--sign-off", name, "--actor", "R. Sample")
    #expect(again.code == 2)
    #expect(again.error.contains("It is signed off already, by R. Sample"))

    let first = try run("export", "--date", String(name.prefix(10)), "--format", "hl7")
    #expect(first.error == "")
    let ids = transactions(first.output)
    #expect(ids.map(\.kind) == ["CG 96413", "CG 96415"])

    #expect(try run("session", "reopen", name, "--reason", "stop misread").code == 0)
    let amended = try run(
      "session", "amend", name, "4", "--at", ago(210), "--reason", "stop misread")
    #expect(amended.code == 0, "\(amended.error)")
    let changed = try review(name)
    #expect(changed.contains("changed since review"))
    #expect(changed.contains("It was reopened."))
    #expect(changed.contains("fell from 2 to 0"))
    let left = try run("export", "--date", String(name.prefix(10)), "--format", "hl7")
    // A batch without a charge is not written.
    #expect(left.output == "")
    #expect(
      left.error == """
        1 session is left out of the batch: it is not signed off as it stands.
        No unit of these days can be posted; no batch was written.

        """)
    let file = folder.file("day.hl7")
    #expect(
      try run("export", "--date", String(name.prefix(10)), "--format", "hl7", "--out", file).code
        == 0)
    #expect(!FileManager.default.fileExists(atPath: file))
    // The other formats hold it, and say so before they are written.
    let table = try run(
      "export", "--date", String(name.prefix(10)), "--format", "csv", "--out",
      folder.file("day.csv"))
    #expect(
      table.error == """
        1 of 1 session is not signed off as it stands; its units may still change.
        1 session written to \(folder.file("day.csv")).

        """)

    #expect(try run("session", "close", name, "--anyway").code == 0)
    let second = try run("review", "--sign-off", name, "--actor", "R. Sample")
    #expect(second.code == 0, "\(second.error)")
    let after = try run("export", "--date", String(name.prefix(10)), "--format", "hl7")
    #expect(transactions(after.output).map(\.kind) == ["CG 96413"])
    // The charge bills what it billed before, so it is the same charge.
    #expect(transactions(after.output)[0].id == ids[0].id)
    #expect(try run("verify").code == 0)
  }

  private func transactions(_ batch: String) -> [(id: String, kind: String)] {
    batch.split(whereSeparator: { $0 == "\r" || $0 == "\r\n" }).filter { $0.hasPrefix("FT1|") }.map
    {
      let fields = $0.split(separator: "|", omittingEmptySubsequences: false)
      return (String(fields[2]), "\(fields[6]) \(fields[7].prefix(5))")
    }
  }

  @Test func `an open session is not signed off`() throws {
    let opened = try run(
      "session", "open", "--chair", "3", "--zone", "UTC",
      input: "family: Nobody\ngiven: Odd\nborn: 1961-02-04\nsex: f\nmrn: 1\n")
    let name = String(opened.output.split(separator: "\n").first ?? "")
    let signed = try run("review", "--sign-off", name)
    #expect(signed.code == 2)
    #expect(
      signed.error
        == "\(name): The session is open; close it before it is signed off.\n")
  }

  @Test func `all clean ones are signed at once, those with a question are left`() throws {
    let clean = try session()
    let doubtful = try session()
    #expect(try run("session", "reopen", doubtful, "--reason", "second bag").code == 0)
    #expect(
      try run("session", "start", doubtful, "ondansetron", "--site", "port", "--at", ago(120)).code
        == 0)
    // Soon after the start, so that at no hour the drug counts as forgotten.
    let closed = try run("session", "close", doubtful, "--at", ago(90), "--anyway")
    #expect(closed.code == 0, "\(closed.error)")
    let signed = try run(
      "review", "--date", String(clean.prefix(10)), "--sign-off-clean", "--actor", "R. Sample")
    #expect(signed.code == 0, "\(signed.error)")
    #expect(signed.output.split(separator: "\n").count == 1)
    #expect(signed.output.hasPrefix(clean))
    let refused = try run("review", "--sign-off", doubtful)
    #expect(refused.code == 2)
    #expect(refused.error.contains("open ("))
    let anyway = try run(
      "review", "--sign-off", doubtful, "--anyway", "--reason", "stop is lost for good")
    #expect(anyway.code == 0, "\(anyway.error)")
  }
}
