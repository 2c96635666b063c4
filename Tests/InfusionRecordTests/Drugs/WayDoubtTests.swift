import InfusionRecord
import Testing

@Suite struct WayDoubtTests {
  private let formulary = Formulary([
    FormularyEntry(
      name: "paclitaxel", displayName: "PACLitaxel", drugClass: .chemotherapy,
      techniques: [.infusion]),
    FormularyEntry(
      name: "vincristine", displayName: "vinCRIStine", drugClass: .chemotherapy,
      techniques: [.infusion, .push]),
    FormularyEntry(
      name: "vincristine liposome", displayName: "vinCRIStine liposome", drugClass: .chemotherapy,
      techniques: [.infusion]),
    FormularyEntry(name: "oddmab", displayName: "oddmab", drugClass: .therapeutic),
  ])

  private func doubt(
    _ name: String, _ technique: Technique, _ site: AccessSite.Kind? = nil
  ) -> WayDoubt? {
    WayDoubt.found(formulary.drug(named: name), technique, through: site)
  }

  @Test func `a way that the formulary lists raises no doubt, and another does`() {
    #expect(doubt("paclitaxel", .infusion) == nil)
    #expect(
      doubt("paclitaxel", .push)?.sentence
        == "PACLitaxel as a push is unusual: the formulary lists infusion. Check the order.")
    #expect(doubt("paclitaxel", .intramuscular)?.kind == .unlisted)
    #expect(doubt("vincristine liposome", .push)?.kind == .unlisted)
  }

  @Test func `a drug without listed ways, and what gives no drug, raise no doubt`() {
    #expect(doubt("oddmab", .intramuscular) == nil)
    #expect(doubt("foozumab", .push) == nil)
    #expect(doubt("paclitaxel", .flush) == nil)
    #expect(doubt("paclitaxel", .pumpDisconnect) == nil)
  }

  @Test(arguments: [
    ("potassium chloride", Technique.push, true), ("potassium chloride", .intramuscular, true),
    ("potassium phosphate", .push, true), ("Potassium Phosphates", .push, true),
    ("potassium chloride", .infusion, false),
    ("penicillin G potassium", .push, false),
    ("sodium chloride 0.9% with potassium chloride", .push, false),
    ("kcl 20 meq", .push, true), ("20 mEq KCl", .push, true), ("potasium chloride", .push, true),
    ("kalium chloride", .push, true), ("pot chloride", .push, true), ("K-Lor", .push, true),
    ("sodium chloride 23.4%", .push, true), ("concentrated sodium chloride", .push, true),
    ("sodium chloride 3%", .push, false), ("sodium chloride 23.4%", .infusion, false),
  ])
  func `concentrated electrolytes are infused only`(
    name: String, technique: Technique, isFatal: Bool
  ) {
    #expect((doubt(name, technique)?.kind == .fatal) == isFatal)
    if isFatal { #expect(doubt(name, technique)?.sentence.hasPrefix("FATAL") == true) }
  }

  @Test(arguments: [
    ("marqibo", true), ("Eldisine", true), ("vincristina", true), ("vinkristin", true),
    ("vincistine", true), ("onkovin", true), ("vincr1stine", true), ("cristine", true),
    ("velsar", true), ("vinegar", false), ("velcade", false), ("vancomycin", false),
    ("paclitaxel", false),
  ])
  func `a vinca alkaloid is known by its brands and misspelt`(name: String, isVinca: Bool) {
    #expect((doubt(name, .intramuscular)?.kind == .fatal) == isVinca)
  }

  @Test(arguments: ["vincristine", "vincristine liposome", "Vindesine", "VINORELBINE tartrate"])
  func `a vinca alkaloid is given by vein only, listed in the formulary or not`(name: String) {
    for technique in [
      Technique.intramuscular, .subcutaneous, .subcutaneousInfusion, .onBodyInjector, .oral,
      .implantedPumpRefill,
    ] {
      #expect(doubt(name, technique)?.kind == .fatal, "\(technique)")
    }
    #expect(doubt(name, .infusion, .subcutaneous)?.kind == .fatal)
    #expect(doubt(name, .push, .implanted)?.kind == .fatal)
    #expect(doubt(name, .infusion, .port)?.kind != .fatal)
    #expect(doubt(name, .push, .peripheral)?.kind != .fatal)
  }
}
