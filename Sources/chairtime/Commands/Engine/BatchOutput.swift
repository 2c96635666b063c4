import InfusionRecord
import Interchange
import SuiteProgram

/// What is printed for a batch of documents: their text and their faults, in the order of the documents.
///
/// A thread uses one for all its batches: a new buffer for each would take a tenth of the time of `derive`,
/// because the system clears its pages.
final class BatchOutput {
  /// The text for one document.
  typealias Answer = (_ document: SessionDocument, _ name: String) throws -> [UInt8]

  private let formulary: Formulary
  private let answer: Answer
  private var text: [UInt8] = []
  /// Each fault, and how much of the text comes before it.
  private var faults: [(fault: DocumentError, after: Int)] = []
  /// An error that ends the program after what is printed so far.
  private var failure: (any Error)?

  init(_ formulary: Formulary, _ answer: @escaping Answer) {
    self.formulary = formulary
    self.answer = answer
  }

  /// Reads and answers a batch. What was there before is forgotten.
  func fill(_ documents: [InputDocument]) {
    text.removeAll(keepingCapacity: true)
    faults = []
    do {
      for document in documents {
        let fault = try document.read(with: formulary) { text += try answer($0, $1) }
        if let fault { faults.append((fault, text.count)) }
      }
    } catch {
      failure = error
    }
  }

  /// Prints the text to standard output and the faults to standard error.
  ///
  /// - Returns: Whether there was no fault.
  func print() throws -> Bool {
    var printed = 0
    for (fault, end) in faults {
      try printText(printed..<end)
      printed = end
      ProgramExit.printError(fault)
    }
    try printText(printed..<text.count)
    if let failure { throw failure }
    return faults.isEmpty
  }

  private func printText(_ range: Range<Int>) throws {
    if !range.isEmpty { try StandardStream.print(text[range]) }
  }
}
