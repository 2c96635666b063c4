import Glibc
import InfusionRecord
import Interchange

/// Who the patient is, from a prompt, a file or standard input; never from the command line, which
/// other users of the host can read.
///
/// A file has one `key: value` a line, in any order: `family`, `given`, `born`, `sex`, `mrn`, `visit`.
/// Blank lines and lines that begin with `#` do not count.
enum PatientEntry {
  /// The patient in `path`, in standard input for `-`, or asked for where `path` is nil.
  static func read(_ path: String?) throws -> PatientIdentity {
    if let path {
      let file = InputFile(path: path)
      return try parse(String(decoding: file.bytes(), as: UTF8.self), file: file.name)
    }
    guard isatty(0) == 1 else {
      return try parse(
        String(decoding: InputFile(path: "-").bytes(), as: UTF8.self), file: "standard input")
    }
    return try ask()
  }

  private enum Key: String, CaseIterable {
    case family, given, born, sex, mrn, visit

    var question: String {
      switch self {
      case .family: "Family name"
      case .given: "Given name"
      case .born: "Date of birth (04-Feb-1961)"
      case .sex: "Sex (female, male, other; may be empty)"
      case .mrn: "Medical record number"
      case .visit: "Visit number (may be empty)"
      }
    }
  }

  private static func ask() throws -> PatientIdentity {
    var values: [Key: String] = [:]
    for key in Key.allCases {
      StandardStream.error.write("\(key.question): ")
      guard let line = readLine() else { throw Complaint("The patient was not entered whole.") }
      values[key] = line
    }
    return try identity(values, source: "the prompt")
  }

  static func parse(_ text: String, file: String) throws -> PatientIdentity {
    var values: [Key: String] = [:]
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let line = trimmed(line)
      if line.isEmpty || line.hasPrefix("#") { continue }
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 || line.hasSuffix(":"),
        let key = Key(rawValue: trimmed(parts[0]).lowercased())
      else {
        throw Complaint(
          "\(file.printable), line \(index + 1): expected one of "
            + "\(Key.allCases.map(\.rawValue).joined(separator: ", ")), a colon and its value.")
      }
      guard values[key] == nil else {
        throw Complaint("\(file.printable), line \(index + 1): \(key.rawValue) is given twice.")
      }
      values[key] = parts.count == 2 ? trimmed(parts[1]) : ""
    }
    return try identity(values, source: file.printable)
  }

  private static func identity(
    _ values: [Key: String], source: String
  ) throws -> PatientIdentity {
    func value(_ key: Key) throws -> String {
      let text = trimmed(values[key] ?? "")
      if text.isEmpty { throw Complaint("\(source): \(key.rawValue) is missing.") }
      return text
    }
    for key in [Key.family, .given, .born, .mrn] { _ = try value(key) }
    guard let born = CivilDate(written: try value(.born)) else {
      throw Complaint("\(source): born is not a date; write 04-Feb-1961 or 1961-02-04.")
    }
    let letters = ["f": "female", "m": "male", "o": "other", "u": "unknown"]
    let written = trimmed(values[.sex] ?? "").lowercased()
    let sex = written.isEmpty ? "unknown" : written
    guard let sex = PatientIdentity.Sex(rawValue: letters[sex] ?? sex) else {
      throw Complaint("\(source): sex is one of female, male, other, unknown.")
    }
    return PatientIdentity(
      family: try value(.family), given: try value(.given), dateOfBirth: born, sex: sex,
      mrn: try value(.mrn), visitNumber: trimmed(values[.visit] ?? ""))
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    var slice = Substring(text)
    while let first = slice.first, first.isWhitespace { slice.removeFirst() }
    while let last = slice.last, last.isWhitespace { slice.removeLast() }
    return String(slice)
  }
}
