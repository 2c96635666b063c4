internal import InfusionRecord
import PlainText

// The single values of a session document: texts, words of a list, times and amounts.

extension JSONReader {
  /// The longest id, drug or other text of a session, in characters (Unicode scalars).
  static let longestText = 1024

  /// Reads a text that is not blank, not too long, and has no character that steers a terminal.
  mutating func text() throws(DocumentError) -> String {
    skipSpace()
    let start = at
    let text = try string()
    // Bytes are counted faster, and there are never fewer of them.
    if text.utf8.count > JSONReader.longestText,
      text.unicodeScalars.count > JSONReader.longestText
    {
      throw error(
        "the text is longer than \(JSONReader.longestText) characters", expected: "a shorter one",
        at: start)
    }
    var isBlank = true
    for scalar in text.unicodeScalars {
      if scalar.steersOutput {
        throw error("the text holds a control character", expected: "printable text", at: start)
      }
      // A blank is the only ASCII whitespace that steers no output.
      if isBlank, scalar.isASCII ? scalar != " " : !scalar.properties.isWhitespace {
        isBlank = false
      }
    }
    if isBlank { throw error("the text is empty", expected: "a text, or no such key", at: start) }
    return text
  }

  /// Reads one of the words of an enum.
  mutating func word<Word: RawRepresentable<String> & CaseIterable>() throws(DocumentError) -> Word
  {
    skipSpace()
    let start = at
    let text = try string()
    if let word = Word(rawValue: text) { return word }
    let words = Word.allCases.map(\.rawValue)
    throw error(
      "the word is not one of the list",
      expected: "one of \(words.joined(separator: ", "))\(suggestion(for: text, among: words))",
      at: start)
  }

  mutating func placeOfService() throws(DocumentError) -> String {
    skipSpace()
    let start = at
    let text = try string("a string of two digits")
    guard text.utf8.count == 2, text.utf8.allSatisfy(isDigit) else {
      throw error("the place of service is not a code", expected: "two digits", at: start)
    }
    return text
  }

  mutating func clock() throws(DocumentError) -> LocalClock {
    skipSpace()
    let start = at
    guard let clock = LocalClock(zone: try string()) else {
      throw error(
        "the time zone is not known", expected: "an IANA name such as \"America/Chicago\"",
        at: start)
    }
    return clock
  }

  mutating func time() throws(DocumentError) -> WrittenTime {
    skipSpace()
    let start = at
    do throws(WrittenTime.Fault) {
      // The text nearly always has no escapes, so it is parsed in place.
      if next == UInt8(ascii: "\"") {
        var end = at + 1
        while end < bytes.count, end - at < 32, bytes[end] != UInt8(ascii: "\""),
          bytes[end] != UInt8(ascii: "\\")
        {
          end += 1
        }
        if end < bytes.count, bytes[end] == UInt8(ascii: "\"") {
          let time = try WrittenTime(bytes[(at + 1)..<end])
          at = end + 1
          return time
        }
      }
    } catch {
      // The first error is that the value is no JSON string.
      _ = try string()
      throw self.error(error.found, expected: error.expected, at: start)
    }
    let text = try string("a time")
    do throws(WrittenTime.Fault) {
      return try WrittenTime(text)
    } catch {
      throw self.error(error.found, expected: error.expected, at: start)
    }
  }

  mutating func timeOrNull(_ at: Int) throws(DocumentError) -> SessionDraft.Placed<WrittenTime>? {
    takesNull() ? nil : .init(value: try time(), at: at)
  }

  mutating func textOrNull() throws(DocumentError) -> String? {
    takesNull() ? nil : try text()
  }

  /// Reads a day, `2026-03-02`.
  mutating func day(_ expected: String = "a date") throws(DocumentError) -> CivilDate {
    skipSpace()
    let start = at
    guard let day = CivilDate(iso: try string(expected)) else {
      throw error("the text is no date", expected: "YYYY-MM-DD", at: start)
    }
    return day
  }

  mutating func dayOrNull(_ at: Int) throws(DocumentError) -> SessionDraft.Placed<CivilDate>? {
    if takesNull() { return nil }
    let day = try day("a date or null")
    guard WrittenTime.years.contains(day.components.year) else {
      throw error(WrittenTime.Fault.year.found, expected: WrittenTime.Fault.year.expected, at: at)
    }
    return .init(value: day, at: at)
  }

  /// Reads an amount from 0 to 1,000,000.
  mutating func amount(_ unit: String) throws(DocumentError) -> Double {
    skipSpace()
    let start = at
    let value = try number("a number of \(unit)")
    guard (0...1_000_000).contains(value) else {
      throw error("the number is out of range", expected: "0 to 1000000 \(unit)", at: start)
    }
    return value
  }
}
