import Foundation
import TestSupport
import Testing

/// People and roles on the command line.
struct PeopleCommandTests {
  private let folder = TemporaryFolder()
  private static let supervisor = "246813"
  private static let nurse = "904271"

  private func run(_ arguments: String..., input: String = "") throws -> BuiltProgram.Ended {
    try BuiltProgram.run(
      arguments + ["--store", folder.file("s.store")], input: Data(input.utf8), folder: nil)
  }

  private func enrolled() throws {
    let day = ["demo", "--days", "1", "--until", "2026-07-01", "--zone", "UTC", "--no-reviews"]
    #expect(
      try BuiltProgram.run(day + ["--store", folder.file("s.store")], input: Data(), folder: nil)
        .code == 0)
    let first = try run(
      "people", "add", "R. SAMPLE", "--role", "supervisor", "--pin-stdin",
      input: "\(Self.supervisor)\n")
    #expect(first.code == 0, "\(first.error)")
    let second = try run(
      "people", "add", "N. NOBODY", "--role", "nurse", "--pin-stdin", "--actor", "R. SAMPLE",
      input: "\(Self.supervisor)\n\(Self.nurse)\n")
    #expect(second.code == 0, "\(second.error)")
  }

  /// A closed session of the demonstration.
  private func session() throws -> String {
    let listed = try run(
      "session", "list", "--date", "2026-07-01", "--actor", "N. NOBODY", "--pin-stdin",
      input: "\(Self.nurse)\n")
    #expect(listed.code == 0, "\(listed.error)")
    return String(listed.output.split(separator: " ").first ?? "")
  }

  @Test func `no PIN is asked until a person is enrolled`() throws {
    let opened = try run(
      "session", "open", "--chair", "3",
      input: "family: Tester\ngiven: Amara\nborn: 04-Feb-1961\nsex: f\nmrn: 1\n")
    #expect(opened.code == 0, "\(opened.error)")
    #expect(try run("session", "list").output.contains("TESTER, Amara"))
    #expect(try run("export", "--format", "csv").code == 0)
    #expect(try run("people", "list").output.contains("Nobody is enrolled"))
    // What leaves the store is written down all the same.
    #expect(try run("audit").output.contains("exported csv"))
  }

  @Test func `the first enrolled is a supervisor`() throws {
    let refused = try run(
      "people", "add", "N. NOBODY", "--role", "nurse", "--pin-stdin", input: "904271\n")
    #expect(refused.code == 1)
    #expect(
      refused.error == "The first person enrolled must be a supervisor. Nothing was changed.\n")
  }

  @Test func `each act is for its role, on the command line too`() throws {
    try enrolled()
    let name = try session()
    let acts: [(words: [String], isForNurses: Bool)] = [
      (["session", "show", name], true), (["session", "list"], true), (["explain", name], true),
      (["review", "--date", "2026-07-01"], true), (["schedule"], true),
      (["session", "reopen", name, "--reason", "bag forgotten"], true),
      (["session", "close", name, "--anyway"], true),
      (["review", "--sign-off", name, "--anyway", "--reason", "known"], false),
      (["export", "--date", "2026-07-01", "--format", "csv"], false),
      (["explain", name, "--packet"], false),
      (["audit", "--all"], false),
      (["config", "accept"], false), (["people", "retire", "N. NOBODY"], false),
      (["import", "--anonymous", "/dev/null"], false),
      (["people", "role", "N. NOBODY", "supervisor"], false),
    ]
    for (words, isForNurses) in acts {
      let store = ["--store", folder.file("s.store")]
      let unsigned = try BuiltProgram.run(words + store, input: Data(), folder: nil)
      #expect(unsigned.code == 1, "\(words) without signing in")
      #expect(unsigned.error.contains("is not enrolled"), "\(words): \(unsigned.error)")
      #expect(unsigned.output == "", "\(words)")
      let nurse = try BuiltProgram.run(
        words + store + ["--actor", "N. NOBODY", "--pin-stdin"],
        input: Data("\(Self.nurse)\n".utf8), folder: nil)
      #expect(nurse.error.contains("for supervisors") == !isForNurses, "\(words): \(nurse.error)")
      if isForNurses { #expect(nurse.code == 0, "\(words): \(nurse.error)") }
    }
    for (words, _) in acts.filter({ !$0.isForNurses }) {
      let supervisor = try BuiltProgram.run(
        words + ["--store", folder.file("s.store"), "--actor", "R. SAMPLE", "--pin-stdin"],
        input: Data("\(Self.supervisor)\n".utf8), folder: nil)
      #expect(!supervisor.error.contains("for supervisors"), "\(words)")
      if words[0] != "import", words.last != "supervisor" {
        #expect(supervisor.code == 0, "\(words): \(supervisor.error)")
      }
    }
    // Now it is reviewed: only a supervisor reopens it.
    let nurse = try run(
      "session", "reopen", name, "--reason", "again", "--actor", "N. NOBODY", "--pin-stdin",
      input: "\(Self.nurse)\n")
    #expect(nurse.code == 1)
    let reopened = try run(
      "session", "reopen", name, "--reason", "again", "--actor", "R. SAMPLE", "--pin-stdin",
      input: "\(Self.supervisor)\n")
    #expect(reopened.code == 0, "\(reopened.error)")
    let verified = try run("verify")
    #expect(verified.code == 0, "\(verified.output)")
    #expect(verified.output.contains("\naudit "))
    let audit = try run(
      "audit", "--all", "--sort", "person", "--actor", "R. SAMPLE", "--pin-stdin",
      input: "\(Self.supervisor)\n"
    ).output
    for words in [
      "R. SAMPLE exported csv 2026-07-01, 35 sessions",
      "R. SAMPLE exported packet \(name) (text)", "N. NOBODY was refused: Signing off",
      "R. SAMPLE retired N. NOBODY", "N. NOBODY signed in", "no such person",
    ] {
      let flat = audit.split(whereSeparator: { $0.isWhitespace }).joined(separator: " ")
      #expect(flat.contains(words), "\(words)")
    }
    #expect(!audit.contains(Self.supervisor) && !audit.contains(Self.nurse))
  }

  @Test func `a wrong PIN is refused, counted, waited for, and nowhere printed`() throws {
    try enrolled()
    var said = ""
    for _ in 0..<3 {
      let ended = try run(
        "session", "list", "--actor", "N. NOBODY", "--pin-stdin", input: "777123\n")
      #expect(ended.code == 1 && ended.output == "")
      #expect(ended.error == "Wrong PIN for N. NOBODY. Nothing was done.\n")
      said += ended.output + ended.error
    }
    let waiting = try run(
      "session", "list", "--actor", "N. NOBODY", "--pin-stdin", input: "\(Self.nurse)\n")
    #expect(waiting.code == 1)
    #expect(waiting.error.contains("try again in"))
    said += waiting.output + waiting.error
    let audit = try run(
      "audit", "--kind", "sign-in-failed", "--format", "json", "--actor", "R. SAMPLE",
      "--pin-stdin", input: "\(Self.supervisor)\n")
    #expect(audit.output.split(separator: "\n").count == 3)
    said += audit.output
    for secret in ["777123", Self.nurse, Self.supervisor] { #expect(!said.contains(secret)) }
  }

  @Test func `without a terminal and without --pin-stdin it says how`() throws {
    try enrolled()
    let ended = try BuiltProgram.run(
      ["session", "list", "--actor", "N. NOBODY", "--store", folder.file("s.store")],
      input: Data(), folder: nil)
    // A test may have a controlling terminal or not; here nothing is typed.
    if ended.error.contains("--pin-stdin") { #expect(ended.code == 1) }
  }

  @Test func `a changed configuration has to be accepted before anything is exported`() throws {
    try enrolled()
    let site = folder.file("site.toml")
    try Data("[facility]\nname = \"Suite X\"\n".utf8).write(to: URL(filePath: site))
    func run(_ words: String..., pin: String) throws -> BuiltProgram.Ended {
      try BuiltProgram.run(
        words + ["--store", folder.file("s.store"), "--actor", "R. SAMPLE", "--pin-stdin"],
        input: Data("\(pin)\n".utf8), folder: nil, environment: ["CHAIRTIME_CONFIG": site])
    }
    let export = try run(
      "export", "--date", "2026-07-01", "--format", "csv", pin: Self.supervisor)
    #expect(export.code == 1)
    #expect(export.error.contains("run chairtime config accept"))
    #expect(try run("config", "accept", pin: Self.supervisor).code == 0)
    let again = try run(
      "export", "--date", "2026-07-01", "--format", "csv", pin: Self.supervisor)
    #expect(again.code == 0, "\(again.error)")
  }
}
