import InfusionRecord
import TerminalCore

/// What the screen waits for while keys go on: a server that has not answered yet.
///
/// A file answers before the next frame, so this is never seen there.
package struct AwaitedAnswer: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    /// An entry is being written.
    case writing
    /// Something is being read, or entered in the audit record.
    case asking
  }

  package let kind: Kind
  /// Milliseconds since the machine started.
  let since: Int64

  /// After so many seconds the screen says for how long.
  private static let lateSeconds: Int64 = 2

  /// What the message row says.
  func sentence(at uptime: Int64) -> String {
    let seconds = (uptime - since) / 1000
    let what = kind == .writing ? "Writing…" : "Asking the server…"
    if seconds < AwaitedAnswer.lateSeconds { return what }
    return
      "\(what) No answer from the server for \(seconds) s. You can go on; what comes out is told here."
  }

  /// What is said of a key that would ask for something else.
  var refusal: String {
    switch kind {
    case .writing: "Not yet: the last entry is still being written."
    case .asking: "Not yet: the server is still being asked."
    }
  }
}

/// Where the user is: which screens, and in which form.
package struct Standing: Sendable, Hashable {
  let path: [RecorderState.Screen]
  let prompt: RecorderState.KeptPrompt?
}

extension RecorderState {
  package var standing: Standing {
    Standing(path: path, prompt: prompt.map(KeptPrompt.init))
  }

  /// Notes that there is no answer yet to what a key asked for.
  package mutating func wait(for kind: AwaitedAnswer.Kind) {
    awaited = AwaitedAnswer(kind: kind, since: uptime)
    if asksWhoIsThere { signIn.problem = "The server is being asked." }
  }

  /// Notes whether the server gave no answer when it was asked for others' facts; true if that is new.
  package mutating func noteSilence(_ isSilent: Bool) -> Bool {
    guard isSilent != (silentSince != nil) else { return false }
    silentSince = isSilent ? now.instant : nil
    return true
  }

  /// What the message row says: what is waited for, then what just happened.
  var message: Notice? {
    guard let awaited else { return notice }
    let text = awaited.sentence(at: uptime)
    guard let notice else { return told(text) }
    return Notice(notice.kind, "\(text) \(notice.text)")
  }

  // MARK: Keys while something is waited for

  /// Carries out what needs no store. Nothing else is asked for, so there is never a second acceptance.
  mutating func actWhileAwaiting(_ awaited: AwaitedAnswer, on intent: Intent) -> [Effect] {
    if place == .prompt, awaited.kind == .writing, confirmed != nil, !isSetAside {
      switch intent {
      case .cancel:
        setAside()
        return []
      case .showHelp, .pageUp, .pageDown, .redraw, .lock, .switchPerson: break
      default:
        prompt?.problem = awaited.refusal + " Esc goes on with something else."
        return []
      }
    }
    var next = self
    let effects = next.act(on: intent)
    guard !effects.contains(where: \.isRequest) else {
      tellIgnored(awaited.refusal)
      return []
    }
    self = next
    return effects
  }

  /// Closes the form that is being written, so that the user can look at something else.
  private mutating func setAside() {
    if let prompt, prompt.form.isKept { keptPrompts[KeptPrompt(prompt)] = prompt }
    prompt = nil
    isSetAside = true
  }

  /// Takes the result of an append whose form the user left meanwhile.
  mutating func finishAside(_ outcome: AppendOutcome, of done: Prompt) {
    isSetAside = false
    confirmed = nil
    let reading = reading(of: done.session)
    let isHidden = reading?.isHidden == true
    let name = reading.flatMap { $0.isHidden ? nil : $0.opening.patient.displayName + ": " } ?? ""
    switch outcome {
    case .recorded(let sentence):
      keptPrompts[KeptPrompt(done)] = nil
      // A sentence may name the patient.
      notice = Notice(.recorded, isHidden ? "\(done.form.title): recorded." : name + sentence)
    case .changedMeanwhile:
      notice = Notice(
        .refused,
        "\(name)\(done.form.title) was not recorded: the session changed meanwhile. Look again.")
    case .failed(let sentence):
      notice = Notice(.refused, name + "\(done.form.title): \(sentence)")
    }
  }
}

extension Effect {
  /// Whether a key asks for it and waits for the outcome.
  fileprivate var isRequest: Bool {
    switch self {
    case .append, .signOff, .review, .visit, .findPatients, .visits, .write, .cancel, .signIn,
      .breakGlass, .openRecord,
      .takeOver:
      true
    case .recall, .viewed, .refused, .signal, .suspend, .redraw, .quit: false
    }
  }
}
