package import InfusionRecord
import PlainText

/// Reads an appointment book's table (CSV with a header).
///
/// The site's file may rename the headers (`[schedule.columns]`); otherwise they are the names of
/// `ScheduleColumn`. Other columns are ignored, because a hospital's table has many. A row that cannot
/// be read becomes a fault with its line; the other rows are still read.
///
/// A cell of planned drugs is `drug|dose|minutes`, with semicolons between drugs:
/// `ondansetron|8 mg|20; PACLitaxel|175 mg/m2|180`.
package struct ScheduleFile: Sendable {
  /// The appointments by day, in the order of the file.
  package private(set) var days: [CivilDate: [Appointment]] = [:]
  /// The faults of the rows that were not read, in the order of the lines.
  package private(set) var faults: [DocumentError] = []

  private static let required: [ScheduleColumn] = [.time, .family, .given, .born, .mrn]

  /// - Parameters:
  ///   - headers: the headers that differ from the names of `ScheduleColumn`.
  ///   - day: the day of rows without a date.
  /// - Throws: a fault if a required or configured column is missing.
  package init(
    _ bytes: [UInt8], file: String, headers: [ScheduleColumn: String] = [:], day: CivilDate
  ) throws(DocumentError) {
    var reader = CSVReader(bytes, file: file)
    guard let header = try reader.next() else {
      throw DocumentError(file: file, found: "the table is empty", expected: "a header and rows")
    }
    var columns: [ScheduleColumn: Int] = [:]
    for column in ScheduleColumn.allCases {
      let name = ScheduleFile.folded(headers[column] ?? column.rawValue)
      columns[column] = header.cells.firstIndex { ScheduleFile.folded($0) == name }
      if columns[column] == nil, ScheduleFile.required.contains(column) || headers[column] != nil {
        throw DocumentError(
          file: file, line: header.line,
          found: "there is no column \"\((headers[column] ?? column.rawValue).printable)\"",
          expected: "the header the site's file or the manual names")
      }
    }
    var keys: [CivilDate: Set<String>] = [:]
    while true {
      do throws(DocumentError) {
        guard let record = try reader.next() else { break }
        let row = Row(columns: columns, cells: record.cells, file: file, line: record.line)
        let (date, appointment) = try row.appointment(day: day)
        guard keys[date, default: []].insert(appointment.key).inserted else {
          throw row.fault(.visit, "the appointment is there twice", "each visit once a day")
        }
        days[date, default: []].append(appointment)
      } catch {
        faults.append(error)
        reader.recover()
      }
    }
  }

  private static func folded(_ text: String) -> String {
    text.lowercased().filter { !$0.isWhitespace && $0 != "_" }
  }

  private struct Row {
    let columns: [ScheduleColumn: Int]
    let cells: [String]
    let file: String
    let line: Int

    func fault(_ column: ScheduleColumn, _ found: String, _ expected: String) -> DocumentError {
      DocumentError(
        file: file, line: line, path: column.rawValue, found: found, expected: expected)
    }

    private func text(_ column: ScheduleColumn) -> String {
      guard let index = columns[column], index < cells.count else { return "" }
      return cells[index].trimmed
    }

    private func needed(_ column: ScheduleColumn) throws(DocumentError) -> String {
      let text = text(column)
      if text.isEmpty { throw fault(column, "the cell is empty", "a value") }
      return text
    }

    func appointment(day: CivilDate) throws(DocumentError) -> (CivilDate, Appointment) {
      var date = day
      let written = text(.date)
      if !written.isEmpty {
        guard let found = CivilDate(written: written) else {
          throw fault(.date, "this is not a date", "2026-11-23 or 23-Nov-2026")
        }
        date = found
      }
      guard let born = CivilDate(written: try needed(.born)) else {
        throw fault(.born, "this is not a date", "1961-02-04 or 04-Feb-1961")
      }
      guard born <= date else { throw fault(.born, "this lies after the visit", "an earlier day") }
      let patient = PatientIdentity(
        family: try needed(.family), given: try needed(.given), dateOfBirth: born, sex: try sex(),
        mrn: try needed(.mrn), visitNumber: text(.visit))
      let payer = text(.payer)
      return (
        date,
        Appointment(
          minuteOfDay: try minuteOfDay(), patient: patient, chair: text(.chair),
          regimen: text(.regimen), drugs: try drugs(), payer: payer.isEmpty ? nil : payer)
      )
    }

    private func minuteOfDay() throws(DocumentError) -> Int {
      let digits = try needed(.time).filter { $0 != ":" }
      guard digits.utf8.count == 3 || digits.utf8.count == 4,
        digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits),
        number / 100 < 24, number % 100 < 60
      else { throw fault(.time, "this is not a time", "09:30 or 0930") }
      return number / 100 * 60 + number % 100
    }

    private func sex() throws(DocumentError) -> PatientIdentity.Sex {
      switch text(.sex).lowercased() {
      case "": .unknown
      case "f", "female": .female
      case "m", "male": .male
      case "o", "other": .other
      case "u", "unknown": .unknown
      default: throw fault(.sex, "the word is not known", "female, male, other or unknown")
      }
    }

    private func drugs() throws(DocumentError) -> [Appointment.PlannedDrug] {
      var drugs: [Appointment.PlannedDrug] = []
      for part in text(.drugs).split(separator: ";") {
        let parts = part.split(separator: "|", omittingEmptySubsequences: false).map(\.trimmed)
        guard parts.count <= 3, !parts[0].isEmpty else {
          throw fault(.drugs, "a drug cannot be read", "drug|dose|minutes; …")
        }
        var minutes: Int?
        if parts.count == 3, !parts[2].isEmpty {
          guard let number = Int(parts[2]), (1...10_080).contains(number) else {
            throw fault(.drugs, "the minutes of a drug cannot be read", "1 to 10080")
          }
          minutes = number
        }
        drugs.append(
          Appointment.PlannedDrug(
            drug: parts[0], dose: parts.count > 1 ? parts[1] : "", minutes: minutes))
      }
      return drugs
    }
  }
}
