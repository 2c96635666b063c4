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

  /// The date of unit `unit` (0 is the first block) of a dose.
  static func date(ofUnit unit: Int, dose: Int, in draft: Draft) -> CivilDate? {
    let value = draft.doses[dose]
    return date(
      ofUnit: unit, counted: value.counted, seconds: value.countedSeconds, start: value.start,
      in: draft)
  }

  static func date(
    ofUnit unit: Int, counted: Run, seconds: Int64, start: Instant?, in draft: Draft
  ) -> CivilDate? {
    let hour = Int64(draft.parameters.hour) * 60
    switch draft.policy.serviceDate {
    case .serviceStart: return draft.date(start)
    case .unitStart:
      return draft.date(draft.moment(counted, after: Int64(unit) * hour) ?? start)
    case .unitCompletion:
      // The end of a stretch, not the start of the next: the last second that counts.
      let end = min(Int64(unit + 1) * hour, seconds)
      let moment = end > 0 ? draft.moment(counted, after: end - 1).map { $0 + 1 } : nil
      return draft.date(moment ?? start)
    }
  }
}
