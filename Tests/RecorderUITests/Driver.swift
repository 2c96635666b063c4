import Foundation
import InfusionRecord
import Interchange
import ScriptedProgram
import SessionReview
import SessionStore
import TerminalCore
import TestSupport
import Testing
import TimelineEngine

@testable import RecorderUI
@testable import SuiteProgram

/// A suite in Chicago on the event loop, a scripted screen and a store in memory.
///
/// What the screens record is checked against the record's own rules.
struct Driver {
  var program: ScriptedProgram
  var store: MemoryStore
  var hasReviewed = false
  private let world: World

  /// What the loop's surroundings are told and do.
  private final class World: @unchecked Sendable {
    var written: [WriteOrder] = []
    var isDiskFull = false
  }

  /// 23-Nov-2026, 07:00 in Chicago.
  static let morning = Instant(seconds: 1_795_438_800)

  init(
    size: Size = Size(columns: 80, rows: 24), chairs: Int = 6, actor: String = "J. Okafor",
    glyphs: Glyphs = .unicode, store: MemoryStore = MemoryStore(), seed: UInt64 = 7,
    idleMinutes: Int? = nil, recordsDrugs: Bool = false
  ) {
    let clock = LocalClock(zone: "America/Chicago") ?? .utc
    var suite = Suite(
      name: "Suite B", chairs: chairs == 0 ? [] : (1...chairs).map(String.init), clock: clock)
    suite.idleMinutes = idleMinutes
    if recordsDrugs { suite.policies.drugTables = .starter }
    let world = World()
    self.world = world
    self.store = store
    store.willAppend = { (append, log) throws(StoreError) in
      if world.isDiskFull { throw .full(path: "s.store") }
      var log = log
      for event in append.events {
        if let refusal = log.refusal(of: event, now: event.recordedTime, formulary: .tests) {
          Testing.Issue.record(
            "the screens let through what the record refuses: \(refusal.sentence)")
          throw .invalid(what: refusal.sentence)
        }
        log.append(event)
      }
    }
    program = ScriptedProgram(
      state: RecorderState(
        suite: suite, formulary: .tests, actor: Actor(name: actor, workstation: "ws-1"),
        size: size, glyphs: glyphs,
        now: RecordedTime(milliseconds: Driver.morning.seconds * 1000), seed: seed),
      store: store, audit: store,
      site: Site(configuration: SiteConfiguration(), clock: suite.clock),
      jobs: BackgroundJobs(start: { $0() }) { order in
        world.written.append(order)
        return "Written."
      })
    do {
      try program.loop.start()
    } catch {
      Testing.Issue.record("the store in memory failed: \(error.sentence)")
    }
    program.turn()
  }

  var state: RecorderState {
    get { program.loop.state }
    _modify { yield &program.loop.state }
  }

  // MARK: Doing

  /// Moves the clock to a local time of the same day, `HH:mm`.
  mutating func at(_ time: String) {
    let parts = time.split(separator: ":").compactMap { Int($0) }
    let moment = Driver.morning + Int64((parts[0] - 7) * 3600 + parts[1] * 60 + 12)
    setClock(RecordedTime(milliseconds: moment.seconds * 1000 + 345))
  }

  mutating func setClock(_ time: RecordedTime) {
    program.clock.now = time
    program.turn()
    program.finishReading()
  }

  /// Presses keys by name: `s`, `Enter`, `Tab`, `C-l`; anything longer is typed letter by letter.
  mutating func press(_ names: String...) { program.press(names) }
  mutating func press(_ names: [String]) { program.press(names) }

  /// One input from a user who looked at the screen, without a frame unless days have to be read.
  mutating func feed(_ input: Input) {
    state.stands(at: program.screen.milliseconds)
    program.screen.advance(by: ScriptedProgram.pause)
    program.loop.take(input, at: program.screen.milliseconds)
    program.finishReading()
  }

  mutating func perform(_ effects: [Effect]) {
    program.loop.perform(effects)
    program.finishReading()
  }

  /// Enrols people, each with a PIN, as the store tells the screens.
  mutating func enrol(_ people: [(name: String, role: Role, pin: String)]) {
    do {
      let rows = try people.map { person in
        AuditRow(
          AuditEntry(
            time: state.now, actor: "R. SAMPLE", workstation: "ws-1",
            action: .enrolled(person: person.name, role: person.role)),
          // Few rounds: these PINs guard nothing.
          digest: try PINDigest(of: PIN(typed: person.pin), rounds: 16))
      }
      _ = try store.append(rows) { true }
      state.enrol(try store.people())
    } catch {
      Testing.Issue.record("the people could not be enrolled: \(error)")
    }
  }

  /// Takes in what another terminal recorded, as the loop does a second later.
  mutating func follow(_ store: MemoryStore) { program.wait(.seconds(1)) }

  /// Whether every append fails from now on.
  var isDiskFull: Bool {
    get { world.isDiskFull }
    nonmutating set { world.isDiskFull = newValue }
  }

  // MARK: Around it

  var hasQuit: Bool {
    get { program.loop.hasQuit }
    set { program.loop.hasQuit = newValue }
  }
  /// The files that the screens ordered.
  var written: [WriteOrder] { world.written }
  /// The sessions whose view is in the audit log.
  var viewed: [SessionID] {
    var viewed: [SessionID] = []
    try? store.auditEntries { entry in
      if case .viewed(let session) = entry.action { viewed.append(session) }
    }
    return viewed
  }

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

  /// Hands the chair of SAMPLE over to a colleague, and restricts that patient.
  mutating func restrictNeighbour() {
    guard let other = state.sessions.first(where: { $0.opening.patient.family == "Sample" }) else {
      return
    }
    store.add(.handedOff(to: "T. Kowalski"), to: other.id, at: state.now.instant.minute)
    do {
      try store.audit(
        AuditEntry(
          time: state.now, actor: "R. SAMPLE", workstation: "ws-1",
          action: .restricted(mrn: other.opening.patient.mrn, reason: "staff member")))
    } catch {
      Testing.Issue.record("the patient could not be restricted: \(error)")
    }
    follow(store)
  }

  /// Signs in the first of the people, who leaves a note half typed on a locked screen.
  mutating func leaveUnfinished() {
    enrol(SignInTests.people)
    press("1", "904271", "Enter", "Enter", "t", "half a no", "C-l")
  }

  /// Goes to a field of the prompt.
  mutating func focus(_ name: Field.Name) {
    for _ in 0..<30 where state.prompt?.focused?.name != name { press("Tab") }
    #expect(state.prompt?.focused?.name == name, "\(screen)")
  }

  /// A reaction with signs and vital signs, and an allergy with an alert.
  mutating func recordReaction() {
    press("A", "1", "Enter", "platinum: wheezing; latex")
    focus(.alerts)
    press("fall risk", "C-s")
    press("R", "2", "Enter", "Tab", "flush", "Enter")
    focus(.pressure)
    press("98/60", "Tab", "112", "Tab", "94", "C-s")
  }

  /// Stops the only drug that runs, now, and answers that this stop was seen if it is asked.
  mutating func stop() {
    press("x")
    if state.prompt?[.reason]?.value == "" {
      focus(.reason)
      press("completed", "Enter", "C-s")
    } else {
      press("Enter")
    }
    if state.prompt?.form == .confirmStop { press("yes", "Enter", "Enter") }
  }

  /// Starts an infusion now, at a port, planned or not.
  mutating func start(_ drug: String, planned: String = "") {
    press("s", drug, "Enter")
    // The first drug of a session asks for the site as well.
    if state.prompt?.firstMissing != nil { press("1", "Enter") }
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

extension MemoryStore {
  /// Records a fact from elsewhere.
  func add(
    _ fact: Fact, to session: SessionID, at moment: Instant, actor: String = "T. Kowalski",
    reason: String? = nil
  ) {
    var numbers = SeededNumbers(seed: UInt64(order.count * 1000 + (logs[session]?.version ?? 0)))
    let recorded = RecordedTime(milliseconds: moment.seconds * 1000)
    add(
      Event(
        id: Event.ID(at: recorded, using: &numbers), session: session, clinicalTime: moment,
        recordedTime: recorded, actor: actor, workstation: "ws-2", reason: reason, fact: fact))
  }

  /// What this reviewer would sign of a session now.
  func review(of session: SessionID, by reviewer: String) -> Review {
    let log = logs[session] ?? EventLog(session: session)
    var derivation = SessionDerivation(formulary: .tests, now: log.latestMoment)
    return SignOffOffer(derivation.statement(of: log.withoutReviews)).review(by: reviewer)
  }
}

extension Formulary {
  /// A handful of drugs; classes as the starter formulary has them.
  static let tests = Formulary([
    FormularyEntry(
      name: "paclitaxel", displayName: "PACLitaxel", brands: ["Taxol"], hcpcs: ["J9267"],
      ndcs: ["00361755123"], drugClass: .chemotherapy, techniques: [.infusion]),
    FormularyEntry(
      name: "vincristine", displayName: "vinCRIStine", drugClass: .chemotherapy,
      techniques: [.infusion, .push]),
    FormularyEntry(
      name: "vinblastine", displayName: "vinBLAStine", drugClass: .chemotherapy,
      techniques: [.push]),
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
