import InfusionRecord

/// What the next Enter would answer, as far as acting on the wrong one could harm.
///
/// Two values are equal if they ask the same thing about the same drug, patient or answer, and Enter would
/// record the same. What is typed as text counts only as far as the sentence of what is recorded has it.
package struct Question: Hashable, Sendable {
  let place: KeyRow.Place
  let screen: RecorderState.Screen
  /// Whether the window is large enough to show it.
  let isVisible: Bool
  var form: Form?
  var session: SessionID?
  var subject: Target.Subject?
  /// The field with the cursor.
  var field: [String] = []
  /// The rows picked in its fields.
  var answers: [[String]] = []
  /// The first line shown of what is signed.
  var page = 0
  /// What Enter would record, in the words of the screen; nil if the prompt is not filled in.
  var sentence: String?

  /// The question without the sentence: what an Enter answers that takes a row or goes on.
  fileprivate var asked: Question {
    var asked = self
    asked.sentence = nil
    return asked
  }
}

/// Decides whether a key may act, from when it came and what has stood on the screen.
///
/// A scanner ends with CR LF, a key is held down or pressed twice, a text is pasted with a line
/// break, keys wait in a slow line. None of that may answer a question that the user has not read:
///
/// - One burst accepts once. What follows in it is dropped.
/// - Enter acts again when no other Enter came for 300 ms.
/// - A prompt takes Enter when its question has stood painted for 300 ms.
/// - An Enter that records needs its sentence painted for 300 ms too: what was typed last is in it.
/// - Nothing is recorded by an Enter that came in one burst with the text before it.
/// - After a click no Enter acts for 300 ms, and what comes in one burst with it is dropped.
/// - A held key repeats only after 250 to 1000 ms. An Enter that comes then, with no key in between,
///   waits 120 ms for a repetition before it acts.
///
/// All times are milliseconds of a monotonic clock, which the screen supplies.
package struct AcceptanceGate: Hashable, Sendable {
  /// The longest gap between two keys of one burst. It is that of the decoder.
  package static let burstGap: Int64 = 60
  /// How long a question must have stood, and how long Enter must have been up.
  package static let standing: Int64 = 300
  /// The longest time until a held key repeats.
  static let repeatDelay: Int64 = 1_000
  /// The longest time between two repetitions. The Linux console repeats every 92 ms.
  package static let repeatGap: Int64 = 120

  enum Verdict: Hashable { case act, wait, ignore(Reason) }
  enum Reason: Hashable {
    /// It came in one burst with a key that accepted something.
    case sameBurst
    /// Another Enter came just before it.
    case notReleased
    /// The question has not stood long enough.
    case notRead
  }

  private var shown: Question?
  private var shownSince: Int64 = 0
  private var sentenceSince: Int64 = 0
  private var lastKey: Int64?
  private var lastEnter: Int64?
  private var lastClick: Int64?
  /// Whether a key of the present burst accepted something.
  private var hasAccepted = false
  /// Whether the last key came in one burst with the key before it.
  private(set) var isInBurst = false
  /// When the Enter came that waits for a repetition.
  private(set) var waitingSince: Int64?

  /// Notes what is on the screen. The event loop calls this before it waits for a key.
  mutating func stands(_ question: Question, at time: Int64) {
    if shown?.asked != question.asked { shownSince = time }
    if shown?.sentence != question.sentence { sentenceSince = time }
    shown = question
  }

  /// Whether a key other than Enter may act.
  mutating func verdict(onKeyAt time: Int64, isTab: Bool) -> Verdict {
    waitingSince = nil
    begin(time)
    lastKey = time
    if hasAccepted { return .ignore(.sameBurst) }
    // A scanner may end with Tab instead of Enter.
    if isTab, isInBurst { hasAccepted = true }
    return .act
  }

  /// Whether a click may select something.
  mutating func clicks(at time: Int64) -> Bool {
    waitingSince = nil
    begin(time)
    lastKey = time
    if hasAccepted { return false }
    lastClick = time
    // No key that was sent with it acts on what it selected.
    hasAccepted = true
    return true
  }

  /// Whether Enter may act on a question.
  ///
  /// - Parameter submits: whether it records what the sentence says.
  mutating func verdict(
    onEnterAt time: Int64, _ question: Question, submits: Bool
  ) -> Verdict {
    begin(time)
    let isRepeated = waitingSince.map { time - $0 <= AcceptanceGate.repeatGap } ?? false
    let before = lastEnter
    let isAlone = lastKey == lastEnter
    waitingSince = nil
    lastKey = time
    lastEnter = time
    if isInBurst, hasAccepted { return .ignore(.sameBurst) }
    if isRepeated { return .ignore(.notReleased) }
    if let lastClick, time - lastClick < AcceptanceGate.standing { return .ignore(.notRead) }
    if let before, time - before < AcceptanceGate.standing { return .ignore(.notReleased) }
    if question.place == .prompt {
      guard question.isVisible, shown?.asked == question.asked,
        time - shownSince >= AcceptanceGate.standing
      else { return .ignore(.notRead) }
      if submits {
        guard shown?.sentence == question.sentence,
          time - sentenceSince >= AcceptanceGate.standing
        else { return .ignore(.notRead) }
      }
      if let before, isAlone, time - before <= AcceptanceGate.repeatDelay {
        waitingSince = time
        return .wait
      }
    }
    hasAccepted = true
    return .act
  }

  /// Whether the Enter that waited was let go, so that it acts on the same question now.
  mutating func releases(_ question: Question, at time: Int64) -> Bool {
    guard let since = waitingSince, time - since > AcceptanceGate.repeatGap else { return false }
    waitingSince = nil
    isInBurst = false
    return shown == question
  }

  /// Whether a key at this time is of one burst with the key before it.
  func continuesBurst(at time: Int64) -> Bool {
    lastKey.map { time - $0 <= AcceptanceGate.burstGap } ?? false
  }

  private mutating func begin(_ time: Int64) {
    isInBurst = continuesBurst(at: time)
    if !isInBurst { hasAccepted = false }
  }
}
