/// What happened, in the words of a nurse at the chair.
///
/// Administrations and sites have names that are unique in their session. The kinds are those of the
/// stored format; a kind is never removed. Large cases are `indirect` because a log holds each fact
/// several times: only a reference is copied.
package enum Fact: Sendable, Hashable {
  indirect case sessionOpened(SessionOpening)

  indirect case drugStarted(AdministrationFacts)
  case drugPaused(administration: String)
  case drugResumed(administration: String)
  case drugStopped(DrugStop)
  case rateChanged(administration: String, rateMLPerHour: Double)
  case bagChanged(administration: String, bag: String, volumeML: Double?)

  /// A whole push: it began at the clinical time and took `minutes`, if known. Or a whole dose of a paper
  /// record that gives minutes and no clock times (`AdministrationFacts.isWithoutClock`).
  indirect case pushGiven(AdministrationFacts, minutes: Int?)
  indirect case injectionGiven(AdministrationFacts)
  indirect case pumpConnected(AdministrationFacts)
  indirect case pumpDisconnected(PumpDisconnection)
  case deviceFlushed(administration: String, site: String?)

  indirect case siteOpened(SiteOpening)
  case siteClosed(site: String)

  case noteAdded(text: String, administration: String?)
  case doubleCheckRecorded(administration: String, checker: String)
  /// Another nurse takes over, who is left `words`, if any. They stand until they are marked read.
  case handedOff(to: String, words: String? = nil)

  indirect case reactionRecorded(Reaction)
  indirect case allergiesRecorded(AllergyStatement)

  /// What is known of the drug of an administration; it replaces an earlier account of the same one.
  case drugAccounted(DrugAccount)

  /// The patient sits in another chair from the clinical time on.
  case movedToChair(String)
  /// The words of this hand-over were read by who records it.
  case wordsRead(handOver: Event.ID)

  /// `replacement` holds instead of the event `replaces`; nil withdraws that event.
  indirect case eventSuperseded(replaces: Event.ID, replacement: Fact?)

  case sessionClosed(answers: [GapAnswer])
  case sessionReopened
  indirect case sessionReviewed(Review)
}

/// The end of a drug.
package struct DrugStop: Sendable, Hashable {
  package var administration: String
  package var stopReason: Administration.StopReason
  /// The end was not observed. The clinical time is when it was found ended, not a stop time.
  package var isNotObserved: Bool
  /// The volume given, if charted; a missing stop may be computed from it.
  package var volumeML: Double?

  package init(
    administration: String, stopReason: Administration.StopReason = .completed,
    isNotObserved: Bool = false, volumeML: Double? = nil
  ) {
    self.administration = administration
    self.stopReason = stopReason
    self.isNotObserved = isNotObserved
    self.volumeML = volumeML
  }
}

/// The disconnection of a pump that was connected in this session or in an earlier one.
package struct PumpDisconnection: Sendable, Hashable {
  /// The name of this service.
  package var administration: String
  /// The administration that connected the pump; nil if that was in an earlier session.
  package var pump: String?
  package var drug: String
  package var site: String?

  package init(administration: String, pump: String? = nil, drug: String, site: String? = nil) {
    self.administration = administration
    self.pump = pump
    self.drug = drug
    self.site = site
  }
}

/// The opening of an access site.
package struct SiteOpening: Sendable, Hashable {
  package var site: String
  package var kind: AccessSite.Kind
  /// The place on the body: `right chest`.
  package var location: String?
  /// The site whose lumen this is.
  package var parent: String?
  package var secondSiteReason: AccessSite.SecondSiteReason?

  package init(
    site: String, kind: AccessSite.Kind, location: String? = nil, parent: String? = nil,
    secondSiteReason: AccessSite.SecondSiteReason? = nil
  ) {
    self.site = site
    self.kind = kind
    self.location = location
    self.parent = parent
    self.secondSiteReason = secondSiteReason
  }
}

/// The nurse's answer, on closing, to a question about a gap in the record.
package struct GapAnswer: Sendable, Hashable {
  /// The issue's kind, `stop-not-observed`.
  package var issue: String
  package var administration: String?
  package var answer: String

  package init(issue: String, administration: String? = nil, answer: String) {
    self.issue = issue
    self.administration = administration
    self.answer = answer
  }
}

/// A reviewer's sign-off, which names exactly the statement that was seen.
package struct Review: Sendable, Hashable {
  /// SHA-256 of the statement's canonical JSON, 64 hexadecimal digits.
  package var statementHash: String
  package var rulebook: String
  /// The settings in force that differ from the defaults, `key=value`, sorted.
  package var policy: [String]
  /// The names of the edit tables that the statement was checked against, in its order, and of the loaded
  /// tables that its drug lines are coded by.
  package var editTables: [String]
  /// The hashes of the site's files by which the statement was derived, in the store's notation; empty
  /// if there were none.
  package var configuration: String
  package var reviewer: String

  package init(
    statementHash: String, rulebook: String, policy: [String], editTables: [String] = [],
    configuration: String = "", reviewer: String
  ) {
    self.statementHash = statementHash
    self.rulebook = rulebook
    self.policy = policy
    self.editTables = editTables
    self.configuration = configuration
    self.reviewer = reviewer
  }
}

extension Fact {
  /// A fact without its details; the raw value is its name in the record.
  package enum Kind: String, Sendable, CaseIterable, Hashable {
    case sessionOpened, drugStarted, drugPaused, drugResumed, drugStopped, rateChanged, bagChanged
    case pushGiven, injectionGiven, pumpConnected, pumpDisconnected, deviceFlushed
    case siteOpened, siteClosed, noteAdded, doubleCheckRecorded, handedOff
    case eventSuperseded, sessionClosed, sessionReopened, sessionReviewed
    case reactionRecorded, allergiesRecorded, drugAccounted, movedToChair, wordsRead
  }

  package var kind: Kind {
    switch self {
    case .sessionOpened: .sessionOpened
    case .drugStarted: .drugStarted
    case .drugPaused: .drugPaused
    case .drugResumed: .drugResumed
    case .drugStopped: .drugStopped
    case .rateChanged: .rateChanged
    case .bagChanged: .bagChanged
    case .pushGiven: .pushGiven
    case .injectionGiven: .injectionGiven
    case .pumpConnected: .pumpConnected
    case .pumpDisconnected: .pumpDisconnected
    case .deviceFlushed: .deviceFlushed
    case .siteOpened: .siteOpened
    case .siteClosed: .siteClosed
    case .noteAdded: .noteAdded
    case .doubleCheckRecorded: .doubleCheckRecorded
    case .handedOff: .handedOff
    case .eventSuperseded: .eventSuperseded
    case .sessionClosed: .sessionClosed
    case .sessionReopened: .sessionReopened
    case .sessionReviewed: .sessionReviewed
    case .reactionRecorded: .reactionRecorded
    case .allergiesRecorded: .allergiesRecorded
    case .drugAccounted: .drugAccounted
    case .movedToChair: .movedToChair
    case .wordsRead: .wordsRead
    }
  }

  /// The administration that the fact is about, if any.
  package var administration: String? {
    switch self {
    case .drugStarted(let facts), .pushGiven(let facts, _), .injectionGiven(let facts),
      .pumpConnected(let facts):
      facts.administration
    case .drugPaused(let id), .drugResumed(let id), .rateChanged(let id, _),
      .bagChanged(let id, _, _), .deviceFlushed(let id, _), .doubleCheckRecorded(let id, _):
      id
    case .drugStopped(let stop): stop.administration
    case .pumpDisconnected(let end): end.administration
    case .noteAdded(_, let id): id
    case .reactionRecorded(let reaction): reaction.administration
    case .drugAccounted(let account): account.administration
    case .eventSuperseded(_, let replacement): replacement?.administration
    case .sessionOpened, .siteOpened, .siteClosed, .handedOff, .sessionClosed, .sessionReopened,
      .sessionReviewed, .allergiesRecorded, .movedToChair, .wordsRead:
      nil
    }
  }

  /// Seconds from the clinical time to the end: the length of a push, 0 for other facts.
  package var length: Int64 {
    switch self {
    case .pushGiven(let facts, let minutes):
      facts.isWithoutClock ? 0 : Int64(minutes ?? 0) * 60
    case .eventSuperseded(_, let replacement): replacement?.length ?? 0
    default: 0
    }
  }

  /// What was charted for the administration that begins with this fact, if one does.
  package var beginning: AdministrationFacts? {
    switch self {
    case .drugStarted(let facts), .pushGiven(let facts, _), .injectionGiven(let facts),
      .pumpConnected(let facts):
      facts
    default: nil
    }
  }
}
