package import InfusionRecord
import PlainText

/// Reads an appointment book's table (CSV with a header).
///
/// The site's file declares what differs from the default: headers, formats of dates and times, title
/// lines, delimiter and encoding (`ScheduleLayout`). A delimiter or an encoding that is not declared is
/// detected, and `remarks` says so. A line `sep=;` before the header, which Excel writes, names the
/// delimiter. Other columns are ignored, because a hospital's table has many. Empty rows are ignored. A
/// row that cannot be read becomes a fault with its line; the other rows are still read.
///
/// A cell of planned drugs is `drug|dose|minutes|way`, with semicolons between drugs:
/// `ondansetron|8 mg||push; PACLitaxel|175 mg/m2|180`.
package struct ScheduleFile: Sendable {
  /// The appointments by day, in the order of the file.
  package private(set) var days: [CivilDate: [Appointment]] = [:]
  /// The faults of the rows that were not read, in the order of the lines.
  package private(set) var faults: [DocumentError] = []
  /// What could be read of those rows.
  package private(set) var refused: [RefusedAppointment] = []
  /// The lines of rows that name no patient, such as a blocked chair.
  package private(set) var withoutPatient: [Int] = []
  /// What is odd about rows that were read, in the order of the lines: a number of two people.
  package private(set) var doubts: [DocumentError] = []
  /// What was detected and not declared, one sentence each.
  package private(set) var remarks: [String] = []

  /// - Parameter day: the day of rows without a date.
  /// - Throws: a fault if a required or declared column is missing.
  package init(
    _ content: [UInt8], file: String, layout: ScheduleLayout = ScheduleLayout(), day: CivilDate
  ) throws(DocumentError) {
    let encoding = layout.encoding ?? TextEncoding.detected(content)
    guard let bytes = encoding.utf8(content) else {
      throw DocumentError(
        file: file, found: "the text is not \(encoding.rawValue)",
        expected: "the encoding that the table was saved in, as encoding in [schedule]")
    }
    if layout.encoding == nil, encoding != .utf8 {
      remarks.append(
        "The text of \(file.printable) was read as \(encoding.rawValue); "
          + "encoding in [schedule] of the site's file declares it.")
    }
    var reader = CSVReader(bytes, file: file)
    reader.skipLines(layout.skipLines)
    let named = reader.takeDelimiterLine().flatMap(ScheduleLayout.Delimiter.init)
    let delimiter = layout.delimiter ?? named ?? ScheduleFile.delimiter(of: reader.restOfLine)
    reader.delimiter = delimiter.byte
    if layout.delimiter == nil, named == nil, delimiter != .comma {
      remarks.append(
        "The cells of \(file.printable) were read as separated by \(delimiter.words); "
          + "delimiter in [schedule] of the site's file declares it.")
    }
    guard let header = try reader.next() else {
      throw DocumentError(file: file, found: "the table is empty", expected: "a header and rows")
    }
    let columns = try ScheduleFile.columns(header, layout, file)
    try readRows(&reader, columns, layout, file, day)
  }

  private mutating func readRows(
    _ reader: inout CSVReader, _ columns: [ScheduleColumn: Int], _ layout: ScheduleLayout,
    _ file: String, _ day: CivilDate
  ) throws(DocumentError) {
    var seen = SeenRows()
    while true {
      var row: ScheduleRow?
      var isRead = false
      do throws(DocumentError) {
        guard let record = try reader.next() else { break }
        let read = ScheduleRow(
          columns: columns, layout: layout, cells: record.cells, file: file, line: record.line)
        row = read
        if read.isEmpty { continue }
        if read.isWithoutPatient {
          withoutPatient.append(record.line)
          continue
        }
        let (date, appointment) = try read.appointment(day: day)
        isRead = true
        if let line = seen.line(of: appointment, on: date) {
          throw read.fault(
            .visit, "this is the appointment of line \(line) again",
            "each time of a visit once; without a visit number each time of a patient once")
        }
        doubts += seen.take(appointment, on: date, row: read)
        days[date, default: []].append(appointment)
      } catch {
        faults.append(error)
        if !isRead { refused.append(row?.refused(day: day) ?? RefusedAppointment()) }
        reader.recover()
      }
    }
  }

  private static func columns(
    _ header: CSVReader.Record, _ layout: ScheduleLayout, _ file: String
  ) throws(DocumentError) -> [ScheduleColumn: Int] {
    var positions: [String: Int] = [:]
    var repeated: Set<String> = []
    for (index, cell) in header.cells.enumerated() {
      let name = ScheduleLayout.folded(cell)
      if positions.updateValue(index, forKey: name) != nil { repeated.insert(name) }
    }
    var columns: [ScheduleColumn: Int] = [:]
    let taken = Set(layout.headers.values.map(ScheduleLayout.folded))
    for column in ScheduleColumn.allCases {
      let declared = layout.headers[column]
      let name = ScheduleLayout.folded(declared ?? column.rawValue)
      // A column that the site's file gives to another key is not taken for its default name.
      if declared == nil, column.isDeclared || taken.contains(name) { continue }
      columns[column] = positions[name]
      if columns[column] == nil, declared != nil { throw missing(column) }
      // Either could be meant, and a guess could take a visit's date for a date of birth.
      guard !repeated.contains(name) else {
        throw DocumentError(
          file: file, line: header.line,
          found: "there are two columns \"\((declared ?? column.rawValue).printable)\"",
          expected: "a name for each column that is read")
      }
    }
    var required: [ScheduleColumn] = [.born, .mrn]
    if columns[.start] == nil { required.append(.time) }
    if columns[.name] == nil { required += [.family, .given] }
    for column in ScheduleColumn.allCases where required.contains(column) {
      if columns[column] == nil { throw missing(column) }
    }
    return columns

    func missing(_ column: ScheduleColumn) -> DocumentError {
      DocumentError(
        file: file, line: header.line,
        found: "there is no column \"\((layout.headers[column] ?? column.rawValue).printable)\"",
        expected: "the header the site's file or the manual names")
    }
  }

  /// The sign that separates most cells of the header outside quotes; a comma if none does.
  private static func delimiter(of header: ArraySlice<UInt8>) -> ScheduleLayout.Delimiter {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in header {
      if byte == 0x22 { isQuoted.toggle() }
      if !isQuoted { counts[byte, default: 0] += 1 }
    }
    var best = ScheduleLayout.Delimiter.comma
    for candidate in ScheduleLayout.Delimiter.allCases
    where counts[candidate.byte, default: 0] > counts[best.byte, default: 0] {
      best = candidate
    }
    return best
  }
}
