package import InfusionRecord
import SessionReview

// What a restricted patient hides from the user. A reading of a hidden session holds nothing about its
// patient, so no view can show it.

extension RecorderState {
  /// Takes the restrictions from the store.
  package mutating func take(_ restrictions: Restrictions) {
    guard restrictions != self.restrictions else { return }
    self.restrictions = restrictions
    hideRestricted()
  }

  /// Whether a session is hidden from the user.
  func isHidden(_ log: EventLog) -> Bool {
    restrictions.hides(log, from: actor.name, at: now)
  }

  /// Whether what the record knows of a number is hidden from the user, who holds no chair of the patient.
  func isHidden(mrn: String) -> Bool {
    guard restrictions.hides(mrn, from: actor.name, at: now) else { return false }
    return !openSessions.contains {
      $0.holder == actor.name && PatientNumber.areSame($0.opening.patient.mrn, mrn)
    }
  }

  /// Makes sessions and rows again that the user may not see any more, or may see now.
  package mutating func hideRestricted() {
    var known = sessions
    for index in known.indices where isHidden(known[index].source) != known[index].isHidden {
      if let fresh = reading(of: known[index].source) { known[index] = fresh }
    }
    sessions = known
    findSimilarNames()
    refreshBoard()
    if let source = review?.source {
      let shown = hiding(source)
      review?.take(shown)
    }
    hideFound()
    refreshPrompt(isPinned: true)
    clampSelections()
  }

  /// Days without the patients that are hidden from the user.
  func hiding(_ page: DayReview) -> DayReview {
    guard !restrictions.isEmpty else { return page }
    return page.hiding {
      restrictions.hides($0.mrn, heldBy: $0.nurse, from: actor.name, at: now)
    }
  }

  /// Shows a session whose glass the user broke.
  package mutating func opened(_ session: SessionID) -> [Effect] {
    let effects = show(.session(session))
    clampSelections()
    notice = told(
      "RESTRICTED RECORD OPENED under your name, with your reason. Supervisors see it in the review."
    )
    return effects
  }

  /// Closes a session that was opened, because the look at it could not be kept. The next look is tried again.
  package mutating func leave(
    _ session: SessionID, of person: String, because sentence: String
  ) {
    looks = looks.filter { $0.session != session || $0.person != person }
    // Behind a locked screen too, or the person who unlocks it would see it.
    guard actor.name == person else { return }
    var isShown = prompt?.session == session
    if let first = path.firstIndex(where: { $0.session == session }) {
      path.removeSubrange(first...)
      isShown = true
    }
    // The visits of a patient show what was looked at without a screen of its own.
    if search?.visits.contains(where: { $0.id == session }) ?? false {
      search?.visits = []
      if let first = path.firstIndex(of: .visits) { path.removeSubrange(first...) }
      isShown = true
    }
    if isShown {
      if path.isEmpty { path = [.board] }
      prompt = nil
      palette = nil
      self.session = SessionState()
      reader = ReaderState()
      clampSelections()
    }
    guard isSignedIn else { return }
    notice = Notice(
      .refused, "The record was not opened, because the look at it could not be kept: \(sentence)")
  }

  /// What was opened with a reason on the days of the review, for those who may know.
  var glassBreaks: [Restrictions.GlassBreak] {
    guard let review, refusal(of: .readAudit) == nil else { return [] }
    return restrictions.glassBreaks(on: review.days, of: suite.clock)
  }
}

/// One person's look at a session on a day.
struct Look: Hashable, Sendable {
  let person: String
  let session: SessionID
  let day: CivilDate
}
