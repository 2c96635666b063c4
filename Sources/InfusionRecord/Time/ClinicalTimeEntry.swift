/// Reads a typed time: `now`, `0930`, `9:30`, `-5`, `12:05 yesterday`, `23-Nov 09:30`.
///
/// The text is read by the session's local clock, and nothing is guessed. A time later than now keeps
/// its day, and recording it is refused. A time in the hour that occurs twice needs `first` or
/// `second`; a time in the hour that does not exist is a problem. In a correction, a time without a day
/// is the one nearest to the time it corrects; otherwise it is today's.
package enum ClinicalTimeEntry {
  package enum Problem: Error, Sendable, Hashable {
    case notATime(String)
    case noSuchDay(String)
    case tooLongAgo(String)
    case skipped(LocalTime)
    case occursTwice(LocalTime)

    package var sentence: String {
      switch self {
      case .notATime(let text):
        "\(text) is not a time; type now, 0930, 9:30, -5 (minutes ago) or 12:05 yesterday."
      case .noSuchDay(let text): "\(text) is not a day."
      case .tooLongAgo(let text):
        "\(text) goes back more than a day; name the day, as in 12:05 yesterday or 23-Nov-2026 09:30."
      case .skipped(let local):
        "\(local.clock) on \(local.date.display) does not exist: the clocks went forward."
      case .occursTwice(let local):
        "\(local.clock) on \(local.date.display) occurs twice: add first or second."
      }
    }
  }

  /// The moment `text` means, a whole minute; an empty text means now.
  ///
  /// - Parameter corrected: the time that `text` replaces, in a correction.
  package static func moment(
    _ text: String, now: Instant, clock: LocalClock, insteadOf corrected: Instant? = nil
  ) -> Result<Instant, Problem> {
    let words = text.lowercased().split(whereSeparator: \.isWhitespace)
      .map(String.init)
    let thisMinute = Instant(seconds: floorDivide(now.seconds, 60) * 60)
    if words.isEmpty || words == ["now"] { return .success(thisMinute) }
    if words.count == 1, words[0].first == "-" {
      guard let minutes = minutesAgo(words[0]) else { return .failure(.notATime(text)) }
      guard minutes <= 1440 else { return .failure(.tooLongAgo(words[0])) }
      return .success(thisMinute + Int64(-minutes * 60))
    }
    let today = clock.date(at: now)
    var day = today
    var isDayTyped = false
    var second: Int?
    var which: Occurrence?
    for word in words {
      if let iso = isoMoment(word) {
        (day, isDayTyped) = (iso.date, true)
        second = iso.secondOfDay
      } else if second == nil, let found = secondOfDay(word) {
        second = found
      } else if word == "yesterday" || word == "today" {
        (day, isDayTyped) = (word == "today" ? today : today + -1, true)
      } else if let occurrence = Occurrence(rawValue: word) {
        which = occurrence
      } else if word.contains("-") {
        guard let found = CivilDate(written: word, year: day.components.year) else {
          return .failure(.noSuchDay(word))
        }
        (day, isDayTyped) = (found, true)
      } else {
        return .failure(.notATime(text))
      }
    }
    guard let second else { return .failure(.notATime(text)) }
    if let corrected, !isDayTyped { day = nearestDay(to: clock.reading(at: corrected), second) }
    let local = LocalTime(date: day, secondOfDay: second)
    let moments = clock.moments(showing: local)
    guard let first = moments.first, let last = moments.last else {
      return .failure(.skipped(local))
    }
    if moments.count == 1 { return .success(first) }
    switch which {
    case .first: return .success(first)
    case .second: return .success(last)
    // The second occurrence lies in the future, so only the first can be meant.
    case nil where thisMinute < last: return .success(first)
    case nil: return .failure(.occursTwice(local))
    }
  }

  /// The day on which `second` is at most twelve hours from `local`; its own day if two days are.
  private static func nearestDay(to local: LocalTime, _ second: Int) -> CivilDate {
    let ahead = second - local.secondOfDay
    return local.date + (ahead > 43_200 ? -1 : ahead < -43_200 ? 1 : 0)
  }

  private enum Occurrence: String { case first, second }

  private static func minutesAgo(_ word: String) -> Int? {
    let digits = word.dropFirst()
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(digits)
  }

  /// `930`, `0930`, `9:30`, `09:30`.
  private static func secondOfDay(_ word: String) -> Int? {
    let parts = word.split(separator: ":", omittingEmptySubsequences: false)
    let digits = parts.joined()
    guard (3...4).contains(digits.utf8.count),
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits)
    else { return nil }
    if parts.count == 2 {
      guard parts[1].utf8.count == 2 else { return nil }
    } else if parts.count != 1 {
      return nil
    }
    let (hour, minute) = (number / 100, number % 100)
    guard hour < 24, minute < 60 else { return nil }
    return hour * 3600 + minute * 60
  }

  /// `2026-11-23t09:30`.
  private static func isoMoment(_ word: String) -> LocalTime? {
    let parts = word.split(separator: "t")
    guard parts.count == 2, let day = CivilDate(written: parts[0]),
      let second = secondOfDay(String(parts[1]))
    else { return nil }
    return LocalTime(date: day, secondOfDay: second)
  }
}
