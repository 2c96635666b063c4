import Foundation
import InfusionRecord
import SessionReview
import TerminalCore
import Testing
import TimelineEngine

@testable import RecorderUI

/// The program without a terminal: keys go in, frames come out, a record in memory takes the facts.
///
/// The clock is driven by hand. The store does what the real one promises: it refuses an append that
/// was decided on another version, and shows only what it took.
struct Driver {
  var state: RecorderState
  var store = MemoryStore()
  var hasQuit = false
  var hasReviewed = false
  var effects: [Effect] = []
  /// PINs by name, and wrong ones in a row.
  var pins: [String: String] = [:]
  var failures: [String: Int] = [:]
  var viewed: [SessionID] = []
  /// Files the screens asked for.
  var written: [WriteOrder] = []
  /// What the store does between the reading of a row and a sign-off, once.
  var meanwhile: ((inout MemoryStore) -> Void)?

  /// 23-Nov-2026, 07:00 in Chicago.
  static let morning = Instant(seconds: 1_795_438_800)

  init(
    size: Size = Size(columns: 80, rows: 24), chairs: Int = 6, actor: String = "J. Okafor",
    glyphs: Glyphs = .unicode, store: MemoryStore = MemoryStore(), seed: UInt64 = 7,
    idleMinutes: Int? = nil
  ) {
    let clock = LocalClock(zone: "America/Chicago") ?? .utc
    var suite = Suite(
      name: "Suite B", chairs: chairs == 0 ? [] : (1...chairs).map(String.init), clock: clock)
    suite.idleMinutes = idleMinutes
    state = RecorderState(
      suite: suite, formulary: .tests, actor: Actor(name: actor, workstation: "ws-1"), size: size,
      glyphs: glyphs,
      now: RecordedTime(milliseconds: Driver.morning.seconds * 1000), seed: seed)
    self.store = store
    state.load(state.readings(of: store.all, state.formulary))
  }

  // MARK: Doing

  /// Moves the clock to a local time of the same day, `HH:mm`.
  mutating func at(_ time: String) {
    let parts = time.split(separator: ":").compactMap { Int($0) }
    let moment = Driver.morning + Int64((parts[0] - 7) * 3600 + parts[1] * 60 + 12)
    state.advance(to: RecordedTime(milliseconds: moment.seconds * 1000 + 345))
    perform(state.update(.tick))
  }

  /// Presses keys by name: `s`, `Enter`, `Tab`, `C-l`; anything longer is typed letter by letter.
  mutating func press(_ names: String...) {
    for name in names {
      if let press = Driver.named[name] {
        feed(.key(press))
      } else if name.count == 3, name.hasPrefix("C-"), let letter = name.last {
        feed(.key(.control(letter)))
      } else {
        for character in name { feed(.key(KeyPress(.character(character)))) }
      }
    }
  }

  mutating func feed(_ input: Input) {
    guard let intent = state.intent(for: input) else { return }
    perform(state.update(intent))
  }

  mutating func perform(_ effects: [Effect]) {
    self.effects += effects
    for effect in effects {
      switch effect {
      case .append(let session, let version, let events, let done):
        let outcome = store.append(events, to: session, expecting: version, done: done)
        if let log = store.logs[session] { state.reload([log]) }
        showDays()
        perform(state.finish(outcome))
      case .signOff(let orders):
        meanwhile?(&store)
        meanwhile = nil
        let outcome = store.signOff(orders, by: state.actor, at: state.now)
        state.reload(orders.compactMap { store.logs[$0.session] })
        showDays()
        state.finish(outcome)
      case .review: showDays()
      case .visit(let session, let arrival):
        perform(state.arrive(store.logs[session], at: arrival))
      case .write(let order):
        written.append(order)
        state.say(Notice(.recorded, "Written."))
      case .recall(let mrn): state.learn(store.past[mrn] ?? [], of: mrn)
      case .signIn(let person, let pin): perform(state.finish(check(person, pin)))
      case .viewed(let session): viewed.append(session)
      case .quit: hasQuit = true
      case .suspend, .redraw: break
      }
    }
  }

  /// Enrols people, each with a PIN, as the store tells the screens.
  mutating func enrol(_ people: [(name: String, role: Role, pin: String)]) {
    for person in people { pins[person.name] = person.pin }
    state.enrol(Roster(people.map { Person(name: $0.name, role: $0.role) }))
  }

  private mutating func check(_ person: String, _ pin: PIN) -> SignInOutcome {
    let seconds = SignInLimit.wait(after: failures[person] ?? 0)
    if seconds > 0 { return .wait(seconds: seconds) }
    guard let right = pins[person], PIN(typed: right) == pin, let found = state.roster[person]
    else {
      failures[person, default: 0] += 1
      return .wrong
    }
    return .signedIn(found)
  }

  /// Takes in what another terminal recorded.
  mutating func follow(_ store: MemoryStore) {
    self.store = store
    state.reload(store.all)
    showDays()
  }

  static let named: [String: KeyPress] = [
    "Enter": KeyPress(.enter), "Esc": KeyPress(.escape), "Tab": KeyPress(.tab),
    "BTab": KeyPress(.backTab), "Up": KeyPress(.up), "Down": KeyPress(.down),
    "Left": KeyPress(.left), "Right": KeyPress(.right), "PgUp": KeyPress(.pageUp),
    "PgDn": KeyPress(.pageDown), "Home": KeyPress(.home), "End": KeyPress(.end),
    "F1": KeyPress(.function(1)), "Back": KeyPress(.backspace), "Del": KeyPress(.delete),
  ]

  // MARK: Looking

  var frame: Frame { state.view() }
  var screen: String { frame.snapshot }
  func shows(_ text: String) -> Bool { frame.shows(text) }

  /// The screen's words without line breaks and frames, for sentences that wrap.
  var words: String {
    screen.split(whereSeparator: { " \n│".contains($0) }).joined(separator: " ")
  }

  /// Units a code, as the session on screen shows them.
  var units: [String: Int] {
    var units: [String: Int] = [:]
    for charge in state.currentSession?.statement.charges ?? [] {
      units[charge.code.number, default: 0] += charge.units
    }
    return units
  }

  // MARK: A usual day

  /// Seats a patient by the keys a nurse would press.
  mutating func seat(
    mrn: String = "90000417", family: String = "Tester", given: String = "Amara",
    born: String = "04-Feb-1961"
  ) {
    press("n", mrn, "Enter", family, "Enter", given, "Enter", born, "C-s")
  }

  /// Starts an infusion now, at a port, planned or not.
  mutating func start(_ drug: String, planned: String = "") {
    press("s", drug, "Enter")
    // The first drug of a session asks for the site as well.
    if state.prompt?.firstMissing != nil { press("Enter") }
    if !planned.isEmpty {
      while state.prompt?.focused?.name != .planned { press("Tab") }
      press(planned)
    }
    press("Enter")
  }
}

extension Driver: CustomTestStringConvertible {
  /// A failed test shows the screen, not the state.
  var testDescription: String { "\n" + screen + "\n" }
}

/// Facts in memory, as a store keeps them.
struct MemoryStore {
  var logs: [SessionID: EventLog] = [:]
  var order: [SessionID] = []
  var past: [String: [AdministrationFacts]] = [:]
  /// The sentence of the next appends' failure, for tests of failing disks.
  var failure: String?

  var all: [EventLog] { order.compactMap { logs[$0] } }

  mutating func append(
    _ events: [Event], to session: SessionID, expecting version: Int, done: String
  ) -> AppendOutcome {
    if let failure { return .failed(failure) }
    var log = logs[session] ?? EventLog(session: session)
    if log.version != version { return .changedMeanwhile(Array(log.events[version...])) }
    for event in events {
      if let refusal = log.refusal(of: event, now: event.recordedTime, formulary: .tests) {
        Testing.Issue.record("the screens let through what the record refuses: \(refusal.sentence)")
        return .failed(refusal.sentence)
      }
      log.append(event)
    }
    if logs[session] == nil { order.append(session) }
    logs[session] = log
    return .recorded(done: done)
  }

  /// Records a fact from elsewhere.
  mutating func add(
    _ fact: Fact, to session: SessionID, at moment: Instant, actor: String = "T. Kowalski",
    reason: String? = nil
  ) {
    var numbers = SeededNumbers(seed: UInt64(order.count * 1000 + (logs[session]?.version ?? 0)))
    let recorded = RecordedTime(milliseconds: moment.seconds * 1000)
    let event = Event(
      id: Event.ID(at: recorded, using: &numbers), session: session, clinicalTime: moment,
      recordedTime: recorded, actor: actor, workstation: "ws-2", reason: reason, fact: fact)
    var log = logs[session] ?? EventLog(session: session)
    if logs[session] == nil { order.append(session) }
    log.append(event)
    logs[session] = log
  }
}

extension Formulary {
  /// A handful of drugs; classes as the starter formulary has them.
  static let tests = Formulary([
    FormularyEntry(
      name: "paclitaxel", displayName: "PACLitaxel", brands: ["Taxol"], hcpcs: ["J9267"],
      ndcs: ["00361755123"], drugClass: .chemotherapy, techniques: [.infusion]),
    FormularyEntry(
      name: "carboplatin", displayName: "CARBOplatin", brands: ["Paraplatin"],
      drugClass: .chemotherapy, techniques: [.infusion]),
    FormularyEntry(
      name: "carfilzomib", displayName: "carfilzomib", brands: ["Kyprolis"],
      drugClass: .chemotherapy, techniques: [.infusion]),
    FormularyEntry(
      name: "rituximab", displayName: "riTUXimab", drugClass: .complexBiologic,
      techniques: [.infusion]),
    FormularyEntry(
      name: "dexamethasone", displayName: "dexAMETHasone", drugClass: .therapeutic,
      techniques: [.infusion, .push]),
    FormularyEntry(
      name: "ondansetron", displayName: "ondansetron", brands: ["Zofran"],
      drugClass: .therapeutic, techniques: [.push, .infusion]),
    FormularyEntry(
      name: "sodium chloride 0.9%", displayName: "sodium chloride 0.9%", brands: ["Normal Saline"],
      drugClass: .hydration, techniques: [.infusion]),
    FormularyEntry(
      name: "fluorouracil", displayName: "fluorouracil", drugClass: .chemotherapy,
      techniques: [.push, .pump]),
    FormularyEntry(
      name: "pegfilgrastim", displayName: "pegfilgrastim", drugClass: .therapeutic,
      techniques: [.onBodyInjector, .subcutaneous]),
    FormularyEntry(
      name: "daunorubicin-cytarabine liposome", displayName: "DAUNOrubicin-cytarabine liposome",
      drugClass: .chemotherapy, techniques: [.infusion]),
  ])
}
