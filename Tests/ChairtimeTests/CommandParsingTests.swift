import ArgumentParser
import Foundation
import Testing

@testable import chairtime

/// The parser of one command, which the program asks before that of the root.
struct CommandParsingTests {
  static let lines: [[String]] = [
    ["session", "start", "s1", "paclitaxel", "--at", "-5"],
    ["session", "start", "s1", "--unlisted", "--", "-drug"],
    ["session", "start", "--help"], ["session", "start", "--version"], ["session", "start"],
    ["session", "start", "s1", "drug", "more"], ["session", "start", "s1", "drug", "--nonsense"],
    ["session"], ["session", "--help"], ["session", "nonsense"], ["people", "add", "A. B"],
    ["config", "check", "help"], ["rules", "-h"], ["rules"], ["review", "--sign-off", "s1"],
    ["help", "derive"], ["verify", "--head", "x"], ["--version"], ["board", "--chairs", "0"],
    ["--chairs", "3"], [], ["nonsense"],
  ]

  @Test(arguments: lines)
  func `a command parses by itself as it does from the root`(words: [String]) {
    #expect(answer { try Chairtime.parsed(words) } == answer { try Chairtime.parseAsRoot(words) })
  }

  /// Foundation makes every start of the program slower; see decision 65.
  @Test func `the program does not link Foundation`() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources").standardized
    let files = try #require(
      FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(!text.contains("import Foundation"), "\(file.lastPathComponent)")
    }
  }

  /// The command with its options, or the exit code and message of the error.
  private func answer(_ parse: () throws -> any ParsableCommand) -> String {
    var text = ""
    do {
      dump(try parse(), to: &text)
    } catch {
      text = "\(Chairtime.exitCode(for: error)) \(Chairtime.fullMessage(for: error))"
    }
    return text
  }
}
