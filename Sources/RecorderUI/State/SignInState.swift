public import InfusionRecord

/// The screen that asks who is there, while it is up.
///
/// One key picks a person, by number or by a letter only one name begins with; then the PIN. The PIN
/// takes digits alone, so that the rest of a name typed too fast does not get into it.
public struct SignInState: Hashable, Sendable {
  /// What is typed to find a name.
  public internal(set) var entry = TextEntry()
  public internal(set) var highlighted = 0
  /// Who was picked; then the PIN is typed.
  public internal(set) var person: String?
  var pin = TextEntry()
  /// Why the last attempt was not taken.
  public internal(set) var problem: String?

  public init(person: String? = nil) {
    self.person = person
  }

  /// How many digits were typed.
  public var digits: Int { pin.text.count }
}

/// How an attempt to sign in ended.
public enum SignInOutcome: Sendable, Hashable {
  case signedIn(Person)
  case wrong
  case wait(seconds: Int64)
  case failed(String)
}

extension RecorderState {
  /// In whose right things are done here.
  public var authority: Authority {
    roster.isEmpty ? .account : roster.authority(of: isSignedIn ? actor.name : nil)
  }

  /// Why an act is refused to whoever sits here; nil where it is not.
  ///
  /// The one place the screens ask: roles by `may`, and while nobody is enrolled the names the site's
  /// file lets sign off.
  public func refusal(of act: Act) -> String? {
    if let refusal = authority.refusal(of: act) { return refusal }
    guard act == .signOff, roster.isEmpty, !suite.supervisors.isEmpty,
      !suite.supervisors.contains(actor.name)
    else { return nil }
    return "\(actor.name) is not among the site's supervisors; nothing can be signed off."
  }

  /// Whether people are enrolled and one of them has to say who is there.
  public var asksWhoIsThere: Bool { isLocked && !roster.isEmpty }

  /// Takes in who is enrolled; asks who is there where that is not known.
  public mutating func enrol(_ roster: Roster, expecting name: String? = nil) {
    guard roster != self.roster else { return }
    self.roster = roster
    guard !roster.isEmpty else { return }
    if isSignedIn, let person = roster[actor.name], !person.isRetired {
      actor.role = person.role
      return
    }
    isSignedIn = false
    askWhoIsThere(expecting: roster.active.first { $0.name == name }?.name)
  }

  /// Hides everything until somebody signs in.
  mutating func askWhoIsThere(expecting name: String?) {
    isLocked = true
    notice = nil
    signIn = SignInState(person: name)
  }

  /// The people who match what is typed, in alphabetical order.
  var signInChoices: [Person] {
    let wanted = Formulary.fold(signIn.entry.text)
    if wanted.isEmpty { return roster.active }
    return roster.active.filter { person in
      Formulary.fold(person.name).split(whereSeparator: { " .-".contains($0) })
        .contains { $0.hasPrefix(wanted) }
    }
  }

  // MARK: Keys

  mutating func actInSignIn(_ intent: Intent) -> [Effect] {
    switch intent {
    case .quit: return [.quit]
    case .cancel: signIn = SignInState()
    case .confirm: return confirmSignIn()
    case .nextChoice where signIn.person == nil: signIn.highlighted += 1
    case .previousChoice where signIn.person == nil: signIn.highlighted -= 1
    case .type(let character): type(character)
    case .paste(let text): for character in text { type(character) }
    default:
      if signIn.person == nil {
        signIn.entry.act(on: intent)
      } else {
        signIn.pin.act(on: intent)
      }
    }
    signIn.highlighted = min(max(0, signIn.highlighted), max(0, signInChoices.count - 1))
    return []
  }

  private mutating func type(_ character: Character) {
    signIn.problem = nil
    guard signIn.person == nil else {
      if character.isASCII, character.isNumber, signIn.digits < 12 {
        signIn.pin.insert(String(character))
      }
      return
    }
    let choices = signInChoices
    if let number = character.wholeNumberValue, character.isASCII {
      if choices.indices.contains(number - 1) { signIn.person = choices[number - 1].name }
      return
    }
    signIn.entry.insert(String(character))
    signIn.highlighted = 0
    let left = signInChoices
    if left.isEmpty {
      signIn.problem = "Nobody of that name is enrolled."
      signIn.entry.deleteBackward()
    } else if left.count == 1 {
      signIn.person = left[0].name
    }
  }

  private mutating func confirmSignIn() -> [Effect] {
    guard let name = signIn.person else {
      let choices = signInChoices
      if choices.indices.contains(signIn.highlighted) {
        signIn.person = choices[signIn.highlighted].name
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

  /// Takes in how an attempt to sign in ended.
  public mutating func settle(_ outcome: SignInOutcome) -> [Effect] {
    switch outcome {
    case .wrong: signIn.problem = "Wrong PIN."
    case .wait(let seconds): signIn.problem = SignInLimit.sentence(seconds: seconds)
    case .failed(let sentence): signIn.problem = sentence
    case .signedIn(let person):
      if person.name != actor.name || !hasSignedIn {
        // What somebody else was typing is not to be confirmed under another name.
        prompt = nil
        confirmed = nil
        keptPrompts = [:]
        palette = nil
        help = nil
      }
      actor.name = person.name
      actor.role = person.role
      isSignedIn = true
      hasSignedIn = true
      isLocked = false
      signIn = SignInState()
      notice = Notice(.told, "Signed in: \(actor.title).")
      sortBoard()
      settle()
      return looked(at: screen.session)
    }
    return []
  }

  // MARK: Looking

  /// A supervisor's look at a patient is written down.
  func looked(at session: SessionID?) -> [Effect] {
    guard let session, authority == .signedIn(.supervisor) else { return [] }
    return [.viewed(session)]
  }
}
