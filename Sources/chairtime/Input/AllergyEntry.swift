import Glibc
import InfusionRecord
import SuiteProgram

/// Allergies and alerts as a text, one a line: `penicillin: rash`, `alert: fall risk`, `none known`.
enum AllergyEntry {
  static let rule =
    "one a line: SUBSTANCE or SUBSTANCE: REACTION; alert: TEXT; none known, if the patient was asked"

  /// - Parameter path: the file to read; - is standard input.
  static func read(_ path: String, _ formulary: Formulary) throws -> AllergyStatement {
    if path == "-", isatty(0) == 1 {
      StandardStream.error.write("Allergies and alerts, \(rule) (end with Ctrl-D): ")
    }
    return try statement(InputFile(path: path).text(), formulary)
  }

  static func statement(_ text: String, _ formulary: Formulary) throws -> AllergyStatement {
    var list: [Allergy] = []
    var alerts: [String] = []
    var isNoneKnown = false
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      if words.isEmpty { continue }
      if Allergy.saysNone(words) {
        isNoneKnown = true
      } else if words.lowercased().hasPrefix("alert:") {
        let alert = words.dropFirst("alert:".count).drop(while: \.isWhitespace)
        if alert.isEmpty { throw Complaint("An alert is empty; nothing was recorded.") }
        alerts.append(String(alert))
      } else {
        let read = Allergy.list(written: words, in: formulary)
        list += read
        if !read.isEmpty { continue }
        throw Complaint("A line names no substance; write \(rule). Nothing was recorded.")
      }
    }
    if isNoneKnown, !list.isEmpty {
      throw Complaint("Either no allergy is known, or some are; nothing was recorded.")
    }
    if !isNoneKnown, list.isEmpty, alerts.isEmpty {
      throw Complaint("No allergy, no alert and no \"none known\"; nothing was recorded.")
    }
    return AllergyStatement(
      allergies: isNoneKnown ? .noneKnown : list.isEmpty ? .notRecorded : .known(list),
      alerts: alerts)
  }
}
