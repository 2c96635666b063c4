import InfusionRecord
import Interchange
import PlainText
import SuiteProgram

/// A typed day: `today`, `yesterday`, `23-Nov-2026`, `2026-11-23`.
enum DayEntry {
  /// - Parameter clock: the site's clock, which decides what today is.
  static func day(_ text: String, on clock: LocalClock) throws -> CivilDate {
    let today = clock.date(at: Host.now.instant)
    switch text.lowercased() {
    case "today": return today
    case "yesterday": return today + -1
    default:
      guard let day = CivilDate(written: text, year: today.components.year) else {
        throw Complaint("\(text.printable) is not a day; write today, 23-Nov-2026 or 2026-11-23.")
      }
      return day
    }
  }
}
