import InfusionRecord
import PlainText
package import TerminalCore

// Inputs with the time at which they came: the gate before `update`.

extension RecorderState {
  /// Notes that what the state shows now is on the screen. The event loop calls this before it waits.
  package mutating func stands(at milliseconds: Int64) {
    _ = readPrompt()
    noteRead()
    gate.stands(question, at: milliseconds)
  }

  /// Acts on an input that came at `milliseconds` of a monotonic clock, unless it came too soon.
  package mutating func take(_ input: Input, at milliseconds: Int64) -> [Effect] {
    let intent = intent(for: input)
    switch input {
    case .paste(let text) where place.takesText && !text.isRecordable:
      lastActivity = uptime
      tellIgnored(RecorderState.unrecordable)
      return []
    case .mouse(let event): return take(event, at: milliseconds)
    case .key, .paste: break
    case .resize, .tick, .storeChanged, .suspend, .resume, .hangup:
      return intent.map { update($0) } ?? []
    }
    if isOfStrayScan(input, at: milliseconds) {
      lastActivity = uptime
      _ = gate.verdict(onKeyAt: milliseconds, isTab: false)
      return []
    }
    let isAcceptance = intent?.isAcceptance == true
    // What Enter would record may have changed with the minute.
    if isAcceptance { _ = readPrompt() }
    let verdict =
      isAcceptance
      ? gate.verdict(onEnterAt: milliseconds, question, submits: submits(intent))
      : gate.verdict(
        onKeyAt: milliseconds, isTab: intent == .nextField || intent == .previousField)
    switch verdict {
    case .act: return intent.map { update($0) } ?? []
    case .wait:
      waitingEnter = intent
      return []
    case .ignore(let reason):
      lastActivity = uptime
      if isAcceptance, reason == .notRead, !promptIsWhole {
        tellIgnored(RecorderState.tooSmall)
        return []
      }
      tellIgnored(
        isAcceptance ? reason.sentence(of: intent?.keyWord ?? "Enter") : reason.keySentence)
      return []
    }
  }

  private mutating func isOfStrayScan(_ input: Input, at milliseconds: Int64) -> Bool {
    guard case .key(let press) = input, press.modifiers.isSubset(of: .shift) else { return false }
    switch press.key {
    case .character(let character): return collects(character, at: milliseconds)
    case .enter, .tab: return endsScan(at: milliseconds)
    default: return false
    }
  }

  /// How long until an Enter that waits acts; nil if none waits.
  package func enterDue(at milliseconds: Int64) -> Int64? {
    gate.waitingSince.map { max(0, $0 + AcceptanceGate.repeatGap + 1 - milliseconds) }
  }

  /// Lets an Enter act that waited to see whether its key was let go.
  package mutating func releaseEnter(at milliseconds: Int64) -> [Effect] {
    guard enterDue(at: milliseconds) == 0, let intent = waitingEnter else { return [] }
    waitingEnter = nil
    _ = readPrompt()
    if gate.releases(question, at: milliseconds) { return update(intent) }
    tellIgnored(AcceptanceGate.Reason.notRead.sentence(of: intent.keyWord))
    return []
  }

  static let tooSmall =
    "There is no room to show what would be recorded; nothing was. Make the window larger."

  static let unrecordable =
    "What was pasted holds a NUL or bytes that are not UTF-8; nothing of it was taken."

  /// Says that a key did nothing. What was recorded just before stays told.
  mutating func tellIgnored(_ sentence: String) {
    if asksWhoIsThere {
      signIn.problem = sentence
    } else if prompt != nil {
      prompt?.problem = sentence
    } else {
      addNotice(sentence)
    }
  }

  /// What the next Enter would answer.
  var question: Question {
    var question = Question(place: place, screen: screen, isVisible: fits && promptIsWhole)
    guard let prompt else { return question }
    question.form = prompt.form
    question.session = prompt.session
    question.subject = prompt.subject
    question.field = prompt.focused.map { [$0.name.rawValue, $0.subject] } ?? []
    for field in prompt.fields where field.isChoice && (field.isTouched || field.isTarget) {
      // An empty answer is none, whether the field was touched or not.
      guard let picked = field.picked, !picked.isEmpty else { continue }
      question.answers.append([field.name.rawValue, field.subject, picked])
    }
    if prompt.mustBeRead { question.page = prompt.scroll }
    if case .success(let preview)? = prompt.preview { question.sentence = preview.reading.sentence }
    return question
  }

  /// Whether an acceptance would submit the prompt, and not take a row or go to another field.
  private func submits(_ intent: Intent?) -> Bool {
    guard place == .prompt, let prompt, case .success(let preview)? = prompt.preview else {
      return false
    }
    if preview.reading.opensRecord { return prompt.focused?.name == .glass }
    if prompt.firstMissing != nil { return false }
    if let focused = prompt.focused,
      focused.isOpen || focused.offered != nil || focused.isUnanswered
    {
      return false
    }
    let isLast = prompt.focus >= prompt.fields.count - 1
    return intent == .record || !prompt.form.asksEveryField || isLast
  }
}

extension AcceptanceGate.Reason {
  /// What is said of an Enter, or of another key that accepts, that did nothing.
  func sentence(of key: String) -> String {
    switch self {
    case .sameBurst: "A second \(key) came at once and did nothing."
    case .notReleased: "\(key) came twice or was held down; the second did nothing."
    case .notRead:
      "\(key) came before this was on the screen; it did nothing. Read, then press \(key)."
    }
  }

  /// What is said of another key that did nothing.
  var keySentence: String { "What came at once after Enter was left out." }
}

extension Intent {
  /// The key that accepts, as messages name it.
  var keyWord: String { self == .record ? "Ctrl-S" : "Enter" }

  /// Whether it accepts what is highlighted or asked.
  var isAcceptance: Bool {
    switch self {
    case .confirm, .record, .open, .unlock: true
    default: false
    }
  }
}
