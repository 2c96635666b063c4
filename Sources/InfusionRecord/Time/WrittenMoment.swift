extension LocalClock {
  /// A moment as documents write it (ISO 8601), with its offset: `2026-03-02T18:00:00-06:00`.
  ///
  /// - Parameter seconds: whether seconds are written even if they are zero.
  package func written(_ moment: Instant, seconds: Bool = false) -> String {
    let offset = self.offset(at: moment)
    // ISO 8601 has no form for an offset with seconds (local mean time); UTC names the same moment.
    guard offset % 60 == 0 else { return LocalClock.utc.written(moment, seconds: seconds) }
    let local = reading(at: moment)
    var text = "\(local.date.iso)T\(local.clock)"
    if seconds || local.second != 0 { text += ":\(padded(local.second, 2))" }
    if offset == 0 { return text + "Z" }
    let minutes = abs(offset) / 60
    return text + (offset < 0 ? "-" : "+") + padded(minutes / 60, 2) + ":" + padded(minutes % 60, 2)
  }

  /// A moment as commands answer it in JSON: the wall clock, `2026-11-23T10:31`.
  ///
  /// A time that occurs twice, because clocks are turned back, has its offset.
  package func answered(_ moment: Instant, seconds: Bool = false) -> String {
    if isRepeated(moment) { return written(moment, seconds: seconds) }
    let local = reading(at: moment)
    return "\(local.date.iso)T\(local.clock)" + (seconds ? ":\(padded(local.second, 2))" : "")
  }
}
