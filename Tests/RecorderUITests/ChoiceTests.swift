import InfusionRecord
import ScriptedProgram
import TerminalCore
import TestSupport
import Testing

@testable import RecorderUI

/// The highlighted row is the choice, in every list.
@Suite struct ChoiceTests {
  /// The label of the row that the screen highlights.
  private static func highlighted(_ it: Driver) -> String? {
    it.state.prompt?.focused?.current?.label
  }

  /// The text on screen of the row with the pointer, without it.
  private static func pointed(_ it: Driver) -> String {
    let rows = (0..<it.frame.size.rows).map { it.frame.text(row: $0) }
    return rows.last { $0.contains("▸ ") } ?? ""
  }

  private static func expected(_ count: Int) -> [ExpectedPatient] {
    (1...count).map { number in
      ExpectedPatient(
        time: "09:3\(number)",
        patient: PatientIdentity(
          family: ["Fiction", "Placeholder"][number % 2], given: "Case\(number)",
          dateOfBirth: CivilDate(dayNumber: Int32(1000 + number)), sex: .female,
          mrn: "9000077\(number)", visitNumber: "V\(number)"), chair: "\(number)", regimen: "",
        drugs: [])
    }
  }

  // MARK: Nothing else moves the highlight

  @Test func `Left and Right leave the highlight, and page keys move it`() {
    var it = Driver()
    it.seat()
    it.press("s", "ca", "Down")
    let second = Self.highlighted(it)
    #expect(second == "carfilzomib")
    it.press("Left", "Right", "Home", "End")
    #expect(Self.highlighted(it) == second)
    it.press("C-u", "PgDn", "PgDn")
    let below = Self.highlighted(it)
    it.press("PgUp")
    #expect(below != nil && Self.highlighted(it) != below, "\(it.screen)")
  }

  // MARK: Nothing is chosen before

  @Test(arguments: ["x", "z"])
  func `of two drugs that run none is chosen, and Enter says so`(key: String) {
    var it = TargetTests.running()
    let version = it.store.all[0].version
    it.press(key)
    #expect(Self.highlighted(it) == nil)
    it.press("Enter", "Enter")
    #expect(it.words.contains("Nothing is chosen yet: an arrow, a number or letters choose."))
    #expect(it.store.all[0].version == version)
    #expect(it.state.prompt?.value(.drug) == "", "\(it)")
  }

  @Test(arguments: [("z", "CARBOplatin"), ("x", "nobody saw CARBOplatin end")])
  func `Up goes to the last row, and Down stays there`(key: String, label: String) {
    for keys in [["Up"], ["Down", "Down", "Down", "Down", "Down"]] {
      var it = TargetTests.running()
      it.press([key] + keys)
      #expect(Self.highlighted(it) == label, "\(it)")
      #expect(Self.pointed(it).contains(label), "\(it)")
    }
  }

  @Test(arguments: [
    (["Down"], "PACLitaxel"), (["Down", "Down"], "CARBOplatin"),
    (["Down", "Down", "Up"], "PACLitaxel"), (["1"], "PACLitaxel"),
    (["2"], "CARBOplatin"), (["2", "Up"], "PACLitaxel"), (["carb"], "CARBOplatin"),
    (["taxol"], "PACLitaxel"), (["010030361755123217271231"], "PACLitaxel"),
  ])
  func `an arrow, a number, letters or a scan choose a drug that runs`(
    keys: [String], name: String
  ) {
    for form in ["x", "z"] {
      var it = TargetTests.running()
      it.press([form] + keys)
      #expect(Self.highlighted(it) == name, "\(it)")
      #expect(Self.pointed(it).contains(name), "\(it)")
      it.press("Enter")
      #expect(it.state.prompt?[.drug]?.shown == name)
      #expect(it.words.contains("Will record: \(name)"), "\(it)")
      it.press("Enter")
      let id = name == "PACLitaxel" ? "a1" : "a2"
      #expect(it.store.all[0].events.last?.fact.administration == id, "\(it)")
    }
  }

  @Test func `letters that fit two of them choose neither`() {
    var it = TargetTests.running()
    it.press("x", "carb")
    #expect(Self.highlighted(it) == "CARBOplatin")
    it.press("C-u", "nobody")
    #expect(Self.highlighted(it) == nil, "\(it)")
    it.press("Enter")
    #expect(it.words.contains("2 fit nobody: choose one with the arrows, or type on."), "\(it)")
    it.press("Tab")
    #expect(it.state.prompt?.focused?.name == .drug)
    it.press("Down", "Enter")
    #expect(it.state.prompt?.value(.drug).isEmpty == false)
  }

  @Test(arguments: ["plat", "a", "litaxel", "z"])
  func `letters inside a word choose nothing`(typed: String) {
    for key in ["x", "z"] {
      var it = TargetTests.running()
      it.press(key, typed)
      #expect(Self.highlighted(it) == nil, "\(it)")
      it.press("Enter")
      #expect(it.state.prompt?.value(.drug) == "", "\(it)")
      #expect(it.words.contains("There is no \(typed) to choose"), "\(it)")
    }
  }

  /// What a person vouches for: the reasons of a correction, the answers of a closing, a basis, a site.
  @Test(arguments: [
    (["u"], "w", 3), (["u"], "e", 2), (["u"], "m", 1), (["u"], "ron", 0), (["c"], "stopped", 2),
    (["c"], "s", 4), (["c"], "nobody", 1), (["v"], "p", 4), (["v"], "pe", 1), (["v"], "port", 1),
  ])
  func `a text that fits several rows highlights none of them`(
    keys: [String], typed: String, count: Int
  ) {
    var it = TargetTests.running()
    it.press(keys)
    let before = it.store.all[0].version
    it.press(typed)
    let field = it.state.prompt?.focused
    #expect(field?.matches.count == count, "\(it)")
    #expect((field?.current == nil) == (count != 1), "\(it)")
    it.press("Enter")
    #expect((it.state.prompt?.focused?.isAmbiguous == true) == (count > 1), "\(it)")
    #expect(it.store.all[0].version == before, "\(it)")
  }

  @Test(arguments: ["y", "r"])
  func `a stray letter chooses no reason of a sign-off or of a reopening`(key: String) {
    var it = ReviewTests.day()
    it.press("d", "/", "tester", "Enter", key)
    for letter in ["a", "t", "e", "o", "w"] {
      it.press("C-u", letter)
      let matches = it.state.prompt?.focused?.matches.count ?? 0
      #expect(Self.highlighted(it) == nil || matches == 1, "\(letter) \(it)")
    }
    // Letters inside a word.
    for letters in ["ssing", "ith", "corded"] {
      it.press("C-u", letters)
      #expect(it.state.prompt?.focused?.matches.isEmpty == true, "\(letters) \(it)")
    }
  }

  @Test func `one letter chooses no drug of the formulary`() {
    var it = Driver()
    it.seat()
    it.press("s", "c")
    #expect(Self.highlighted(it) == nil && it.words.contains("fit"), "\(it)")
    it.press("Enter")
    #expect(it.state.prompt?.value(.drug) == "", "\(it)")
    it.press("arf")
    #expect(Self.highlighted(it) == "carfilzomib", "\(it)")
  }

  @Test func `of two expected patients none is chosen; one is highlighted`() {
    var it = Driver()
    it.state.expected = Self.expected(2)
    it.press("n")
    #expect(it.state.prompt?.focused?.name == .expected && Self.highlighted(it) == nil)
    it.press("Enter")
    #expect(it.words.contains("Nothing is chosen yet"), "\(it)")
    it.press("Down", "Down")
    #expect(Self.highlighted(it) == "FICTION, Case2")
    it.press("Up")
    #expect(Self.highlighted(it) == "PLACEHOLDER, Case1")
    #expect(it.state.prompt?.value(.mrn) == "", "no arrow fills in another field")
    it.press("C-u", "90000772")
    #expect(Self.highlighted(it) == "FICTION, Case2", "a wristband chooses")
    it.press("Enter")
    #expect(it.state.prompt?.value(.family) == "Fiction")
    var one = Driver()
    one.state.expected = Self.expected(1)
    one.press("n")
    #expect(Self.highlighted(one) == "PLACEHOLDER, Case1")
  }

  @Test func `of two drugs that are due none is chosen, and numbers choose`() {
    var it = Driver()
    it.seat()
    it.state.learn(
      ["paclitaxel", "carboplatin"].map {
        AdministrationFacts(administration: $0, drug: $0, technique: .infusion)
      }, of: "90000417")
    it.press("s")
    #expect(Self.highlighted(it) == nil)
    it.press("Enter")
    #expect(it.state.prompt?.value(.drug) == "")
    it.press("2")
    #expect(Self.highlighted(it) == "CARBOplatin", "\(it)")
    it.press("Enter")
    #expect(it.state.prompt?.value(.drug) == "carboplatin")
  }

  // MARK: Arrows

  @Test func `arrows change nothing but the highlight, and the list stays open`() {
    var it = Driver()
    it.seat()
    it.press("s", "Down")
    let first = Self.highlighted(it)
    it.press("Down")
    let second = Self.highlighted(it)
    #expect(first != nil && second != nil && first != second)
    it.press("Down", "Up")
    #expect(Self.highlighted(it) == second)
    #expect(it.state.prompt?.focused?.name == .drug)
    let others = it.state.prompt?.fields.dropFirst().map(\.value)
    it.press("Down", "Down", "Down", "Up", "Down")
    #expect(it.state.prompt?.fields.dropFirst().map(\.value) == others)
    #expect(it.state.prompt?.value(.drug) == "")
    #expect(Self.pointed(it).contains(Self.highlighted(it) ?? "?"), "\(it)")
    let chosen = Self.highlighted(it)
    it.press("Enter")
    #expect(it.state.prompt?[.drug]?.shown == chosen)
    // An arrow opens the list again and leaves the drug as it is.
    it.press("BTab", "Down")
    it.focus(.drug)
    it.press("Down", "Down")
    #expect(it.state.prompt?.focused?.isListShown == true)
    #expect(it.state.prompt?[.drug]?.shown == chosen, "\(it)")
  }

  @Test func `no arrow leaves a field, in no form`() {
    for form in TargetTests.forms {
      var it = TargetTests.running()
      it.perform(it.state.open(form))
      for _ in 0..<(it.state.prompt?.fields.count ?? 0) {
        let before = it.state.prompt
        for key in ["Down", "Down", "Up", "Down", "Up", "Up"] { it.press(key) }
        #expect(it.state.prompt?.focus == before?.focus, "\(form)")
        let others = { (prompt: Prompt?) in
          prompt?.fields.enumerated().filter { $0.offset != before?.focus }
            .map { [$0.element.value, $0.element.shown] }
        }
        #expect(others(it.state.prompt) == others(before), "\(form)")
        #expect(it.state.prompt?.focused?.value == before?.focused?.value, "\(form)")
        it.press("C-u", "Tab")
      }
    }
  }

  @Test func `Tab takes the highlighted row and goes on`() {
    var it = TargetTests.running()
    it.press("x", "Down", "Down", "Tab")
    #expect(it.state.prompt?[.drug]?.shown == "CARBOplatin")
    #expect(it.state.prompt?.focused?.name == .basis)
  }

  @Test func `a row that another user's fact took away leaves no other highlighted`() {
    var it = TargetTests.running()
    it.press("x", "Down")
    TargetTests.record(
      TargetTests.fact(.drugStopped(DrugStop(administration: "a1"))), in: &it)
    let version = it.store.all[0].version
    #expect(
      it.state.prompt?.focused?.current?.label != "CARBOplatin" || it.words.contains("changed"))
    it.press("Enter", "Enter")
    #expect(it.store.all[0].version == version, "\(it)")
  }
}
