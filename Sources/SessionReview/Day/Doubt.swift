import InfusionRecord
import TimelineEngine

/// A doubt that both the record and the engine may raise, each in its own words.
///
/// The record raises issues, because the nurse is asked before the patient leaves. The engine raises
/// findings, because the doubt changes units. A reviewer is told once: an issue is left out if a
/// finding speaks of the same doubt and of the same administrations or site.
enum Doubt: Hashable {
  /// When it ended.
  case stop
  case accessSite
  case drugClass
  case secondSiteReason
  case hydrationOrder
  /// Two infusions at once through one catheter.
  case overlap
  /// How a drug was given.
  case way
  /// How long it ran.
  case length
  /// How long it was paused.
  case pause
}

extension Issue.Kind {
  /// The doubt, if the engine may raise it too.
  var doubt: Doubt? {
    switch self {
    case .stillRunning, .missingStop, .stopNotObserved: .stop
    case .noSite: .accessSite
    case .unclassifiedDrug: .drugClass
    case .secondSiteWithoutReason: .secondSiteReason
    case .hydrationWithoutOrder, .hydrationWithoutIndication: .hydrationOrder
    case .chartingOverlap, .sameDrugTwice: .overlap
    case .fatalWay, .unusualWay: .way
    case .noMinutes: .length
    case .longPause: .pause
    case .tooManyOverlaps, .contradiction, .sharedNumber, .beforeOpening, .allergyGiven:
      nil
    // They are made of findings, and the record alone has none.
    case .amountNotRecorded, .containerNotRecorded, .discardNotRecorded, .productUnknown: nil
    // The reviewer is not asked about these.
    case .overlap, .lateEntry, .stopsInOneMinute, .farFromRecording, .clockWentBack, .unknownZone:
      nil
    }
  }
}

extension Finding.ID {
  /// The doubt, if the record may raise it too.
  var doubt: Doubt? {
    switch self {
    case .missingStop, .computedStop, .pumpPlanMissing: .stop
    case .siteNotRecorded: .accessSite
    case .unclassifiedDrug: .drugClass
    case .secondSiteNoReason: .secondSiteReason
    case .hydrationNotOrdered: .hydrationOrder
    case .chartingOverlap, .sameDrugTwice: .overlap
    case .fatalWay, .unusualWay: .way
    case .implausibleLength, .noMinutes: .length
    case .longPause: .pause
    // Documents lack starts; a record always has the start of a drug.
    case .missingStart, .missingTimes: nil
    // The nurse is asked about amounts by these findings themselves.
    case .amountGivenMissing, .avoidableDiscard, .containerMissing, .discardMismatch,
      .discardNotRecorded, .doseMissing, .mixedContainers, .moreThanLabelled, .noCodeOnDate,
      .nocCode, .nocDiscard, .preparedNotGiven, .productUnknown, .selfAdministered,
      .stoppedDoseDiscard, .unitMismatch, .zeroCostDrug:
      nil
    case .abortedInfusion, .aboveMUE, .addOnWithoutPrimary, .catheterClearance,
      .classOverruled, .codePair,
      .codePairOpened, .codePairUnopened, .complexBiologicPayer,
      .concurrentChemo, .facilityPlaceOfService, .flushNotSole, .hydrationBesideUnknownDrug,
      .inpatientUnknown, .lastSeenRunning, .longPush, .noAccount, .noClockTimes,
      .pending,
      .pumpClass,
      .reasonForVisit, .repeatChemoPush,
      .repeatPushOffice, .repeatPushTooSoon, .repeatPushUntimed, .repeatShortInfusion,
      .sameDrugBackToBack,
      .sameDrugPushAndInfusion, .subcutaneousWithIV, .secondSubcutaneousInfusion:
      nil
    }
  }
}

extension DerivedSession {
  /// What a reviewer is asked, one sentence each: doubts about the charges, and doubts about the record
  /// that the nurse should have resolved before the patient left.
  ///
  /// The same doubt about two administrations of one drug is two questions.
  package var questions: [String] { questions(recorded.issues) }

  /// The same for a caller that has found the issues already, which takes longer than the rest.
  func questions(_ issues: [Issue]) -> [String] {
    let rows = statement.timeline.administrations
    let doubts = statement.findings.filter { $0.severity != .note }.uniqued
    // What kills comes first, because lists cut off the last ones.
    let findings =
      doubts.filter { $0.id == .fatalWay } + doubts.filter { $0.id != .fatalWay }
    let told = Set(findings.compactMap(subject))
    let unsaid = issues.filter { issue in
      issue.isForReviewer && subject(of: issue).map { !told.contains($0) } ?? true
    }
    let sentences = findings.map { finding in
      let drug = finding.administration.map { rows[$0].drug.displayName + ": " }
      return (drug ?? "") + statement.sentence(finding, namingDrug: true)
    }
    return sentences + unsaid.map(\.sentence)
  }

  /// A doubt and what it is about: ids of administrations, or of a site.
  private struct Subject: Hashable {
    let doubt: Doubt
    let names: Set<String>
  }

  private func subject(of issue: Issue) -> Subject? {
    issue.kind.doubt.map { doubt in
      Subject(doubt: doubt, names: Set(issue.site.map { [$0] } ?? issue.administrations))
    }
  }

  private func subject(of finding: Finding) -> Subject? {
    guard let doubt = finding.id.doubt else { return nil }
    let timeline = statement.timeline
    let rows = [finding.administration, finding.other].compactMap(\.self).map {
      timeline.administrations[$0]
    }
    guard doubt == .secondSiteReason else {
      return Subject(doubt: doubt, names: Set(rows.map(\.id)))
    }
    // The issue names the catheter, not the administrations that used it.
    let catheters = rows.map { timeline.sites[$0.site].parent ?? $0.site }
    return Subject(doubt: doubt, names: Set(catheters.map { timeline.sites[$0].id }))
  }
}
