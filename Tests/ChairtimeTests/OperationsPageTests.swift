import Foundation
import TestSupport
import Testing

/// `docs/operations.md`: each command it shows is run, in its order, in an empty home folder.
struct OperationsPageTests {
  private static let page: String = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/operations.md")
    return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  }()

  /// The lines of the blocks that are to be run.
  private static var commands: [String] {
    page.components(separatedBy: "<!-- run -->\n```sh\n").dropFirst().flatMap { part in
      (part.components(separatedBy: "\n```").first ?? "").split(separator: "\n").map(String.init)
    }
  }

  /// What a person would type at the prompts of a command: whoever signs in, then a new PIN.
  private static func typed(_ command: String, _ pins: inout [String: String]) -> String {
    func quoted(after word: String) -> String? {
      guard let from = command.range(of: word + " \"") else { return nil }
      return String(command[from.upperBound...].prefix { $0 != "\"" })
    }
    let actor = quoted(after: "--actor")
    var lines = [actor.flatMap { pins[$0] } ?? ""]
    if let name = quoted(after: "people add") {
      pins[name] = "90427\(pins.count + 1)"
      lines.append(pins[name] ?? "")
    } else if command.hasPrefix("chairtime people pin") {
      let name = quoted(after: "people pin") ?? actor ?? ""
      pins[name] = "31416\(pins.count + 1)"
      lines.append(pins[name] ?? "")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test func `every command shown really runs`() throws {
    let folder = TemporaryFolder()
    let program = BuiltProgram.path.deletingLastPathComponent().path
    var pins: [String: String] = [:]
    let commands = Self.commands
    #expect(commands.count > 30)
    // The board makes the store of a new suite; here a session does.
    let first = try shell(
      "printf 'family: Sample\\ngiven: Odd\\nborn: 1961-02-04\\nsex: f\\nmrn: 1\\n' "
        + "| chairtime session open --chair 1 --zone UTC", "", folder, program)
    #expect(first.code == 0, "\(first.said)")
    for command in commands {
      var line = String(command.split(separator: "#", maxSplits: 1)[0])
      var input = ""
      if line.contains("--actor") || line.contains("people add") {
        input = Self.typed(line, &pins)
        line += " --pin-stdin"
      }
      let ended = try shell(line, input, folder, program)
      #expect(ended.code == 0, "\(command)\n\(ended.said)")
      for pin in pins.values { #expect(!ended.said.contains(pin), "\(command)") }
    }
    #expect(pins.count == 3)
  }

  private func shell(
    _ line: String, _ input: String, _ folder: TemporaryFolder, _ program: String
  ) throws -> (code: Int32, said: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = URL(filePath: folder.path)
    process.environment = [
      "HOME": folder.path, "PATH": "\(program):/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC",
    ]
    let files = ["in", "out"].map { URL(filePath: folder.file($0)) }
    try Data(input.utf8).write(to: files[0])
    try Data().write(to: files[1])
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    let output = try FileHandle(forWritingTo: files[1])
    process.standardOutput = output
    process.standardError = output
    try process.run()
    process.waitUntilExit()
    return (
      process.terminationStatus, String(decoding: try Data(contentsOf: files[1]), as: UTF8.self)
    )
  }

  @Test func `links of the page resolve`() {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs")
    for match in Self.page.matches(of: /\]\(([a-z]+\.md)\)/) {
      let path = root.appending(path: String(match.1)).path
      #expect(FileManager.default.fileExists(atPath: path), "\(match.1)")
    }
    let headings = Self.page.split(separator: "\n").filter { $0.hasPrefix("#") }.map { line in
      line.drop { $0 == "#" || $0 == " " }.lowercased().replacingOccurrences(of: " ", with: "-")
    }
    for match in Self.page.matches(of: /\]\(#([a-z-]+)\)/) {
      #expect(headings.contains(String(match.1)), "\(match.1)")
    }
  }
}
