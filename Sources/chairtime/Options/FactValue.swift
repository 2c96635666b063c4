import InfusionRecord
import SuiteProgram

/// A value of a fact that `session amend` corrects; the raw value is its option.
enum FactValue: String, CaseIterable {
  case drug, technique, site, amount, order, dose, bag, planned, volume, rate, minutes, purpose
  case statedClass = "class"
  case hydrationOrdered = "hydration-ordered"
  case hydrationIndicated = "hydration-indicated"
  case reasonForVisit = "reason-for-visit"
  case why, observed
  case secondSiteReason = "second-site-reason"
  case kind, chair, payer, patient
  case grade, action, given, allergies
  case signs = "sign"
  case bloodPressure = "bp"
  case heartRate = "heart-rate"
  case oxygen = "spo2"
  case temperature, respirations
  case vial, scan, lot, expires, ndc, brand, discarded, by, witness, supply, shared
  case discardReason = "discard-reason"
  case inPharmacy = "in-pharmacy"

  /// The values that a fact has.
  static func values(of fact: Fact) -> Set<FactValue> {
    switch fact {
    case .drugStarted, .injectionGiven, .pumpConnected: beginning
    case .pushGiven: beginning.union([.minutes])
    case .drugStopped: [.why, .observed, .volume]
    case .rateChanged: [.rate]
    case .bagChanged: [.bag, .volume]
    case .deviceFlushed, .pumpDisconnected: [.site]
    case .siteOpened: [.kind, .secondSiteReason]
    case .sessionOpened: [.chair, .payer, .patient]
    case .reactionRecorded:
      [
        .grade, .signs, .action, .given, .bloodPressure, .heartRate, .oxygen, .temperature,
        .respirations,
      ]
    case .allergiesRecorded: [.allergies]
    case .movedToChair: [.chair]
    case .drugAccounted:
      [
        .given, .vial, .scan, .lot, .expires, .ndc, .brand, .discarded, .by, .witness, .supply,
        .shared, .discardReason, .inPharmacy,
      ]
    case .drugPaused, .drugResumed, .siteClosed, .noteAdded, .doubleCheckRecorded, .handedOff,
      .wordsRead, .eventSuperseded, .sessionClosed, .sessionReopened, .sessionReviewed:
      []
    }
  }

  private static let beginning: Set<FactValue> = [
    .drug, .technique, .site, .amount, .order, .dose, .bag, .planned, .volume, .rate, .purpose,
    .statedClass, .hydrationOrdered, .hydrationIndicated, .reasonForVisit,
  ]

  /// Why these values cannot be corrected in a fact.
  static func complaint(_ values: [FactValue], of fact: Fact) -> Complaint {
    let options = values.map { "--\($0.rawValue)" }.joined(separator: ", ")
    let hint =
      switch fact.kind {
      case .drugPaused, .drugResumed:
        " A pause lasts from its own time to that of the resumption; correct these with --at."
      case .drugStarted, .pumpConnected:
        values.contains(.minutes)
          ? " It lasts from its own time to that of the stop; correct these with --at." : ""
      default: ""
      }
    return Complaint(
      "\(options) is no value of \(fact.kind.words); nothing was corrected.\(hint)")
  }
}

extension Fact.Kind {
  /// `a stop`.
  fileprivate var words: String {
    switch self {
    case .sessionOpened: "the opening of a session"
    case .drugStarted: "a start"
    case .drugPaused: "a pause"
    case .drugResumed: "a resumption"
    case .drugStopped: "a stop"
    case .rateChanged: "a change of rate"
    case .bagChanged: "a change of bag"
    case .pushGiven: "a push"
    case .injectionGiven: "an injection"
    case .pumpConnected: "the connection of a pump"
    case .pumpDisconnected: "the disconnection of a pump"
    case .deviceFlushed: "a flush"
    case .siteOpened: "the opening of an access site"
    case .siteClosed: "the closing of an access site"
    case .noteAdded: "a note"
    case .doubleCheckRecorded: "a double check"
    case .handedOff: "a hand-off"
    case .reactionRecorded: "a reaction"
    case .allergiesRecorded: "a statement of allergies"
    case .drugAccounted: "the amount of a drug"
    case .movedToChair: "a move to another chair"
    case .wordsRead: "words marked as read"
    case .eventSuperseded: "a correction"
    case .sessionClosed: "the closing of a session"
    case .sessionReopened: "the reopening of a session"
    case .sessionReviewed: "a review"
    }
  }
}
