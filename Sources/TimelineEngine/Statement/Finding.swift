/// A doubt about the charges, or a fact that is missing.
package struct Finding: Sendable, Hashable {
  package enum Severity: String, CaseIterable, Sendable { case error, warning, note }

  /// What can be found. The list is closed (rulebook D41); documents hold the raw values.
  package enum ID: String, CaseIterable, Sendable, Hashable {
    case abortedInfusion = "aborted-infusion"
    case aboveMUE = "above-mue"
    case addOnWithoutPrimary = "addon-without-primary"
    case catheterClearance = "catheter-clearance"
    case chartingOverlap = "charting-overlap"
    case classOverruled = "class-overruled"
    case codePair = "code-pair"
    case codePairOpened = "code-pair-opened"
    case codePairUnopened = "code-pair-unopened"
    case complexBiologicPayer = "complex-biologic-payer"
    case computedStop = "computed-stop"
    case concurrentChemo = "concurrent-chemo"
    case facilityPlaceOfService = "facility-place-of-service"
    case fatalWay = "fatal-way"
    case flushNotSole = "flush-not-sole"
    case hydrationBesideUnknownDrug = "hydration-beside-unknown-drug"
    case hydrationNotOrdered = "hydration-not-ordered"
    case implausibleLength = "implausible-length"
    case inpatientUnknown = "inpatient-unknown"
    case lastSeenRunning = "last-seen-running"
    case longPause = "long-pause"
    case longPush = "long-push"
    case missingStart = "missing-start"
    case missingStop = "missing-stop"
    case missingTimes = "missing-times"
    case noAccount = "no-account"
    case noClockTimes = "no-clock-times"
    case noMinutes = "no-minutes"
    case pending = "pending"
    case pumpClass = "pump-class"
    case pumpPlanMissing = "pump-plan-missing"
    case reasonForVisit = "reason-for-visit"
    case repeatChemoPush = "repeat-chemo-push"
    case repeatPushOffice = "repeat-push-office"
    case repeatPushTooSoon = "repeat-push-too-soon"
    case repeatPushUntimed = "repeat-push-untimed"
    case repeatShortInfusion = "repeat-short-infusion"
    case sameDrugBackToBack = "same-drug-back-to-back"
    case sameDrugPushAndInfusion = "same-drug-push-and-infusion"
    case sameDrugTwice = "same-drug-twice"
    case subcutaneousWithIV = "sc-infusion-with-iv"
    case secondSubcutaneousInfusion = "second-sc-infusion"
    case secondSiteNoReason = "second-site-no-reason"
    case siteNotRecorded = "site-not-recorded"
    case unclassifiedDrug = "unclassified-drug"
    case unusualWay = "unusual-way"
    case amountGivenMissing = "amount-given-missing"
    case avoidableDiscard = "avoidable-discard"
    case containerMissing = "container-missing"
    case discardMismatch = "discard-mismatch"
    case discardNotRecorded = "discard-not-recorded"
    case doseMissing = "dose-missing"
    case mixedContainers = "mixed-containers"
    case moreThanLabelled = "more-than-labelled"
    case noCodeOnDate = "no-code-on-date"
    case nocCode = "noc-code"
    case nocDiscard = "noc-discard"
    case preparedNotGiven = "prepared-not-given"
    case productUnknown = "product-unknown"
    case selfAdministered = "self-administered"
    case stoppedDoseDiscard = "stopped-dose-discard"
    case unitMismatch = "unit-mismatch"
    case zeroCostDrug = "zero-cost-drug"
  }

  /// Which of its sentences a finding says; documents hold only the id.
  package enum Wording: UInt8, CaseIterable, Sendable, Hashable {
    case usual
    case lastSeenInPause
    case reasonNotIntravenous, reasonWithoutFirstBlock, reasonHydration, reasonLacksPrimary
    case reasonElsewhere
    case implausiblePush
    case unlikelyDrugUnits
  }

  package let id: ID
  package let wording: Wording
  /// Position in the timeline; nil if the finding is about the session.
  package let administration: Int?
  /// Position of the second administration, for a finding about two.
  package let other: Int?
  /// Minutes or units, depending on the id.
  package let number: Int
  /// The code that a finding about units is about.
  package let code: Code?
  /// The second code, for a finding about a pair.
  package let otherCode: Code?
  /// Amounts and codes in words, for a finding about a drug.
  package let values: [String]

  init(
    _ id: ID, _ administration: Int? = nil, other: Int? = nil, number: Int = 0,
    code: Code? = nil, otherCode: Code? = nil, wording: Wording = .usual, values: [String] = []
  ) {
    self.id = id
    self.values = values
    self.wording = wording
    self.administration = administration
    self.other = other
    self.number = number
    self.code = code
    self.otherCode = otherCode
  }

  package var severity: Severity { id.severity }

  /// The sentence with its number and code.
  package var text: String {
    sentence.text(number, code: code, otherCode: otherCode, values: values)
  }

  private var sentence: Sentence { wording.definition?.sentence ?? id.definition.sentence }
}

extension Finding {
  /// What a rule's file says of one of its findings.
  struct Definition {
    let rule: Rule.ID
    let severity: Severity
    /// `#` is the finding's number, `%` its code, `$` the next of its texts.
    let sentence: Sentence

    init(_ rule: Rule.ID, _ severity: Severity, _ sentence: String) {
      self.rule = rule
      self.severity = severity
      self.sentence = Sentence(stringLiteral: sentence)
    }
  }
}

extension Finding.ID {
  /// `missing-stop`.
  package var text: String { rawValue }
  /// The rule that finds it.
  package var rule: Rule.ID { definition.rule }
  package var severity: Finding.Severity { definition.severity }
  /// The sentence with `n` for its number and `the code` for its code.
  package var pattern: String { definition.sentence.pattern }
  /// All its sentences in that form.
  package var patterns: String {
    let others = Finding.Wording.allCases.filter { $0.id == self }
    return ([pattern] + others.compactMap { $0.definition?.sentence.pattern })
      .joined(separator: " / ")
  }

  /// Each definition is in the file of its rule.
  fileprivate var definition: Finding.Definition {
    switch self {
    case .abortedInfusion: .abortedInfusion
    case .aboveMUE: .aboveMUE
    case .addOnWithoutPrimary: .addOnWithoutPrimary
    case .catheterClearance: .catheterClearance
    case .chartingOverlap: .chartingOverlap
    case .classOverruled: .classOverruled
    case .codePair: .codePair
    case .codePairOpened: .codePairOpened
    case .codePairUnopened: .codePairUnopened
    case .complexBiologicPayer: .complexBiologicPayer
    case .computedStop: .computedStop
    case .concurrentChemo: .concurrentChemo
    case .facilityPlaceOfService: .facilityPlaceOfService
    case .fatalWay: .fatalWay
    case .flushNotSole: .flushNotSole
    case .hydrationBesideUnknownDrug: .hydrationBesideUnknownDrug
    case .hydrationNotOrdered: .hydrationNotOrdered
    case .implausibleLength: .implausibleLength
    case .inpatientUnknown: .inpatientUnknown
    case .lastSeenRunning: .lastSeenRunning
    case .longPause: .longPause
    case .longPush: .longPush
    case .missingStart: .missingStart
    case .missingStop: .missingStop
    case .missingTimes: .missingTimes
    case .noAccount: .noAccount
    case .noClockTimes: .noClockTimes
    case .noMinutes: .noMinutes
    case .pending: .pending
    case .pumpClass: .pumpClass
    case .pumpPlanMissing: .pumpPlanMissing
    case .reasonForVisit: .reasonForVisit
    case .repeatChemoPush: .repeatChemoPush
    case .repeatPushOffice: .repeatPushOffice
    case .repeatPushTooSoon: .repeatPushTooSoon
    case .repeatPushUntimed: .repeatPushUntimed
    case .repeatShortInfusion: .repeatShortInfusion
    case .sameDrugBackToBack: .sameDrugBackToBack
    case .sameDrugPushAndInfusion: .sameDrugPushAndInfusion
    case .sameDrugTwice: .sameDrugTwice
    case .subcutaneousWithIV: .subcutaneousWithIV
    case .secondSubcutaneousInfusion: .secondSubcutaneousInfusion
    case .secondSiteNoReason: .secondSiteNoReason
    case .siteNotRecorded: .siteNotRecorded
    case .unclassifiedDrug: .unclassifiedDrug
    case .unusualWay: .unusualWay
    case .amountGivenMissing: .amountGivenMissing
    case .avoidableDiscard: .avoidableDiscard
    case .containerMissing: .containerMissing
    case .discardMismatch: .discardMismatch
    case .discardNotRecorded: .discardNotRecorded
    case .doseMissing: .doseMissing
    case .mixedContainers: .mixedContainers
    case .moreThanLabelled: .moreThanLabelled
    case .noCodeOnDate: .noCodeOnDate
    case .nocCode: .nocCode
    case .nocDiscard: .nocDiscard
    case .preparedNotGiven: .preparedNotGiven
    case .productUnknown: .productUnknown
    case .selfAdministered: .selfAdministered
    case .stoppedDoseDiscard: .stoppedDoseDiscard
    case .unitMismatch: .unitMismatch
    case .zeroCostDrug: .zeroCostDrug
    }
  }
}

extension Finding.Wording {
  /// The finding whose wording it is; nil for the usual wording of any.
  package var id: Finding.ID? {
    switch self {
    case .usual: nil
    case .lastSeenInPause: .lastSeenRunning
    case .reasonNotIntravenous, .reasonWithoutFirstBlock, .reasonHydration, .reasonLacksPrimary,
      .reasonElsewhere:
      .reasonForVisit
    case .implausiblePush: .implausibleLength
    case .unlikelyDrugUnits: .aboveMUE
    }
  }

  /// Nil for the usual wording, which each finding defines for itself.
  var definition: Finding.Definition? {
    switch self {
    case .usual: nil
    case .lastSeenInPause: .lastSeenInPause
    case .reasonNotIntravenous: .reasonNotIntravenous
    case .reasonWithoutFirstBlock: .reasonWithoutFirstBlock
    case .reasonHydration: .reasonHydration
    case .reasonLacksPrimary: .reasonLacksPrimary
    case .reasonElsewhere: .reasonElsewhere
    case .implausiblePush: .implausiblePush
    case .unlikelyDrugUnits: .unlikelyDrugUnits
    }
  }
}
