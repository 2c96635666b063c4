import Glibc
import InfusionRecord
import Interchange
import PlainText
import SuiteProgram

/// `chairtime derive --check`: compares the units of every case of a folder with those it expects.
///
/// The units are derived here, or read from the statements of another program.
struct CaseCheck {
  let folder: String
  /// The folder of the other program's statements.
  let answers: String?
  let formulary: Formulary
  let engine: EngineOptions
  let format: Derive.Format

  func run() throws {
    if let answers, !InputFile(path: answers).isFolder {
      throw DocumentError(
        file: answers, found: "there is no such folder", expected: "a folder of statements")
    }
    let names = try jsonFiles(in: folder, expected: "case files")
    var deriver = engine.deriver()
    var counts: [ConformanceCase.Outcome: Int] = [:]
    var unread = 0
    for name in names {
      let file = InputFile(path: InputFile(path: folder).path(of: name))
      do {
        let published = try ConformanceCase(file.bytes(), file: file.name, formulary: formulary)
        let units =
          try answers.map { try answer(to: published, from: file.name, in: $0) }
          ?? published.units(
            of: engine.statement(of: published.document, file: file.name, by: &deriver))
        let outcome = published.outcome(units)
        counts[outcome, default: 0] += 1
        try print(published, name: String(name.dropLast(5)), units, outcome)
      } catch let error as DocumentError {
        ProgramExit.printError(error)
        unread += 1
      }
    }
    try printTotal(counts, unread: unread)
    if unread > 0 { throw ProgramExit.error }
    if counts[.differs] != nil { throw ProgramExit.findings }
  }

  /// The units that the other program gives for a case, from the file named for the case's id.
  private func answer(
    to published: ConformanceCase, from file: String, in folder: String
  ) throws(DocumentError) -> CodedUnits {
    let id = published.document.timeline.session.id
    guard !id.contains("/"), !id.hasPrefix(".") else {
      throw DocumentError(
        file: file, path: "id", found: "no file of answers can have this name",
        expected: "an id without / and without a point at its start")
    }
    let path = InputFile(path: folder).path(of: "\(id).json")
    guard access(path, F_OK) == 0 else {
      throw DocumentError(
        file: path, found: "the case has no answer", expected: "a statement of its session")
    }
    let answer = try StatementAnswer(InputFile(path: path).bytes(), file: path)
    guard answer.session == id else {
      throw DocumentError(
        file: path, path: "session", found: "the statement is of another session",
        expected: "the id of the case, which is the file's name")
    }
    return published.units(of: answer)
  }

  private var verb: String { answers == nil ? "derived" : "answered" }

  private func print(
    _ published: ConformanceCase, name: String, _ units: CodedUnits,
    _ outcome: ConformanceCase.Outcome
  ) throws {
    switch format {
    case .text:
      var line = "\(outcome.rawValue.filled(to: 8))  \(name)  "
      switch outcome {
      case .same: line += "\(units)"
      case .differs: line += "expected \(published.expected) | \(verb) \(units)"
      case .disputed:
        line += "expected \(published.expected) | \(verb) \(units) | \(published.note)"
      }
      try StandardStream.print(Array((line.printable + "\n").utf8))
    case .json:
      var json = JSONWriter()
      json.object { json in
        json.member("case", name)
        json.member("tier", published.tier.rawValue)
        json.member("outcome", outcome.rawValue)
        json.member("expected", "\(published.expected)")
        json.member(verb, "\(units)")
        json.member("note", outcome == .same ? nil : published.note)
      }
      json.endLine()
      try StandardStream.print(json.bytes)
    }
  }

  private func printTotal(_ counts: [ConformanceCase.Outcome: Int], unread: Int) throws {
    let total = counts.values.reduce(unread, +)
    switch format {
    case .text:
      var line = "\(total) cases: \(counts[.same] ?? 0) same, \(counts[.differs] ?? 0) differ"
      line += ", \(counts[.disputed] ?? 0) disputed"
      if unread > 0 { line += ", \(unread) could not be read" }
      try StandardStream.print(Array((line + "\n").utf8))
    case .json:
      var json = JSONWriter()
      json.object { json in
        json.member("cases", total)
        for outcome in ConformanceCase.Outcome.allCases {
          json.member(outcome.rawValue, counts[outcome] ?? 0)
        }
        json.member("unread", unread)
      }
      json.endLine()
      try StandardStream.print(json.bytes)
    }
  }
}

extension String {
  fileprivate func filled(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
