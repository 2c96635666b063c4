import InfusionRecord

extension RuleBook {
  /// Rules in force from 1 January 2006, when the present code family began, as known in 2026.
  static let year2026 = RuleBook(
    version: "2026.1", from: CivilDate(year: 2006, month: 1, day: 1) ?? CivilDate(dayNumber: 0),
    given: [
      Stage(
        "count time", .unique,
        [
          Step(.missingTimes, MissingTimes.apply),
          Step(.countedMinutes, CountedMinutes.apply),
          Step(.statedMinutes, StatedMinutes.apply),
        ]),
      Stage(
        "classify", .unique,
        [
          Step(.inpatient, named: "exclude", Inpatient.apply(excluding:)),
          Step(.integralService, IntegralService.apply),
          Step(.drugClass, DrugClass.apply),
          Step(.inpatient, named: "find what cannot be placed", Inpatient.apply(doubting:)),
          Step(.pumpInitiation, named: "mark prolonged pumps", PumpInitiation.apply(marking:)),
          Step(.accessSites, AccessSites.apply),
          Step(.doseIdentity, named: "join rows", DoseIdentity.apply(joining:)),
          Step(.pushOrInfusion, PushOrInfusion.apply),
        ]),
      Stage(
        "overlap", .unique,
        [
          Step(.repeatDose, named: "add times", RepeatDose.apply(adding:)),
          Step(.soloMinutes, SoloMinutes.apply),
          Step(.hydrationMinutes, HydrationMinutes.apply),
          Step(.concurrentInfusion, named: "limit to one", ConcurrentInfusion.apply(limiting:)),
          Step(.doseIdentity, named: "arrange courses", DoseIdentity.apply(arranging:)),
          Step(.doseIdentity, named: "compare neighbors", DoseIdentity.apply(comparing:)),
        ]),
    ],
    charged: [
      Stage(
        "choose the initial", .first,
        [
          Step(.initialService, named: "choose", InitialService.apply(choosing:)),
          Step(.secondInitial, named: "mark further sites", SecondInitial.apply(sorting:)),
        ]),
      Stage(
        "relate the rest", .unique,
        [
          Step(.initialService, named: "relate", InitialService.apply(relating:)),
          Step(.concurrentInfusion, named: "relate", ConcurrentInfusion.apply(relating:)),
          Step(.sequentialInfusion, SequentialInfusion.apply),
          Step(.repeatDose, named: "relate", RepeatDose.apply(relating:)),
          Step(.laterPush, LaterPush.apply),
        ]),
      Stage(
        "count units", .collect,
        [
          Step(.furtherHours, FurtherHours.apply),
          Step(.hydration, Hydration.apply),
          Step(.pumpInitiation, named: "charge", PumpInitiation.apply(charging:)),
          Step(.injection, named: "charge", Injection.apply(charging:)),
          Step(.subcutaneousInfusion, SubcutaneousInfusion.apply),
          Step(.deviceService, named: "charge", DeviceService.apply(charging:)),
          Step(.dateOfService, DateOfService.apply),
          Step(.injection, named: "mark further injections", Injection.apply(marking:)),
          Step(.deviceService, named: "charge sole flushes", DeviceService.apply(flushing:)),
          Step(.secondInitial, named: "mark further encounters", SecondInitial.apply(dating:)),
        ]),
    ],
    checked: [
      Stage(
        "check units", .collect,
        [
          Step(.addOnNeedsPrimary, AddOnNeedsPrimary.apply),
          Step(.unlikelyUnits, UnlikelyUnits.apply),
          Step(.codePairs, CodePairs.apply),
          Step(.accountNumber, AccountNumber.apply),
          Step(.wayOfGiving, WayOfGiving.apply),
          Step(.plausibleTimes, PlausibleTimes.apply),
        ])
    ],
    drugs: [
      Stage(
        "read the drugs", .collect,
        [
          Step(.doseAsGiven, DoseAsGiven.apply),
          Step(.nothingGiven, NothingGiven.apply),
          Step(.codeOfDrug, CodeOfDrug.apply),
          Step(.productChoice, ProductChoice.apply),
          Step(.unlistedDrug, named: "choose", UnlistedDrug.apply(choosing:)),
          Step(.drugUnits, named: "convert", DrugUnits.apply(converting:)),
          Step(.packageCount, PackageCount.apply),
          Step(.combinationProduct, CombinationProduct.apply),
          Step(.sharedContainer, SharedContainer.apply),
          Step(.stoppedDose, named: "leave out the rest", StoppedDose.apply(limiting:)),
          Step(.freeDrug, FreeDrug.apply),
        ]),
      Stage(
        "gather the lines", .unique,
        [
          Step(.drugLineDate, DrugLineDate.apply),
          Step(.routeModifier, named: "separate", RouteModifier.apply(separating:)),
          Step(.drugRounding, DrugRounding.apply),
          Step(.discardModifiers, DiscardModifiers.apply),
          Step(.recordedContainer, RecordedContainer.apply),
          Step(.multiDose, MultiDose.apply),
          Step(.mixedContainers, named: "find", MixedContainers.apply(finding:)),
          Step(.overfill, Overfill.apply),
        ]),
      Stage(
        "count drug units", .collect,
        [
          Step(.drugUnits, named: "count", DrugUnits.apply(counting:)),
          Step(.recordedDiscard, RecordedDiscard.apply),
          Step(.leastWaste, LeastWaste.apply),
          Step(.discardedDrug, DiscardedDrug.apply),
          Step(.stoppedDose, named: "put into review", StoppedDose.apply(marking:)),
          Step(.smallWaste, SmallWaste.apply),
          Step(.mixedContainers, named: "split", MixedContainers.apply(splitting:)),
          Step(.nothingDiscarded, NothingDiscarded.apply),
          Step(.unlistedDrug, named: "find", UnlistedDrug.apply(finding:)),
          Step(.linesPerPackage, LinesPerPackage.apply),
          Step(.packageCode, PackageCode.apply),
          Step(.routeModifier, named: "mark", RouteModifier.apply(marking:)),
          Step(.purchaseModifier, PurchaseModifier.apply),
        ]),
      Stage(
        "check drug lines", .collect,
        [
          Step(.unlikelyDrugUnits, UnlikelyDrugUnits.apply),
          Step(.selfAdministered, SelfAdministered.apply),
          Step(.drugCorrection, DrugCorrection.apply),
        ]),
    ],
    parameters: .year2026)
}
