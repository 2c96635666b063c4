import InfusionRecord
package import TimelineEngine

/// Reads a published file of CMS edits line by line: medically unlikely edits (MUE) or
/// procedure-to-procedure edits (PTP), as comma-separated values or as tab-separated text.
///
/// ```
/// "CPT only copyright …"        titles, any number, skipped
/// Column 1 <tab> Column 2 …     heading, may go on over several lines
/// <tab> <tab> prior to 1996 …
/// 96413 <tab> 96365 …           rows; those of two codes of this family are kept
/// ```
///
/// Every row is checked, and the first one that is not understood refuses the file. The rationale is not
/// read: nothing of the prose, which is not ours to copy, is kept.
package struct EditFileReader {
  private enum Stage {
    case titles
    case heading([String], EditTables.Kind, line: Int)
    case rows(EditFileHeading)
  }

  /// The most records before the heading, and the most lines of a heading.
  private static let mostTitles = 60, mostHeadingLines = 12

  private let file: String
  private let name: EditFileName
  private var records: PublishedRecords
  private var stage = Stage.titles
  private var titles = 0
  /// The first line that has a column of a table and lacks another.
  private var partial: (line: Int, words: String)?
  private var headingLines = 0
  private var rows = EditFileRows()

  /// - Parameter file: the file's name as the user gave it.
  package init(file: String) {
    self.file = file
    records = PublishedRecords(file: file)
    name = EditFileName(file)
  }

  /// Takes the next line, without its line feed.
  package mutating func take(_ bytes: [UInt8], line: Int) throws(DocumentError) {
    guard let record = try records.take(bytes, line: line) else { return }
    try process(record.bytes, line: record.line)
  }

  /// The file, after its last line.
  ///
  /// - Parameters:
  ///   - setting: what the user says, if the file does not.
  ///   - quarter: likewise.
  package mutating func finish(
    setting said: EditTables.Setting? = nil, quarter saidQuarter: Quarter? = nil
  ) throws(DocumentError) -> EditFile {
    try records.checkEnd()
    if case .heading(let joined, let kind, let line) = stage {
      stage = .rows(try EditFileHeading(joined, kind: kind, file: file, line: line))
    }
    guard case .rows(let heading) = stage else {
      throw DocumentError(
        file: file, line: partial?.line,
        found: partial?.words ?? "no heading of a table of unlikely edits or code pairs was found",
        expected: EditFileHeading.expected)
    }
    if let found = heading.setting, let named = name.setting, found != named {
      throw DocumentError(
        file: file, found: "heading and file name say different settings",
        expected: "the name that CMS gave the file")
    }
    let foundSetting = heading.setting ?? name.setting
    if let foundSetting, let said, foundSetting != said {
      throw DocumentError(
        file: file, found: "the file is of the setting \(foundSetting.words)",
        expected: "--setting \(foundSetting.rawValue)")
    }
    if let found = name.quarter, let saidQuarter, found != saidQuarter {
      throw DocumentError(
        file: file, found: "the file is of the quarter \(found.text)",
        expected: "--quarter \(found.text)")
    }
    guard let setting = foundSetting ?? said else {
      throw DocumentError(
        file: file, found: "neither heading nor file name says the setting",
        expected: "--setting practitioner or --setting outpatient-hospital")
    }
    guard let quarter = name.quarter ?? saidQuarter else {
      throw DocumentError(
        file: file, found: "the file name does not say the quarter",
        expected: "--quarter, for example --quarter 2026Q4")
    }
    guard rows.count > 0 else {
      throw DocumentError(
        file: file, found: "the table has no rows", expected: "rows under the heading")
    }
    return EditFile(
      kind: heading.kind, setting: setting, quarter: quarter,
      source: file.split(separator: "/").last.map(String.init) ?? file, part: name.part,
      rowsRead: rows.count, limits: rows.limits, pairs: rows.pairs)
  }

  // MARK: Records

  private mutating func process(_ record: [UInt8], line: Int) throws(DocumentError) {
    switch stage {
    case .titles:
      records.findSeparator(in: record)
      let cells = records.texts(of: record)
      guard let kind = EditFileHeading.kind(of: cells) else {
        titles += 1
        if partial == nil, let words = EditFileHeading.partialWords(cells) {
          partial = (line, words)
        }
        guard titles <= EditFileReader.mostTitles else {
          throw records.fault(
            partial?.line ?? line,
            partial?.words ?? "no heading was found in the first \(titles) lines",
            EditFileHeading.expected)
        }
        return
      }
      headingLines = 1
      stage = .heading(cells, kind, line: line)
    case .heading(let joined, let kind, let start):
      let cells = records.texts(of: record)
      if cells.allSatisfy(\.isEmpty) { return }
      if let next = EditFileReader.joining(joined, cells) {
        headingLines += 1
        guard headingLines <= EditFileReader.mostHeadingLines else {
          throw records.fault(start, "the heading has no end", "rows that begin with a code")
        }
        stage = .heading(next, kind, line: start)
        return
      }
      let heading = try EditFileHeading(joined, kind: kind, file: file, line: start)
      stage = .rows(heading)
      try rows.take(records.fields(of: record), under: heading, file: file, line: line)
    case .rows(let heading):
      try rows.take(records.fields(of: record), under: heading, file: file, line: line)
    }
  }

  /// The heading with a further line of it; nil if the line is a row.
  ///
  /// A further line leaves the cells of the codes empty.
  private static func joining(_ heading: [String], _ cells: [String]) -> [String]? {
    var joined = heading
    for (place, cell) in cells.enumerated() where !cell.isEmpty {
      guard place < joined.count else { return nil }
      switch EditFileColumn(heading: heading[place]) {
      case .code, .column1, .column2: return nil
      default: joined[place] += " " + cell
      }
    }
    return joined
  }
}
