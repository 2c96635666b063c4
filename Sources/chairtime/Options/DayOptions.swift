import ArgumentParser
import InfusionRecord
import Interchange
import SuiteProgram

/// The days a command is about.
struct DayOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The day: 2026-11-23 or 23-Nov-2026; without it, today.", valueName: "day"))
  var date: String?

  @Option(help: ArgumentHelp("The last of several days.", valueName: "day"))
  var to: String?

  func days(_ site: Site) throws -> ClosedRange<CivilDate> {
    let clock = site.clock
    let first = try date.map { try DayEntry.day($0, on: clock) } ?? clock.date(at: Host.now.instant)
    let last = try to.map { try DayEntry.day($0, on: clock) } ?? first
    guard first <= last else { throw ValidationError("--to lies before --date.") }
    return first...last
  }
}
