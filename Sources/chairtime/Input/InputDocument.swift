import InfusionRecord
import Interchange
import SuiteProgram

/// A session document that a command was given, not read yet.
enum InputDocument: Sendable {
  /// A file that holds one document.
  case file(String)
  /// A document of standard input, the line it begins on, and whether the input is JSON Lines.
  case text([UInt8], line: Int, isLine: Bool)
  /// There is no document here.
  case fault(DocumentError)

  /// Reads the document and hands it to `use` with the name of its file for messages.
  ///
  /// - Returns: A fault that reading or `use` threw, with its line in the whole input.
  func read(
    with formulary: Formulary, _ use: (_ document: SessionDocument, _ name: String) throws -> Void
  ) throws -> DocumentError? {
    do {
      switch self {
      case .file(let path):
        let bytes = try InputFile(path: path).bytes()
        try use(SessionDocument(bytes, file: path, formulary: formulary), path)
      case .text(let bytes, _, _):
        let name = InputFile.standardInput.name
        try use(SessionDocument(bytes, file: name, formulary: formulary), name)
      case .fault(let fault): return fault
      }
      return nil
    } catch let fault as DocumentError {
      return inWholeInput(fault)
    }
  }

  private func inWholeInput(_ fault: DocumentError) -> DocumentError {
    guard case .text(_, let first, let isLine) = self else { return fault }
    var fault = isLine ? fault.inLine : fault
    if let line = fault.line {
      fault.line = line + first - 1
    } else if first > 1 {
      fault.line = first
    }
    return fault
  }
}
