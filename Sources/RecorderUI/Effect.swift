public import InfusionRecord

/// What `update` asks of the world.
public enum Effect: Sendable, Hashable {
  /// Records facts, decided on this version of the session; `done` is said once they are on disk.
  case append(session: SessionID, expecting: Int, events: [Event], done: String)
  /// Reads what earlier visits of a patient gave, and answers with `learn`.
  case recall(mrn: String)
  /// Checks a PIN and answers with `settle`.
  case signIn(person: String, pin: PIN)
  /// Writes down that a supervisor looked at this session.
  case viewed(SessionID)
  case suspend
  /// Draws the whole screen anew.
  case redraw
  case quit
}

/// How an append ended.
public enum Outcome: Sendable, Hashable {
  /// On disk; the log as it is now.
  case recorded(done: String)
  /// Somebody else recorded in that session meanwhile; nothing of ours was written.
  case changedMeanwhile([Event])
  /// Not recorded, and why, in one sentence.
  case failed(String)
}
