package import InfusionRecord

/// A number of the rules, with the date it starts to apply and its source.
package struct Parameter: Sendable {
  package enum ID: String, CaseIterable, Sendable {
    case infusionEntry = "infusion-entry"
    case hydrationEntry = "hydration-entry"
    case hour = "hour"
    case hourTail = "hour-tail"
    case prolongedPump = "prolonged-pump"
    case repeatPushGap = "repeat-push-gap"
    case repeatInfusionEntry = "repeat-infusion-entry"
    case adjacentGap = "adjacent-gap"
    case chartingOverlap = "charting-overlap"
    case longestInfusion = "longest-infusion"
    case longestPush = "longest-push"
  }

  package let id: ID
  package let value: Int
  /// `min` for minutes.
  package let unit: String
  /// The first date it applies.
  package let from: CivilDate
  package let citation: Citation.ID
  package let meaning: String
}

/// The numbers in force under one rulebook version.
///
/// Rules read the fields; pages read the dated rows.
package struct Parameters: Sendable {
  package let rows: [Parameter]
  /// The practitioner table of medically unlikely edits, as far as we know it.
  package let unlikelyPractitioner: [UnlikelyEdit]
  /// The limits of drug codes, as far as we know them.
  package let unlikelyDrugUnits: [UnlikelyDrugEdit]

  /// Whole minutes from which a drug is an infusion: 16.
  let infusionEntry: Int
  /// Whole minutes from which hydration counts: 31.
  let hydrationEntry: Int
  /// Minutes of a unit: 60.
  let hour: Int
  /// Minutes past the hour a further unit needs: 31.
  let hourTail: Int
  /// Minutes a pump infusion must exceed to be prolonged: 480.
  let prolongedPump: Int
  /// Minutes a repeated push must exceed: 30.
  let repeatPushGap: Int
  /// Counted minutes from which a repeated infusion earns units: 31.
  let repeatInfusionEntry: Int
  /// Minutes between two doses of one drug that look like one: 2.
  let adjacentGap: Int
  /// Minutes of overlap that look like charting: 2.
  let chartingOverlap: Int
  /// Minutes above which an infusion without a pump is asked about: 1,440.
  let longestInfusion: Int
  /// Minutes above which a push is asked about: 60.
  let longestPush: Int

  init(
    rows: [Parameter], unlikelyPractitioner: [UnlikelyEdit],
    unlikelyDrugUnits: [UnlikelyDrugEdit] = []
  ) {
    self.rows = rows
    self.unlikelyDrugUnits = unlikelyDrugUnits
    self.unlikelyPractitioner = unlikelyPractitioner
    func value(_ id: Parameter.ID) -> Int {
      guard let row = rows.first(where: { $0.id == id }) else {
        preconditionFailure("A rulebook version lacks the parameter \(id.rawValue).")
      }
      return row.value
    }
    infusionEntry = value(.infusionEntry)
    hydrationEntry = value(.hydrationEntry)
    hour = value(.hour)
    hourTail = value(.hourTail)
    prolongedPump = value(.prolongedPump)
    repeatPushGap = value(.repeatPushGap)
    repeatInfusionEntry = value(.repeatInfusionEntry)
    adjacentGap = value(.adjacentGap)
    chartingOverlap = value(.chartingOverlap)
    longestInfusion = value(.longestInfusion)
    longestPush = value(.longestPush)
  }

  /// Units in `minutes` of one drug: the first block and the hours after it (rulebook 0.4).
  ///
  /// No unit below `entry`; otherwise one, and one more for each hour that has 31 minutes.
  func hours(_ minutes: Int, entry: Int) -> Int {
    minutes < entry ? 0 : 1 + max(0, (minutes - hourTail) / hour)
  }
}

/// A medically unlikely edit: the highest likely number of units of a code.
package struct UnlikelyEdit: Sendable {
  package let code: Code
  /// Units of one date that may be exceeded only with proof.
  package let units: Int
  package let citation: Citation.ID
}

/// The highest likely number of units of a drug code on one date.
package struct UnlikelyDrugEdit: Sendable {
  package let code: String
  package let units: Int
  package let citation: Citation.ID
}

extension Parameters {
  private static func day(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
    CivilDate(year: year, month: month, day: day) ?? CivilDate(dayNumber: 0)
  }

  /// The numbers of the 2026 rulebook.
  static let year2026 = Parameters(
    rows: [
      Parameter(
        id: .infusionEntry, value: 16, unit: "min", from: day(2006, 1, 1),
        citation: .palmettoA53778,
        meaning: "An intravenous drug is an infusion from this many minutes; below it is a push."),
      Parameter(
        id: .hydrationEntry, value: 31, unit: "min", from: day(2006, 1, 1),
        citation: .noridianA52732,
        meaning: "Hydration counts from this many minutes."),
      Parameter(
        id: .hour, value: 60, unit: "min", from: day(2006, 1, 1), citation: .aapc157218,
        meaning: "Length of the first block and of each further unit."),
      Parameter(
        id: .hourTail, value: 31, unit: "min", from: day(2011, 1, 1), citation: .premera2019,
        meaning: "A further unit needs this many minutes past the preceding whole hour."),
      Parameter(
        id: .prolongedPump, value: 480, unit: "min", from: day(2006, 1, 1), citation: .asco2010,
        meaning: "A pump infusion is prolonged when planned for more than this."),
      Parameter(
        id: .repeatPushGap, value: 30, unit: "min", from: day(2008, 1, 1),
        citation: .supercoder2013,
        meaning: "A repeated push of one drug is reported only when more than this apart."),
      Parameter(
        id: .repeatInfusionEntry, value: 31, unit: "min", from: day(2011, 12, 1),
        citation: .rca4136,
        meaning: "A repeated dose earns further-hour units from this many counted minutes."),
      Parameter(
        id: .adjacentGap, value: 2, unit: "min", from: day(2026, 1, 1), citation: .deduction,
        meaning: "Doses of one drug no further apart than this are asked about."),
      Parameter(
        id: .chartingOverlap, value: 2, unit: "min", from: day(2026, 1, 1),
        citation: .medlearnJan2022,
        meaning: "An overlap of consecutive bags no longer than this is asked about."),
      Parameter(
        id: .longestInfusion, value: 1440, unit: "min", from: day(2026, 1, 1),
        citation: .deduction,
        meaning: "An infusion without a pump that ran longer is asked about; no bag hangs so long."),
      Parameter(
        id: .longestPush, value: 60, unit: "min", from: day(2026, 1, 1), citation: .deduction,
        meaning: "A push that took longer is asked about."),
    ],
    unlikelyPractitioner: [
      UnlikelyEdit(code: .hydrationHour, units: 8, citation: .payerready),
      UnlikelyEdit(code: .infusionHour, units: 8, citation: .codingahead),
      UnlikelyEdit(code: .infusionSequential, units: 4, citation: .payerready),
      UnlikelyEdit(code: .pushSameDrug, units: 0, citation: .payerready),
      UnlikelyEdit(code: .chemoPush, units: 1, citation: .payerready),
    ],
    unlikelyDrugUnits: [UnlikelyDrugEdit(code: "J1745", units: 150, citation: .noridianDrugs)])
}
