import Foundation
import TestSupport
import Testing

/// A day reviewed and exported by the built program: what one says, the others say.
struct DayTests {
  struct Totals: Decodable {
    struct Line: Decodable {
      let code: String
      let units: Int
      let postable: Int
    }
    struct Counts: Decodable {
      let sessions: Int
      let reviewed: Int
    }
    let totals: [Line]
    let counts: Counts
  }

  struct Sums: Decodable, Equatable {
    let units: [String: Int]
    let postable: [String: Int]
  }

  private func run(_ arguments: [String]) throws -> BuiltProgram.Ended {
    try BuiltProgram.run(arguments, input: Data(), folder: nil)
  }

  @Test func `days that end before they begin are refused, without another usage`() throws {
    let folder = TemporaryFolder()
    let ended = try run([
      "review", "--date", "2026-11-05", "--to", "2026-11-01", "--store", folder.file("day.store"),
    ])
    #expect(ended.code == 64)
    #expect(ended.error == "Error: --to lies before --date.\n")
  }

  @Test(arguments: [("community", 80), ("extreme", 500)])
  func `the totals of a day are the sums over its exported files`(
    size: String, sessions: Int
  ) throws {
    let folder = TemporaryFolder()
    let store = ["--store", folder.file("day.store")]
    let made = try run(
      ["demo", "--size", size, "--until", "2026-11-20", "--zone", "America/Chicago"] + store)
    #expect(made.code == 0, "\(made.error)")
    let review = try run(["review", "--date", "2026-11-20", "--format", "json"] + store)
    #expect(review.code == 0, "\(review.error)")
    let day = try JSONDecoder().decode(Totals.self, from: Data(review.output.utf8))
    #expect(day.counts.sessions == sessions)
    #expect(day.counts.reviewed == sessions)

    let held = day.totals.reduce(0) { $0 + $1.units - $1.postable }
    #expect(held > 0)
    var files: [String] = []
    for format in ["csv", "json", "fhir", "hl7"] {
      files.append(folder.file("day.\(format)"))
      let ended = try run(
        [
          "export", "--date", "2026-11-20", "--format", format, "--out",
          folder.file("day.\(format)"),
        ]
          + store)
      let told = "\(sessions) sessions written to \(folder.file("day.\(format)")).\n"
      #expect(ended.code == 0 && ended.output == "", "\(ended.error)")
      // Only a batch leaves something out.
      let left = ended.error.dropLast(told.count)
      #expect(ended.error.hasSuffix(told))
      #expect(format == "hl7" ? left.hasPrefix("\(held) unit") : left.isEmpty, "\(ended.error)")
    }
    let sums = try JSONDecoder().decode(
      [String: Sums].self, from: IndependentScript.run("day_sums.py", files))
    let units = Dictionary(uniqueKeysWithValues: day.totals.map { ($0.code, $0.units) })
    let postable = Dictionary(
      uniqueKeysWithValues: day.totals.filter { $0.postable > 0 }.map { ($0.code, $0.postable) })
    #expect(units.values.reduce(0, +) > sessions)
    for format in ["csv", "json", "fhir"] {
      #expect(sums[format] == Sums(units: units, postable: postable), "\(format)")
    }
    #expect(sums["hl7"] == Sums(units: postable, postable: postable))

    try checkFields(of: files, in: folder.file("day.store"))

    let text = try run(["export", "--date", "2026-11-20", "--format", "text"] + store)
    let page = try run(["review", "--date", "2026-11-20"] + store)
    let totals = text.output.components(separatedBy: "TOTALS\n").last
    #expect(totals == page.output.components(separatedBy: "TOTALS\n").last)
    for line in day.totals {
      #expect(
        totals?.split(separator: "\n").contains {
          $0.hasPrefix("\(line.code)  ") && $0.contains(" \(line.units)")
        } == true)
    }
  }

  /// Compares each field of the files with the facts in the store's file, and the bundle with FHIR R4.
  private func checkFields(of files: [String], in store: String) throws {
    struct Fields: Decodable {
      let fields: [String: Int]
      let differences: [String]
    }
    struct Bundle: Decodable {
      let r4: [String]
      let dangling: [String]
      let twice: [String]
      let wrongID: [String]
    }
    let formulary = IndependentScript.root
      .appending(path: "Sources/Interchange/Resources/formulary.csv").path
    let compared = try JSONDecoder().decode(
      Fields.self,
      from: IndependentScript.run("day_fields.py", [store, "2026-11-20", formulary] + files))
    #expect(compared.differences == [])
    #expect(compared.fields.count == 4)
    #expect(compared.fields.values.allSatisfy { $0 > 1_000 }, "\(compared.fields)")
    let bundle = try JSONDecoder().decode(
      Bundle.self,
      from: IndependentScript.run(
        "fhir_check.py", [], input: [UInt8](Data(contentsOf: URL(filePath: files[2])))))
    #expect(bundle.r4 + bundle.dangling + bundle.twice + bundle.wrongID == [])
    // It ends with an error if a message is not strictly HL7.
    _ = try IndependentScript.run(
      "hl7_check.py", [], input: [UInt8](Data(contentsOf: URL(filePath: files[3]))))
  }

  @Test func `an exported file is its owner's alone, and nothing half written is left`() throws {
    let folder = TemporaryFolder()
    let store = ["--store", folder.file("day.store")]
    _ = try run(["demo", "--size", "small", "--until", "2026-11-20", "--zone", "UTC"] + store)
    let out = folder.file("day.csv")
    let arguments = ["export", "--date", "2026-11-20", "--format", "csv", "--out", out] + store
    #expect(try run(arguments).code == 0)
    // What is there is never written over.
    let before = try Data(contentsOf: URL(filePath: out))
    let again = try run(arguments)
    #expect(again.code == 1)
    #expect(again.error == "\(out) is there already; it was left so.\n")
    #expect(try Data(contentsOf: URL(filePath: out)) == before)
    let mode = try FileManager.default.attributesOfItem(atPath: out)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(!FileManager.default.fileExists(atPath: out + ".part"))
    let missing = try run(
      ["export", "--date", "2026-11-20", "--format", "csv", "--out", folder.file("no/day.csv")]
        + store)
    #expect(missing.code == 1)
    #expect(
      missing.error.hasSuffix(
        "cannot be written: No such file or directory; nothing was written.\n"))
  }

  @Test func `two exports of a day differ in nothing but the moment they were made`() throws {
    let folder = TemporaryFolder()
    let store = ["--store", folder.file("day.store")]
    _ = try run(["demo", "--size", "small", "--until", "2026-11-20", "--zone", "UTC"] + store)
    for format in ["csv", "json", "text"] {
      let arguments = ["export", "--date", "2026-11-20", "--format", format] + store
      #expect(try run(arguments) == run(arguments))
    }
  }
}

/// Runs a script of `Tests/Independent` in the Python that `.ci/setup tests` made.
enum IndependentScript {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func run(
    _ script: String, _ arguments: [String], input: [UInt8] = []
  ) throws -> Data {
    let python = root.appending(path: ".build/independent/bin/python")
    guard FileManager.default.isExecutableFile(atPath: python.path) else {
      throw Failure(description: "There is no \(python.path); run bash .ci/setup tests.")
    }
    let folder = TemporaryFolder()
    let names = ["output", "error", "input"].map { URL(filePath: folder.file($0)) }
    for name in names.prefix(2) { try Data().write(to: name) }
    try Data(input).write(to: names[2])
    let process = Process()
    process.executableURL = python
    process.arguments =
      ["-I", root.appending(path: "Tests/Independent/\(script)").path] + arguments
    process.standardInput = try FileHandle(forReadingFrom: names[2])
    process.standardOutput = try FileHandle(forWritingTo: names[0])
    process.standardError = try FileHandle(forWritingTo: names[1])
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(description: String(decoding: try Data(contentsOf: names[1]), as: UTF8.self))
    }
    return try Data(contentsOf: names[0])
  }
}
