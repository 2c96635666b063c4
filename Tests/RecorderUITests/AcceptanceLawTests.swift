import Foundation
import InfusionRecord
import PlainText
import ScriptedProgram
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// Random keys and clicks with bursts, through the real loop, against one law: no fact names a drug, a patient or
/// an answer that did not stand on the screen for 300 ms before the key that accepted it.
///
/// `CHAIRTIME_LAW_KEYS=10000 swift test --filter AcceptanceLawTests` presses 100,000 keys in all.
@Suite struct AcceptanceLawTests {
  /// What the loop painted in the last seconds, each with the time from which it stood.
  ///
  /// A frame is a function of the state alone. It is made only when a fact is held against it.
  private struct Painted {
    private var frames: [(since: Int64, state: RecorderState)] = []
    private var count = 0
    /// What was painted of the last prompt.
    private var ofPrompt: [RecorderState] = []

    mutating func note(_ state: RecorderState, _ screen: ScriptedScreen) {
      guard screen.frameCount != count else { return }
      count = screen.frameCount
      let time = screen.milliseconds
      if state.prompt != nil {
        if frames.last?.state.prompt == nil { ofPrompt = [] }
        ofPrompt.append(state)
      }
      frames.append((time, state))
      // Older ones are no longer needed, except the one that stood 300 ms ago.
      while frames.count > 2, frames[1].since <= time - 2_000 { frames.removeFirst() }
    }

    /// Whether a text stood in the last prompt, whose long list of questions scrolls.
    func stoodInPrompt(_ text: String) -> Bool {
      ofPrompt.reversed().contains { AcceptanceLawTests.bare($0.view().snapshot).contains(text) }
    }

    /// What each of those frames said that Enter would record; nil for one that said nothing.
    func sentences(before time: Int64) -> [String?] {
      let start = time - AcceptanceGate.standing
      let first = frames.lastIndex { $0.since <= start } ?? 0
      return frames[first...].filter { $0.since < time }.map { frame in
        var state = frame.state
        guard case .success(let preview) = state.readPrompt() else { return nil }
        return preview.reading.short ?? preview.reading.sentence
      }
    }

    /// Every frame that stood at some time from 300 ms before `time` until then.
    func screens(before time: Int64) -> [String] {
      let start = time - AcceptanceGate.standing
      let first = frames.lastIndex { $0.since <= start } ?? 0
      return frames[first...].filter { $0.since < time }
        .map { $0.state.view().snapshot }
    }
  }

  /// A text without blanks, line breaks and frames, so that wrapping does not matter.
  private static func bare(_ text: String) -> String {
    String(text.filter { !$0.isWhitespace && $0 != "\u{A0}" }).printable
  }

  /// What a fact names that must have been on the screen.
  private static func names(_ event: Event, in log: EventLog) -> [String] {
    func drug(_ id: String?) -> [String] {
      guard let id, let found = log.administrations.first(where: { $0.id == id }) else { return [] }
      return [Formulary.tests.drug(named: found.facts.drug).displayName]
    }
    // The reason of a doubtful drug is the question that was answered.
    var names = event.reason.map { [$0] } ?? []
    if let reason = names.first, reason.hasPrefix(FormContext.confirmed) {
      names = [String(reason.dropFirst(FormContext.confirmed.count))]
    }
    switch event.fact {
    case .sessionOpened(let opening): names += [opening.patient.displayName, opening.patient.mrn]
    case .drugStarted(let facts), .pushGiven(let facts, _), .injectionGiven(let facts),
      .pumpConnected(let facts):
      names.append(Formulary.tests.drug(named: facts.drug).displayName)
    case .drugStopped(let stop): names += drug(stop.administration)
    case .drugPaused(let id), .drugResumed(let id): names += drug(id)
    case .doubleCheckRecorded(let id, let checker): names += drug(id) + [checker]
    case .drugAccounted(let account):
      names += drug(account.administration)
      names += [account.facts.given, account.facts.discarded?.amount].compactMap(\.self)
        .filter { !$0.value.isZero }.map(\.text)
    case .handedOff(let nurse, _): names.append(nurse)
    case .movedToChair(let chair): names.append(chair)
    case .sessionClosed(let answers):
      for answer in answers { names += drug(answer.administration) + [answer.answer] }
    case .eventSuperseded(_, let fact?):
      if let facts = fact.beginning {
        names.append(Formulary.tests.drug(named: facts.drug).displayName)
      }
    default: break
    }
    return names
  }

  /// The keys of one run.
  private static let total =
    ProcessInfo.processInfo.environment["CHAIRTIME_LAW_KEYS"].flatMap { Int($0) } ?? 2_000

  private static let keys: [String] = [
    "s", "x", "p", "z", "i", "v", "t", "u", "c", "a", "w", "n", "r", "d", "y", "Y", "e", "f", "j",
    "q", "1", "2", "3", "4", "0", "9", "Enter", "Enter", "Enter", "Enter", "Enter", "Enter", "Down",
    "Down", "Down", "Up", "Tab", "Tab", "BTab", "Esc", "C-s", "C-s", "C-u", "Back", "PgDn", "PgUp",
    "pacli", "carbo", "ondan", "car", "dex", "goes", "nobody", "yes", "typed", "0815",
    "0100361755123217", "V", "4 mg", "2 x 100 mg", AccountFormTests.vial500, "90000417", "Tester",
    "04-Feb-1961", "C-n", "C-p", "?", ":", "/",
  ]
  /// Keys that begin something, and keys that answer.
  private static let beginnings = [
    "s", "x", "p", "z", "i", "v", "u", "U", "c", "a", "w", "n", "V", "Enter", "j", "k",
  ]
  private static let answers = [
    "1", "2", "3", "Down", "Down", "Enter", "Enter", "Enter", "Enter", "Enter", "C-s", "C-s", "Tab",
    "Esc", "carbo", "pacli", "typed", "0815", "4 mg", "2 x 100 mg", AccountFormTests.vial500,
  ]
  /// The time before a key: of a burst or a held key, of a fast hand, of a hand that reads.
  private static let gaps: [[Int64]] = [
    [0, 0, 0, 1, 5, 12, 33, 33, 60, 61],
    [61, 92, 120, 150, 240, 299, 300, 301, 450],
    [299, 301, 500, 660, 900, 1_100, 1_100, 1_500],
    [500, 660, 900, 1_100, 1_500],
  ]

  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func `random keys with bursts, ten times, record only what stood on the screen`(
    seed: UInt64
  ) {
    var numbers = SeededNumbers(seed: seed &* 77)
    // Half the suites record amounts.
    var it = Driver(
      chairs: 8, store: BoardTests.suite(4), seed: seed, recordsDrugs: seed % 2 == 0)
    it.state.expected = (1...2).map { number in
      ExpectedPatient(
        time: "09:30",
        patient: PatientIdentity(
          family: "Fiction", given: "Case\(number)", dateOfBirth: CivilDate(dayNumber: 1094),
          sex: .female, mrn: "9000077\(number)", visitNumber: "V7"),
        chair: "", regimen: "", drugs: [])
    }
    it.program.expected.patients = it.state.expected
    // In every third run there is a mouse, which needs what was painted.
    it.state.usesMouse = seed % 3 == 0
    it.program.screen.isPainting = it.state.usesMouse
    var painted = Painted()
    var hand = 0
    var accepted: Int64 = 0
    var minutes = 0
    var known = it.store.logs.mapValues(\.version)
    var recorded = 0
    var count = 0
    let total = Self.total
    // A run that records nothing proves nothing, so it goes on for a while.
    while count < total || (recorded == 0 && count < 4 * total) {
      if numbers.next() % 10 == 0 { hand = min(3, Int(numbers.next() % 6)) }
      // One burst: the keys of one turn come together.
      var inputs: [Input] = []
      let gap = Self.gaps[hand][Int(numbers.next() % UInt64(Self.gaps[hand].count))]
      // A hand that reads answers what is asked, and leaves the screens that only show.
      let isReading = hand == 3
      let isAtChair = it.state.place == .board || it.state.place == .session
      let keys =
        !isReading
        ? Self.keys
        : it.state.place == .prompt ? Self.answers : isAtChair ? Self.beginnings : ["Esc"]
      for _ in 0..<(!isReading && numbers.next() % 5 == 0 ? 1 + Int(numbers.next() % 4) : 1) {
        inputs += ScriptedProgram.keys(keys[Int(numbers.next() % UInt64(keys.count))])
          .map(Input.key)
      }
      if numbers.next() % 200 == 0 { inputs = [.paste("x\nEnter\r\n0815")] }
      if it.state.usesMouse, numbers.next() % 3 == 0,
        let mark = it.state.marks.randomElement(using: &numbers)
      {
        let place = Point(column: mark.rect.column, row: mark.rect.row)
        let event = numbers.next() % 5 == 0 ? MouseEvent.wheelDown : .click(place)
        inputs.insert(.mouse(event), at: Int(numbers.next() % UInt64(inputs.count + 1)))
      }
      // A held Enter.
      let repeats = numbers.next() % 60 == 0 ? 12 : 1
      if repeats > 1 { inputs = [.key(KeyPress(.enter))] }
      for turn in 0..<repeats {
        let isEnter =
          inputs.contains(.key(KeyPress(.enter))) || inputs.contains(.key(.control("s")))
        painted.note(it.state, it.program.screen)
        it.program.turn(inputs, after: turn == 0 ? gap : turn == 1 ? 500 : 33)
        painted.note(it.state, it.program.screen)
        count += inputs.count
        if isEnter { accepted = it.program.screen.milliseconds }
        check(&it, &known, painted, accepted, &recorded)
        it.hasQuit = false
      }
      // The Enter that waited, if one did.
      if numbers.next() % 3 == 0 {
        it.program.turn(after: 130)
        painted.note(it.state, it.program.screen)
        check(&it, &known, painted, accepted, &recorded)
      }
      if numbers.next() % 40 == 0 {
        minutes += Int(numbers.next() % 7)
        it.setClock(
          RecordedTime(milliseconds: (Driver.morning.seconds + Int64(minutes) * 60) * 1000))
      }
      it.program.finishReading()
    }
    #expect(recorded > 0)
  }

  /// Holds the facts of the last turn against the frames before the key that accepted them.
  private func check(
    _ it: inout Driver, _ known: inout [SessionID: Int], _ painted: Painted, _ accepted: Int64,
    _ recorded: inout Int
  ) {
    for (session, log) in it.store.logs where log.version > known[session] ?? 0 {
      let shown = painted.screens(before: accepted)
      let words = shown.map(Self.bare)
      // The message repeats the sentence that every one of those frames had.
      if let told = it.state.notice?.text, told.hasPrefix("Recorded: ") {
        for sentence in painted.sentences(before: accepted)
        where !told.hasPrefix("Recorded: \(sentence ?? "nothing")") {
          Testing.Issue.record("recorded \(told), but said \(sentence ?? "nothing")\n\(it)")
        }
      }
      for event in log.events.dropFirst(known[session] ?? 0) {
        recorded += 1
        for name in Self.names(event, in: log) {
          let text = Self.bare(name)
          // Each answer of a close was accepted by itself, before the last.
          if event.fact.kind == .sessionClosed, painted.stoodInPrompt(text) { continue }
          for (index, frame) in words.enumerated() where !frame.contains(text) {
            Testing.Issue.record(
              "\(event.fact.kind) names \(name), frame \(index) of \(words.count) did not:\n\(shown[index])\n\(it)"
            )
          }
        }
      }
      known[session] = log.version
    }
  }
}
