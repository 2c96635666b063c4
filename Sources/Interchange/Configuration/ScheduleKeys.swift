import PlainText

// The keys of `[schedule]` and `[schedule.columns]`: what the appointment book looks like.

extension SiteConfigurationKey {
  static let schedule: [SiteConfigurationKey] = layout + columns

  private static let layout: [SiteConfigurationKey] = [
    format(
      "date_format", "How dates are written; otherwise 2026-11-23 or 23-Nov-2026.",
      "MM/DD/YYYY", \.schedule.dateFormat
    ) { $0.hasDate && !$0.hasTime },
    format(
      "born_format", "How dates of birth are written; otherwise as date_format.",
      "MM/DD/YYYY", \.schedule.bornFormat
    ) { $0.hasDate && !$0.hasTime },
    format(
      "time_format", "How times are written; otherwise 09:30 or 0930.", "hh:mm a",
      \.schedule.timeFormat
    ) { $0.hasTime && !$0.hasDate },
    format(
      "start_format", "How the column start is written, which holds date and time.",
      "MM/DD/YYYY hh:mm a", \.schedule.startFormat
    ) { $0.hasDate && $0.hasTime },
    choice(
      "name_format", "How the column name is split into family and given names.",
      \.schedule.nameRule),
    whole(
      "schedule", "skip_lines", "Title lines before the header.", sample: "0", 0...100,
      expected: "a number from 0 to 100"
    ) { $0.schedule.skipLines = $1 },
    SiteConfigurationKey(
      table: "schedule", name: "delimiter",
      note: "What separates cells; otherwise what the header shows.", sample: "#\",\"",
      expected: "\",\", \";\", \"|\" or \"\\t\"",
      set: { site, value in
        guard case .text(let text) = value, let sign = ScheduleLayout.Delimiter(rawValue: text)
        else { return false }
        site.schedule.delimiter = sign
        return true
      }),
    choice(
      "encoding", "How the text is encoded; otherwise what the bytes show.", \.schedule.encoding),
    SiteConfigurationKey(
      table: "schedule", name: "cancelled_words",
      note: "Values of the column status that mean cancelled.",
      sample: "["
        + ScheduleLayout().cancelledWords.map { "\"\($0)\"" }.joined(separator: ", ") + "]",
      expected: "a list of different words",
      set: { site, value in
        guard let words = names(value), Set(words).count == words.count else { return false }
        site.schedule.cancelledWords = words
        return true
      }),
  ]

  private static let columns: [SiteConfigurationKey] = ScheduleColumn.allCases.map { column in
    SiteConfigurationKey(
      table: "schedule.columns", name: column.rawValue, note: column.note,
      sample: "#\"\(column.rawValue)\"", expected: "a text",
      set: { site, value in
        guard let header = word(value) else { return false }
        site.schedule.headers[column] = header
        return true
      })
  }

  private static func format(
    _ name: String, _ note: String, _ sample: String,
    _ path: any WritableKeyPath<SiteConfiguration, WrittenFormat?> & Sendable,
    _ fits: @escaping @Sendable (WrittenFormat) -> Bool
  ) -> SiteConfigurationKey {
    SiteConfigurationKey(
      table: "schedule", name: name, note: note, sample: "#\"\(sample)\"",
      expected: "a format such as \"\(sample)\", of \(WrittenFormat.expected)",
      set: { site, value in
        guard case .text(let text) = value, let format = WrittenFormat(text), fits(format) else {
          return false
        }
        site[keyPath: path] = format
        return true
      })
  }

  private static func choice<Value>(
    _ name: String, _ note: String,
    _ path: any WritableKeyPath<SiteConfiguration, Value?> & Sendable
  ) -> SiteConfigurationKey
  where Value: RawRepresentable & CaseIterable & Sendable, Value.RawValue == String {
    let words = Value.allCases.map { "\"\($0.rawValue)\"" }
    return SiteConfigurationKey(
      table: "schedule", name: name, note: note, sample: "#\(words[0])",
      expected: words.joined(separator: " or "),
      set: { site, value in
        guard case .text(let text) = value, let choice = Value(rawValue: text) else { return false }
        site[keyPath: path] = choice
        return true
      })
  }
}

extension ScheduleColumn {
  /// The note in a new file.
  fileprivate var note: String {
    switch self {
    case .date, .time, .family, .given, .born, .sex, .mrn, .visit, .chair, .regimen, .drugs, .payer:
      "The appointment book's header for \(rawValue)."
    case .start: "One column of date and time, instead of date and time; see start_format."
    case .end: "The planned end, a time."
    case .minutes: "The planned length in minutes."
    case .name: "One column of the whole name, instead of family and given; see name_format."
    case .status: "The header of the status; cancelled_words say which values mean cancelled."
    case .cancelled: "A column in which any value means cancelled, such as the date of that."
    }
  }
}
