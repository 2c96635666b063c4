import Glibc

/// A time zone read from the system's file in `/usr/share/zoneinfo` (package tzdata).
///
/// The file (RFC 8536) lists transitions up to some year and ends with a rule for all later years.
/// Both become one table of offsets.
///
/// Foundation's `TimeZone` is not used: it takes its zones from ICU's data, which the statically linked
/// program does not contain and which an update of tzdata does not change.
struct ZoneFile {
  /// The moments from which an offset applies; the first is `Int64.min`.
  let starts: [Int64]
  /// Seconds east of UTC.
  let offsets: [Int32]

  /// Reads the zone `name` for the seconds since 1970 in `years`; nil if there is no readable file.
  init?(name: String, years: Range<Int64>) {
    guard ZoneFile.isName(name), let bytes = ZoneFile.bytes("/usr/share/zoneinfo/" + name) else {
      return nil
    }
    self.init(bytes, years: years)
  }

  init?(_ bytes: [UInt8], years: Range<Int64>) {
    guard let first = Block(bytes, at: 0, timeSize: 4), first.version >= 0x32,
      let block = Block(bytes, at: first.end, timeSize: 8)
    else { return nil }
    var starts: [Int64] = [.min]
    var offsets: [Int32] = [block.offset(ofType: 0)]
    var last = Int64.min
    for index in 0..<block.timeCount {
      let moment = block.time(index)
      let offset = block.offset(ofType: Int(bytes[block.types + index]))
      last = moment
      if moment <= years.lowerBound {
        offsets[0] = offset
      } else if moment < years.upperBound {
        starts.append(moment)
        offsets.append(offset)
      }
    }
    guard bytes.count > block.end, bytes[block.end] == 0x0a else { return nil }
    let footer = bytes[(block.end + 1)...].prefix { $0 != 0x0a }
    if !footer.isEmpty {
      guard let rule = Rule(String(decoding: footer, as: UTF8.self)) else { return nil }
      for (moment, offset) in rule.transitions(after: max(last, years.lowerBound), years) {
        starts.append(moment)
        offsets.append(offset)
      }
      if block.timeCount == 0 { offsets[0] = rule.standard }
    }
    self.starts = starts
    self.offsets = offsets
  }

  /// Whether a text names a zone and cannot lead to a file outside the folder of zones.
  ///
  /// `right/` has zones with leap seconds, which this reader does not know; `posix/` gives zones a second name.
  static func isName(_ text: String) -> Bool {
    text.utf8.allSatisfy(isNameByte)
      && !["/", "right/", "posix/"].contains { text.hasPrefix($0) }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2b, 0x2d, 0x2f, 0x5f: true
    default: false
    }
  }

  /// The content of a plain file; nil if it cannot be read or has `limit` bytes or more.
  static func bytes(_ path: String, limit: Int = 16_384) -> [UInt8]? {
    // A pipe must not block us.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = read(file, &bytes, bytes.count)
    guard count > 44, count < bytes.count else { return nil }
    return Array(bytes[..<count])
  }

  /// The rule at the end of a file.
  static func footer(_ bytes: [UInt8]) -> String? {
    guard bytes.last == 0x0A else { return nil }
    let line = bytes.dropLast().reversed().prefix { $0 != 0x0A }
    return String(decoding: line.reversed(), as: UTF8.self)
  }

  /// From which moment which offset applies.
  struct Change: Equatable {
    let start: Int64
    let offset: Int32

    init(_ start: Int64, _ offset: Int32) {
      self.start = start
      self.offset = offset
    }
  }

  /// The changes of offset, without transitions that change only the name of the time.
  var changes: [Change] {
    var changes: [Change] = []
    for (start, offset) in zip(starts, offsets) where changes.last?.offset != offset {
      changes.append(Change(start, offset))
    }
    return changes
  }

  /// One of the two data blocks of a file: times in 32 bits, then the same in 64 bits.
  private struct Block {
    let bytes: [UInt8]
    let version: UInt8
    let times: Int
    let timeCount: Int
    let types: Int
    let zones: Int
    let zoneCount: Int
    let end: Int

    init?(_ bytes: [UInt8], at start: Int, timeSize: Int) {
      guard start >= 0, bytes.count >= start + 44,
        bytes[start..<(start + 4)].elementsEqual("TZif".utf8)
      else { return nil }
      func count(_ index: Int) -> Int {
        let at = start + 20 + 4 * index
        return bytes[at..<(at + 4)].reduce(0) { $0 << 8 | Int($1) }
      }
      let (utc, standard, leaps) = (count(0), count(1), count(2))
      self.bytes = bytes
      version = bytes[start + 4]
      timeCount = count(3)
      zoneCount = count(4)
      times = start + 44
      types = times + timeCount * timeSize
      zones = types + timeCount
      end = zones + zoneCount * 6 + count(5) + leaps * (timeSize + 4) + standard + utc
      guard zoneCount > 0, end <= bytes.count,
        bytes[types..<zones].allSatisfy({ Int($0) < zoneCount })
      else { return nil }
    }

    func time(_ index: Int) -> Int64 {
      let at = times + 8 * index
      return Int64(
        bitPattern: bytes[at..<(at + 8)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }

    func offset(ofType type: Int) -> Int32 {
      let at = zones + 6 * type
      return Int32(bitPattern: bytes[at..<(at + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
    }
  }
}

extension ZoneFile {
  /// The rule at the end of a file, `CST6CDT,M3.2.0,M11.1.0`: a POSIX TZ text with month, week, weekday.
  struct Rule {
    /// Seconds east of UTC.
    let standard: Int32
    private var summer: (offset: Int32, from: Day, to: Day)?

    /// The `week`-th `weekday` (0 is Sunday) of `month`, and the second of that day; week 5 is the last.
    struct Day {
      let month: Int
      let week: Int
      let weekday: Int
      let second: Int64

      func moment(in year: Int) -> Int64? {
        guard let first = CivilDate(year: year, month: month, day: 1) else { return nil }
        // CivilDate counts Monday as 0.
        let wanted = (weekday + 6) % 7
        var day = first + ((wanted - first.weekday + 7) % 7 + 7 * (week - 1))
        while day.components.month != month { day = day + -7 }
        return Int64(day.dayNumber) * 86_400 + second
      }
    }

    init?(_ text: String) {
      let parts = text.split(separator: ",")
      guard let zones = parts.first else { return nil }
      var rest = zones
      guard Rule.skipName(&rest), let west = Rule.duration(&rest) else { return nil }
      standard = -west
      if rest.isEmpty { return }
      guard Rule.skipName(&rest), parts.count == 3, let from = Rule.day(parts[1]),
        let to = Rule.day(parts[2])
      else { return nil }
      var offset = standard + 3600
      if !rest.isEmpty {
        guard let west = Rule.duration(&rest), rest.isEmpty else { return nil }
        offset = -west
      }
      summer = (offset, from, to)
    }

    /// The changes of offset after a moment, in order.
    func transitions(after last: Int64, _ years: Range<Int64>) -> [(Int64, Int32)] {
      guard let summer else { return [] }
      var found: [(Int64, Int32)] = []
      for year in 1969...2100 {
        guard let from = summer.from.moment(in: year), let to = summer.to.moment(in: year) else {
          continue
        }
        let begins = (from - Int64(standard), summer.offset)
        let ends = (to - Int64(summer.offset), standard)
        // South of the equator the year begins in summer time.
        found += from < to ? [begins, ends] : [ends, begins]
      }
      return found.filter { $0.0 > last && years.contains($0.0) }
    }

    /// Skips `CST` or `<+03>`.
    private static func skipName(_ text: inout Substring) -> Bool {
      let before = text.utf8.count
      if text.first == "<" {
        guard let close = text.firstIndex(of: ">") else { return false }
        text = text[text.index(after: close)...]
      } else {
        text = text.drop { $0.isASCII && $0.isLetter }
      }
      return text.utf8.count < before
    }

    /// `6`, `-3`, `5:30`, `+4:00:00` in seconds.
    private static func duration(_ text: inout Substring) -> Int32? {
      var sign: Int32 = 1
      if text.first == "-" || text.first == "+" {
        sign = text.first == "-" ? -1 : 1
        text = text.dropFirst()
      }
      let digits = text.prefix { $0 == ":" || ($0.isASCII && $0.isNumber) }
      text = text.dropFirst(digits.count)
      let parts = digits.split(separator: ":", omittingEmptySubsequences: false)
      guard (1...3).contains(parts.count) else { return nil }
      var seconds: Int32 = 0
      for (part, unit) in zip(parts, [3600, 60, 1] as [Int32]) {
        guard let number = Int32(part), number < 200 else { return nil }
        seconds += number * unit
      }
      return sign * seconds
    }

    private static func day(_ text: Substring) -> Day? {
      let halves = text.split(separator: "/", omittingEmptySubsequences: false)
      guard let date = halves.first, date.first == "M", halves.count <= 2 else { return nil }
      let numbers = date.dropFirst().split(separator: ".").map { Int($0) ?? -1 }
      guard numbers.count == 3, (1...12).contains(numbers[0]), (1...5).contains(numbers[1]),
        (0...6).contains(numbers[2])
      else { return nil }
      var second: Int32 = 7200
      if halves.count == 2 {
        var time = halves[1]
        guard let found = duration(&time), time.isEmpty else { return nil }
        second = found
      }
      return Day(
        month: numbers[0], week: numbers[1], weekday: numbers[2], second: Int64(second))
    }
  }
}
