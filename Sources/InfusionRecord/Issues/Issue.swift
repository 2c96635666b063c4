/// A doubt about the record that needs a person's attention.
///
/// An issue is not a refusal: the fact is possible and was accepted. Doubts about charges are the
/// engine's findings.
package struct Issue: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable {
    /// A drug still runs and needs a stop before the session closes.
    case stillRunning = "still-running"
    /// The session is closed and a drug has no stop.
    case missingStop = "missing-stop"
    case stopNotObserved = "stop-not-observed"
    case noSite = "no-site"
    case unclassifiedDrug = "unclassified-drug"
    case secondSiteWithoutReason = "second-site-without-reason"
    case hydrationWithoutOrder = "hydration-without-order"
    case hydrationWithoutIndication = "hydration-without-indication"
    case chartingOverlap = "charting-overlap"
    case overlap
    case sameDrugTwice = "same-drug-twice"
    /// So many drugs run together that not all of them are listed.
    case tooManyOverlaps = "too-many-overlaps"
    case longPause = "long-pause"
    case noMinutes = "no-minutes"
    case lateEntry = "late-entry"
    case stopsInOneMinute = "stops-in-one-minute"
    case farFromRecording = "far-from-recording"
    /// A drug began so long before the session was opened that the day may be wrong.
    case beforeOpening = "before-opening"
    case clockWentBack = "clock-went-back"
    case contradiction
    /// A drug was given by a way that is known to kill.
    case fatalWay = "fatal-way"
    /// A drug was given that the patient's allergies, as they stand, are about.
    case allergyGiven = "allergy-given"
    /// A drug was given by a way that the formulary does not list.
    case unusualWay = "unusual-way"
    case unknownZone = "unknown-zone"
    /// The record had the number of the patient with another name or date of birth.
    case sharedNumber = "shared-number"
    /// Of a drug whose amounts are recorded something is missing that its line needs.
    case amountNotRecorded = "amount-not-recorded"
    case containerNotRecorded = "container-not-recorded"
    case discardNotRecorded = "discard-not-recorded"
    case productUnknown = "product-unknown"
  }

  package let kind: Kind
  /// The ids of the administrations that it is about.
  package let administrations: [String]
  package let site: String?
  package let at: Instant?
  /// The length in minutes, if the issue has one.
  package let minutes: Int?
  /// One sentence for users, with drug names and `HH:mm` times.
  package let sentence: String

  package init(
    _ kind: Kind, _ administrations: [String] = [], site: String? = nil, at: Instant? = nil,
    minutes: Int? = nil, _ sentence: String
  ) {
    self.kind = kind
    self.administrations = administrations
    self.site = site
    self.at = at
    self.minutes = minutes
    self.sentence = sentence
  }

  /// Whether it should be resolved before the patient leaves.
  package var isToDoBeforeClosing: Bool {
    switch kind {
    case .stillRunning, .missingStop, .stopNotObserved, .noSite, .unclassifiedDrug,
      .secondSiteWithoutReason, .hydrationWithoutOrder, .hydrationWithoutIndication,
      .chartingOverlap, .sameDrugTwice, .tooManyOverlaps, .contradiction, .fatalWay,
      .amountNotRecorded, .containerNotRecorded, .discardNotRecorded, .productUnknown:
      true
    case .overlap, .longPause, .noMinutes, .lateEntry, .stopsInOneMinute, .farFromRecording,
      .allergyGiven, .beforeOpening, .clockWentBack, .unusualWay, .unknownZone, .sharedNumber:
      false
    }
  }

  /// Whether the reviewer is asked about it.
  package var isForReviewer: Bool {
    isToDoBeforeClosing
      || [.sharedNumber, .beforeOpening, .allergyGiven].contains(kind)
  }

  /// Whether it cannot wait until the session is closed.
  package var isUrgent: Bool { kind == .fatalWay || kind == .sharedNumber }
}

extension RecordedAdministration.Contradiction {
  /// The contradiction in one sentence.
  func sentence(drug: String, clock: ClockText) -> String {
    let now = clock.moment(at)
    let then = clock.moment(against)
    switch kind {
    case .beforeStart: return "\(drug) started \(then); nothing of it can be at \(now)."
    case .secondStart: return "\(drug) was already started at \(then)."
    case .pausedWhilePaused: return "\(drug) is already paused since \(then)."
    case .resumedWhileRunning: return "\(drug) is not paused, so it cannot be resumed at \(now)."
    case .afterStop: return "\(drug) ended at \(then); nothing of it can be at \(now)."
    case .secondStop: return "\(drug) was already stopped at \(then)."
    }
  }
}
