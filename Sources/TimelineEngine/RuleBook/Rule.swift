/// One claim about charges: what it says, its sources, and the numbers it uses.
///
/// The claim is the first sentence of the doc comment in the rule's file; a test compares them. What
/// the rule does is a step of a `RuleBook`.
package struct Rule: Sendable {
  /// Documents hold the raw values.
  package enum ID: String, CaseIterable, Sendable, Hashable {
    case missingTimes = "missing-times"
    case countedMinutes = "counted-minutes"
    case statedMinutes = "stated-minutes"
    case inpatient = "inpatient"
    case integralService = "integral-service"
    case drugClass = "drug-class"
    case pumpInitiation = "pump-initiation"
    case accessSites = "access-sites"
    case doseIdentity = "dose-identity"
    case pushOrInfusion = "push-or-infusion"
    case soloMinutes = "solo-minutes"
    case hydrationMinutes = "hydration-minutes"
    case initialService = "initial-service"
    case secondInitial = "second-initial"
    case sequentialInfusion = "sequential-infusion"
    case concurrentInfusion = "concurrent-infusion"
    case laterPush = "later-push"
    case repeatDose = "repeat-dose"
    case hydration = "hydration"
    case injection = "injection"
    case subcutaneousInfusion = "subcutaneous-infusion"
    case deviceService = "device-service"
    case furtherHours = "further-hours"
    case addOnNeedsPrimary = "add-on-needs-primary"
    case unlikelyUnits = "unlikely-units"
    case codePairs = "code-pairs"
    case dateOfService = "date-of-service"
    case accountNumber = "account-number"
    case wayOfGiving = "way-of-giving"
    case plausibleTimes = "plausible-times"
    case doseAsGiven = "dose-as-given"
    case nothingGiven = "nothing-given"
    case codeOfDrug = "code-of-drug"
    case productChoice = "product-choice"
    case unlistedDrug = "unlisted-drug"
    case packageCount = "package-count"
    case combinationProduct = "combination-product"
    case sharedContainer = "shared-container"
    case stoppedDose = "stopped-dose"
    case freeDrug = "free-drug"
    case drugLineDate = "drug-line-date"
    case routeModifier = "route-modifier"
    case drugRounding = "drug-rounding"
    case recordedContainer = "recorded-container"
    case overfill = "overfill"
    case mixedContainers = "mixed-containers"
    case multiDose = "multi-dose"
    case discardModifiers = "discard-modifiers"
    case drugUnits = "drug-units"
    case recordedDiscard = "recorded-discard"
    case leastWaste = "least-waste"
    case discardedDrug = "discarded-drug"
    case smallWaste = "small-waste"
    case nothingDiscarded = "nothing-discarded"
    case linesPerPackage = "lines-per-package"
    case packageCode = "package-code"
    case purchaseModifier = "purchase-modifier"
    case unlikelyDrugUnits = "unlikely-drug-units"
    case selfAdministered = "self-administered"
    case drugCorrection = "drug-correction"
  }

  package let id: ID
  /// One sentence or two.
  package let claim: String
  /// Rulebook sections and decisions: `R1`, `D12`.
  package let sections: [String]
  package let citations: [Citation.ID]
  package let parameters: [Parameter.ID]
  /// Policy keys it reads.
  package let policies: [String]
  /// What sources disagree on.
  package let disputes: [String]

  init(
    _ id: ID, claim: String, sections: [String], citations: [Citation.ID],
    parameters: [Parameter.ID] = [], policies: [String] = [], disputes: [String] = []
  ) {
    self.id = id
    self.claim = claim
    self.sections = sections
    self.citations = citations
    self.parameters = parameters
    self.policies = policies
    self.disputes = disputes
  }
}

extension Rule.ID {
  /// `push-or-infusion`, the name in statements, commands and the rule book page.
  package var text: String { rawValue }

  /// The rule with this name, or the one that owns the clause with this name.
  package init?(text: String) {
    guard let rule = Rule.ID(rawValue: text) ?? Clause(rawValue: text)?.rule else { return nil }
    self = rule
  }

  /// Each rule is in its own file.
  package var rule: Rule {
    switch self {
    case .missingTimes: MissingTimes.rule
    case .countedMinutes: CountedMinutes.rule
    case .statedMinutes: StatedMinutes.rule
    case .inpatient: Inpatient.rule
    case .integralService: IntegralService.rule
    case .drugClass: DrugClass.rule
    case .pumpInitiation: PumpInitiation.rule
    case .accessSites: AccessSites.rule
    case .doseIdentity: DoseIdentity.rule
    case .pushOrInfusion: PushOrInfusion.rule
    case .soloMinutes: SoloMinutes.rule
    case .hydrationMinutes: HydrationMinutes.rule
    case .initialService: InitialService.rule
    case .secondInitial: SecondInitial.rule
    case .sequentialInfusion: SequentialInfusion.rule
    case .concurrentInfusion: ConcurrentInfusion.rule
    case .laterPush: LaterPush.rule
    case .repeatDose: RepeatDose.rule
    case .hydration: Hydration.rule
    case .injection: Injection.rule
    case .subcutaneousInfusion: SubcutaneousInfusion.rule
    case .deviceService: DeviceService.rule
    case .furtherHours: FurtherHours.rule
    case .addOnNeedsPrimary: AddOnNeedsPrimary.rule
    case .unlikelyUnits: UnlikelyUnits.rule
    case .codePairs: CodePairs.rule
    case .dateOfService: DateOfService.rule
    case .accountNumber: AccountNumber.rule
    case .wayOfGiving: WayOfGiving.rule
    case .plausibleTimes: PlausibleTimes.rule
    case .doseAsGiven: DoseAsGiven.rule
    case .nothingGiven: NothingGiven.rule
    case .codeOfDrug: CodeOfDrug.rule
    case .productChoice: ProductChoice.rule
    case .unlistedDrug: UnlistedDrug.rule
    case .packageCount: PackageCount.rule
    case .combinationProduct: CombinationProduct.rule
    case .sharedContainer: SharedContainer.rule
    case .stoppedDose: StoppedDose.rule
    case .freeDrug: FreeDrug.rule
    case .drugLineDate: DrugLineDate.rule
    case .routeModifier: RouteModifier.rule
    case .drugRounding: DrugRounding.rule
    case .recordedContainer: RecordedContainer.rule
    case .overfill: Overfill.rule
    case .mixedContainers: MixedContainers.rule
    case .multiDose: MultiDose.rule
    case .discardModifiers: DiscardModifiers.rule
    case .drugUnits: DrugUnits.rule
    case .recordedDiscard: RecordedDiscard.rule
    case .leastWaste: LeastWaste.rule
    case .discardedDrug: DiscardedDrug.rule
    case .smallWaste: SmallWaste.rule
    case .nothingDiscarded: NothingDiscarded.rule
    case .linesPerPackage: LinesPerPackage.rule
    case .packageCode: PackageCode.rule
    case .purchaseModifier: PurchaseModifier.rule
    case .unlikelyDrugUnits: UnlikelyDrugUnits.rule
    case .selfAdministered: SelfAdministered.rule
    case .drugCorrection: DrugCorrection.rule
    }
  }
}
