import InfusionRecord
import Interchange
import PlainText
import SuiteProgram

/// A typed day: `today`, `yesterday`, `23-Nov-2026`, `2026-11-23`, `11/23/2026`.
enum DayEntry {
  /// - Parameter clock: the site's clock, which decides what today is.
  static func day(_ text: String, on clock: LocalClock) throws -> CivilDate {
    let today = clock.date(at: Host.now.instant)
    switch text.lowercased() {
    case "today": return today
    case "yesterday": return today + -1
    default: break
    }
    let range = (today + -3660)...(today + 366)
    switch TypedDate.read(text, within: range, year: today.components.year) {
    case .success(let day): return day
    case .failure(.ambiguous(let days)): throw Complaint(TypedDate.question(text, days).printable)
    case .failure:
      throw Complaint("\(text.printable) is not a day; write today, 23-Nov-2026 or 2026-11-23.")
    }
  }

  /// The clock of the zone that `--zone` names.
  static func clock(zone: String) throws -> LocalClock {
    guard let clock = LocalClock(zone: zone) else {
      throw Complaint("--zone: \(zone.printable) is not a time zone of this system.")
    }
    return clock
  }
}
