import PlainText

// The keys of `[schedule]` and `[schedule.columns]`: what the appointment book looks like.

extension SiteConfigurationKey {
  static let schedule: [SiteConfigurationKey] = layout + columns

  private static let layout: [SiteConfigurationKey] = [
    format(
      "date_format", "How dates are written; otherwise 2026-11-23 or 23-Nov-2026.",
      "MM/DD/YYYY", fits: { $0.hasDate && !$0.hasTime }
    ) { $0.schedule.dateFormat = $1 },
    format(
      "born_format", "How dates of birth are written; otherwise as date_format.",
      "MM/DD/YYYY", fits: { $0.hasDate && !$0.hasTime }
    ) { $0.schedule.bornFormat = $1 },
    format(
      "time_format", "How times are written; otherwise 09:30 or 0930.", "hh:mm a",
      fits: { $0.hasTime && !$0.hasDate }
    ) { $0.schedule.timeFormat = $1 },
    format(
      "start_format", "How the column start is written, which holds date and time.",
      "MM/DD/YYYY hh:mm a", fits: { $0.hasDate && $0.hasTime }
    ) { $0.schedule.startFormat = $1 },
    choice(
      NameRule.self, "name_format", "How the column name is split into family and given names."
    ) {
      $0.schedule.nameRule = $1
    },
    whole(
      "schedule", "skip_lines", "Title lines before the header.", sample: "0", 0...100,
      expected: "a number from 0 to 100"
    ) { $0.schedule.skipLines = $1 },
    SiteConfigurationKey(
      "schedule", "delimiter", "What separates cells; otherwise what the header shows.",
      sample: "#\",\"", expected: "\",\", \";\", \"|\" or \"\\t\"",
      read: { $0.asText.flatMap(ScheduleLayout.Delimiter.init) }
    ) { $0.schedule.delimiter = $1 },
    choice(
      TextEncoding.self, "encoding", "How the text is encoded; otherwise what the bytes show."
    ) {
      $0.schedule.encoding = $1
    },
    SiteConfigurationKey(
      "schedule", "cancelled_words", "Values of the column status that mean cancelled.",
      sample: "["
        + ScheduleLayout().cancelledWords.map { "\"\($0)\"" }.joined(separator: ", ") + "]",
      expected: "a list of different words", read: differentNames
    ) { $0.schedule.cancelledWords = $1 },
  ]

  private static let columns: [SiteConfigurationKey] = ScheduleColumn.allCases.map { column in
    SiteConfigurationKey(
      "schedule.columns", column.rawValue, column.note, sample: "#\"\(column.rawValue)\"",
      expected: "a text", read: word
    ) { $0.schedule.headers[column] = $1 }
  }

  private static func format(
    _ name: String, _ note: String, _ sample: String,
    fits: @escaping @Sendable (WrittenFormat) -> Bool,
    keep: @escaping @Sendable (inout SiteConfiguration, WrittenFormat) -> Void
  ) -> SiteConfigurationKey {
    SiteConfigurationKey(
      "schedule", name, note, sample: "#\"\(sample)\"",
      expected: "a format such as \"\(sample)\", of \(WrittenFormat.expected)",
      read: { $0.asText.flatMap { WrittenFormat($0) }.flatMap { fits($0) ? $0 : nil } },
      keep: keep)
  }

  private static func choice<Value>(
    _: Value.Type, _ name: String, _ note: String,
    _ keep: @escaping @Sendable (inout SiteConfiguration, Value) -> Void
  ) -> SiteConfigurationKey
  where Value: RawRepresentable & CaseIterable & Sendable, Value.RawValue == String {
    let words = Value.allCases.map { "\"\($0.rawValue)\"" }
    return SiteConfigurationKey(
      "schedule", name, note, sample: "#\(words[0])", expected: words.joined(separator: " or "),
      read: { $0.asText.flatMap { Value(rawValue: $0) } }, keep: keep)
  }
}

extension ScheduleColumn {
  /// The note in a new file.
  fileprivate var note: String {
    switch self {
    case .date, .time, .family, .given, .born, .sex, .mrn, .visit, .chair, .regimen, .drugs, .payer:
      "The appointment book's header for \(rawValue)."
    case .allergies: "What the patient is allergic to, as penicillin: rash; latex, or NKDA."
    case .start: "One column of date and time, instead of date and time; see start_format."
    case .end: "The planned end, a time."
    case .minutes: "The planned length in minutes."
    case .name: "One column of the whole name, instead of family and given; see name_format."
    case .status: "The header of the status; cancelled_words say which values mean cancelled."
    case .cancelled: "A column in which any value means cancelled, such as the date of that."
    }
  }
}
