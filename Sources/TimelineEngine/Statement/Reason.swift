/// Why a rule decided as it did: a sentence form and its numbers.
///
/// Values, not prose; the prose is made when somebody reads it.
public struct Reason: Sendable {
  /// The forms a reason can take. `#` is the first number, `&` the second.
  public enum Form: UInt8, Sendable, CaseIterable {
    case initialByRanking, initialByReason
    case sequential, furtherPush, repeatPush, pushBesideInfusion
    case repeatDose, shortRepeat, concurrent, chemoBeside
    case hydrationInitial, hydrationFurther, hydrationBesideDrug
    case aborted, pushByTime, pushCharted, pushForMissingTime
    case counted, furtherHours, prolongedPump, medicarePump
    case injection, onBody, refill, flush
    case subcutaneousFirst, subcutaneousHours, subcutaneousSites
    case modifierSite, modifierEncounter, computedStop
  }

  public let rule: Rule.ID
  public let form: Form
  private let row: Int32
  private let numbers: (Int32, Int32)
  var clock = Run()

  init(
    _ rule: Rule.ID, _ form: Form, administration: Int32 = -1, _ first: Int = 0,
    _ second: Int = 0
  ) {
    self.rule = rule
    self.form = form
    self.row = administration
    self.numbers = (Int32(clamping: first), Int32(clamping: second))
  }

  /// The administration it speaks of, by position, or nil.
  public var administration: Int? { row < 0 ? nil : Int(row) }
  /// The first number of the sentence.
  public var first: Int { Int(numbers.0) }
  /// The second number of the sentence.
  public var second: Int { Int(numbers.1) }
}

extension Reason {
  /// The sentence, with its numbers.
  public var text: String {
    // By bytes, not by letters: a day's review asks for thousands.
    let form = Reason.sentences[Int(form.rawValue)].utf8
    var result: [UInt8] = []
    result.reserveCapacity(form.count + 16)
    for byte in form {
      switch byte {
      case UInt8(ascii: "#"): result.append(contentsOf: String(first).utf8)
      case UInt8(ascii: "&"): result.append(contentsOf: String(second).utf8)
      default: result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The source the sentence rests on.
  public var citation: Citation? { rule.rule.citations.first.map(\.citation) }

  /// That source as one line, empty where there is none; made once a rule, for a day has thousands.
  public var citedLine: String { Reason.citedLines[Int(rule.rawValue)] }

  private static let citedLines = Rule.ID.allCases.map { id in
    id.rule.citations.first?.citation.line ?? ""
  }

  private static let sentences: [String] = [
    "Highest service of the encounter by the ranking (rank #), so it is the initial.",
    "Recorded as the reason for the visit, so it is the initial.",
    "Another drug infused for 16 minutes or more: one first block a drug and encounter.",
    "First push of another drug.",
    "The same drug again # min after the last reported push; more than 30 are needed.",
    "Push of a drug that was also infused, # min apart; reported once more by this rulebook.",
    "A further dose of the same drug, judged on its own # min: further-hour units only.",
    "A further dose of # min, reported by the site's policy.",
    "Ran beside another infusion on the same access: # of its & min were its own.",
    "Chemotherapy beside another infusion, reported as unlisted by the site's policy.",
    "Hydration is the only intravenous service of the encounter.",
    "Hydration after the first block is reported by its hours.",
    "Hydration beside a higher service is reported by its hours.",
    "Cut short after # min; reported as intended by the site's policy.",
    "# min is 15 or less, so it is a push.",
    "Charted as a push; the clinician was there throughout.",
    "Without both times it is reported as a push.",
    "# counted min.",
    "Further hours: # in & counted min, each with more than 30 past the hour before.",
    "Planned for # min, more than 480, on a pump.",
    "Planned for # min on the practice's own pump that goes home, payer Medicare.",
    "One injection.",
    "One on-body injector applied.",
    "One pump refill.",
    "The flush is the sole service of the day.",
    "Subcutaneous infusion of # min; first block once an encounter.",
    "# further hours in & min of one drug.",
    "More than one subcutaneous site in the encounter.",
    "Modifier: initial of a further access site.",
    "Modifier: initial of a further encounter on the date.",
    "The stop was computed from volume and rate.",
  ]
}

/// The reasons for not charging a minute.
public enum Clause: UInt8, CaseIterable, Sendable, Hashable {
  case notThisFamily, facilityPlaceOfService, pumpDisconnect, pending, held
  case coveredByInfusion, concurrentOnce, concurrentChemo
  case hydrationBesideDrug, hydrationOnce, hydrationMinimum, hydrationPurpose, hydrationNoPush
  case hydrationMissingTime
  case repeatPushOffice, repeatPushTooSoon, repeatChemoPush, pushOfInfusedDrug
  case repeatShortInfusion, furtherHourMinimum, flushNotSole, secondSubcutaneous

  struct Row {
    let text: String
    let rule: Rule.ID
    let sentence: String
  }

  /// The id in a statement: `hydration-minimum`.
  public var text: String { row.text }
  /// The rule this clause belongs to.
  public var rule: Rule.ID { row.rule }
  public var sentence: String { row.sentence }

  private var row: Row { Clause.table[Int(rawValue)] }

  private static let table: [Row] = [
    Row(
      text: "not-this-family", rule: .drugClass,
      sentence: "Blood, contrast and oral drugs are not in this family of codes."),
    Row(
      text: "facility-place-of-service", rule: .drugClass,
      sentence: "The physician reports nothing of this family at a facility place of service."),
    Row(
      text: "pump-disconnect", rule: .pumpInitiation,
      sentence: "Disconnecting a pump is inside the code that started it."),
    Row(
      text: "pending", rule: .pushOrInfusion,
      sentence: "Still running for 15 minutes or less: not yet a push or an infusion."),
    Row(
      text: "held", rule: .missingTimes,
      sentence: "A required time is missing; nothing is charged until it is recorded."),
    Row(
      text: "solo-minutes", rule: .soloMinutes,
      sentence: "These minutes ran beside an infusion that is charged for them."),
    Row(
      text: "concurrent-once", rule: .concurrentInfusion,
      sentence: "The concurrent code is reported once, however many drugs run beside."),
    Row(
      text: "concurrent-chemo", rule: .concurrentInfusion,
      sentence: "No code covers chemotherapy beside another infusion."),
    Row(
      text: "hydration-minutes", rule: .hydrationMinutes,
      sentence: "Hydration beside a drug on the same access does not count."),
    Row(
      text: "hydration-once", rule: .hydrationMinutes,
      sentence: "Two hydrations at once count once; the earlier keeps the minute."),
    Row(
      text: "hydration-minimum", rule: .hydration,
      sentence: "Hydration of 30 minutes or less is not charged."),
    Row(
      text: "hydration-purpose", rule: .hydration,
      sentence: "Fluid to keep a line open, flush, dilute or bridge is not hydration."),
    Row(
      text: "hydration-no-push", rule: .hydration,
      sentence: "Hydration has no push form."),
    Row(
      text: "hydration-missing-time", rule: .missingTimes,
      sentence: "Hydration without both times is not charged."),
    Row(
      text: "repeat-push-office", rule: .laterPush,
      sentence: "An office does not report a repeated push of the same drug."),
    Row(
      text: "repeat-push-too-soon", rule: .laterPush,
      sentence: "A repeated push needs more than 30 minutes since the last reported one."),
    Row(
      text: "repeat-chemo-push", rule: .laterPush,
      sentence: "No code covers a repeated push of the same chemotherapy."),
    Row(
      text: "same-drug-push-and-infusion", rule: .laterPush,
      sentence: "A push too near an infusion of the same drug is not reported."),
    Row(
      text: "repeat-short-infusion", rule: .repeatDose,
      sentence: "A repeated dose of 16 to 30 minutes is not reported by default."),
    Row(
      text: "repeat-minimum", rule: .repeatDose,
      sentence: "A repeated dose earns further-hour units from 31 counted minutes."),
    Row(
      text: "flush-not-sole", rule: .deviceService,
      sentence: "A flush is charged only as the sole service of the day."),
    Row(
      text: "second-sc-infusion", rule: .subcutaneousInfusion,
      sentence: "A further subcutaneous drug earns units only by its hours past the first."),
  ]
}
