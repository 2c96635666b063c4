import InfusionRecord
import TestSupport
import Testing
import TimelineEngine

/// A way by which a drug is not given, found in documents as at the chair.
@Suite struct WayOfGivingTests {
  private static let formulary = Formulary([
    FormularyEntry(
      name: "vincristine", displayName: "vinCRIStine", drugClass: .chemotherapy,
      techniques: [.infusion, .push]),
    FormularyEntry(
      name: "paclitaxel", displayName: "PACLitaxel", drugClass: .chemotherapy,
      techniques: [.infusion]),
    FormularyEntry(
      name: "alteplase", displayName: "alteplase", drugClass: .therapeutic,
      techniques: [.push, .infusion]),
    FormularyEntry(
      name: "pegfilgrastim", displayName: "pegfilgrastim", drugClass: .therapeutic,
      techniques: [.subcutaneous]),
  ])

  private func found(_ session: String) -> [String] {
    findings(session, formulary: Self.formulary)
  }

  @Test(arguments: ["im", "sc"])
  func `a vinca alkaloid by another way than the vein is an error and is charged as it was given`(
    way: String
  ) {
    expect(
      "vincristine unknown \(way) 10:00",
      """
      review
      96401 02-Mar vincristine (injection)
      minutes vincristine 0/0
      finding fatal-way vincristine
      """, formulary: Self.formulary)
  }

  @Test(arguments: [
    ("paclitaxel unknown push 10:00+5", ["unusual-way paclitaxel"]),
    ("paclitaxel unknown infusion 10:00+60", []), ("vincristine unknown push 10:00+5", []),
    // A drug that the formulary lacks, and one of the document's own class.
    ("foozumab drug im 10:00", []), ("vindesine chemo im 10:00", ["fatal-way vindesine"]),
    // A device stands for the way that it is.
    ("paclitaxel unknown pump 10:00-12:00", []),
    ("pegfilgrastim unknown on-body-injector 10:00", []),
    ("pegfilgrastim unknown im 10:00", ["unusual-way pegfilgrastim"]),
    ("alteplase unknown push 10:00+2", ["catheter-clearance alteplase"]),
    ("alteplase unknown infusion 10:00+60", []),
    ("alteplase unknown push 10:00+2 for integral", []),
  ])
  func `a way that the formulary does not list is found`(session: String, expected: [String]) {
    #expect(found(session) == expected)
  }
}
