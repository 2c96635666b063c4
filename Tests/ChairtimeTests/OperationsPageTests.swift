import Foundation
import TestSupport
import Testing

/// `docs/operations.md`: each command it shows is run, in its order, in an empty home folder.
struct OperationsPageTests {
  private static let page = (try? Documents.text(of: "docs/operations.md")) ?? ""

  /// The lines of the blocks that are to be run.
  private static var commands: [String] {
    page.components(separatedBy: "<!-- run -->\n```sh\n").dropFirst().flatMap { part in
      (part.components(separatedBy: "\n```").first ?? "").split(separator: "\n").map(String.init)
    }
  }

  /// What a person types at the prompts of a command: the PIN of the signer, then a new PIN.
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
    var pins: [String: String] = [:]
    let commands = Self.commands
    #expect(commands.count > 30)
    // The board makes the store of a new suite; here a session does.
    let first = try Shell.run(
      "printf 'family: Sample\\ngiven: Odd\\nborn: 1961-02-04\\nsex: f\\nmrn: 1\\n' "
        + "| chairtime session open --chair 1 --zone UTC", home: folder)
    #expect(first.code == 0, "\(first.error)")
    for command in commands {
      var line = String(command.split(separator: "#", maxSplits: 1)[0])
      var input = ""
      if line.contains("--actor") || line.contains("people add") {
        input = Self.typed(line, &pins)
        line += " --pin-stdin"
      }
      let ended = try Shell.run(line, input: input, home: folder)
      #expect(ended.code == 0, "\(command)\n\(ended.output)\(ended.error)")
      for pin in pins.values { #expect(!(ended.output + ended.error).contains(pin), "\(command)") }
    }
    #expect(pins.count == 3)
  }
}
