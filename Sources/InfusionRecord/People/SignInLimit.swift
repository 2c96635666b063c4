/// The delay after wrong PINs.
///
/// Two wrong PINs cost nothing; from the third on each one lengthens the wait, up to 15 minutes. There
/// is no final lock-out, because anyone at the keyboard could lock a supervisor out. At the longest
/// wait an attacker has 96 tries a day at a million PINs (NIST SP 800-63B 5.2.2 asks for fewer than 100
/// in a row). A correct PIN, or a new PIN set by a supervisor, resets the count.
package enum SignInLimit {
  /// Seconds to wait after this many wrong PINs in a row.
  package static func wait(after failures: Int) -> Int64 {
    switch failures {
    case ...2: 0
    case 3: 5
    case 4: 15
    case 5: 60
    case 6: 300
    case 7: 600
    default: 900
    }
  }

  /// The time of the wrong PIN from which the wait is counted: the latest that is not ahead of `now`; nil if
  /// all are.
  ///
  /// Terminals may have clocks of their own. Each then waits at least since its own last wrong PIN, however
  /// far the clock of another one is ahead.
  package static func last(of failures: [RecordedTime], now: RecordedTime) -> RecordedTime? {
    failures.filter { $0.milliseconds - now.milliseconds <= aheadMilliseconds }
      .max { $0.milliseconds < $1.milliseconds }
  }

  /// How far a wrong PIN may lie ahead: a minute and the fraction of a second that `remaining` leaves out.
  private static let aheadMilliseconds: Int64 = 60_999

  /// Seconds left to wait at `now`; 0 if a PIN may be tried.
  ///
  /// A wrong PIN that lies more than a minute ahead was recorded by a clock that was wrong; it costs no wait,
  /// because the wait would last until that clock's time.
  package static func remaining(failures: Int, last: RecordedTime?, now: RecordedTime) -> Int64 {
    guard let last else { return 0 }
    let whole = wait(after: failures)
    let passed = (now.milliseconds - last.milliseconds) / 1000
    if passed < -60 { return 0 }
    return min(whole, max(0, whole - passed))
  }

  /// The message that asks a person to wait.
  package static func sentence(seconds: Int64) -> String {
    let time =
      seconds < 90
      ? Int(seconds).pluralized("second") : "\((seconds + 59) / 60) minutes"
    return "Too many wrong PINs under this name; try again in \(time)."
  }
}
