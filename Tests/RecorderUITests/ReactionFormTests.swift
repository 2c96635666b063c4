import InfusionRecord
import ScriptedProgram
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// A reaction by keys through the real loop, and what follows from it.
@Suite struct ReactionFormTests {
  private static func running() -> Driver {
    var it = Driver()
    it.seat()
    it.start("pacli", planned: "180")
    it.at("07:20")
    return it
  }

  private func reactions(_ it: Driver) -> [Reaction] { it.store.all[0].reactions.map(\.reaction) }

  @Test func `a reaction to the drug that runs takes 4 keys`() {
    var it = Self.running()
    let keys = ["R", "2", "Enter", "Enter"]
    #expect(keys.reduce(0) { $0 + ScriptedProgram.keys($1).count } == 4)
    it.press(keys)
    #expect(reactions(it) == [Reaction(administration: "a1", grade: 2)], "\(it)")
    #expect(
      it.words.contains("reaction 07:20, grade 2 (moderate): signs not recorded"), "\(it)")
  }

  @Test func `nothing of it is preset, and no key runs on`() {
    var it = Self.running()
    it.press("R", "Enter", "Enter", "Enter")
    #expect(reactions(it) == [])
    #expect(it.state.prompt?.form == .reaction)
    #expect(it.state.prompt?.value(.grade) == "")
    #expect(it.state.prompt?.value(.action) == "")
  }

  @Test func `the reaction after a pause is of the minute of the pause`() {
    var it = Self.running()
    it.press("z", "Tab", "Tab", "Tab")
    it.focus(.reason)
    it.press("reaction", "Enter", "C-s")
    #expect(it.state.prompt?.form == .reaction, "\(it)")
    it.at("07:24")
    it.press("2", "Enter", "C-s")
    let recorded = it.store.all[0].reactions
    #expect(recorded.map { it.state.suite.clock.reading(at: $0.time).clock } == ["07:20"], "\(it)")
  }

  @Test func `a reaction stands on the board until something tells how it went on`() {
    var it = Self.running()
    it.press("R", "3", "Enter", "Enter", "q")
    #expect(it.words.contains("reaction 07:20, grade 3 (severe)"), "\(it)")
    it.press("Enter", "t", "better", "Enter", "q")
    #expect(!it.words.contains("reaction 07:20"), "\(it)")
  }

  @Test func `a drug to which the patient reacted is asked about when it is begun again`() {
    var it = Self.running()
    it.press("R", "3", "Enter", "Enter")
    it.press("x", "Enter")
    while it.state.prompt != nil { it.press("Esc") }
    it.at("07:50")
    it.press("s", "pacli", "Enter")
    #expect(
      it.words.contains("REACTION to PACLitaxel in this session, 07:20, grade 3 (severe)."), "\(it)"
    )
    #expect(it.state.prompt?.value(.check) == "")
  }

  @Test func `of two running drugs none is chosen`() {
    var it = TargetTests.running()
    it.press("R")
    #expect(it.state.prompt?.value(.drug) == "")
    it.press("carbo", "Enter", "3", "Enter", "Enter")
    #expect(reactions(it) == [Reaction(administration: "a2", grade: 3)], "\(it)")
  }

  @Test func `signs, what was given and vital signs are recorded as typed`() {
    var it = Self.running()
    it.press("R", "2", "Enter", "Tab", "flush", "Enter", "Tab", "dysp", "Enter", "Tab")
    it.press("grey lips", "Enter")
    it.focus(.remedy)
    it.press("diphenhydramine 25 mg")
    it.focus(.pressure)
    it.press("88/50", "Tab", "118", "Tab", "91", "Tab", "100.8", "Tab", "24", "C-s")
    let seen = Reaction(
      administration: "a1", grade: 2, signs: [.flushing, .dyspnea], otherSigns: "grey lips",
      drugsGiven: "diphenhydramine 25 mg",
      vitals: VitalSigns(
        bloodPressure: .init(systolic: 88, diastolic: 50), heartRate: 118, oxygen: 91,
        temperature: .init(degrees: 100.8, unit: .fahrenheit), respirations: 24))
    #expect(reactions(it) == [seen], "\(it)")
  }

  @Test(arguments: [
    (Field.Name.pressure, "50/88", "A blood pressure has the systolic value first"),
    (.pressure, "120", "A blood pressure is two numbers"),
    (.heart, "400", "A heart rate is a whole number from 0 to 350."),
    (.temperature, "60", "A temperature lies between"),
  ])
  func `a value that cannot be is said at its field`(
    name: Field.Name, text: String, said: String
  ) {
    var it = Self.running()
    it.press("R", "2", "Enter")
    it.focus(name)
    it.press(text, "C-s")
    #expect(reactions(it) == [])
    #expect(it.words.contains(said), "\(it)")
  }

  @Test func `a pause for a reaction asks for the reaction, and Escape leaves it`() {
    var it = Self.running()
    it.press("z")
    it.focus(.reason)
    it.press("reac", "Enter", "Enter")
    #expect(it.state.prompt?.form == .reaction, "\(it)")
    #expect(it.state.prompt?.value(.action) == Reaction.Action.paused.rawValue)
    it.press("2", "Enter", "Enter")
    #expect(reactions(it) == [Reaction(administration: "a1", grade: 2, action: .paused)])
    #expect(it.state.prompt == nil)
    var other = Self.running()
    other.press("z")
    other.focus(.reason)
    other.press("reac", "Enter", "Enter", "Esc")
    #expect(other.state.prompt == nil)
    #expect(reactions(other) == [])
    #expect(other.store.all[0].administrations[0].progress == .paused)
  }

  @Test func `a reaction that paused a running drug asks for the pause, once`() {
    var it = Self.running()
    it.press("R", "2", "Enter")
    it.focus(.action)
    it.press("paus", "Enter", "C-s")
    #expect(it.state.prompt?.form == .pauseOrResume, "\(it)")
    it.press("Enter")
    #expect(it.store.all[0].administrations[0].progress == .paused, "\(it)")
    #expect(it.state.prompt == nil, "\(it)")
    #expect(reactions(it).count == 1)
  }

  @Test func `a stop for a reaction asks for the reaction`() {
    var it = Self.running()
    it.press("x")
    it.focus(.reason)
    it.press("reac", "Enter", "Enter")
    if it.state.prompt?.form == .confirmStop { it.press("yes", "Enter", "Enter") }
    #expect(it.state.prompt?.form == .reaction, "\(it)")
    #expect(it.state.prompt?.value(.action) == Reaction.Action.stopped.rawValue)
    it.press("3", "Enter", "Enter")
    #expect(reactions(it) == [Reaction(administration: "a1", grade: 3, action: .stopped)])
  }

  @Test func `a reaction is corrected, and the first one stays readable`() {
    var it = Self.running()
    it.press("R", "2", "Enter", "Enter", "Esc", "Enter", "f")
    it.press("a")
    #expect(it.state.prompt?.value(.change) == Amendment.reaction.rawValue, "\(it)")
    it.focus(.grade)
    it.press("3", "Enter")
    it.focus(.reason)
    it.press("typed wrong", "Enter", "C-s")
    #expect(reactions(it) == [Reaction(administration: "a1", grade: 3)], "\(it)")
    #expect(it.words.contains("grade 2"), "\(it)")
  }

  @Test func `plain mode says the reaction and the allergies`() {
    var it = Self.running()
    it.press("R", "2", "Enter", "Enter", "A", "1", "Enter", "latex: rash", "C-s")
    it.state.isPlain = true
    #expect(
      it.words.contains("reaction 07:20, grade 2 (moderate): signs not recorded"), "\(it)")
    #expect(it.words.contains("allergies: latex (rash)"), "\(it)")
  }

  @Test func `after a reaction, and well before its planned end, a stop has no reason preset`() {
    var it = Self.running()
    it.press("x")
    // Of 180 minutes 20 have run.
    #expect(it.state.prompt?.value(.reason) == "", "\(it)")
    it.press("Enter", "C-s")
    #expect(it.store.all[0].administrations[0].isRunning, "\(it)")
    it.press("Esc")
    it.at("09:50")
    it.press("x")
    #expect(it.state.prompt?.value(.reason) == "completed", "\(it)")
    it.press("Esc", "R", "2", "Enter", "Enter", "x")
    #expect(it.state.prompt?.value(.reason) == "", "\(it)")
    it.focus(.reason)
    it.press("1", "Enter", "C-s")
    #expect(it.store.all[0].administrations[0].stopReason == .completed, "\(it)")
  }

  @Test func `a reaction ascribed to no drug, and a stop for a reaction, ask when it begins again`()
  {
    var it = Self.running()
    it.press("x")
    it.focus(.reason)
    it.press("reaction", "Enter", "C-s")
    while it.state.prompt != nil { it.press("Esc") }
    it.press("s", "pacli", "Enter")
    #expect(it.words.contains("REACTION to PACLitaxel in this session, 07:20."), "\(it)")
  }

  @Test func `resuming names the reaction`() {
    var it = Self.running()
    it.press("R", "3", "Enter", "Enter", "z", "Enter")
    while it.state.prompt != nil { it.press("Esc") }
    it.at("07:30")
    it.press("z")
    #expect(it.words.contains("REACTION to PACLitaxel in this session, 07:20, grade 3"), "\(it)")
  }
}

/// Allergies and alerts: the banner, and the question before a drug.
@Suite struct AllergyFormTests {
  private static func seated() -> Driver {
    var it = Driver(size: Size(columns: 100, rows: 24))
    it.seat()
    return it
  }

  @Test func `none known differs from not recorded`() {
    var it = Self.seated()
    #expect(it.words.contains("allergies not recorded"), "\(it)")
    it.press("A", "2", "Enter", "C-s")
    #expect(it.store.all[0].allergyStatement == AllergyStatement(allergies: .noneKnown), "\(it)")
    #expect(it.words.contains("allergies none known"), "\(it)")
  }

  @Test func `nothing is preset`() {
    var it = Self.seated()
    it.press("A", "Enter", "C-s", "Enter")
    #expect(it.store.all[0].allergyStatement == nil)
  }

  @Test func `allergies and alerts stand whole in the banner of every screen of the patient`() {
    var it = Self.seated()
    it.press("A", "1", "Enter", "penicillin: rash; latex; a long name of a substance from abroad")
    it.focus(.alerts)
    it.press("difficult airway; fall risk", "C-s")
    for keys in [[], ["e"], ["q", "f"], ["q", "s"]] {
      it.press(keys)
      for text in [
        "ALLERGIES penicillin (rash); latex; a long name of a substance from abroad",
        "ALERT difficult airway, fall risk",
      ] {
        #expect(it.words.contains(text), "\(it)")
      }
    }
  }

  @Test func `a later statement keeps what stands unless it is changed`() {
    var it = Self.seated()
    it.press("A", "1", "Enter", "latex", "C-s", "A")
    it.focus(.alerts)
    it.press("fall risk", "C-s")
    #expect(
      it.store.all[0].allergyStatement
        == AllergyStatement(
          allergies: .known([Allergy(substance: "latex")]), alerts: ["fall risk"]), "\(it)")
  }

  @Test func `a substance that asks about no drug is told`() {
    var it = Self.seated()
    it.press("A", "1", "Enter", "latex")
    #expect(
      it.words.contains("latex is no drug and no family of drugs that is known here"), "\(it)")
    it.press("C-u", "cisplatin")
    #expect(!it.words.contains("is no drug and no family"), "\(it)")
  }

  @Test(arguments: ["Taxol", "paclitaxel: flushing", "taxanes"])
  func `a start that matches an allergy asks, and no is no`(allergy: String) {
    var it = Self.seated()
    it.press("A", "1", "Enter", allergy, "C-s")
    let before = it.store.all[0].version
    it.press("s", "pacli", "Enter")
    #expect(it.words.contains("ALLERGY recorded:"), "\(it)")
    it.focus(.site)
    it.press("1", "Enter", "C-s", "Enter", "Enter")
    #expect(it.store.all[0].version == before, "\(it)")
    it.focus(.check)
    it.press("yes", "Enter", "C-s")
    let given = it.store.all[0].events.last
    #expect(given?.fact.kind == .drugStarted, "\(it)")
    #expect(given?.reason?.hasPrefix("Asked and confirmed: ALLERGY recorded:") == true)
  }

  @Test func `a statement of another nurse meanwhile is not overwritten`() {
    var it = Self.seated()
    it.at("07:30")
    it.press("A", "2", "Enter")
    let statement = AllergyStatement(allergies: .known([Allergy(substance: "latex")]))
    TargetTests.record(
      { store, session in
        store.add(.allergiesRecorded(statement), to: session, at: Driver.morning + 60)
      }, in: &it)
    TargetTests.expectOvertaken(&it, said: "allergies: latex")
    #expect(it.store.all[0].allergyStatement == statement)
  }
}
