import InfusionRecord
import Interchange
import PlainText
import SuiteProgram

/// `chairtime derive --check`: compares every case of a folder with the units it expects.
struct CaseCheck {
  let folder: String
  let formulary: Formulary
  let engine: EngineOptions
  let format: Derive.Format

  func run() throws {
    let names = try jsonFiles(in: folder, expected: "case files")
    var deriver = engine.deriver()
    var counts: [ConformanceCase.Outcome: Int] = [:]
    var unread = 0
    for name in names {
      let file = InputFile(path: folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)")
      do {
        let published = try ConformanceCase(file.bytes(), file: file.name, formulary: formulary)
        let statement = try engine.statement(
          of: published.document, file: file.name, by: &deriver)
        let derived = CodedUnits(statement)
        let outcome = published.outcome(derived)
        counts[outcome, default: 0] += 1
        try print(published, name: String(name.dropLast(5)), derived, outcome)
      } catch let error as DocumentError {
        ProgramExit.printError(error)
        unread += 1
      }
    }
    try printTotal(counts, unread: unread)
    if unread > 0 { throw ProgramExit.error }
    if counts[.differs] != nil { throw ProgramExit.findings }
  }

  private func print(
    _ published: ConformanceCase, name: String, _ derived: CodedUnits,
    _ outcome: ConformanceCase.Outcome
  ) throws {
    switch format {
    case .text:
      var line = "\(outcome.rawValue.filled(to: 8))  \(name)  "
      switch outcome {
      case .same: line += "\(derived)"
      case .differs: line += "expected \(published.expected) | derived \(derived)"
      case .disputed:
        line += "expected \(published.expected) | derived \(derived) | \(published.note)"
      }
      try StandardStream.print(Array((line.printable + "\n").utf8))
    case .json:
      var json = JSONWriter()
      json.object { json in
        json.member("case", name)
        json.member("tier", published.tier.rawValue)
        json.member("outcome", outcome.rawValue)
        json.member("expected", "\(published.expected)")
        json.member("derived", "\(derived)")
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
