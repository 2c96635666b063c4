package import InfusionRecord

/// What a reviewer wants to sign: one session as it was shown.
package struct SignOffOrder: Sendable, Hashable {
  package var session: SessionID
  /// How many facts the session had when the reviewer saw it.
  package var version: Int
  package var review: Review
  /// Why it is signed off although it raises questions; nil if it raises none.
  package var reason: String?

  package init(session: SessionID, version: Int, review: Review, reason: String? = nil) {
    self.session = session
    self.version = version
    self.review = review
    self.reason = reason
  }
}

/// Why a session cannot be signed off.
package enum SignOffRefusal: Error, Sendable {
  case sessionOpen
  case signedAlready(by: String)
  /// The session raises questions, and the sign-off gives no reason.
  case questionsOpen([String])
  /// The session does not come to the statement that the reviewer saw.
  case changedSinceSeen
  case refused(Refusal)

  package var sentence: String {
    switch self {
    case .sessionOpen: "The session is open; close it before it is signed off."
    case .signedAlready(let reviewer):
      "It is signed off already, by \(reviewer); reopen it first."
    case .questionsOpen(let questions):
      "\(questions.count.pluralized("question is", "questions are")) open "
        + "(\(questions.joined(separator: " "))); resolve them, or sign off anyway with a reason."
    case .changedSinceSeen:
      "It changed after it was shown, and was not signed off; look at it again."
    case .refused(let refusal): refusal.sentence
    }
  }
}

extension SessionDerivation {
  /// What a signature under the session would stand for; nil if the session is open or signed off.
  package mutating func offer(for session: DerivedSession) -> SignOffOffer? {
    guard session.log.status != .open, !session.standing.isSignedOff else { return nil }
    guard session.standing.signOff != nil else {
      return SignOffOffer(session.statement, configuration: configuration)
    }
    return SignOffOffer(statement(of: session.log.withoutReviews), configuration: configuration)
  }

  /// What a reviewer would sign now, or why it cannot be signed.
  ///
  /// - Parameter reason: why it is signed off although it raises questions.
  package mutating func order(
    for session: DerivedSession, by reviewer: String, despite reason: String? = nil
  ) throws(SignOffRefusal) -> SignOffOrder {
    guard let offer = offer(for: session) else {
      throw session.standing.isSignedOff
        ? .signedAlready(by: session.standing.signOff?.review.reviewer ?? "") : .sessionOpen
    }
    let questions = session.questions
    guard questions.isEmpty || reason.map(GivenReason.saysSomething) == true else {
      throw .questionsOpen(questions)
    }
    return SignOffOrder(
      session: session.log.session, version: session.log.version,
      review: offer.review(by: reviewer), reason: reason)
  }

  /// The event that records a sign-off, or why the session cannot be signed off.
  ///
  /// It derives the session again and refuses if that does not come to what the reviewer saw.
  package mutating func event(
    for order: SignOffOrder, on log: EventLog, workstation: String, at now: RecordedTime
  ) throws(SignOffRefusal) -> Event {
    let due = try self.order(
      for: session(log), by: order.review.reviewer, despite: order.reason)
    guard due.review == order.review, due.version == order.version else {
      throw .changedSinceSeen
    }
    var generator = SystemRandomNumberGenerator()
    let event = Event(
      id: Event.ID(at: now, using: &generator), session: log.session,
      clinicalTime: Instant(seconds: now.instant.seconds / 60 * 60), recordedTime: now,
      actor: order.review.reviewer, workstation: workstation, reason: order.reason,
      fact: .sessionReviewed(order.review))
    if let refusal = log.refusal(of: event, now: now, formulary: formulary) {
      throw .refused(refusal)
    }
    return event
  }
}
