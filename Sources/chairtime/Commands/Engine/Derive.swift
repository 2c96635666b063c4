import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import SuiteProgram
import TimelineEngine

/// `chairtime derive`: session documents to statements.
struct Derive: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable { case json, text }

  static let configuration = CommandConfiguration(
    commandName: "derive",
    abstract: "Derive the units of session documents.",
    discussion: """
      Reads session documents (chairtime.session/1) and prints what each comes to, in the order \
      given. With --format json one statement (chairtime.statement/1) a line. A file that cannot be \
      read is named on standard error, the others are still derived, and the exit code is 1.

      --check runs every case file of a folder and compares the units with those the case expects: \
      one line a case, then a total. The exit code is 2 when a strict or policy case differs; \
      disputed cases are listed with their reason and never required.
      """)

  @Argument(help: "Session documents; - reads standard input.")
  var files: [String] = []

  @Option(help: "How to print: text for a person, json for a program.")
  var format: Format = .text

  @Option(help: ArgumentHelp("Run the case files of this folder.", valueName: "folder"))
  var check: String?

  @OptionGroup var engine: EngineOptions

  func validate() throws {
    if check == nil, files.isEmpty {
      throw ValidationError("There is nothing to derive; expected session documents or --check.")
    }
    if check != nil, !files.isEmpty {
      throw ValidationError("--check takes a folder alone; expected no files beside it.")
    }
  }

  func run() throws {
    let formulary = try engine.formulary()
    if let check {
      try CaseCheck(folder: check, formulary: formulary, engine: engine, format: format).run()
      return
    }
    var deriver = engine.deriver()
    var json = JSONWriter()
    var isComplete = true
    for path in files {
      let file = InputFile(path: path)
      do {
        let document = try SessionDocument(file.bytes(), file: file.name, formulary: formulary)
        let statement = try engine.statement(of: document, file: file.name, by: &deriver)
        switch format {
        case .json:
          json.removeAll()
          statement.write(to: &json)
          json.endLine()
          try StandardStream.print(json.bytes)
        case .text: try StandardStream.print(statement.summary)
        }
      } catch let error as DocumentError {
        Ending.complain(error)
        isComplete = false
      }
    }
    if !isComplete { throw Ending.error }
  }
}
