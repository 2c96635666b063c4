import ArgumentParser
import InfusionRecord
import SuiteProgram
import Testing

@testable import chairtime

/// What is read without the argument parser means what the parser makes of the same words.
@Suite struct QuickCommandTests {
  @Test(arguments: [
    "",
    "board",
    "--store a.store --chairs 150",
    "board --store a.store --suite B --as Okafor --formulary f.csv --read-only --plain --no-color",
    "session start s1 pembrolizumab",
    "session start s1 carbo --at -5 --store a.store",
    "session start --at 0930 s1 --trust-permissions carbo --basis pump-log --reason because",
    "session start s1 carbo --actor Okafor --pin-stdin --format json --formulary f.csv",
    "session stop s1 carbo --at now",
    "session stop s1 a2 --basis late-entry --format json",
    "session pause s1 carbo",
    "session resume s1 carbo --reason better",
    "session list",
    "session list --date today --format json --actor Okafor --store a.store",
    "review",
    "review --date 2026-06-24 --to 2026-06-25 --integrity --format json --store a.store",
    "review --formulary f.csv --actor Ahlberg --pin-stdin --trust-permissions",
  ])
  func `plain words mean what the parser makes of them`(line: String) throws {
    let words = line.split(separator: " ").map(String.init)
    let quick = try #require(QuickCommand(words))
    #expect(try quick == QuickCommand(parsing: words))
  }

  @Test(arguments: [
    "--help", "-h", "--version", "board s1", "board --chairs 0", "board --chairs 501", "help",
    "--chairs=150", "--store", "--store --plain", "--store a.store --store b.store",
    "--plain --plain", "session", "session start", "session start s1", "session start s1 a b",
    "session start s1 carbo --site port", "session start s1 carbo --basis guessed",
    "session start s1 carbo --format xml", "session start s1 carbo --reason -x",
    "session start s1 -- carbo", "session stop s1 carbo --why reaction",
    "session stop s1 carbo --not-observed", "session push s1 ondansetron", "session list today",
    "session show s1", "review --sign-off s1", "review today", "verify", "nonsense",
  ])
  func `anything else is left to the parser`(line: String) {
    #expect(QuickCommand(line.split(separator: " ").map(String.init)) == nil)
  }
}

extension QuickCommand {
  /// The same command, as the parser reads it.
  fileprivate init(parsing words: [String]) throws {
    switch try Chairtime.parseAsRoot(words) {
    case let command as BoardCommand: self = .board(command.values)
    case let command as SessionList: self = .list(command.values)
    case let command as ReviewCommand: self = .review(command.values)
    case let command as SessionStart:
      self = .start(command.session.text, command.drug.values, command.record.values)
    case let command as SessionStop:
      self = .stop(command.session.text, command.stop, command.record.values)
    case let command as SessionPause:
      self = .pause(command.session.text, command.drug.text, command.record.values)
    case let command as SessionResume:
      self = .resume(command.session.text, command.drug.text, command.record.values)
    case let other: throw Complaint("\(type(of: other)) is no quick command.")
    }
  }
}
