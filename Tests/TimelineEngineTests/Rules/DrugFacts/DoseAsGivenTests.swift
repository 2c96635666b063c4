import Testing
import TimelineEngine

@Suite struct DoseAsGivenTests {
  @Test(arguments: [
    (400, 4, "J1745-JZ x40"), (415, 5, "J1745 x42, J1745-JW x8"),
  ])
  func `an ordered 415 mg counts as what was given of it`(mg: Int, vials: Int, lines: String) {
    let waste = vials * 100 - mg
    #expect(drugs("infliximab \(mg) mg from \(vials)x100s discarded \(waste)") == lines)
  }

  @Test func `without an amount there is no line, and none is asked for`() {
    let day = DrugDay("infliximab ? mg brand Remicade")
    #expect(day.lines == "none")
    #expect(day.findings == [])
  }

  @Test func `an amount is missing where containers are recorded`() {
    let day = DrugDay("infliximab ? mg from 4x100s")
    #expect(day.lines == "none")
    #expect(day.findings == ["dose-missing"])
    #expect(day.statement.status == .held)
  }

  @Test(arguments: [
    ("recorded", []), ("required", ["dose-missing"]), ("off", []),
  ])
  func `the policy decides whether an amount is missing`(policy: String, expected: [String]) {
    #expect(drugFindings("hospital drug.lines=\(policy)\ninfliximab ? mg") == expected)
  }

  @Test func `by the policy there are no lines at all`() {
    #expect(drugs("hospital drug.lines=off\ninfliximab 400 mg from 4x100s") == "none")
  }

  @Test func `hydration needs no amount`() {
    #expect(drugFindings("hospital drug.lines=required\nsodium_chloride_0.9% ? mL") == [])
  }
}
