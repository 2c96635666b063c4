import ArgumentParser
import Interchange
import SuiteProgram
import TimelineEngine

/// `chairtime rules`: shows the rule book.
struct Rules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "List the rules, or show one with its numbers, settings and sources.")

  @Argument(help: "A rule's name, such as push-or-infusion.")
  var rule: String?

  @Option(help: ArgumentHelp("The rulebook version to show.", valueName: "version"))
  var rulebook: String?

  func run() throws {
    let known = RuleBook.versions.map(\.version).joined(separator: ", ")
    guard let book = rulebook.map(RuleBook.version) ?? RuleBook.versions.last else {
      throw ValidationError("--rulebook: there is no such version; expected one of \(known).")
    }
    guard let rule else { return try StandardStream.print(RulePage.list(of: book)) }
    guard let id = Rule.ID(text: rule) else {
      throw Complaint("There is no such rule; `chairtime rules` lists them.")
    }
    try StandardStream.print(RulePage.detail(of: id, in: book))
  }
}
