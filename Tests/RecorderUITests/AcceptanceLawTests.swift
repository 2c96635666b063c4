import InfusionRecord
import PlainText
import ScriptedProgram
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// Random keys with bursts, through the real loop, against one law: no fact names a drug, a patient or
/// an answer that did not stand on the screen for 300 ms before the key that accepted it.
@Suite struct AcceptanceLawTests {
  /// The frames of the last seconds, each with the time from which it stood.
  private struct Painted {
    private var frames: [(since: Int64, frame: Frame)] = []

    mutating func note(_ frame: Frame?, at time: Int64) {
      guard let frame else { return }
      frames.append((time, frame))
      // Older ones are no longer needed, except the one that stood 300 ms ago.
      while frames.count > 2, frames[1].since <= time - 2_000 { frames.removeFirst() }
    }

    /// The words of every frame that stood at some time from 300 ms before `time` until then.
    func words(before time: Int64) -> [String] {
      let start = time - AcceptanceGate.standing
      let first = frames.lastIndex { $0.since <= start } ?? 0
      return frames[first...].filter { $0.since < time }
        .map { AcceptanceLawTests.bare($0.frame.snapshot) }
    }
  }

  /// A text without blanks, line breaks and frames, so that wrapping does not matter.
  private static func bare(_ text: String) -> String {
    String(text.printable.filter { !$0.isWhitespace && $0 != "\u{A0}" })
  }

  /// What a fact names that must have been on the screen.
  private static func names(_ event: Event, in log: EventLog) -> [String] {
    func drug(_ id: String?) -> [String] {
      guard let id, let found = log.administrations.first(where: { $0.id == id }) else { return [] }
      return [Formulary.tests.drug(named: found.facts.drug).displayName]
    }
    var names = event.reason.map { [$0] } ?? []
    switch event.fact {
    case .sessionOpened(let opening): names += [opening.patient.displayName, opening.patient.mrn]
    case .drugStarted(let facts), .pushGiven(let facts, _), .injectionGiven(let facts),
      .pumpConnected(let facts):
      names.append(Formulary.tests.drug(named: facts.drug).displayName)
    case .drugStopped(let stop): names += drug(stop.administration)
    case .drugPaused(let id), .drugResumed(let id): names += drug(id)
    case .doubleCheckRecorded(let id, let checker): names += drug(id) + [checker]
    case .handedOff(let nurse): names.append(nurse)
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

  private static let keys: [String] = [
    "s", "x", "p", "z", "i", "v", "t", "u", "c", "a", "w", "n", "r", "d", "y", "Y", "e", "f", "j",
    "q", "1", "2", "3", "4", "0", "9", "Enter", "Enter", "Enter", "Enter", "Enter", "Enter", "Down",
    "Down", "Down", "Up", "Tab", "Tab", "BTab", "Esc", "C-s", "C-s", "C-u", "Back", "PgDn", "PgUp",
    "pacli", "carbo", "ondan", "car", "dex", "goes", "nobody", "yes", "typed", "0815",
    "0100361755123217", "90000417", "Tester", "04-Feb-1961", "C-n", "C-p", "?", ":", "/",
  ]
  /// The time before a key: bursts, a held key, a fast hand, a hand that reads.
  private static let gaps: [Int64] = [
    0, 0, 0, 1, 5, 12, 33, 33, 60, 61, 92, 120, 150, 240, 299, 300, 301, 450, 500, 660, 900, 1_100,
    1_100, 1_500,
  ]

  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func `10,000 random keys with bursts, ten times, record only what stood on the screen`(
    seed: UInt64
  ) {
    var numbers = SeededNumbers(seed: seed &* 77)
    var it = Driver(chairs: 8, store: BoardTests.suite(4), seed: seed)
    it.state.expected = (1...2).map { number in
      ExpectedPatient(
        time: "09:30",
        patient: PatientIdentity(
          family: "Fiction", given: "Case\(number)", dateOfBirth: CivilDate(dayNumber: 1094),
          sex: .female, mrn: "9000077\(number)", visitNumber: "V7"),
        chair: "", regimen: "", drugs: [])
    }
    it.program.expected.patients = it.state.expected
    var painted = Painted()
    var accepted: Int64 = 0
    var minutes = 0
    var known = it.store.logs.mapValues(\.version)
    var recorded = 0
    var count = 0
    while count < 10_000 {
      // One burst: the keys of one turn come together.
      var inputs: [Input] = []
      let gap = Self.gaps[Int(numbers.next() % UInt64(Self.gaps.count))]
      for _ in 0..<(numbers.next() % 5 == 0 ? 1 + Int(numbers.next() % 4) : 1) {
        inputs += ScriptedProgram.keys(Self.keys[Int(numbers.next() % UInt64(Self.keys.count))])
          .map(Input.key)
      }
      if numbers.next() % 200 == 0 { inputs = [.paste("x\nEnter\r\n0815")] }
      // A held Enter.
      let repeats = numbers.next() % 60 == 0 ? 12 : 1
      if repeats > 1 { inputs = [.key(KeyPress(.enter))] }
      for turn in 0..<repeats {
        let isEnter =
          inputs.contains(.key(KeyPress(.enter))) || inputs.contains(.key(.control("s")))
        painted.note(it.program.screen.frame, at: it.program.screen.milliseconds)
        it.program.turn(inputs, after: turn == 0 ? gap : turn == 1 ? 500 : 33)
        count += inputs.count
        if isEnter { accepted = it.program.screen.milliseconds }
        check(&it, &known, painted, accepted, &recorded)
        it.hasQuit = false
      }
      // The Enter that waited, if one did.
      if numbers.next() % 3 == 0 {
        it.program.turn(after: 130)
        check(&it, &known, painted, accepted, &recorded)
      }
      if numbers.next() % 40 == 0 {
        minutes += Int(numbers.next() % 7)
        it.setClock(
          RecordedTime(milliseconds: (Driver.morning.seconds + Int64(minutes) * 60) * 1000))
      }
      it.program.finishReading()
    }
    #expect(recorded > 20, "\(recorded) facts")
  }

  /// Holds the facts of the last turn against the frames before the key that accepted them.
  private func check(
    _ it: inout Driver, _ known: inout [SessionID: Int], _ painted: Painted, _ accepted: Int64,
    _ recorded: inout Int
  ) {
    for (session, log) in it.store.logs where log.version > known[session] ?? 0 {
      let words = painted.words(before: accepted)
      for event in log.events.dropFirst(known[session] ?? 0) {
        recorded += 1
        for name in Self.names(event, in: log) {
          let text = Self.bare(name)
          for (index, frame) in words.enumerated() where !frame.contains(text) {
            Testing.Issue.record(
              "\(event.fact.kind) names \(name), frame \(index) of \(words.count) did not\(it)")
          }
        }
      }
      known[session] = log.version
    }
  }
}
