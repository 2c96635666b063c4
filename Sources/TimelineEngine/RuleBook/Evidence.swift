// The source that each sentence of a statement rests on. A sentence without a source that we read rests
// on the code book, which we did not read (grade M), or on our own decision (grade D).

extension Reason {
  /// The source of its sentence.
  package var source: Citation.ID {
    switch form {
    case .initialByRanking, .initialOfSite, .initialByReason: .cptRanking
    case .initialByLaterReason, .initialInOffice, .initialLongest, .initialEarliest,
      .initialSmallestID:
      .deduction
    case .sequential: .medlearnAug2023
    case .sequentialChemo: .aapc170565
    case .furtherPush: .cptFurtherPush
    case .furtherChemoPush: .codeBook
    case .pushOfMixture, .chemoPushOfInfused, .pushBesideInfusion: .deduction
    case .repeatPush: .supercoder2013
    case .repeatDose: .rca4136
    case .repeatChemoDose: .deduction
    case .shortRepeatHour: .rca4136
    case .shortRepeatPush: .haugenQuestions
    case .concurrent: .asco2008
    case .chemoBeside: .aapc2006
    case .hydrationInitial: .cptRanking
    case .hydrationBesideDrug: .palmettoA53778
    case .hydrationEarliest: .deduction
    case .hydrationFurther: .cptMidnight
    case .aborted: .palmettoAborted
    case .abortedDiscontinued: .aapc145827
    case .pushByTime, .pushCharted: .noridianChemo
    case .pushForMissingTime: .rcaNoStop
    case .injectionForMissingTime: .deduction
    case .counted: countedSource
    case .countedTogether, .apart: .deduction
    case .aroundInfusion: .cptAssistant2007
    case .aroundPush: .medlearnNov2021
    case .furtherHours: .aapc157218
    case .prolongedPump: .asco2010
    case .recordedPump: .deduction
    case .medicarePump: .chemo001
    case .otherPump: .ucla2009
    case .injection, .onBody, .refill: .codeBook
    case .biologicAsChemo: .cmsA58527
    case .biologicAsDrug: .noridianComplex
    case .chemoInjection: .cmsA58527
    case .hormonalInjection: .careCost
    case .flush: .selectHealth09
    case .subcutaneousFirst, .subcutaneousHours, .subcutaneousSites: .codeBook
    case .modifierSiteRank, .modifierSitePrimary, .modifierSiteLater, .modifierSiteTie: .rac0071
    case .modifierSubcutaneous: .rac0071
    case .modifierPair: .mln1783722
    case .modifierEncounter: .transmittal902
    case .modifierInjection: .codingahead96372
    case .modifierInjectionOther: .deduction
    case .computedStop: .qhr
    case .lastSeenRunning, .lastSeenInPause, .withoutClock: .deduction
    }
  }

  /// Hydration, an overlapped drug, an interrupted dose and an uninterrupted one have their own sources.
  /// Hydration around other services has forms of its own.
  private var countedSource: Citation.ID {
    // No source accepts minutes without clock times.
    if clock.count == 0 { return .deduction }
    return switch rule {
    case .hydrationMinutes: clock.count > 1 ? .aapc149056 : .noridianTPE
    case .soloMinutes: .medlearnJan2022
    default: clock.count > 1 ? .aapc149056 : .medlearnDec2024
    }
  }
}

extension Clause {
  /// The source of its sentence.
  package var source: Citation.ID {
    switch self {
    case .notThisFamily: .codeBook
    case .facilityPlaceOfService: .regence109
    case .unclassifiedDrug: .deduction
    case .integralService: .miamiOBC
    case .inpatient: .ahima107707
    case .inpatientUnknown: .deduction
    case .pumpDisconnect: .aapcDisconnect
    case .pending: .noridianChemo
    case .held: .deduction
    case .pumpClass: .deduction
    case .coveredByInfusion: .medlearnJan2022
    case .concurrentOnce: .asco2008
    case .concurrentChemo: .aapc2006
    case .hydrationBesideDrug: .noridianA52732
    case .hydrationOnce: .deduction
    case .hydrationMinimum: .noridianPostPay
    case .hydrationPurpose: .noridianHydration
    case .hydrationNoPush: .codeBook
    case .hydrationMissingTime: .noridianWyoming
    case .repeatPushOffice, .pushOfInfusedOffice: .payerready
    case .repeatPushTooSoon: .supercoder2013
    case .repeatPushUntimed: .deduction
    case .repeatChemoPush: .codeBook
    case .pushOfInfusedDrug, .pushOfInfusedUntimed: .deduction
    case .repeatShortInfusion: .deduction
    case .furtherHourMinimum: .rca4136
    case .flushNotSole: .selectHealth09
    case .secondSubcutaneous: .codeBook
    }
  }
}

extension Citation.ID {
  /// The source as one line of a document.
  package var line: String { Citation.line(of: self) }
}
