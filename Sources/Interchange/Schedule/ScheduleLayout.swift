/// What an appointment book looks like, as the site's file declares it (`[schedule]` and
/// `[schedule.columns]`).
package struct ScheduleLayout: Sendable, Equatable {
  /// The headers that differ from the names of `ScheduleColumn`.
  package var headers: [ScheduleColumn: String] = [:]
  /// Nil means `2026-11-23` or `23-Nov-2026`.
  package var dateFormat: WrittenFormat?
  /// Nil means `09:30` or `0930`.
  package var timeFormat: WrittenFormat?
  /// The format of the column `start`.
  package var startFormat: WrittenFormat?
  /// The format of dates of birth; nil means `dateFormat`.
  package var bornFormat: WrittenFormat?
  package var nameRule: NameRule?
  /// Title lines before the header, 0 to 100.
  package var skipLines = 0
  /// Nil means that the header line shows it.
  package var delimiter: Delimiter?
  /// Nil means that the bytes show it.
  package var encoding: TextEncoding?
  /// The values of the column `status` that mean cancelled; case and blanks do not matter.
  package var cancelledWords = ["cancelled", "canceled", "no show", "no-show"]

  package init() {}

  /// What separates cells.
  package enum Delimiter: String, Sendable, CaseIterable {
    case comma = ","
    case semicolon = ";"
    case tab = "\t"
    case bar = "|"

    var byte: UInt8 { rawValue.utf8.first ?? 0x2C }

    package var words: String {
      switch self {
      case .comma: "commas"
      case .semicolon: "semicolons"
      case .tab: "tabs"
      case .bar: "bars"
      }
    }
  }

  func isCancelled(_ status: String) -> Bool {
    let folded = ScheduleLayout.folded(status)
    return !folded.isEmpty && cancelledWords.contains { ScheduleLayout.folded($0) == folded }
  }

  /// A header or a status as it is compared: without case, blanks and underscores.
  static func folded(_ text: String) -> String {
    text.lowercased().filter { !$0.isWhitespace && $0 != "_" }
  }

  /// Why the declared columns contradict each other: the key at fault, and a sentence's parts.
  var contradictions: [(key: ScheduleColumn, found: String, expected: String)] {
    var found: [(key: ScheduleColumn, found: String, expected: String)] = []
    var owners: [String: ScheduleColumn] = [:]
    for column in ScheduleColumn.allCases {
      guard let header = headers[column].map(ScheduleLayout.folded) else { continue }
      if let owner = owners[header] {
        found.append(
          (
            column, "the column is that of \(owner.rawValue) too",
            owner == .family || owner == .given
              ? "a column for each key; a whole name is name, with name_format in [schedule]"
              : "a column for each key"
          ))
      } else {
        owners[header] = column
      }
    }
    func excludes(_ column: ScheduleColumn, _ others: [ScheduleColumn]) {
      guard headers[column] != nil else { return }
      for other in others where headers[other] != nil {
        found.append(
          (
            other, "\(column.rawValue) declares the same", "\(column.rawValue) alone, or without it"
          ))
      }
    }
    excludes(.name, [.family, .given])
    excludes(.start, [.date, .time])
    if headers[.name] != nil, nameRule == nil {
      found.append(
        (
          .name, "nothing says how a name is split",
          "name_format in [schedule]: \(NameRule.allCases.map(\.rawValue).joined(separator: "; "))"
        ))
    }
    if headers[.start] != nil, startFormat == nil {
      found.append(
        (
          .start, "nothing says how a start is written",
          "start_format in [schedule], as in \"MM/DD/YYYY hh:mm a\""
        ))
    }
    return found
  }
}

/// A column of the appointment book; the raw value is its default header.
package enum ScheduleColumn: String, Sendable, CaseIterable, Hashable {
  case date, time, start, end, minutes
  case name, family, given, born, sex, mrn, visit, chair, regimen, drugs, payer
  case allergies
  case status, cancelled

  /// Whether the column is read only if the site's file names it. Their words are common headers that
  /// may mean something other.
  var isDeclared: Bool {
    switch self {
    case .start, .end, .minutes, .name, .cancelled: true
    case .date, .time, .family, .given, .born, .sex, .mrn, .visit, .chair, .regimen, .drugs, .payer,
      .allergies, .status:
      false
    }
  }
}
