import ArgumentParser
import InfusionRecord
import Interchange
import TimelineEngine

/// `chairtime explain`: one statement on paper.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain every unit and every uncharged minute of a session.",
    discussion: """
      Prints the statement of a session document for a person, 80 columns wide: what was recorded, \
      each unit with the rules, minutes, clock ranges and sources behind it, every minute that is \
      not charged and why, the account of minutes, and the findings.
      """)

  @Argument(help: "A session document; - reads standard input.")
  var file: String

  @OptionGroup var engine: EngineOptions

  func run() throws {
    let input = InputFile(path: file)
    let formulary = try engine.formulary()
    let document = try SessionDocument(input.bytes(), file: input.name, formulary: formulary)
    var deriver = engine.deriver()
    try StandardStream.print(
      engine.statement(of: document, file: input.name, by: &deriver).page)
  }
}
