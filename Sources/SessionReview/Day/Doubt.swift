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
    case .longPause: .pause
    case .overlap, .noMinutes, .lateEntry, .stopsInOneMinute, .farFromRecording, .clockWentBack,
      .contradiction, .unknownZone:
      nil
    }
  }
}

extension Finding.ID {
  /// The doubt, if the record may raise it too.
  var doubt: Doubt? {
    switch self {
    case .missingStop, .missingTimes, .computedStop, .pumpPlanMissing: .stop
    case .siteNotRecorded: .accessSite
    case .unclassifiedDrug: .drugClass
    case .secondSiteNoReason: .secondSiteReason
    case .hydrationNotOrdered: .hydrationOrder
    case .chartingOverlap: .overlap
    case .longPause: .pause
    // A record always has the start of a drug, and a running drug is no doubt of the reviewer.
    case .missingStart, .pending: nil
    case .abortedInfusion, .aboveMUE, .addOnWithoutPrimary, .complexBiologicPayer,
      .concurrentChemo, .facilityPlaceOfService, .flushNotSole, .hydrationBesideUnknownDrug,
      .longPush, .reasonForVisit, .repeatChemoPush, .repeatPushOffice, .repeatPushTooSoon,
      .repeatShortInfusion, .sameDrugBackToBack, .sameDrugPushAndInfusion, .subcutaneousWithIV,
      .secondSubcutaneousInfusion:
      nil
    }
  }
}

extension DerivedSession {
  /// What a reviewer is asked, one sentence each: doubts about the charges, and doubts about the record
  /// that the nurse should have resolved before the patient left.
  package var questions: [String] { questions(recorded.issues) }

  /// The same for issues that the caller has already, because finding them is the larger part.
  func questions(_ issues: [Issue]) -> [String] {
    let timeline = statement.timeline
    var sentences: [String] = []
    var told: Set<Subject> = []
    for finding in statement.findings where finding.severity != .note {
      let drug = finding.administration.map {
        timeline.administrations[$0].drug.displayName + ": "
      }
      sentences.append((drug ?? "") + statement.sentence(finding, namingDrug: true))
      if let doubt = finding.id.doubt { told.insert(subject(of: finding, doubt)) }
    }
    for issue in issues where issue.isToDoBeforeClosing {
      if let doubt = issue.kind.doubt {
        let names = issue.site.map { [$0] } ?? issue.administrations
        if told.contains(Subject(doubt: doubt, names: Set(names))) { continue }
      }
      sentences.append(issue.sentence)
    }
    return sentences.uniqued
  }

  private func subject(of finding: Finding, _ doubt: Doubt) -> Subject {
    let timeline = statement.timeline
    let rows = [finding.administration, finding.other].compactMap(\.self)
    guard doubt == .secondSiteReason else {
      return Subject(doubt: doubt, names: Set(rows.map { timeline.administrations[$0].id }))
    }
    // The issue names the catheter, not the administrations that used it.
    let sites = rows.map { timeline.administrations[$0].site }
    return Subject(
      doubt: doubt, names: Set(sites.map { timeline.sites[timeline.sites[$0].parent ?? $0].id }))
  }

  /// A doubt and what it is about: ids of administrations, or of a site.
  private struct Subject: Hashable {
    let doubt: Doubt
    let names: Set<String>
  }
}
