import ArgumentParser
import InfusionRecord
import Interchange
import PlainText
import SessionReview
import Synchronization
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
      cases are listed with their reason and never required. With --answers the units come from \
      the statements of another program, in a file ID.json for each case; docs/conformance.md tells \
      what a statement needs.

      Units are checked against the edit tables next to the store (`chairtime edits load`), cases are \
      not.

      For more files than a command line holds, use --files-from. With --jobs several threads derive, \
      and the output is the same.
      """)

  @Argument(
    help: "Session documents, or folders of them; - reads standard input.", completion: .file())
  var files: [FileNames] = []

  @OptionGroup var filesFrom: FileListOption

  @Option(help: "How to print: text for a person, json for a program.")
  var format: Format = .text

  @Option(help: ArgumentHelp("Run the case files of this folder.", valueName: "folder"))
  var check: String?

  @Option(
    help: ArgumentHelp(
      "Check the statements in this folder instead of deriving the cases.",
      valueName: "folder"))
  var answers: String?

  @Option(
    help: ArgumentHelp(
      "Derive on this many threads; the output keeps the order of the input.", valueName: "number"))
  var jobs = 1

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
    if answers != nil {
      guard check != nil else {
        throw ValidationError("--answers goes with the cases; expected --check with it.")
      }
      if engine.asOf != nil || engine.rulebook != nil || !engine.policies.isEmpty {
        throw ValidationError(
          "--answers derives nothing; expected no --as-of, --policy, --rulebook.")
      }
    }
    guard (1...256).contains(jobs) else {
      throw ValidationError("--jobs: the number is out of range; expected 1 to 256.")
    }
    if check != nil, jobs != 1 {
      throw ValidationError("--check runs one case after another; expected no --jobs.")
    }
    try filesFrom.check(with: names)
  }

  func run() throws {
    let formulary = try engine.formulary()
    if let check {
      try CaseCheck(
        folder: check, answers: answers, formulary: formulary, engine: engine, format: format
      ).run()
      return
    }
    let tables = try engine.tables()
    let input = Mutex(DocumentInput(names, list: filesFrom.list))
    let isComplete = Mutex(true)
    let work = OrderedWork(
      next: { input.withLock { $0.nextBatch() } },
      worker: {
        var deriver = engine.deriver()
        var json = JSONWriter()
        let output = BatchOutput(formulary) { document, name in
          let statement = try engine.statement(
            of: document, file: name, under: tables, by: &deriver)
          return printed(statement, by: &json)
        }
        return { documents in
          output.fill(documents)
          return output
        }
      },
      deliver: { output in
        if try !output.print() { isComplete.withLock { $0 = false } }
      })
    try work.run(threads: jobs)
    if !isComplete.withLock({ $0 }) { throw ProgramExit.error }
  }

  private func printed(_ statement: Statement, by json: inout JSONWriter) -> [UInt8] {
    switch format {
    case .json:
      json.removeAll()
      statement.write(to: &json)
      json.endLine()
      return json.bytes
    case .text: return Array(statement.summary.text.utf8)
    }
  }
}
