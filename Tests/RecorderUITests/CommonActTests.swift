import Foundation
import InfusionRecord
import ScriptedProgram
import TestSupport
import Testing

@testable import RecorderUI

/// The keys of the common acts, pressed through the real loop; the nurse's page has the table of them.
///
/// `CHAIRTIME_WRITE_DOCS=1` writes the table again.
@Suite struct CommonActTests {
  /// One act: its keys, the most that it may take, and what is recorded afterwards.
  struct Act: Sendable, CustomTestStringConvertible {
    let name: String
    let keys: [String]
    let most: Int
    let world: @Sendable () -> Driver
    let isDone: @Sendable (Driver) -> Bool

    var testDescription: String { name }

    /// Each letter counted.
    var count: Int { keys.reduce(0) { $0 + ScriptedProgram.keys($1).count } }

    /// The row of the table.
    var row: String {
      let shown = keys.map { key in
        let isText = ScriptedProgram.keys(key).count > 1 || key.allSatisfy(\.isNumber)
        return isText ? "`\(key)`" : "<kbd>\(key)</kbd>"
      }
      return "| \(name) | \(shown.joined(separator: " ")) | \(count) |"
    }
  }

  // MARK: The acts

  private static func seated() -> Driver {
    var it = Driver()
    it.seat()
    it.press("v", "1", "Enter", "Enter")
    it.at("07:20")
    return it
  }

  private static func running() -> Driver {
    var it = seated()
    it.start("pacli", planned: "180")
    it.at("09:40")
    return it
  }

  private static func paused() -> Driver {
    var it = running()
    it.press("z", "Enter")
    it.at("09:50")
    return it
  }

  private static func planned() -> Driver {
    var it = PlanTests.seated()
    it.at("07:20")
    return it
  }

  private static func expected() -> Driver {
    var it = Driver(chairs: 2)
    let patient = PatientIdentity(
      family: "Fiction", given: "Olu", dateOfBirth: CivilDate(dayNumber: -4000), sex: .unknown,
      mrn: "90001001", visitNumber: "V1")
    it.program.expected.patients = [ExpectedPatient(time: "07:30", patient: patient, chair: "1")]
    it.at("07:10")
    it.at("07:20")
    it.press("Home")
    return it
  }

  private static func left() -> Driver {
    let it = running()
    it.store.add(
      .handedOff(to: it.state.actor.name, words: "Watch the port."), to: it.store.all[0].session,
      at: Driver.morning)
    var after = it
    after.follow(it.store)
    return after
  }

  private static func doses(_ it: Driver) -> [RecordedAdministration] {
    it.store.all.first?.administrations ?? []
  }

  private static func last(_ it: Driver) -> Fact.Kind? {
    it.store.all.first?.events.last?.fact.kind
  }

  static let acts: [Act] = [
    Act(
      name: "an expected patient arrives, on the patient's row", keys: ["Enter", "Enter"], most: 2,
      world: expected, isDone: { $0.store.all.first?.opening?.patient.family == "Fiction" }),
    Act(
      name: "put in or use a port", keys: ["v", "1", "Enter", "Enter"], most: 4,
      world: {
        var it = Driver()
        it.seat()
        return it
      }, isDone: { last($0) == .siteOpened }),
    Act(
      name: "start what is planned next", keys: ["n", "Enter"], most: 2, world: planned,
      isDone: { doses($0).map(\.facts.drug) == ["ondansetron"] }),
    Act(
      name: "start a drug by letters", keys: ["s", "pac", "Enter", "Enter"], most: 6,
      world: seated, isDone: { doses($0).last?.progress == .running }),
    Act(
      name: "give a push by letters", keys: ["p", "ond", "Enter", "Enter"], most: 6, world: seated,
      isDone: { last($0) == .pushGiven }),
    Act(
      name: "give an injection by letters", keys: ["i", "peg", "Enter", "Enter"], most: 6,
      world: seated, isDone: { last($0) == .injectionGiven }),
    Act(
      name: "pause what runs", keys: ["z", "Enter"], most: 2, world: running,
      isDone: { doses($0).last?.progress == .paused }),
    Act(
      name: "go on after a pause", keys: ["z", "Enter"], most: 2, world: paused,
      isDone: { doses($0).last?.progress == .running }),
    Act(
      name: "stop what runs", keys: ["x", "Enter"], most: 2, world: running,
      isDone: { doses($0).last?.progress == .stopped }),
    Act(
      name: "stop one of two drugs", keys: ["x", "2", "Enter", "Enter"], most: 4,
      world: { TargetTests.running() }, isDone: { doses($0).last?.progress == .stopped }),
    Act(
      name: "say that nobody saw it stop", keys: ["x", "Tab", "2", "Enter", "Enter"], most: 5,
      world: running, isDone: { doses($0).last?.progress == .stopNotObserved }),
    Act(
      name: "record a reaction of grade 2", keys: ["R", "2", "Enter", "Enter"], most: 4,
      world: running, isDone: { $0.store.all.first?.reactions.count == 1 }),
    Act(
      name: "say that no allergy is known", keys: ["A", "2", "Enter", "Enter"], most: 4,
      world: seated, isDone: { $0.store.all.first?.allergyStatement?.allergies == .noneKnown }),
    Act(
      name: "mark words as read", keys: ["W", "Enter"], most: 2, world: left,
      isDone: { last($0) == .wordsRead }),
    Act(
      name: "take back the last entry", keys: ["u", "1", "Enter", "Enter"], most: 4, world: running,
      isDone: { doses($0).isEmpty }),
    Act(
      name: "close a session in which nothing is missing", keys: ["c", "Enter"], most: 2,
      world: seated, isDone: { $0.store.all.first?.status == .closed }),
  ]

  // MARK: The tests

  @Test(arguments: acts)
  func `a common act is recorded by the keys of the table, and by no fewer`(act: Act) {
    var it = act.world()
    #expect(!act.isDone(it), "\(it)")
    it.press(act.keys.dropLast().map { $0 })
    #expect(!act.isDone(it), "\(act.name): the last key records nothing\n\(it)")
    it.press(act.keys.suffix(1).map { $0 })
    #expect(act.isDone(it), "\(act.name)\n\(it)")
    #expect(act.count <= act.most, "\(act.name)")
  }

  @Test func `the nurse's page has the table of these keys`() throws {
    #expect(Self.acts.count >= 15)
    let table = (["| act | keys | count |", "|---|---|---|"] + Self.acts.map(\.row))
      .joined(separator: "\n")
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/nurse-guide.md")
    let page = try String(contentsOf: file, encoding: .utf8)
    let begin = "<!-- The table is made by CommonActTests. -->\n"
    let end = "\n<!-- Its end. -->"
    let from = try #require(page.range(of: begin)?.upperBound)
    let to = try #require(page.range(of: end, range: from..<page.endIndex)?.lowerBound)
    if ProcessInfo.processInfo.environment["CHAIRTIME_WRITE_DOCS"] == "1" {
      try page.replacingCharacters(in: from..<to, with: table)
        .write(to: file, atomically: true, encoding: .utf8)
    }
    let written = try String(contentsOf: file, encoding: .utf8)
    #expect(written.contains(begin + table + end))
  }
}
