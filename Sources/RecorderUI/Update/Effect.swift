public import InfusionRecord
public import SessionReview

/// What `update` asks of the world.
public enum Effect: Sendable, Hashable {
  /// Records facts, decided on this version of the session; `done` is said once they are on disk.
  case append(session: SessionID, expecting: Int, events: [Event], done: String)
  /// Signs off several sessions, each on its own; the outcome tells which were not.
  case signOff([SignOffOrder])
  /// Reads the sessions of these days for the review, and answers with `take`.
  case review(ClosedRange<CivilDate>)
  /// Reads one session and goes where it was wanted, by `arrive`.
  case visit(SessionID, Arrival)
  /// Writes a file beside the screens, and answers with `say`.
  case write(WriteOrder)
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

/// Why a session outside the board is read.
public enum Arrival: Sendable, Hashable {
  case screen(RecorderState.Screen)
  case form(Form)
}

/// How several sign-offs ended.
public struct SignOffOutcome: Sendable {
  public var signed = 0
  /// Those that somebody else changed meanwhile, with what was recorded.
  public var changed: [(session: SessionID, events: [Event])] = []
  /// Why the others were not signed, in one sentence.
  public var failure: String?

  public init() {}
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
