/// A doubt about the charges, or a fact that is missing.
///
/// The list of ids is closed (rulebook D41); a new one joins it with its severity and its rule.
public struct Finding: Sendable, Hashable {
  public enum Severity: String, Sendable { case error, warning, note }

  public enum ID: UInt8, CaseIterable, Sendable, Hashable {
    case abortedInfusion, aboveMUE, addOnWithoutPrimary, chartingOverlap, complexBiologicPayer
    case computedStop, concurrentChemo, facilityPlaceOfService, flushNotSole
    case hydrationBesideUnknownDrug, hydrationNotOrdered, longPause, longPush
    case missingStart, missingStop, missingTimes, pending, pumpPlanMissing, reasonForVisit
    case repeatChemoPush, repeatPushOffice, repeatPushTooSoon, repeatShortInfusion
    case sameDrugBackToBack, sameDrugPushAndInfusion, subcutaneousWithIV
    case secondSubcutaneousInfusion, secondSiteNoReason, siteNotRecorded, unclassifiedDrug
  }

  public let id: ID
  /// Position in the timeline, or nil where it concerns the session.
  public let administration: Int?
  /// Position of a second administration, where two are concerned.
  public let other: Int?
  /// A number of the finding: minutes, units; meaning by id.
  public let number: Int
  /// The code a finding about units speaks of.
  public let code: Code?

  init(
    _ id: ID, _ administration: Int? = nil, other: Int? = nil, number: Int = 0, code: Code? = nil
  ) {
    self.id = id
    self.administration = administration
    self.other = other
    self.number = number
    self.code = code
  }

  public var severity: Severity { id.severity }
}

extension Finding.ID {
  struct Row {
    let text: String
    let severity: Finding.Severity
    let rule: Rule.ID
    let sentence: String
  }

  /// `missing-stop`.
  public var text: String { row.text }
  /// The rule that finds it.
  public var rule: Rule.ID { row.rule }

  var row: Row { Finding.ID.table[Int(rawValue)] }

  /// One row an id, in the order of the cases. `#` is the finding's number, `%` its code.
  private static let table: [Row] = [
    Row(
      text: "aborted-infusion", severity: .warning, rule: .pushOrInfusion,
      sentence: "The infusion was cut short after # min; sources disagree on how to code it."),
    Row(
      text: "above-mue", severity: .warning, rule: .unlikelyUnits,
      sentence: "# units of % on one date are above the medically unlikely edit."),
    Row(
      text: "addon-without-primary", severity: .warning, rule: .addOnNeedsPrimary,
      sentence: "% has no primary code of its list in this encounter."),
    Row(
      text: "charting-overlap", severity: .warning, rule: .soloMinutes,
      sentence: "The two infusions overlap by # min; confirm the stop of the first."),
    Row(
      text: "complex-biologic-payer", severity: .warning, rule: .drugClass,
      sentence: "Coded as chemotherapy; ask whether this payer takes complex biologics so."),
    Row(
      text: "computed-stop", severity: .warning, rule: .missingTimes,
      sentence: "The stop was not charted; it was computed from volume and rate."),
    Row(
      text: "concurrent-chemo", severity: .warning, rule: .concurrentInfusion,
      sentence: "This chemotherapy ran beside another infusion; no code covers that."),
    Row(
      text: "facility-place-of-service", severity: .error, rule: .drugClass,
      sentence: "At a facility place of service the physician reports nothing of this family."),
    Row(
      text: "flush-not-sole", severity: .note, rule: .deviceService,
      sentence: "The flush is not charged: it was not the sole service of the day."),
    Row(
      text: "hydration-beside-unknown-drug", severity: .warning, rule: .hydrationMinutes,
      sentence: "A drug without both times may have run inside this hydration."),
    Row(
      text: "hydration-not-ordered", severity: .error, rule: .hydration,
      sentence: "Hydration needs an order and an indication; one is not recorded."),
    Row(
      text: "long-pause", severity: .warning, rule: .countedMinutes,
      sentence: "The dose rested for # min; confirm that it is one dose."),
    Row(
      text: "long-push", severity: .note, rule: .pushOrInfusion,
      sentence: "The push took # min; it stays a push because the clinician was there throughout."),
    Row(
      text: "missing-start", severity: .error, rule: .missingTimes,
      sentence: "The start is not recorded."),
    Row(
      text: "missing-stop", severity: .error, rule: .missingTimes,
      sentence: "The stop is not recorded and could not be computed."),
    Row(
      text: "missing-times", severity: .error, rule: .missingTimes,
      sentence: "Neither start nor stop is recorded."),
    Row(
      text: "pending", severity: .note, rule: .pushOrInfusion,
      sentence: "Running for # min; it may still be a push or an infusion."),
    Row(
      text: "pump-plan-missing", severity: .error, rule: .pumpInitiation,
      sentence: "The pump is held: its plan does not make it prolonged, and it has no stop yet."),
    Row(
      text: "reason-for-visit", severity: .warning, rule: .initialService,
      sentence: "No usable reason for the visit is recorded; the ranking chose the initial."),
    Row(
      text: "repeat-chemo-push", severity: .note, rule: .laterPush,
      sentence: "No code covers a repeated push of the same chemotherapy."),
    Row(
      text: "repeat-push-office", severity: .note, rule: .laterPush,
      sentence: "An office does not report a repeated push of the same drug."),
    Row(
      text: "repeat-push-too-soon", severity: .note, rule: .laterPush,
      sentence: "The same drug was pushed # min before; more than 30 are needed."),
    Row(
      text: "repeat-short-infusion", severity: .warning, rule: .repeatDose,
      sentence: "A repeated dose of # min; sources disagree whether it is reported."),
    Row(
      text: "same-drug-back-to-back", severity: .warning, rule: .doseIdentity,
      sentence: "The same drug ran again # min later; confirm that these are two doses."),
    Row(
      text: "same-drug-push-and-infusion", severity: .warning, rule: .laterPush,
      sentence: "The drug was also infused; sources disagree on its push."),
    Row(
      text: "sc-infusion-with-iv", severity: .warning, rule: .subcutaneousInfusion,
      sentence: "A subcutaneous infusion beside an intravenous initial; payers differ."),
    Row(
      text: "second-sc-infusion", severity: .note, rule: .subcutaneousInfusion,
      sentence: "The first block of a subcutaneous infusion is reported once an encounter."),
    Row(
      text: "second-site-no-reason", severity: .warning, rule: .accessSites,
      sentence: "The second access site has no recorded reason; it is coded with the first."),
    Row(
      text: "site-not-recorded", severity: .error, rule: .accessSites,
      sentence: "The access site is not recorded."),
    Row(
      text: "unclassified-drug", severity: .error, rule: .drugClass,
      sentence: "The formulary does not know this drug; it was coded as a plain drug."),
  ]
}

extension Finding {
  /// The sentence, with its numbers.
  public var text: String {
    let form = id.row.sentence.utf8
    var result: [UInt8] = []
    result.reserveCapacity(form.count + 16)
    for byte in form {
      switch byte {
      case UInt8(ascii: "#"): result.append(contentsOf: String(number).utf8)
      case UInt8(ascii: "%"): result.append(contentsOf: (code?.number ?? "").utf8)
      default: result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
