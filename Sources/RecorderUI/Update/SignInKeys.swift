import InfusionRecord
import PlainText

// The keys of the sign-in screen, and how an attempt ends.

extension RecorderState {
  mutating func actInSignIn(_ intent: Intent) -> [Effect] {
    switch intent {
    case .quit: return [.quit]
    case .cancel: signIn = SignInState()
    case .confirm: return signIn.takeover == nil ? confirmSignIn() : confirmTakeover()
    case .nextChoice where signIn.person == nil: highlightName(after: 1)
    case .previousChoice where signIn.person == nil: highlightName(after: -1)
    case .type(let character): type(character)
    case .paste(let text): for character in text { type(character) }
    default:
      if signIn.takeover != nil {
        signIn.reason.act(on: intent)
      } else if signIn.person == nil {
        signIn.entry.act(on: intent)
      } else {
        signIn.pin.act(on: intent)
      }
    }
    let last = signInChoices.count - 1
    signIn.highlighted = last < 1 ? nil : signIn.highlighted.map { min($0, last) }
    return []
  }

  /// Moves the highlight. Of several names none is highlighted before.
  private mutating func highlightName(after step: Int) {
    let last = signInChoices.count - 1
    signIn.problem = nil
    guard let row = signIn.highlighted else {
      signIn.highlighted = step > 0 ? 0 : last
      return
    }
    signIn.highlighted = min(max(0, row + step), last)
  }

  private mutating func type(_ character: Character) {
    signIn.problem = nil
    if let takeover = signIn.takeover {
      // Each letter restarts the minute: a sentence takes longer than a PIN.
      signIn.pick(takeover.person.name, at: now)
      if signIn.reason.text.count < Restrictions.longestReason {
        signIn.reason.insert(String(character))
      }
      return
    }
    guard signIn.person == nil else {
      if character.isASCII, character.isNumber, signIn.digits < 12 {
        signIn.pin.insert(String(character))
      }
      return
    }
    let choices = signInChoices
    if let number = character.wholeNumberValue, character.isASCII {
      if choices.indices.contains(number - 1) {
        signIn.pick(choices[number - 1].name, at: now)
      }
      return
    }
    signIn.entry.insert(String(character))
    signIn.highlighted = nil
    let left = signInChoices
    if left.isEmpty {
      signIn.problem = "Nobody of that name is enrolled."
      signIn.entry.deleteBackward()
    } else if left.count == 1 {
      signIn.pick(left[0].name, at: now)
    }
  }

  private mutating func confirmSignIn() -> [Effect] {
    guard let name = signIn.person else {
      let choices = signInChoices
      if let row = signIn.highlighted ?? (choices.count == 1 ? 0 : nil),
        choices.indices.contains(row)
      {
        signIn.pick(choices[row].name, at: now)
      } else {
        signIn.problem = "Choose a name: a number, an arrow or more letters."
      }
      return []
    }
    guard signIn.digits > 0 else {
      signIn.problem = "Type the PIN, then Enter."
      return []
    }
    let pin = PIN(typed: signIn.pin.text)
    signIn.pin.clear()
    return [.signIn(person: name, pin: pin)]
  }

  /// Takes the result of an attempt to sign in.
  package mutating func finish(_ outcome: SignInOutcome) -> [Effect] {
    // The next attempt is a prompt of its own.
    if let person = signIn.person { signIn.pick(person, at: now) }
    signIn.problem = nil
    switch outcome {
    case .wrong: signIn.problem = "Wrong PIN."
    case .retired(let name):
      signIn = SignInState()
      signIn.problem = "\(name) was retired and signs in no more. Ask a supervisor."
    case .wait(let seconds): signIn.problem = SignInLimit.sentence(seconds: seconds)
    case .failed(let sentence): signIn.problem = sentence
    case .signedIn(let person):
      if let former = unfinishedBefore(person) {
        signIn.takeover = Takeover(person: person, former: former)
        return []
      }
      return enter(as: person)
    }
    return []
  }

  // MARK: Taking over a locked screen

  /// Who left this screen locked with an unfinished entry, if that is another person than `person`.
  ///
  /// A user who hands the keyboard over with Ctrl-T leaves nothing behind.
  private func unfinishedBefore(_ person: Person) -> String? {
    guard hasSignedIn, !isHandedOver, person.name != actor.name,
      roster[actor.name]?.isRetired == false, prompt?.isFilledIn == true || !keptPrompts.isEmpty
    else { return nil }
    return actor.name
  }

  private mutating func confirmTakeover() -> [Effect] {
    guard let takeover = signIn.takeover else { return [] }
    let reason = signIn.reason.text.split(separator: " ").joined(separator: " ")
    guard GivenReason.isFull(reason), reason.isRecordable else {
      signIn.problem = "Type why, \(GivenReason.rule), then Enter."
      return []
    }
    return [.takeOver(takeover, reason: reason)]
  }

  /// Lets a person in whose takeover is in the audit record.
  package mutating func finish(_ takeover: Takeover) -> [Effect] {
    let effects = enter(as: takeover.person)
    notice = told(
      "TAKEN OVER from \(takeover.former), with your reason. Supervisors see it in the review.")
    return effects
  }

  /// Shows the screens to a person whose PIN was right.
  private mutating func enter(as person: Person) -> [Effect] {
    if person.name != actor.name || !hasSignedIn { returnToBoard() }
    actor.name = person.name
    actor.role = person.role
    isSignedIn = true
    hasSignedIn = true
    isLocked = false
    isHandedOver = false
    signIn = SignInState()
    notice =
      outboxWarning.map { Notice(.refused, $0) } ?? Notice(.told, "Signed in: \(actor.title).")
    takeUntold()
    hideRestricted()
    sortBoard()
    clampSelections()
    return looked(at: screen.session)
  }

  /// Drops all that the user before was doing, so that the next one begins on the whole board.
  ///
  /// Half-typed facts must not be recorded under another name, and a filter or a selected row would make a
  /// key act on what its user did not choose.
  mutating func returnToBoard() {
    // What came out for the user before may name a patient whom this one must not see.
    if let told = untold {
      untold =
        told.kind == .recorded
        ? nil : Notice(.refused, "An entry of \(actor.name) was not recorded.")
    }
    if confirmed != nil, awaited?.kind == .writing { isSetAside = true } else { confirmed = nil }
    prompt = nil
    keptPrompts = [:]
    waitingEnter = nil
    palette = nil
    help = nil
    path = [.board]
    let (order, isReversed) = (board.order, board.isReversed)
    board = BoardState()
    (board.order, board.isReversed) = (order, isReversed)
    session = SessionState()
    reader = ReaderState()
    review = nil
    search = nil
  }

  /// The effect that audits a look at a patient: each of a supervisor; of a nurse the first of a day at a
  /// session that another nurse holds.
  mutating func looked(at session: SessionID?) -> [Effect] {
    reading(of: session).map { looked(at: $0) } ?? []
  }

  /// The same for a session that is not on the board.
  mutating func looked(at reading: SessionReading) -> [Effect] {
    let session = reading.id
    switch authority {
    case .account, .nobody: return []
    case .signedIn(.supervisor): return [.viewed(session)]
    case .signedIn(.nurse):
      guard reading.holder != actor.name else { return [] }
      let look = Look(
        person: actor.name, session: session, day: suite.clock.date(at: now.instant))
      return looks.insert(look).inserted ? [.viewed(session)] : []
    }
  }
}
