import SuiteProgram
import Glibc
import InfusionRecord
import Interchange

/// Reads session documents from files, folders, lists of files and standard input.
///
/// A fault is one sentence on standard error; the documents after it are still read.
final class DocumentInput {
  /// What a command does with a document; messages call the document's file by the name.
  typealias Use = (_ document: SessionDocument, _ name: String) throws -> Void

  let formulary: Formulary
  /// Whether every document so far was read and used without a fault.
  private(set) var isComplete = true

  init(formulary: Formulary) {
    self.formulary = formulary
  }

  /// Reads a file, every `.json` file of a folder in the order of their names, or for `-` standard
  /// input.
  func read(_ path: String, _ use: Use) throws {
    if path == "-" { return try readStandardInput(use) }
    guard InputFile(path: path).isFolder else { return try readFile(path, use) }
    var names: [String] = []
    try reportingFaults { names = try jsonFiles(in: path, expected: "session documents") }
    for name in names { try readFile(path.hasSuffix("/") ? path + name : "\(path)/\(name)", use) }
  }

  /// Reads the files and folders that a list names, one path a line or each ended by NUL.
  func readList(_ list: String, _ use: Use) throws {
    let file = InputFile(path: list)
    try reportingFaults {
      var lines = try file.lines(limit: Int(PATH_MAX)).acceptingNUL()
      var isEmpty = true
      while let line = try lines.next() {
        if line.bytes.isEmpty { continue }
        isEmpty = false
        guard !line.isTooLong, !line.bytes.contains(0),
          let path = String(validating: line.bytes, as: UTF8.self)
        else {
          report(
            DocumentError(
              file: file.name, line: line.number, found: "the line is no path",
              expected: "the path of a session document"))
          continue
        }
        // Standard input may be the list itself; in a list, - is a file of that name.
        try read(path == "-" ? "./-" : path, use)
      }
      if isEmpty {
        throw DocumentError(
          file: file.name, found: "the list names no file", expected: "one path per line")
      }
    }
  }

  private func readFile(_ path: String, _ use: Use) throws {
    try reportingFaults {
      let bytes = try InputFile(path: path).bytes()
      try use(SessionDocument(bytes, file: path, formulary: formulary), path)
    }
  }

  private func readStandardInput(_ use: Use) throws {
    let file = InputFile(path: "-")
    try reportingFaults {
      var stream = DocumentStream(try file.lines())
      var isEmpty = true
      while let document = try stream.next() {
        isEmpty = false
        try reportingFaults(from: document.line) {
          if document.isTooLong {
            throw DocumentError(
              file: file.name, line: 1, found: "the document is larger than 256 megabytes",
              expected: "a smaller one")
          }
          try use(
            SessionDocument(document.bytes, file: file.name, formulary: formulary), file.name)
        }
      }
      // The reader's own sentence for a document without content.
      if isEmpty { _ = try SessionDocument([], file: file.name, formulary: formulary) }
    }
  }

  // MARK: Faults

  /// Runs `body` and reports a document's fault instead of throwing it.
  ///
  /// - Parameter first: the line of the input on which the document begins.
  private func reportingFaults(from first: Int = 1, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch var fault as DocumentError {
      if let line = fault.line {
        fault.line = line + first - 1
      } else if first > 1 {
        fault.line = first
      }
      report(fault)
    }
  }

  /// Tells a fault and goes on.
  func report(_ fault: any Error) {
    ProgramExit.printError(fault)
    isComplete = false
  }
}
