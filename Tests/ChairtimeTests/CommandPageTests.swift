import Foundation
import Testing

/// `docs/commands.md` and `docs/chairtime.1` are what the commands say of themselves.
///
/// `CHAIRTIME_WRITE_DOCS=1 swift test --filter CommandPageTests` writes them.
struct CommandPageTests {
  @Test func `the page of commands is the help of every command`() throws {
    let root = try #require(CommandTree.chairtime)
    var list = ""
    var parts = ""
    for (words, command) in root.all {
      let name = (["chairtime"] + words).joined(separator: " ")
      let help = try BuiltProgram.run(words + ["--help"], input: Data(), folder: nil)
      #expect(help.code == 0, "\(name)")
      list += "\(words.count > 1 ? "  " : "")- [\(name)](#\(name.replacing(" ", with: "-"))): "
      list += "\(command.abstract)\n"
      parts += "\n## \(name)\n\n```text\n\(help.output.trimmed)\n```\n"
    }
    let page = """
      # Commands

      The help of every command, as the program prints it; a test keeps this page true. The exit code is 0
      when it is done, 1 after an error, 2 when a command that checks found something, 64 when the command
      line is wrong. What was asked for is on standard output, everything else on standard error.

      \(list)\(parts)
      """
    try Documents.hold(page, "docs/commands.md")
  }

  @Test func `the manual is the help of every command`() throws {
    let root = try #require(CommandTree.chairtime)
    try Documents.hold(ManualPage(root).text, "docs/chairtime.1")
  }

  @Test func `the manual is set without a warning`() throws {
    let ended = try Shell.run(
      "groff -man -Tutf8 -ww -rLL=78n '\(Documents.root.path)/docs/chairtime.1' | col -bx",
      environment: ["LANG": "C.UTF-8"])
    #expect(ended.code == 0)
    #expect(ended.error == "")
    for word in ["CHAIRTIME(1)", "chairtime session start", "EXIT STATUS", "CHAIRTIME_STORE"] {
      #expect(ended.output.contains(word), "\(word)")
    }
  }
}

extension String {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
