import Foundation
import TestSupport
import Testing

/// Commands that wait at a prompt for a PIN while what they rest on changes.
struct HeldCommandTests {
  private let folder = TemporaryFolder()
  private static let supervisor = "246813"
  private static let other = "580471"
  private static let nurse = "904271"

  private var environment: [String: String] {
    ["CHAIRTIME_STORE": folder.file("chair.store"), "CHAIRTIME_CONFIG": folder.file("site.toml")]
  }

  init() throws {
    try site("Suite A")
  }

  private func site(_ name: String) throws {
    try Data("[facility]\nname = \"\(name)\"\n".utf8)
      .write(to: URL(filePath: folder.file("site.toml")))
  }

  private func run(_ arguments: String..., pins: String...) throws -> BuiltProgram.Ended {
    try BuiltProgram.run(
      arguments, input: Data(pins.map { $0 + "\n" }.joined().utf8), folder: nil,
      environment: environment)
  }

  private func add(_ name: String, _ role: String, by actor: String, pins: String...) throws {
    let ended = try BuiltProgram.run(
      ["people", "add", name, "--role", role, "--actor", actor, "--pin-stdin"],
      input: Data(pins.map { $0 + "\n" }.joined().utf8), folder: nil, environment: environment)
    #expect(ended.code == 0, "\(ended.error)")
  }

  private func enrol() throws {
    try add("R. SAMPLE", "supervisor", by: "account", pins: Self.supervisor)
    try add(
      "N. FICTION", "supervisor", by: "R. SAMPLE", pins: Self.supervisor, Self.other)
    try add("N. NOBODY", "nurse", by: "R. SAMPLE", pins: Self.supervisor, Self.nurse)
  }

  /// A command that waits for the line with the PIN.
  private final class Held {
    private let process: Process
    private let typing = Pipe()
    private let streams = TemporaryFolder()

    init(_ arguments: [String], environment: [String: String]) throws {
      process = BuiltProgram.process(arguments, environment: environment)
      for name in ["output", "error"] { try Data().write(to: URL(filePath: streams.file(name))) }
      process.standardInput = typing
      process.standardOutput = try FileHandle(
        forWritingTo: URL(filePath: streams.file("output")))
      process.standardError = try FileHandle(forWritingTo: URL(filePath: streams.file("error")))
      try process.run()
      waitForPrompt()
    }

    /// Types a PIN and waits until it was checked, which takes processor time, and the command sleeps
    /// again.
    func answer(_ pin: String) throws {
      let before = processorTime
      try typing.fileHandleForWriting.write(contentsOf: Data((pin + "\n").utf8))
      for _ in 0..<1_000 where processorTime <= before { usleep(10_000) }
      waitForPrompt()
    }

    /// In ticks of the kernel, proc(5).
    private var processorTime: Int {
      let stat = try? String(
        contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8)
      let fields = stat?.split(separator: ")").last?.split(separator: " ") ?? []
      return fields.count > 11 ? Int(fields[11]) ?? 0 : 0
    }

    /// Waits until the store is open and the process sleeps, which it does at its prompt alone.
    private func waitForPrompt() {
      let folder = "/proc/\(process.processIdentifier)"
      var sleeps = 0
      for _ in 0..<1_000 where sleeps < 5 {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder + "/fd")) ?? []
        let isOpen = files.contains { name in
          let target = try? FileManager.default.destinationOfSymbolicLink(
            atPath: "\(folder)/fd/\(name)")
          return target?.hasSuffix("chair.store") ?? false
        }
        let state = (try? String(contentsOfFile: folder + "/stat", encoding: .utf8))?
          .split(separator: ")").last?.split(separator: " ").first
        sleeps = isOpen && state == "S" ? sleeps + 1 : 0
        usleep(10_000)
      }
      #expect(sleeps == 5, "the command never waited for its PIN")
    }

    func type(_ pins: String...) throws -> BuiltProgram.Ended {
      let bytes = Data(pins.map { $0 + "\n" }.joined().utf8)
      try typing.fileHandleForWriting.write(contentsOf: bytes)
      try typing.fileHandleForWriting.close()
      process.waitUntilExit()
      func text(_ name: String) throws -> String {
        try String(contentsOfFile: streams.file(name), encoding: .utf8)
      }
      return BuiltProgram.Ended(
        code: process.terminationStatus, output: try text("output"), error: try text("error"))
    }
  }

  private func hold(_ arguments: String...) throws -> Held {
    try Held(arguments, environment: environment)
  }

  private func audit() throws -> String {
    let words = try run(
      "audit", "--all", "--actor", "N. FICTION", "--pin-stdin", pins: Self.other
    ).output
    return words.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  // MARK: People

  @Test func `a first enrolment held open makes no supervisor`() throws {
    let held = try hold(
      "people", "add", "M. MADEUP", "--role", "supervisor", "--actor", "mallory", "--pin-stdin")
    try enrol()
    let ended = try held.type("777531")
    #expect(ended.code == 1)
    #expect(
      ended.error
        == "Managing people needs a person who is signed in, because people were enrolled "
        + "meanwhile. Nothing was changed.\n")
    #expect(try !run("people", "list").output.contains("MADEUP"))
    #expect(try audit().contains("mallory was refused: Managing people"))
  }

  @Test func `a supervisor demoted at the prompt takes over no name`() throws {
    try enrol()
    let held = try hold(
      "people", "pin", "N. FICTION", "--actor", "R. SAMPLE", "--pin-stdin")
    #expect(
      try run(
        "people", "role", "R. SAMPLE", "nurse", "--actor", "N. FICTION", "--pin-stdin",
        pins: Self.other
      ).code == 0)
    let ended = try held.type(Self.supervisor, "777531")
    #expect(ended.code == 1)
    #expect(ended.error.hasPrefix("Managing people is for supervisors"))
    // The name still opens with its own PIN.
    #expect(try audit().contains("R. SAMPLE was refused: Managing people"))
  }

  @Test func `a nurse retired while the command waited records nothing`() throws {
    try enrol()
    let opened = try run(
      "session", "open", "--chair", "3", "--zone", "UTC", "--id", "s1", "--actor", "N. NOBODY",
      "--patient", try patient(), "--pin-stdin", pins: Self.nurse)
    #expect(opened.code == 0, "\(opened.error)")
    // The PIN is right and was checked; the note is still being typed.
    let held = try hold(
      "session", "note", "s1", "--actor", "N. NOBODY", "--pin-stdin")
    try held.answer(Self.nurse)
    #expect(
      try run(
        "people", "retire", "N. NOBODY", "--actor", "R. SAMPLE", "--pin-stdin",
        pins: Self.supervisor
      ).code == 0)
    let ended = try held.type("a note")
    #expect(ended.code == 1)
    #expect(
      ended.error == "Recording needs a person who is signed in; N. NOBODY was retired. "
        + "Nothing was recorded.\n")
    let shown = try run(
      "session", "show", "s1", "--facts", "--actor", "N. FICTION", "--pin-stdin", pins: Self.other)
    #expect(shown.code == 0 && !shown.output.contains("a note"), "\(shown.output)")
  }

  private func patient() throws -> String {
    let path = folder.file("patient.txt")
    try Data("family: Tester\ngiven: Amara\nborn: 04-Feb-1961\nsex: f\nmrn: 1\n".utf8)
      .write(to: URL(filePath: path))
    return path
  }

  // MARK: Files

  @Test func `a supervisor accepts the file that was read, not the one put there at the prompt`()
    throws
  {
    try enrol()
    try site("Suite B")
    let held = try hold("config", "accept", "--actor", "R. SAMPLE", "--pin-stdin")
    try site("Suite C")
    #expect(try held.type(Self.supervisor).code == 0)
    func export() throws -> BuiltProgram.Ended {
      try run(
        "export", "--format", "json", "--actor", "R. SAMPLE", "--pin-stdin", pins: Self.supervisor)
    }
    let refused = try export()
    #expect(refused.code == 1)
    #expect(refused.error.hasPrefix("The site's configuration changed"))
    try site("Suite B")
    #expect(try export().code == 0)
    #expect(try audit().contains("R. SAMPLE was refused: Exporting"))
  }

  @Test func `an export goes by the file that was accepted, whatever lies there at its end`() throws
  {
    try site("Suite A", unit: "UNITA")
    // Without a signed session there is no batch.
    #expect(try run("demo", "--until", "2026-07-01", "--zone", "UTC").code == 0)
    try enrol()
    let held = try hold(
      "export", "--format", "hl7", "--date", "2026-07-01", "--actor", "R. SAMPLE", "--pin-stdin")
    try site("Suite A", unit: "UNITB")
    let ended = try held.type(Self.supervisor)
    #expect(ended.code == 0, "\(ended.error)")
    #expect(ended.output.contains("UNITA") && !ended.output.contains("UNITB"), "\(ended.output)")
  }

  private func site(_ name: String, unit: String) throws {
    try Data(
      "[facility]\nname = \"\(name)\"\n[hl7]\nsending_facility = \"\(unit)\"\n".utf8
    )
    .write(to: URL(filePath: folder.file("site.toml")))
  }

  /// Each terminal of a server has its own login, and so its own address.
  @Test func `the address of the store is not accepted, and everything else is`() throws {
    try enrol()
    let site = folder.file("site.toml")
    func export(_ text: String) throws -> BuiltProgram.Ended {
      try Data(text.utf8).write(to: URL(filePath: site))
      chmod(site, 0o600)
      return try BuiltProgram.run(
        ["export", "--format", "csv", "--actor", "R. SAMPLE", "--pin-stdin"],
        input: Data((Self.supervisor + "\n").utf8), folder: nil, environment: environment)
    }
    func text(_ address: String, _ more: String = "") -> String {
      "[facility]\nname = \"Suite B\"\n\(more)[store]\naddress = \(address)\n"
    }
    _ = try export(text("\"postgres://chair7@h/ct?suite=north\""))
    let accepted = try run(
      "config", "accept", "--actor", "R. SAMPLE", "--pin-stdin", pins: Self.supervisor)
    #expect(accepted.code == 0, "\(accepted.error)")
    for address in [
      "\"postgres://chair7@h/ct?suite=north\"", "\"postgres://chair8@h/ct?suite=north\"",
      "'/srv/s'",
    ] {
      let ended = try export(text(address))
      #expect(ended.code == 0, "\(ended.error)")
    }
    for other in [
      text("'/srv/s'", "[hl7]\npeer = \"127.0.0.1:9\"\n"),
      "[facility]\nname = \"Suite C\"\n[store]\naddress = '/srv/s'\n",
      "[facility]\nname = \"Suite B\"\n",
    ] {
      let ended = try export(other)
      #expect(ended.code == 1)
      #expect(ended.error.contains("The site's configuration"), "\(ended.error)")
    }
  }

  @Test func `the formulary is accepted with the configuration, and is its owner's alone`() throws {
    try enrol()
    let formulary = folder.file("drugs.csv")
    try Data("name,display_name,class\nmadeupmab,madeupmab,chemotherapy\n".utf8)
      .write(to: URL(filePath: formulary))
    func export(_ further: String...) throws -> BuiltProgram.Ended {
      try BuiltProgram.run(
        ["export", "--format", "csv", "--actor", "R. SAMPLE", "--pin-stdin"] + further,
        input: Data((Self.supervisor + "\n").utf8), folder: nil, environment: environment)
    }
    #expect(try export().code == 0)
    let refused = try export("--formulary", formulary)
    #expect(refused.code == 1)
    #expect(
      refused.error.hasPrefix("The formulary is not the one that a supervisor accepted"),
      "\(refused.error)")
    let accepted = try run(
      "config", "accept", "--formulary", formulary, "--actor", "R. SAMPLE", "--pin-stdin",
      pins: Self.supervisor)
    #expect(accepted.code == 0, "\(accepted.error)")
    #expect(accepted.output.contains("Accepted the formulary"))
    #expect(try export("--formulary", formulary).code == 0)
    #expect(try export().error.hasPrefix("A supervisor accepted a formulary"))
    #expect(try audit().contains("the formulary"))
    chmod(formulary, 0o666)
    let shared = try export("--formulary", formulary)
    #expect(shared.code == 1)
    #expect(shared.error.contains("others may write it"))
  }

  @Test
  func `tables of drug codes are accepted by the supervisor who loads them, and by no other way`()
    throws
  {
    try enrol()
    let codes = folder.file("HCPC2006_APR_ANWEB.csv")
    try Data(
      ("HCPC,LONG DESCRIPTION,ADD DT,ACT EFF DT,TERM DT\n"
        + "J9777,\"Injection, nemotinib, 2.5 mg\",20060401,20060401,\n").utf8
    ).write(to: URL(filePath: codes))
    func export() throws -> BuiltProgram.Ended {
      try run(
        "export", "--format", "csv", "--actor", "R. SAMPLE", "--pin-stdin", pins: Self.supervisor)
    }
    #expect(try export().code == 0)
    #expect(try run("codes", "load", codes).code == 1)
    let loaded = try run(
      "codes", "load", codes, "--actor", "R. SAMPLE", "--pin-stdin", pins: Self.supervisor)
    #expect(loaded.code == 0, "\(loaded.error)")
    #expect(try export().code == 0)
    #expect(try audit().contains("the tables of drug codes"))
    let list = URL(
      filePath: try #require(environment["CHAIRTIME_STORE"]) + "-drug-tables/tables.json")
    let text = try String(contentsOf: list, encoding: .utf8)
    try Data(text.replacing("2006Q2", with: "2006Q1").utf8).write(to: list)
    let refused = try export()
    #expect(refused.code == 1)
    #expect(
      refused.error.hasPrefix("The tables of drug codes changed since a supervisor accepted them"),
      "\(refused.error)")
  }
}
