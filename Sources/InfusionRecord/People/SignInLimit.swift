/// The delay after wrong PINs.
///
/// Two wrong PINs cost nothing; from the third on each one lengthens the wait, up to 15 minutes. There
/// is no final lock-out, because anyone at the keyboard could lock a supervisor out. At the longest
/// wait an attacker has 96 tries a day at a million PINs (NIST SP 800-63B 5.2.2 asks for fewer than 100
/// in a row). A correct PIN, or a new PIN set by a supervisor, resets the count.
///
/// ```
///  wrong in a row   1  2  3   4   5   6    7    8 and more
///  wait             –  –  5s  15s 1m  5m   10m  15m
/// ```
public enum SignInLimit {
  private static let waits: [Int64] = [0, 0, 0, 5, 15, 60, 300, 600, 900]

  /// Seconds to wait after this many wrong PINs in a row.
  public static func wait(after failures: Int) -> Int64 {
    waits[min(max(0, failures), waits.count - 1)]
  }

  /// Seconds left to wait at `now`; 0 if a PIN may be tried.
  ///
  /// The result is never longer than one whole wait, even if the clock was set back.
  public static func remaining(failures: Int, last: RecordedTime?, now: RecordedTime) -> Int64 {
    guard let last else { return 0 }
    let whole = wait(after: failures)
    let passed = (now.milliseconds - last.milliseconds) / 1000
    return min(whole, max(0, whole - passed))
  }

  /// The message that asks a person to wait.
  public static func sentence(seconds: Int64) -> String {
    let time =
      seconds < 90
      ? Int(seconds).named("second") : "\((seconds + 59) / 60) minutes"
    return "Too many wrong PINs under this name; try again in \(time)."
  }
}
