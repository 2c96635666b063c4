import InfusionRecord
import TimelineEngine

/// What the name of a published file says of its table.
///
/// - `MCR_MUE_PractitionerServices_Eff_10-01-2026.csv`: setting and first day
/// - `ccioph-v322r0-f1.txt`: outpatient hospital, version 32.2, part 1. Version 32.0 is the first quarter
///   of 2026, 32.1 the second.
struct EditFileName {
  let setting: EditTables.Setting?
  let quarter: Quarter?
  /// The number of a table's part; tables of code pairs are published in several.
  let part: Int?

  init(_ path: String) {
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    setting =
      if name.contains("ccipra") || name.contains("practitioner") {
        .practitioner
      } else if name.contains("ccioph") || name.contains("hospital") {
        .outpatientHospital
      } else {
        nil
      }
    quarter = EditFileName.quarter(in: name)
    part = name.firstMatch(of: /[-_]f([0-9]{1,2})(?:\.|$)/).flatMap { Int($0.1) }
  }

  private static func quarter(in name: String) -> Quarter? {
    if let version = name.firstMatch(of: /cci(?:pra|oph)-?v([0-9]{2})([0-9])/),
      let year = Int(version.1), let quarter = Int(version.2)
    {
      return Quarter(year: 1994 + year, number: quarter + 1)
    }
    if let day = name.firstMatch(of: /eff(?:ective)?[-_]([0-9]{2})[-_]([0-9]{2})[-_]([0-9]{4})/),
      let month = Int(day.1), let dayOfMonth = Int(day.2), let year = Int(day.3),
      let date = CivilDate(year: year, month: month, day: dayOfMonth)
    {
      return Quarter(of: date)
    }
    if let quarter = name.firstMatch(of: /([0-9]{4})[-_]?q([1-4])/), let year = Int(quarter.1),
      let number = Int(quarter.2)
    {
      return Quarter(year: year, number: number)
    }
    return nil
  }
}
