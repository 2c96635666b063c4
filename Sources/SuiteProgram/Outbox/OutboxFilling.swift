package import InfusionRecord
package import Interchange
import SessionReview
package import SessionStore

/// Fills the outbox with what the record says must be posted.
///
/// The messages of a session that were sent, answered or not, are what the hospital has. The filling
/// adds the difference from that to what was signed off, and first withdraws waiting messages that no
/// longer hold. A session that is not signed off as it stands adds nothing.
package struct OutboxFilling {
  let store: any FactStore & Outbox
  let site: Site
  var derivation: SessionDerivation
  let right: Right
  let at: RecordedTime

  package private(set) var held: [String] = []
  package private(set) var withdrawn = 0
  /// What of the sessions of the days is in no message.
  package private(set) var leftOut = LeftOut()

  package init(
    _ store: any FactStore & Outbox, site: Site, formulary: Formulary,
    under right: Right, at: RecordedTime
  ) {
    self.store = store
    self.site = site
    self.right = right
    self.at = at
    derivation = SessionDerivation(
      formulary: formulary, policies: site.policies, configuration: site.hash.text,
      now: at.instant)
  }

  /// Adds the sessions of the days, and corrects the sessions that have messages already.
  package mutating func fill(_ days: ClosedRange<CivilDate>? = nil) throws {
    try store.checkChains()
    var facts = 0
    // One moment, so that what is decided is what was verified.
    let found = try store.reading {
      try store.checkChains()
      facts = try store.head().count
      return try changes(of: days)
    }
    try store.change(found, seen: facts, under: right, at: at)
    for change in found {
      withdrawn += change.withdrawing.count
      held += change.adding.map(\.control)
    }
  }

  private mutating func changes(of days: ClosedRange<CivilDate>?) throws -> [OutboxChange] {
    var changes: [OutboxChange] = []
    var seen: Set<SessionID> = []
    if let days {
      var logs: [EventLog] = []
      try store.read(days) { logs.append($0) }
      for log in logs {
        let session = derivation.session(log)
        leftOut.add(session)
        seen.insert(log.session)
        if let change = try change(session) { changes.append(change) }
      }
    }
    for id in try store.sessionsToLookAt() where !seen.contains(id) {
      guard let log = try store.log(of: id) else { continue }
      if let change = try change(derivation.session(log)) { changes.append(change) }
    }
    for change in changes { try store.check(change.session) }
    return changes
  }

  private func postings(of message: OutboxMessage) -> [SentPosting] {
    SentPosting.all(in: message.content, message.postings.map(DetailedTransaction.Posting.init))
  }

  /// The change that a session needs; nil if its messages are right.
  private func change(_ session: DerivedSession) throws -> OutboxChange? {
    let entries = try store.entries(of: session.log.session)
    var sent: [SentPosting] = []
    var waiting: [OutboxEntry] = []
    for entry in entries where entry.state != .withdrawn {
      if let difference = entry.message.difference(names: site.configuration.hl7) {
        throw Complaint(
          "Message \(entry.message.control): \(difference). The outbox was changed by another "
            + "program; nothing was filled or sent. Run chairtime verify.")
      }
    }
    for entry in entries {
      switch entry.state {
      case .sent, .acknowledged:
        sent += postings(of: entry.message)
      case .held, .rejected: waiting.append(entry)
      case .withdrawn: break
      }
    }
    let wanted = DetailedTransaction.correcting(
      session, from: sent, names: site.configuration.hl7, unit: site.configuration.facility.unit,
      at: at
    ).map { message in
      OutboxMessage(
        control: message.controlID, session: session.log.session, made: at,
        content: Array(message.text.utf8),
        postings: message.postings.map(OutboxMessage.Posting.init)
      )
    }
    let isSame =
      waiting.count == wanted.count
      && zip(waiting, wanted).allSatisfy { waiting, wanted in
        waiting.message.postings == wanted.postings
          && SentPosting.say(postings(of: waiting.message), theSameAs: postings(of: wanted))
      }
    if isSame { return nil }
    return OutboxChange(
      session: session.log.session, expecting: entries.reduce(0) { $0 + $1.steps.count },
      withdrawing: waiting.map(\.message.control), adding: wanted,
      reason: session.standing.isSignedOff
        ? "The session was signed off again." : "The session is not signed off as it stands.")
  }
}

extension OutboxMessage {
  /// How the list of its lines differs from its bytes, the end of a sentence; nil if it does not.
  package func difference(names: HL7Names) -> String? {
    MessageLine.difference(
      of: content, from: postings.map(DetailedTransaction.Posting.init), names: names)
  }
}

extension DetailedTransaction.Posting {
  fileprivate init(_ posting: OutboxMessage.Posting) {
    self.init(
      transaction: posting.id, unit: posting.unit, code: posting.code, count: posting.units,
      isCredit: posting.isCredit)
  }
}

extension OutboxMessage.Posting {
  fileprivate init(_ posting: DetailedTransaction.Posting) {
    self.init(
      id: posting.transaction, unit: posting.unit, isCredit: posting.isCredit, code: posting.code,
      units: posting.count)
  }
}
