import InfusionRecord

/// Units are counted on continuous minutes first and each is then dated by the local day on which
/// its hour begins; midnight resets nothing.
///
/// ```
/// hydration 23:45 ─────┬───── 01:20
///                    00:00
/// 96360 begins 23:45: day 1      96361 begins 00:45: day 2
/// ```
enum DateOfService {
  static let rule = Rule(
    .dateOfService,
    claim: """
      Units are counted on continuous minutes first and each is then dated by the local day on \
      which its hour begins; midnight resets nothing.
      """,
    sections: ["R12", "D3", "D39"],
    citations: [.transmittal1702, .chapter4, .haugenMidnight],
    parameters: [.hour],
    policies: ["dos.rule"],
    disputes: ["No source dates a block that straddles midnight."])

  /// Dates every unit charged so far.
  static func apply(_ draft: inout Draft) {
    let rule = draft.policy.serviceDate
    let hour = Int64(draft.parameters.hour) * 60
    for index in draft.units.indices {
      let line = draft.units[index]
      let start = Int64(line.hour) * hour
      var moment: Instant?
      switch rule {
      case .serviceStart: break
      case .unitStart: moment = draft.moment(line.counted, after: start)
      case .unitCompletion:
        // The last second that counts, so that a unit ends with its stretch and not with the next.
        let end = min(start + hour, line.countedSeconds)
        if end > 0 { moment = draft.moment(line.counted, after: end - 1).map { $0 + 1 } }
      }
      draft.units[index].date = draft.date(moment ?? line.start)
      guard draft.units[index].date == nil, let row = line.row(in: draft) else { continue }
      if draft.rows[Int(row)].isWithoutClock {
        draft.units[index].date = draft.dayWithoutClock(of: Int(row))
      } else {
        // Code and units are known and the day is missing.
        draft.units[index].status = .held
      }
    }
  }
}
