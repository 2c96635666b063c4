package import InfusionRecord

/// The sign-in screen while it is shown.
///
/// One key picks a person: a number, or a letter that only one name begins with. Then the PIN is
/// typed. The PIN takes only digits, so the rest of a name typed too fast does not get into it.
package struct SignInState: Hashable, Sendable {
  /// The text that filters the names.
  package internal(set) var entry = TextEntry()
  /// The row that Enter takes; nil until an arrow chooses one of several.
  package internal(set) var highlighted: Int?
  /// The name picked; nil until then.
  package private(set) var person: String?
  /// When the PIN was asked for; nil until a name is picked.
  private(set) var pinAskedAt: RecordedTime?
  var pin = TextEntry()
  /// Whose unfinished entry a person is about to drop, whose PIN was right; nil otherwise.
  package internal(set) var takeover: Takeover?
  /// Why it is dropped.
  package internal(set) var reason = TextEntry()
  /// Why the last attempt failed.
  package internal(set) var problem: String?

  init(person: String? = nil, at now: RecordedTime) {
    if let person { pick(person, at: now) }
  }

  package init() {}

  /// Asks for the PIN of a person.
  mutating func pick(_ person: String, at now: RecordedTime) {
    self.person = person
    pinAskedAt = now
  }

  /// How many digits were typed.
  package var digits: Int { pin.text.count }
}

/// A person who signed in on a screen that another one left locked with an unfinished entry.
package struct Takeover: Sendable, Hashable {
  package let person: Person
  package let former: String
}

/// How an attempt to sign in ended.
package enum SignInOutcome: Sendable, Hashable {
  case signedIn(Person)
  case wrong
  /// The PIN was right, but the person left the unit.
  case retired(name: String)
  case wait(seconds: Int64)
  case failed(String)
}

extension RecorderState {
  /// The rights of the user at this screen.
  package var authority: Authority {
    roster.isEmpty ? .account : roster.authority(of: isSignedIn ? actor.name : nil)
  }

  /// Why an act is refused to the user; nil if it is allowed.
  ///
  /// Every screen asks here. Roles decide by `may`. If nobody is enrolled, the site's file may name
  /// the supervisors who sign off.
  package func refusal(of act: Act) -> String? {
    if let refusal = authority.refusal(of: act) { return refusal }
    guard act == .signOff, roster.isEmpty, !suite.supervisors.isEmpty,
      !suite.supervisors.contains(actor.name)
    else { return nil }
    return "\(actor.name) is not among the site's supervisors; nothing can be signed off."
  }

  /// Whether an enrolled person must sign in before anything is shown.
  package var asksWhoIsThere: Bool { isLocked && !roster.isEmpty }

  /// Takes the enrolled people from the store, and asks for a sign-in if that is needed.
  package mutating func enrol(_ roster: Roster, expecting name: String? = nil) {
    guard roster != self.roster else { return }
    // An empty roster is not believed: with it the account of the host would have every right.
    if roster.isEmpty {
      return closeRecord(because: "The store no longer names the enrolled people.")
    }
    self.roster = roster
    if isSignedIn, let person = roster[actor.name], !person.isRetired {
      actor.role = person.role
      return
    }
    isSignedIn = false
    askWhoIsThere(expecting: roster.active.first { $0.name == name }?.name)
  }

  /// Hides everything until a person signs in.
  mutating func askWhoIsThere(expecting name: String?) {
    isLocked = true
    notice = nil
    signIn = SignInState(person: name, at: now)
  }

  /// Asks for a sign-in, and says why.
  package mutating func signOut(because sentence: String) {
    guard !roster.isEmpty else { return }
    if isSignedIn || !isLocked {
      isSignedIn = false
      askWhoIsThere(expecting: nil)
    }
    signIn.problem = sentence
  }

  /// Drops all that is known of patients, and asks for a sign-in: the store is not this machine's to read
  /// any more.
  package mutating func closeRecord(because sentence: String) {
    returnToBoard()
    untold = nil
    sessions = []
    expected = []
    arrivals = Arrivals()
    pastDrugs = [:]
    pastVisits = [:]
    knownPatients = [:]
    findSimilarNames()
    refreshBoard()
    clampSelections()
    if roster.isEmpty { notice = Notice(.refused, sentence) } else { signOut(because: sentence) }
  }

  // MARK: The prompt for the PIN

  /// Milliseconds until the prompt for the PIN ends; nil if there is none.
  package func pinPromptDue(at now: RecordedTime) -> Int64? {
    guard asksWhoIsThere, let asked = signIn.pinAskedAt else { return nil }
    let passed = now.milliseconds - asked.milliseconds
    // A clock that was set back ends the prompt too.
    return passed < 0 ? 0 : max(0, RecorderState.pinPromptTime - passed)
  }

  /// Ends a prompt for the PIN that was open for a minute; true if there was one.
  ///
  /// A terminal left at the prompt would otherwise take the next user's PIN under this name.
  package mutating func endPINPrompt() -> Bool {
    guard pinPromptDue(at: now) == 0 else { return false }
    let what = signIn.takeover == nil ? "PIN" : "reason"
    signIn = SignInState()
    signIn.problem = "No \(what) was typed within a minute. Choose your name again."
    return true
  }

  /// In milliseconds.
  private static let pinPromptTime: Int64 = 60_000

  /// The people who match the text, in alphabetical order.
  var signInChoices: [Person] {
    func words(_ text: String) -> [Substring] {
      text.split { " .-".contains($0) }
    }
    let wanted = SearchText.typed(signIn.entry.text).map(words)
    return roster.active.filter { person in
      SearchText.spellings(of: person.name).contains { name in
        wanted.contains { RecorderState.follow($0, in: words(name)) }
      }
    }
  }

  /// Whether words of a name begin, one after another, with what was typed.
  private static func follow(_ typed: [Substring], in name: [Substring]) -> Bool {
    if typed.isEmpty { return true }
    guard typed.count <= name.count else { return false }
    return (0...(name.count - typed.count)).contains { start in
      zip(typed, name[start...]).allSatisfy { $1.hasPrefix($0) }
    }
  }
}
