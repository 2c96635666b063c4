import ArgumentParser
import Interchange
import PlainText
import SessionReview
import TimelineEngine

/// `chairtime derive`: turns session documents into statements.
struct Derive: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable { case json, text }

  static let configuration = CommandConfiguration(
    commandName: "derive",
    abstract: "Derive the units of session documents.",
    discussion: """
      Reads session documents (chairtime.session/1) and prints the statement of each, in the order \
      given. A folder stands for its .json files in the order of their names. Standard input holds one \
      document, or one per line (JSON Lines). With --format json prints one statement \
      (chairtime.statement/1) per line. A fault is named on standard error with its file and line, the \
      other documents are still derived, and the exit code is 1.

      --check runs every case file of a folder and compares the units with those the case expects: \
      one line per case, then a total. The exit code is 2 if a strict or policy case differs; disputed \
      cases are listed with their reason and never required.

      For more files than a command line holds, use --files-from.
      """)

  @Argument(
    help: "Session documents, or folders of them; - reads standard input.", completion: .file())
  var files: [FileNames] = []

  @OptionGroup var filesFrom: FileListOption

  @Option(help: "How to print: text for a person, json for a program.")
  var format: Format = .text

  @Option(help: ArgumentHelp("Run the case files of this folder.", valueName: "folder"))
  var check: String?

  @OptionGroup var engine: EngineOptions

  private var names: [String] { files.flatMap(\.names) }

  func validate() throws {
    let isEmpty = files.isEmpty && filesFrom.list == nil
    if check == nil, isEmpty {
      throw ValidationError("There is nothing to derive; expected session documents or --check.")
    }
    if check != nil, !isEmpty {
      throw ValidationError("--check takes a folder alone; expected no files with it.")
    }
    try filesFrom.check(with: names)
  }

  func run() throws {
    let formulary = try engine.formulary()
    if let check {
      try CaseCheck(folder: check, formulary: formulary, engine: engine, format: format).run()
      return
    }
    var deriver = engine.deriver()
    var json = JSONWriter()
    let input = DocumentInput(formulary: formulary)
    let derive: DocumentInput.Use = { document, name in
      let statement = try engine.statement(of: document, file: name, by: &deriver)
      switch format {
      case .json:
        json.removeAll()
        statement.write(to: &json)
        json.endLine()
        try StandardStream.print(json.bytes)
      case .text: try StandardStream.print(statement.summary)
      }
    }
    for name in names { try input.read(name, derive) }
    if let list = filesFrom.list { try input.readList(list, derive) }
    if !input.isComplete { throw ProgramExit.error }
  }
}
