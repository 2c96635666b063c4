/// Reads a typed time: `now`, `0930`, `9:30`, `2:30 pm`, `-5`, `12:05 yesterday`, `23-Nov 09:30`,
/// `11/23 0930`.
///
/// The text is read by the session's local clock, and nothing is guessed. A time later than now keeps
/// its day, and recording it is refused. A time in the hour that occurs twice needs `first` or
/// `second`; a time in the hour that does not exist is a problem. In a correction, a time without a day
/// is the one nearest to the time it corrects. In a session of an earlier day it is the only one since
/// the opening, and refused if there are several; otherwise it is today's. `2:30` is refused as ambiguous
/// if 02:30 and 14:30 have both passed.
package enum ClinicalTimeEntry {
  package enum Problem: Error, Sendable, Hashable {
    case notATime(String)
    case noSuchDay(String)
    case tooLongAgo(String)
    case skipped(LocalTime)
    case occursTwice(LocalTime)
    /// The text can mean the morning or the afternoon.
    case halfOfDay(String, morning: LocalTime, afternoon: LocalTime)
    case ambiguousDay(String, [CivilDate])
    /// The time passed on several days since the session was opened.
    case dayNotTyped(String, [LocalTime])

    package var sentence: String {
      switch self {
      case .notATime(let text):
        "\(text) is not a time; type now, 0930, 9:30, 2:30 pm, -5 (minutes ago) or 12:05 yesterday."
      case .noSuchDay(let text): "\(text) is not a day."
      case .tooLongAgo(let text):
        "\(text) goes back more than a day; name the day, as in 12:05 yesterday or 23-Nov-2026 09:30."
      case .skipped(let local):
        "\(local.clock) on \(local.date.display) does not exist: the clocks went forward."
      case .occursTwice(let local):
        "\(local.clock) on \(local.date.display) occurs twice: add first or second."
      case .halfOfDay(let text, let morning, let afternoon):
        "\(text) can be \(morning.clock) or \(afternoon.clock); type the one that is meant."
      case .ambiguousDay(let text, let days): TypedDate.question(text, days)
      case .dayNotTyped(let text, let times):
        "\(text) can be "
          + times.map { "\($0.date.display) \($0.clock)" }.joined(separator: " or ")
          + "; add the day, as in \(text) yesterday or \(text) today."
      }
    }
  }

  /// The moment `text` means, a whole minute; an empty text means now.
  ///
  /// - Parameters:
  ///   - corrected: the time that `text` replaces, in a correction.
  ///   - openedAt: when the session was opened that the time is about.
  package static func moment(
    _ text: String, now: Instant, clock: LocalClock, insteadOf corrected: Instant? = nil,
    openedAt: Instant? = nil
  ) -> Result<Instant, Problem> {
    let words = words(of: text)
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
    var hasBothHalves = false
    var which: Occurrence?
    for word in words {
      if let iso = isoMoment(word) {
        (day, isDayTyped) = (iso.date, true)
        second = iso.secondOfDay
      } else if second == nil, let found = secondOfDay(word) {
        second = found
        hasBothHalves = hasShortHour(word)
      } else if second == nil, let found = secondOfHalfDay(word) {
        second = found
      } else if word == "yesterday" || word == "today" {
        (day, isDayTyped) = (word == "today" ? today : today + -1, true)
      } else if let occurrence = Occurrence(rawValue: word) {
        which = occurrence
      } else if word.contains("-") || word.contains("/") {
        switch TypedDate.read(
          word, within: (today + -3660)...today, year: today.components.year)
        {
        case .success(let found): (day, isDayTyped) = (found, true)
        case .failure(.ambiguous(let days)): return .failure(.ambiguousDay(word, days))
        case .failure: return .failure(.noSuchDay(word))
        }
      } else {
        return .failure(.notATime(text))
      }
    }
    guard let second else { return .failure(.notATime(text)) }
    if let corrected, !isDayTyped {
      day = nearestDay(to: clock.reading(at: corrected), second)
    } else if let openedAt, !isDayTyped {
      let times = times(second, since: openedAt, until: thisMinute, clock)
      if times.count > 1 { return .failure(.dayNotTyped(text, times)) }
      day = times.first?.date ?? today
    }
    let local = LocalTime(date: day, secondOfDay: second)
    let later = LocalTime(date: day, secondOfDay: second + 43_200)
    if hasBothHalves, later <= clock.reading(at: now) {
      return .failure(.halfOfDay(text, morning: local, afternoon: later))
    }
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

  /// The last times of this clock reading since a session was opened on an earlier day, oldest first; empty
  /// if it was opened today.
  ///
  /// A patient is treated up to an hour before the session is opened.
  private static func times(
    _ second: Int, since openedAt: Instant, until now: Instant, _ clock: LocalClock
  ) -> [LocalTime] {
    let today = clock.date(at: now)
    let first = max(clock.date(at: openedAt), today + -7)
    guard first < today else { return [] }
    var times: [LocalTime] = []
    for day in stride(from: first.dayNumber, through: today.dayNumber, by: 1) {
      let time = LocalTime(date: CivilDate(dayNumber: day), secondOfDay: second)
      if clock.moments(showing: time).contains(where: { $0 + 3600 >= openedAt && $0 <= now }) {
        times.append(time)
      }
    }
    return Array(times.suffix(3))
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

  /// The words in lower case; `2:30 p.m.` is one word, `2:30pm`.
  private static func words(of text: String) -> [String] {
    var words: [String] = []
    for word in text.lowercased().split(whereSeparator: \.isWhitespace) {
      let half = word.filter { $0 != "." }
      if half == "am" || half == "pm", let last = words.last, last.last?.isNumber == true {
        words[words.count - 1] = last + half
      } else {
        words.append(String(word))
      }
    }
    return words
  }

  /// `2pm`, `2:30pm`, `230 pm`, `12am`: a time of the clock of 12 hours.
  private static func secondOfHalfDay(_ word: String) -> Int? {
    let letters = word.filter { $0 != "." }
    guard letters.hasSuffix("am") || letters.hasSuffix("pm") else { return nil }
    let isMorning = letters.hasSuffix("am")
    let time = String(letters.dropLast(2))
    let digits = time.utf8.allSatisfy { (0x30...0x39).contains($0) }
    let isHour = digits && (1...2).contains(time.utf8.count)
    guard let second = secondOfDay(isHour ? time + ":00" : time) else { return nil }
    switch second / 3600 {
    case 1...11: return isMorning ? second : second + 43_200
    case 12: return isMorning ? second - 43_200 : second
    case 0: return isMorning ? second : nil
    default: return isMorning ? nil : second
    }
  }

  /// Whether a time of 24 hours has an hour of one digit from 1 to 9, as a clock of 12 hours shows it.
  private static func hasShortHour(_ word: String) -> Bool {
    let hour = word.contains(":") ? word.prefix { $0 != ":" } : word.dropLast(2)
    return hour.utf8.count == 1 && hour != "0"
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
