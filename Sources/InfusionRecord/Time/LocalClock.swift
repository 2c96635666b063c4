import Synchronization

/// A time zone as a table: from which moment which offset from UTC applies.
///
/// A session needs local dates for every unit. A zone is read once into this table and looked up by
/// binary search; Foundation's calendar would cost microseconds a call. Copies share one table.
package struct LocalClock: Sendable, Hashable {
  /// The IANA name, `America/Chicago`.
  package let zone: String
  private let table: Table

  private final class Table: Sendable {
    let starts: [Int64]
    let offsets: [Int32]
    init(starts: [Int64], offsets: [Int32]) {
      self.starts = starts
      self.offsets = offsets
    }
  }

  /// The clock of a zone, or nil if the name is not an IANA zone of this system.
  ///
  /// Abbreviations such as `EST5EDT` are refused; only `Area/City` names, UTC and GMT are zones.
  package init?(zone: String) {
    let known = LocalClock.known.withLock { $0.first { $0.zone == zone } }
    guard let found = known ?? LocalClock.load(zone) else { return nil }
    self = found
  }

  private init(zone: String, table: Table) {
    self.zone = zone
    self.table = table
  }

  /// Coordinated universal time.
  package static let utc = LocalClock(zone: "UTC", table: Table(starts: [.min], offsets: [0]))

  package static func == (left: LocalClock, right: LocalClock) -> Bool { left.zone == right.zone }
  package func hash(into hasher: inout Hasher) { hasher.combine(zone) }

  /// Seconds east of UTC at a moment.
  package func offset(at moment: Instant) -> Int { Int(table.offsets[index(at: moment)]) }

  /// The position in the table of the offset that applies at a moment.
  private func index(at moment: Instant) -> Int {
    max(0, table.starts.partitioningIndex { $0 > moment.seconds } - 1)
  }

  /// Whether the wall clock shows this time twice, because clocks are turned back around it.
  package func isRepeated(_ moment: Instant) -> Bool {
    let (starts, offsets) = (table.starts, table.offsets)
    let here = index(at: moment)
    let gained = here > 0 ? Int64(offsets[here - 1] - offsets[here]) : 0
    if gained > 0, moment.seconds - starts[here] < gained { return true }
    guard here + 1 < starts.count else { return false }
    return starts[here + 1] - moment.seconds <= Int64(offsets[here] - offsets[here + 1])
  }

  /// `UTC-8`, `UTC+5:30`, `UTC`: the offset at a moment. Abbreviations of zones are ambiguous.
  package func offsetName(at moment: Instant) -> String {
    let seconds = offset(at: moment)
    let (hours, minutes) = (abs(seconds) / 3600, abs(seconds) / 60 % 60)
    if hours == 0, minutes == 0 { return "UTC" }
    let rest = minutes == 0 ? "" : ":\(padded(minutes, 2))"
    return "UTC\(seconds < 0 ? "-" : "+")\(hours)\(rest)"
  }

  /// The period around a moment in which one offset applies, and that offset.
  package func offsetPeriod(around moment: Instant) -> (period: Interval, offset: Int) {
    let starts = table.starts
    let index = index(at: moment)
    return (
      Interval(
        start: index == 0 ? .distantPast : Instant(seconds: starts[index]),
        end: index + 1 < starts.count ? Instant(seconds: starts[index + 1]) : .distantFuture),
      Int(table.offsets[index])
    )
  }

  /// The local date of a moment.
  package func date(at moment: Instant) -> CivilDate { reading(at: moment).date }

  /// The local date and time of a moment.
  package func reading(at moment: Instant) -> LocalTime {
    LocalTime(moment, offset: offset(at: moment))
  }

  /// The moments at which the wall clock shows `local`, earliest first.
  ///
  /// Usually one; two in the hour that occurs twice; none in the hour that does not exist.
  package func moments(showing local: LocalTime) -> [Instant] {
    let naive = Int64(local.date.dayNumber) * 86_400 + Int64(local.secondOfDay)
    // Offsets differ from UTC by less than a day and a half, so only nearby offsets can apply.
    let offsets = Set([-129_600, 0, 129_600].map { offset(at: Instant(seconds: naive + $0)) })
    return offsets.map { (offset: $0, moment: Instant(seconds: naive - Int64($0))) }
      .filter { offset(at: $0.moment) == $0.offset }.map(\.moment).sorted()
  }

  /// The first whole hour of a day. A day begins at 01:00 if the clocks go forward at midnight.
  package func beginning(of day: CivilDate) -> Instant? {
    [0, 3600].lazy.compactMap { second in
      moments(showing: LocalTime(date: day, secondOfDay: second)).first
    }.first
  }

  // MARK: Loading

  /// The zones loaded so far: usually one, a handful at most.
  private static let known = Mutex([utc])

  /// Seconds since 1970 for which transitions are in the table: 1970 to 2099. Outside them the nearest
  /// offset applies.
  static let years: Range<Int64> = 0..<4_102_444_800

  private static func load(_ zone: String) -> LocalClock? {
    guard zone.contains("/") || zone == "UTC" || zone == "GMT",
      let file = ZoneFile(name: zone, years: years)
    else { return nil }
    let clock = LocalClock(zone: zone, table: Table(starts: file.starts, offsets: file.offsets))
    known.withLock { $0.append(clock) }
    return clock
  }
}

/// What a wall clock shows: a date and the second of that day.
package struct LocalTime: Hashable, Comparable, Sendable {
  package var date: CivilDate
  /// 0 to 86,399.
  package var secondOfDay: Int

  package init(date: CivilDate, secondOfDay: Int) {
    self.date = date
    self.secondOfDay = secondOfDay
  }

  /// What a clock shows that is `offset` seconds ahead of UTC.
  package init(_ moment: Instant, offset: Int) {
    let local = moment.seconds + Int64(offset)
    let day = floorDivide(local, 86_400)
    self.init(date: CivilDate(dayNumber: Int32(day)), secondOfDay: Int(local - day * 86_400))
  }

  package var hour: Int { secondOfDay / 3600 }
  package var minute: Int { secondOfDay / 60 % 60 }
  package var second: Int { secondOfDay % 60 }

  /// `HH:mm`, 24 hours, leading zeros.
  package var clock: String { "\(padded(hour, 2)):\(padded(minute, 2))" }

  package static func < (left: LocalTime, right: LocalTime) -> Bool {
    left.date != right.date ? left.date < right.date : left.secondOfDay < right.secondOfDay
  }
}

/// The quotient rounded down, also for negative numbers.
package func floorDivide(_ number: Int64, _ by: Int64) -> Int64 {
  let quotient = number / by
  return number % by < 0 ? quotient - 1 : quotient
}
