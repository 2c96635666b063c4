/// Why minutes are not charged. Documents hold the raw values.
package enum Clause: String, CaseIterable, Sendable, Hashable {
  case notThisFamily = "not-this-family"
  case facilityPlaceOfService = "facility-place-of-service"
  case unclassifiedDrug = "drug-class"
  case integralService = "integral-service"
  case inpatient = "inpatient"
  case inpatientUnknown = "inpatient-unknown"
  case pumpDisconnect = "pump-disconnect"
  case pending = "pending"
  case held = "held"
  case pumpClass = "pump-class"
  case coveredByInfusion = "solo-minutes"
  case concurrentOnce = "concurrent-once"
  case concurrentChemo = "concurrent-chemo"
  case hydrationBesideDrug = "hydration-minutes"
  case hydrationOnce = "hydration-once"
  case hydrationMinimum = "hydration-minimum"
  case hydrationPurpose = "hydration-purpose"
  case hydrationNoPush = "hydration-no-push"
  case hydrationMissingTime = "hydration-missing-time"
  case repeatPushOffice = "repeat-push-office"
  case pushOfInfusedOffice = "push-of-infused-office"
  case repeatPushTooSoon = "repeat-push-too-soon"
  case repeatPushUntimed = "repeat-push-untimed"
  case repeatChemoPush = "repeat-chemo-push"
  case pushOfInfusedDrug = "same-drug-push-and-infusion"
  case pushOfInfusedUntimed = "push-and-infusion-untimed"
  case repeatShortInfusion = "repeat-short-infusion"
  case furtherHourMinimum = "repeat-minimum"
  case flushNotSole = "flush-not-sole"
  case secondSubcutaneous = "second-sc-infusion"

  /// What a rule's file says of one of its clauses.
  struct Definition {
    let rule: Rule.ID
    let sentence: String

    init(_ rule: Rule.ID, _ sentence: String) {
      self.rule = rule
      self.sentence = sentence
    }
  }

  /// `hydration-minimum`.
  package var text: String { rawValue }
  /// The rule that leaves the minutes out.
  package var rule: Rule.ID { definition.rule }
  package var sentence: String { definition.sentence }

  /// Each definition is in the file of its rule.
  private var definition: Definition {
    switch self {
    case .notThisFamily: .notThisFamily
    case .facilityPlaceOfService: .facilityPlaceOfService
    case .unclassifiedDrug: .unclassifiedDrug
    case .integralService: .integralService
    case .inpatient: .inpatient
    case .inpatientUnknown: .inpatientUnknown
    case .pumpDisconnect: .pumpDisconnect
    case .pending: .pending
    case .held: .held
    case .pumpClass: .pumpClass
    case .coveredByInfusion: .coveredByInfusion
    case .concurrentOnce: .concurrentOnce
    case .concurrentChemo: .concurrentChemo
    case .hydrationBesideDrug: .hydrationBesideDrug
    case .hydrationOnce: .hydrationOnce
    case .hydrationMinimum: .hydrationMinimum
    case .hydrationPurpose: .hydrationPurpose
    case .hydrationNoPush: .hydrationNoPush
    case .hydrationMissingTime: .hydrationMissingTime
    case .repeatPushOffice: .repeatPushOffice
    case .pushOfInfusedOffice: .pushOfInfusedOffice
    case .repeatPushTooSoon: .repeatPushTooSoon
    case .repeatPushUntimed: .repeatPushUntimed
    case .repeatChemoPush: .repeatChemoPush
    case .pushOfInfusedDrug: .pushOfInfusedDrug
    case .pushOfInfusedUntimed: .pushOfInfusedUntimed
    case .repeatShortInfusion: .repeatShortInfusion
    case .furtherHourMinimum: .furtherHourMinimum
    case .flushNotSole: .flushNotSole
    case .secondSubcutaneous: .secondSubcutaneous
    }
  }
}
