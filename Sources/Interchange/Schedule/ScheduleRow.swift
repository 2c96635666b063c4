import InfusionRecord
import PlainText

/// One row of an appointment book.
struct ScheduleRow {
  let columns: [ScheduleColumn: Int]
  let layout: ScheduleLayout
  let cells: [String]
  let file: String
  let line: Int

  /// Whether no cell holds anything.
  var isEmpty: Bool { cells.allSatisfy { $0.trimmed.isEmpty } }

  /// Whether the row names no patient: a blocked chair, a break.
  var isWithoutPatient: Bool {
    [ScheduleColumn.name, .family, .given, .born, .mrn].allSatisfy { text($0).isEmpty }
  }

  func fault(_ column: ScheduleColumn, _ found: String, _ expected: String) -> DocumentError {
    DocumentError(file: file, line: line, path: column.rawValue, found: found, expected: expected)
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
    try checkTexts()
    let (date, minute) = try start(day: day)
    let born = try born()
    guard born <= date else { throw fault(.born, "this lies after the visit", "an earlier day") }
    guard date.components.year - born.components.year <= BirthDate.mostYears else {
      throw fault(
        .born, "this lies more than \(BirthDate.mostYears) years before the visit", "a later day")
    }
    let name = try name()
    let patient = PatientIdentity(
      family: name.family, given: name.given, dateOfBirth: born, sex: try sex(),
      mrn: try number(.mrn, try needed(.mrn)), visitNumber: try number(.visit, text(.visit)))
    let payer = text(.payer)
    var appointment = Appointment(
      minuteOfDay: minute, patient: patient, chair: text(.chair), regimen: text(.regimen),
      drugs: try drugs(), payer: payer.isEmpty ? nil : payer)
    appointment.minutes = try length(from: minute)
    appointment.allergies = text(.allergies)
    if layout.isCancelled(text(.status)) || !text(.cancelled).isEmpty {
      appointment.isCancelledInFile = true
    }
    return (date, appointment)
  }

  /// Throws for a cell with a control character, or with one that turns the reading direction: it would look like
  /// another name.
  private func checkTexts() throws(DocumentError) {
    for column in ScheduleColumn.allCases where !text(column).isPlainLine {
      throw fault(
        column,
        "the cell holds a control character, one that turns the reading direction, or bytes that "
          + "are no letters of the encoding", "plain text")
    }
  }

  /// What can be read of a row that is no appointment.
  func refused(day: CivilDate) -> RefusedAppointment {
    func readable<Value>(_ read: () throws(DocumentError) -> Value) -> Value? { try? read() }
    let visit = readable { () throws(DocumentError) in try number(.visit, text(.visit)) } ?? ""
    let name = readable { () throws(DocumentError) in try self.name() }
    return RefusedAppointment(
      date: readable { () throws(DocumentError) in try self.day(default: day) },
      visitNumber: visit.isEmpty ? nil : visit,
      mrn: readable { () throws(DocumentError) in try number(.mrn, try needed(.mrn)) },
      family: name?.family, given: name?.given,
      born: readable { () throws(DocumentError) in try born() })
  }

  // MARK: Times

  private func start(day: CivilDate) throws(DocumentError) -> (CivilDate, Int) {
    if columns[.start] != nil, let format = layout.startFormat {
      guard let found = format.read(try needed(.start)), let date = found.date,
        let second = found.secondOfDay
      else { throw fault(.start, "this is not a date and time", format.pattern) }
      return (date, second / 60)
    }
    return (try self.day(default: day), try minuteOfDay(.time, try needed(.time)))
  }

  /// The day of the row, from `start` or `date`; `day` if the row has no date.
  private func day(default day: CivilDate) throws(DocumentError) -> CivilDate {
    if columns[.start] != nil, layout.startFormat != nil { return try start(day: day).0 }
    let written = text(.date)
    return written.isEmpty ? day : try date(.date, written, layout.dateFormat)
  }

  private func born() throws(DocumentError) -> CivilDate {
    try date(.born, try needed(.born), layout.bornFormat ?? layout.dateFormat)
  }

  private func date(
    _ column: ScheduleColumn, _ text: String, _ format: WrittenFormat?
  ) throws(DocumentError) -> CivilDate {
    if let format {
      guard let date = format.read(text)?.date else {
        throw fault(column, "this is not a date", format.pattern)
      }
      return date
    }
    guard let date = CivilDate(written: text) else {
      throw fault(
        column, "this is not a date",
        column == .born ? "1961-02-04 or 04-Feb-1961" : "2026-11-23 or 23-Nov-2026")
    }
    return date
  }

  private func minuteOfDay(
    _ column: ScheduleColumn, _ text: String
  ) throws(DocumentError) -> Int {
    if let format = layout.timeFormat {
      guard let second = format.read(text)?.secondOfDay else {
        throw fault(column, "this is not a time", format.pattern)
      }
      return second / 60
    }
    let digits = text.utf8.filter { $0 != 0x3A }
    guard (3...4).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw fault(column, "this is not a time", "09:30 or 0930")
    }
    let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    guard number / 100 < 24, number % 100 < 60 else {
      throw fault(column, "this is not a time", "09:30 or 0930")
    }
    return number / 100 * 60 + number % 100
  }

  /// The planned length in minutes, from `minutes` or from `end`.
  private func length(from start: Int) throws(DocumentError) -> Int? {
    let written = text(.minutes)
    if !written.isEmpty {
      guard let number = Int(written), (1...1_440).contains(number) else {
        throw fault(.minutes, "this is no length", "1 to 1440 minutes")
      }
      return number
    }
    let end = text(.end)
    guard !end.isEmpty else { return nil }
    let minute: Int
    if columns[.start] != nil, let second = layout.startFormat?.read(end)?.secondOfDay {
      minute = second / 60
    } else {
      minute = try minuteOfDay(.end, end)
    }
    guard minute > start else { throw fault(.end, "this is not after the start", "a later time") }
    return minute - start
  }

  // MARK: Words

  private func name() throws(DocumentError) -> (family: String, given: String) {
    guard columns[.name] != nil, let rule = layout.nameRule else {
      return (try needed(.family), try needed(.given))
    }
    guard let name = rule.split(try needed(.name)) else {
      throw fault(.name, "the name does not fit the rule", rule.rawValue)
    }
    return name
  }

  /// A record or visit number, which a spreadsheet may have damaged: `1.23E+07`, `#####`.
  private func number(
    _ column: ScheduleColumn, _ text: String
  ) throws(DocumentError) -> String {
    guard ScheduleRow.isDamaged(text) else { return text }
    throw fault(
      column, "a spreadsheet damaged the number",
      "the number in full; format the column as text before you save the table")
  }

  static func isDamaged(_ text: String) -> Bool {
    if text.utf8.first == 0x23 { return true }
    let parts = text.lowercased().split(separator: "e+", omittingEmptySubsequences: false)
    guard parts.count == 2, let exponent = parts.last, !exponent.isEmpty,
      exponent.allSatisfy({ $0.isASCII && $0.isNumber }), let first = parts[0].first
    else { return false }
    return first.isNumber
      && parts[0].allSatisfy { $0.isASCII && ($0.isNumber || $0 == "." || $0 == ",") }
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
      guard parts.count <= 4, !parts[0].isEmpty else {
        throw fault(.drugs, "a drug cannot be read", "drug|dose|minutes|way; …")
      }
      var minutes: Int?
      if parts.count > 2, !parts[2].isEmpty {
        guard let number = Int(parts[2]), (1...10_080).contains(number) else {
          throw fault(.drugs, "the minutes of a drug cannot be read", "1 to 10080")
        }
        minutes = number
      }
      var technique: Technique?
      if parts.count == 4, !parts[3].isEmpty {
        guard let way = Technique(rawValue: parts[3].lowercased()), way.givesDrug else {
          throw fault(.drugs, "the way of a drug is not known", Technique.givingNames)
        }
        technique = way
      }
      drugs.append(
        Appointment.PlannedDrug(
          drug: parts[0], dose: parts.count > 1 ? parts[1] : "", minutes: minutes,
          technique: technique))
    }
    return drugs
  }
}

extension Technique {
  /// The ways of giving a drug, as a book names them.
  fileprivate static var givingNames: String {
    allCases.filter(\.givesDrug).map(\.rawValue).joined(separator: ", ")
  }
}
