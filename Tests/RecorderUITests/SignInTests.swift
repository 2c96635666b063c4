import InfusionRecord
import SessionStore
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// Signing in, changing users, locking, and what each role may do.
@Suite struct SignInTests {
  static let people: [(name: String, role: Role, pin: String)] = [
    ("J. Okafor", .nurse, "904271"), ("K. FICTION", .nurse, "135791"),
    ("R. SAMPLE", .supervisor, "246813"), ("T. Kowalski", .nurse, "864029"),
  ]

  /// A suite with enrolled people, and a user at the keyboard.
  private func driver(signedIn name: String? = "J. Okafor") -> Driver {
    var it = Driver()
    it.seat()
    it.start("pacli")
    it.press("q")
    it.enrol(SignInTests.people)
    if let name { signIn(&it, name) }
    return it
  }

  private func signIn(_ it: inout Driver, _ name: String) {
    guard let index = SignInTests.people.firstIndex(where: { $0.name == name }) else { return }
    it.press("Esc", "\(index + 1)", SignInTests.people[index].pin, "Enter")
  }

  @Test func `if nobody is enrolled no sign-in is asked`() {
    var it = Driver()
    #expect(it.state.authority == .account)
    it.seat()
    #expect(it.shows("TESTER, Amara"))
    it.press("C-t")
    #expect(!it.state.isLocked && it.shows("Nobody is enrolled"))
  }

  @Test func `until a user signs in no patient is shown and no key does anything`() {
    var it = driver(signedIn: nil)
    #expect(it.state.place == .signIn && it.shows("Who is there?"))
    for text in ["TESTER", "Amara", "PACLitaxel", "90000417", "1961"] { #expect(!it.shows(text)) }
    let facts = it.store.all.reduce(0) { $0 + $1.version }
    it.press("s", "x", "q", "Esc", "C-l", "C-t", "Tab", "Enter")
    #expect(!it.hasQuit && it.state.isLocked && it.state.prompt == nil)
    #expect(it.store.all.reduce(0) { $0 + $1.version } == facts)
    #expect(it.state.authority == .nobody)
  }

  @Test func `the next nurse signs in with two keys and the PIN`() {
    for key in ["4", "t"] {
      var it = driver()
      it.press("C-t", key, "864029", "Enter")
      #expect(!it.state.isLocked && it.state.actor.name == "T. Kowalski")
      #expect(it.state.authority == .signedIn(.nurse))
      it.press("x", "Enter")
      #expect(it.store.all[0].events.last?.actor == "T. Kowalski")
    }
  }

  @Test func `a name typed too fast does not get into the PIN`() {
    var it = driver(signedIn: nil)
    it.press("kowalski", "864029", "Enter")
    #expect(it.state.actor.name == "T. Kowalski" && !it.state.isLocked)
  }

  @Test func `a name is found with its point, and of two that fit none is chosen`() {
    var it = driver(signedIn: nil)
    // One Enter would have taken the first of four.
    it.press("Enter")
    #expect(it.state.signIn.person == nil && it.shows("Choose a name"), "\(it)")
    it.enrol([("K. NOBODY", .nurse, "904271")] + SignInTests.people)
    it.press("Esc", "k", ".")
    #expect(
      it.state.signIn.person == nil && it.shows("K. FICTION") && it.shows("K. NOBODY"), "\(it)")
    #expect(it.state.signIn.problem == nil)
    it.press("Enter")
    #expect(it.state.signIn.person == nil && it.shows("Choose a name"), "\(it)")
    it.press(" ", "n")
    #expect(it.state.signIn.person == "K. NOBODY", "\(it)")
    it.press("Esc", "k", "Down", "Down", "Enter")
    #expect(it.state.signIn.person == "K. NOBODY", "\(it)")
    it.press("Esc", "k", "Up", "Up", "Up", "Enter")
    #expect(it.state.signIn.person == "K. FICTION", "\(it)")
    it.press("Esc", "zz")
    #expect(it.shows("Nobody of that name"), "\(it)")
  }

  @Test func `a wrong PIN is told, counted and shown nowhere`() {
    var it = driver(signedIn: nil)
    it.press("1")
    var effects: [Effect] = []
    for _ in 0..<3 {
      it.press("777123")
      #expect(it.shows("PIN ******") && !it.shows("777123"))
      var copy = it.state
      effects += copy.update(.confirm)
      it.press("Enter")
      #expect(it.shows("Wrong PIN."))
    }
    it.press("904271", "Enter")
    #expect(it.shows("Too many wrong PINs under this name; try again in 5 seconds."))
    #expect(it.state.isLocked)
    var dumped = ""
    dump(effects, to: &dumped)
    #expect(!dumped.contains("777123") && !dumped.contains("904271"))
    #expect(!"\(effects)".contains("777123"))
  }

  @Test func `the screen locks when idle, and the same person goes on where it was`() {
    var it = driver()
    it.press("Enter", "p", "ondan")
    it.at("07:11")
    #expect(it.state.place == .signIn && it.shows("J. Okafor"))
    for text in ["TESTER", "ondan", "PACLitaxel"] { #expect(!it.shows(text)) }
    it.press("904271", "Enter")
    #expect(it.state.prompt?.form == .push && it.shows("ondan"))
  }

  @Test func `what one was typing is not recorded by the next`() {
    var it = driver()
    it.press("Enter", "p", "ondan", "Enter")
    it.press("C-t")
    signIn(&it, "T. Kowalski")
    #expect(it.state.prompt == nil)
    it.press("p")
    #expect(it.state.prompt?.value(.drug) == "")
  }

  @Test(arguments: [
    ["/", "tester", "Enter"], ["Enter"], ["Enter", "e"], ["Enter", "f"], ["d", "n"],
    ["d", "/", "tester", "Enter"], ["Enter", "p", "ondan"], ["Enter", ":"], ["?"],
    ["Enter", "t", "feels warm", "Esc"], ["Enter", "x", "?"], ["/", "tes"], ["d", "i"],
  ])
  func `another person begins on the whole board, with nothing of the one before`(keys: [String]) {
    for lock in ["C-t", "C-l"] {
      var it = driver()
      it.seat(mrn: "90000002", family: "Fiction", given: "Olu")
      it.press("q")
      it.press(keys)
      it.press(lock)
      let before = it.store.all.reduce(0) { $0 + $1.version }
      signIn(&it, "T. Kowalski")
      // A locked screen with an unfinished entry asks why it is taken over.
      if it.state.signIn.takeover != nil { it.press("shift change", "Enter") }
      #expect(it.state.place == .board && it.state.path == [.board], "\(it)")
      #expect(it.state.board.filter.isEmpty && it.state.review == nil)
      #expect(it.shows("TESTER") && it.shows("FICTION"), "\(it)")
      for letter in ["feels", "ondan"] { #expect(!it.shows(letter), "\(it)") }
      it.press("Enter", "C-s", "t")
      #expect(it.store.all.reduce(0) { $0 + $1.version } == before, "\(it)")
      #expect(it.state.prompt?.value(.note) == "", "\(it)")
    }
  }

  @Test func `a retired person is told so, if the PIN is right`() throws {
    var it = driver(signedIn: nil)
    it.press("4")
    try it.store.retire("T. Kowalski", by: "R. SAMPLE", workstation: "ws-2", at: it.state.now)
    it.press("777123", "Enter")
    #expect(it.shows("Wrong PIN.") && !it.shows("retired"), "\(it)")
    it.press("864029", "Enter")
    #expect(it.shows("T. Kowalski was retired and signs in no more."), "\(it)")
    #expect(it.state.place == .signIn && it.state.signIn.person == nil)
  }

  @Test func `a supervisor who is retired or made a nurse loses the right at once`() {
    var it = driver(signedIn: "R. SAMPLE")
    #expect(it.state.refusal(of: .signOff) == nil)
    it.state.enrol(
      Roster([
        Person(name: "R. SAMPLE", role: .nurse), Person(name: "K. FICTION", role: .supervisor),
      ]))
    #expect(!it.state.isLocked)
    #expect(it.state.refusal(of: .signOff)?.contains("for supervisors") == true)
    it.state.enrol(
      Roster([
        Person(name: "R. SAMPLE", role: .nurse, isRetired: true),
        Person(name: "K. FICTION", role: .supervisor),
      ]))
    #expect(it.state.place == .signIn && !it.shows("TESTER") && !it.shows("R. SAMPLE"))
  }

  @Test func `only a supervisor reopens a reviewed session on the screen`() throws {
    var it = driver()
    it.press("Enter", "x", "Enter")
    let id = try #require(it.store.order.first)
    it.store.add(.sessionClosed(answers: []), to: id, at: Driver.morning + 600)
    it.store.add(
      .sessionReviewed(
        Review(statementHash: "0", rulebook: "2026.1", policy: [], reviewer: "R. SAMPLE")),
      to: id, at: Driver.morning + 660)
    it.follow(it.store)
    it.state.path = [.board, .session(id)]
    it.press("r")
    #expect(it.state.prompt == nil)
    #expect(it.words.contains("Reopening a reviewed session is for supervisors"))
    it.press("C-t")
    signIn(&it, "R. SAMPLE")
    it.state.path = [.board, .session(id)]
    it.press("r")
    #expect(it.state.prompt?.form == .reopen)
  }

  @Test func `a nurse sees the day and may neither sign off nor write files`() {
    var it = ReviewTests.day(glyphs: .unicode)
    it.enrol(SignInTests.people)
    signIn(&it, "J. Okafor")
    it.press("d")
    for key in ["y", "Y", "x", "p"] {
      it.press(key)
      #expect(it.state.prompt == nil, "\(key)")
      #expect(it.words.contains("is for supervisors"), "\(key)")
    }
    it.press("C-t")
    signIn(&it, "R. SAMPLE")
    it.press("d", "Y")
    #expect(it.state.prompt?.form == .signOffClean)
  }

  @Test func `a supervisor's look at a patient is written down, a nurse's is not`() {
    var it = driver(signedIn: "R. SAMPLE")
    #expect(it.viewed == [])
    it.press("Enter", "e", "q", "f", "q")
    #expect(it.viewed.count == 1)
    it.press("q", "e")
    #expect(it.viewed.count == 2)
    it.press("C-t")
    signIn(&it, "J. Okafor")
    it.press("Enter", "e", "q", "q")
    #expect(it.viewed.count == 2)
  }
}
