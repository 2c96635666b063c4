import InfusionRecord
import TestSupport
import Testing

/// Reactions, allergies and alerts in the log.
@Suite struct ReactionTests {
  /// A session with one drug from 10:00 on.
  private static func record() -> SampleRecord {
    var record = SampleRecord()
    record.openWithPort()
    record.start("a1", "paclitaxel", at: "10:00")
    return record
  }

  private func refusal(
    _ fact: Fact, at time: String = "10:00", in record: SampleRecord = record(),
    reason: String? = nil
  ) -> Refusal? {
    var record = record
    let event = record.event(fact, at: time, reason: reason)
    return record.log.refusal(
      of: event, now: RecordedTime(milliseconds: record.at("12:00").seconds * 1000),
      formulary: SampleRecord.formulary)
  }

  @Test func `a reaction is one sentence, and says what was not recorded`() {
    let bare = Reaction(administration: "a1", grade: 2)
    #expect(bare.words == "grade 2 (moderate): signs not recorded")
    let full = Reaction(
      administration: "a1", grade: 3, signs: [.flushing, .throatTightness],
      otherSigns: "grey lips", action: .paused, drugsGiven: "hydrocortisone 100 mg",
      vitals: VitalSigns(
        bloodPressure: .init(systolic: 88, diastolic: 50), heartRate: 118, oxygen: 91,
        temperature: .init(degrees: 38.2), respirations: 24))
    #expect(
      full.words
        == "grade 3 (severe): flushing, throat tightness, grey lips; paused; given: hydrocortisone "
        + "100 mg; BP 88/50 mmHg, HR 118/min, SpO2 91 %, 38.2 °C, 24 breaths/min")
  }

  @Test func `possible vital signs are recorded, impossible ones refused`() {
    func vitals(_ change: (inout VitalSigns) -> Void) -> Refusal? {
      var reaction = Reaction(administration: "a1", grade: 1)
      change(&reaction.vitals)
      return refusal(.reactionRecorded(reaction))
    }
    #expect(vitals { $0.bloodPressure = .init(systolic: 120, diastolic: 80) } == nil)
    #expect(vitals { $0.bloodPressure = .init(systolic: 80, diastolic: 120) } != nil)
    #expect(vitals { $0.bloodPressure = .init(systolic: 80, diastolic: 80) } != nil)
    #expect(vitals { $0.bloodPressure = .init(systolic: 300, diastolic: 200) } == nil)
    #expect(vitals { $0.bloodPressure = .init(systolic: 301, diastolic: 200) } != nil)
    #expect(vitals { $0.bloodPressure = .init(systolic: 20, diastolic: 9) } != nil)
    #expect(vitals { $0.heartRate = 350 } == nil)
    #expect(vitals { $0.heartRate = 351 } != nil)
    #expect(vitals { $0.oxygen = 100 } == nil)
    #expect(vitals { $0.oxygen = 101 } != nil)
    #expect(vitals { $0.respirations = 100 } == nil)
    #expect(vitals { $0.respirations = 101 } != nil)
    #expect(vitals { $0.temperature = .init(degrees: 45, unit: .celsius) } == nil)
    #expect(vitals { $0.temperature = .init(degrees: 45.1, unit: .celsius) } != nil)
    #expect(vitals { $0.temperature = .init(degrees: 76.9, unit: .fahrenheit) } != nil)
  }

  @Test(arguments: [0, 6, -1])
  func `a grade outside 1 to 5 is refused`(grade: Int) {
    #expect(refusal(.reactionRecorded(Reaction(grade: grade)))?.kind == .valueOutOfRange)
  }

  @Test(arguments: [
    ("38.2", "38.2 °C"), ("38.2C", "38.2 °C"), ("100.8 F", "100.8 °F"), ("100.8", "100.8 °F"),
    ("37 °c", "37 °C"),
  ])
  func `a temperature has the unit that its number allows`(text: String, words: String) {
    #expect(VitalSigns.Temperature(written: text)?.words == words)
  }

  @Test(arguments: ["", "warm", "60", "38.2 F", "100 C", "nan", "24.9", "113.1"])
  func `a temperature that fits no unit is none`(text: String) {
    #expect(VitalSigns.Temperature(written: text) == nil)
  }

  @Test func `a reaction may come after the drug, never before it`() {
    let reaction = Fact.reactionRecorded(Reaction(administration: "a1", grade: 2))
    #expect(refusal(reaction, at: "10:00") == nil)
    #expect(refusal(reaction, at: "09:59")?.kind == .contradiction)
    var stopped = Self.record()
    stopped.add(.drugStopped(DrugStop(administration: "a1")), at: "10:10")
    #expect(refusal(reaction, at: "11:00", in: stopped) == nil)
    #expect(
      refusal(.reactionRecorded(Reaction(administration: "a9", grade: 2)))?.kind
        == .unknownAdministration)
  }

  @Test func `a drug that a reaction speaks of is not withdrawn before the reaction`() throws {
    var record = Self.record()
    let start = record.events.last?.id
    record.add(.reactionRecorded(Reaction(administration: "a1", grade: 2)), at: "10:01")
    let withdrawal = Fact.eventSuperseded(replaces: try #require(start), replacement: nil)
    #expect(
      refusal(withdrawal, at: "10:02", in: record, reason: "wrong drug")?.kind == .notWhatBegins)
  }

  @Test func `none known, not recorded and known are three things`() {
    var record = Self.record()
    func statement() -> AllergyStatement? { record.log.allergyStatement }
    #expect(statement() == nil)
    record.add(.allergiesRecorded(AllergyStatement(alerts: ["fall risk"])), at: "10:00")
    #expect(statement()?.words == "allergies: not recorded; alerts: fall risk")
    record.add(.allergiesRecorded(AllergyStatement(allergies: .noneKnown)), at: "10:00")
    #expect(statement()?.words == "allergies: none known")
    let list = [Allergy(substance: "latex"), Allergy(substance: "penicillin", reaction: "rash")]
    record.add(.allergiesRecorded(AllergyStatement(allergies: .known(list))), at: "10:00")
    #expect(statement()?.words == "allergies: latex; penicillin (rash)")
  }

  @Test func `empty allergies and alerts are refused`() {
    for statement in [
      AllergyStatement(allergies: .known([])),
      AllergyStatement(allergies: .known([Allergy(substance: " ")])),
      AllergyStatement(allergies: .known([Allergy(substance: "x", reaction: "")])),
      AllergyStatement(alerts: [""]),
    ] {
      #expect(refusal(.allergiesRecorded(statement))?.kind == .textMissing)
    }
    let long = AllergyStatement(
      alerts: Array(repeating: String(repeating: "x", count: 900), count: 12))
    #expect(refusal(.allergiesRecorded(long))?.kind == .textTooLong)
  }

  @Test(arguments: [
    ("penicillin: rash", Allergy(substance: "penicillin", reaction: "rash")),
    (" latex ", Allergy(substance: "latex")), ("x:", Allergy(substance: "x")),
  ])
  func `an allergy is read as it is written`(text: String, allergy: Allergy) {
    #expect(Allergy(written: text) == allergy)
    #expect(Allergy(written: allergy.written) == allergy)
  }
}
