package import InfusionRecord
package import SessionReview

/// What `update` asks the event loop to do.
package enum Effect: Sendable, Hashable {
  /// Appends events if the session still has `expecting` events. `done` is shown once they are on
  /// disk. Answered by `finish`.
  case append(session: SessionID, expecting: Int, events: [Event], done: String)
  /// Signs off several sessions, each on its own. Answered by `finish`.
  case signOff([SignOffOrder])
  /// Reads the sessions of these days for the review. Answered by `take`.
  case review(ClosedRange<CivilDate>)
  /// Reads one session for a screen or a form. Answered by `arrive`.
  case visit(SessionID, Arrival)
  /// Reads who the patients of all days are. Answered by `take`.
  case findPatients(String)
  /// Reads all visits of a patient. Answered by `take`.
  case visits(of: PatientIdentity)
  /// Writes a file in the background. Answered by `say`.
  case write(WriteOrder)
  /// Cancels an appointment of today. Answered by `say`.
  case cancel(ExpectedPatient)
  /// Reads the drugs of a patient's earlier visits. Answered by `learn`.
  case recall(mrn: String)
  /// Checks a PIN. Answered by `finish`.
  case signIn(person: String, pin: PIN)
  /// Audits that the user looked at this session.
  case viewed(SessionID)
  /// Audits that the user opens a restricted record, then shows it.
  case breakGlass(SessionID, reason: String)
  /// Audits that the user opens the restricted record of a number. Answered by `openedRecord`.
  case openRecord(mrn: String, reason: String)
  /// Audits that a person takes over a locked screen. Answered by `finish`.
  case takeOver(Takeover, reason: String)
  /// Audits that the user was refused this act.
  case refused(Act)
  /// Rings or flashes once.
  case signal(EndAlerts.Signal)
  case suspend
  /// Draws the whole screen again, in case another program wrote on it.
  case redraw
  case quit
}

/// What a session outside the board is read for.
package enum Arrival: Sendable, Hashable {
  case screen(RecorderState.Screen)
  case form(Form)
}

/// The result of several sign-offs.
package struct SignOffOutcome: Sendable {
  package var signed = 0
  /// The sessions that others changed meanwhile, with what they recorded.
  package var changed: [(session: SessionID, events: [Event])] = []
  /// Why the rest was not signed, in one sentence.
  package var failure: String?

  package init() {}
}

/// The result of an append.
package enum AppendOutcome: Sendable, Hashable {
  /// The events are on disk.
  case recorded(done: String)
  /// Others recorded these events in the session meanwhile; nothing was appended.
  case changedMeanwhile([Event])
  /// Nothing was appended, with the reason in one sentence.
  case failed(String)
}

/// A file to write in the background.
package enum WriteOrder: Sendable, Hashable {
  /// `format` is the name that `chairtime export` has for it.
  case days(ClosedRange<CivilDate>, format: String, file: String)
  /// `format` is `text`, `json` or `print`, which sends it to the printer and writes no file.
  case packet(SessionID, format: String, file: String)
}
