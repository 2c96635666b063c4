import ArgumentParser
import InfusionRecord
import Interchange
import SuiteProgram

/// Which days a command is about.
struct DayOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The day: 2026-11-23 or 23-Nov-2026; else today.", valueName: "day"))
  var date: String?

  @Option(help: ArgumentHelp("The last day of several.", valueName: "day"))
  var to: String?

  /// What the options say, apart from how they were read.
  struct Values: Hashable {
    var date: String?
    var to: String?
  }

  var values: Values { Values(date: date, to: to) }

  func days(_ site: Site) throws -> ClosedRange<CivilDate> { try values.days(site) }
}

extension DayOptions.Values {
  func days(_ site: Site) throws -> ClosedRange<CivilDate> {
    let clock = site.clock
    let first = try date.map { try DayEntry.day($0, on: clock) } ?? clock.date(at: Host.now.instant)
    let last = try to.map { try DayEntry.day($0, on: clock) } ?? first
    guard first <= last else { throw ValidationError("--to lies before --date.") }
    return first...last
  }
}
