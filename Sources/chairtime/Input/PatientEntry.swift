import Glibc
import InfusionRecord
import Interchange
import PlainText
import SuiteProgram

/// Reads the patient's identity from a prompt, a file or standard input; never from the command line,
/// which other users of the host can read.
///
/// A file has one `key: value` per line, in any order: `family`, `given`, `born`, `sex`, `mrn`,
/// `visit`. Blank lines and lines that begin with `#` are skipped.
enum PatientEntry {
  /// The patient in `path`, in standard input for `-`, or from a prompt if `path` is nil.
  static func read(_ path: String?) throws -> PatientIdentity {
    if path == nil, isatty(0) == 1 { return try ask() }
    let file = path.map { InputFile(path: $0) } ?? .standardInput
    return try parse(file.text(), file: file.name)
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
      while values[key] == nil {
        StandardStream.error.write("\(key.question): ")
        guard let line = readLine() else { throw Complaint("The patient was not entered whole.") }
        let text = trimmed(line)
        if let fault = fault(in: text, for: key) {
          StandardStream.error.write("\(fault.printable)\n")
        } else if let day = differentWords(text, for: key), !isConfirmed(day) {
          continue
        } else {
          values[key] = text
        }
      }
    }
    return try identity(values, source: "the prompt")
  }

  /// What is wrong with a trimmed value; nil if nothing is.
  private static func fault(in text: String, for key: Key) -> String? {
    guard text.isRecordable else {
      return "\(key.rawValue) holds a NUL or bytes that are not UTF-8; type it again."
    }
    guard text.isPlainLine else {
      return
        "\(key.rawValue) holds a control character or one that turns the reading direction; type "
        + "it again."
    }
    if text.isEmpty { return key == .sex || key == .visit ? nil : "\(key.rawValue) is missing." }
    switch key {
    case .born:
      do throws(BirthDate.Problem) {
        _ = try born(text)
        return nil
      } catch {
        return sentence(error, text)
      }
    case .sex where sex(text) == nil: return "sex is one of female, male, other, unknown."
    default: return nil
    }
  }

  /// The day typed, for a patient who may be born up to a day later on another clock.
  private static func born(_ text: String) throws(BirthDate.Problem) -> CivilDate {
    let today = LocalClock.utc.date(at: Host.now.instant)
    return try BirthDate.read(text, before: today + 1)
  }

  /// The fault of a date of birth.
  private static func sentence(_ problem: BirthDate.Problem, _ text: String) -> String {
    switch problem {
    case .notADate, .noSuchDay: "born is not a date; write 04-Feb-1961 or 1961-02-04."
    case .ambiguous(let days): TypedDate.question(text, days)
    case .stillToCome: "born is still to come."
    case .tooLongAgo: "born is more than \(BirthDate.mostYears) years ago."
    }
  }

  /// The date of birth in full, if it was typed in another form.
  private static func differentWords(_ text: String, for key: Key) -> String? {
    guard key == .born, CivilDate(written: text) == nil, let day = try? born(text)
    else { return nil }
    return day.display
  }

  /// Asks whether a date is meant.
  private static func isConfirmed(_ day: String) -> Bool {
    StandardStream.error.write("\(day)? (yes, or Enter to type it again) ")
    return ["y", "yes"].contains(trimmed(readLine() ?? "").lowercased())
  }

  private static func sex(_ text: String) -> PatientIdentity.Sex? {
    let letters = ["": "unknown", "f": "female", "m": "male", "o": "other", "u": "unknown"]
    let written = text.lowercased()
    return PatientIdentity.Sex(rawValue: letters[written] ?? written)
  }

  static func parse(_ text: String, file: String) throws -> PatientIdentity {
    var values: [Key: String] = [:]
    // CR LF is one Character.
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
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
    func value(_ key: Key) -> String { values[key] ?? "" }
    for key in Key.allCases {
      if let fault = fault(in: value(key), for: key) { throw Complaint("\(source): \(fault)") }
    }
    return PatientIdentity(
      family: value(.family), given: value(.given), dateOfBirth: try? born(value(.born)),
      sex: sex(value(.sex)) ?? .unknown, mrn: value(.mrn), visitNumber: value(.visit))
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    var slice = Substring(text)
    while let first = slice.first, first.isWhitespace { slice.removeFirst() }
    while let last = slice.last, last.isWhitespace { slice.removeLast() }
    return String(slice)
  }
}
