import Foundation
import InfusionRecord
import Interchange
import Testing

/// Reads a document written in a test.
func read(_ text: String, formulary: Formulary = Formulary([])) throws(DocumentError)
  -> SessionDocument
{
  try SessionDocument(Array(text.utf8), file: "visit.json", formulary: formulary)
}

/// The sentence a document is refused with, without the file's name.
func fault(_ text: String) -> String {
  fault(bytes: Array(text.utf8))
}

func fault(bytes: [UInt8]) -> String {
  do throws(DocumentError) {
    _ = try SessionDocument(bytes, file: "visit.json", formulary: Formulary([]))
    return "no fault"
  } catch {
    let sentence = error.description
    precondition(sentence.hasPrefix("visit.json:"))
    return String(sentence.dropFirst("visit.json:".count))
  }
}

/// A session document with one row whose keys are given, and further keys of the session.
func session(row: String, _ more: String = "") -> String {
  session(rows: "{\"id\":\"a1\",\"drug\":\"drug A\",\"technique\":\"infusion\"\(row)}", more)
}

func session(rows: String, _ more: String = "") -> String {
  """
  {"format":"chairtime.session/1","id":"s"\(more),
  "administrations":[\(rows)]}
  """
}

/// The folder of the conformance cases.
let conformanceFolder = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent()
  .appending(path: "Conformance")
