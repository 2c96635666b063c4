import InfusionRecord
import Testing

@Suite struct LookAlikeTests {
  private func areConfused(_ one: String, _ other: String) -> Bool {
    let formulary = Formulary([])
    return LookAlike.areConfused(formulary.drug(named: one), formulary.drug(named: other))
  }

  /// Names of 9 letters and more may have two wrong letters, shorter ones one.
  @Test(arguments: [
    ("cyclophosphaid", "cyclophosphamide"), ("Gemcitabin", "gemcitabine"),
    ("taxul", nil), ("abraxan", "paclitaxel protein-bound"), ("abraxxn", nil),
    ("cyclophosphxxx", nil), ("gemcitabine", nil), ("gem", nil),
  ])
  func `a misspelled name leads to the drug of the formulary`(typed: String, meant: String?) {
    let formulary = Formulary([
      FormularyEntry(name: "gemcitabine", displayName: "gemcitabine", drugClass: .chemotherapy),
      FormularyEntry(
        name: "cyclophosphamide", displayName: "cyclophosphamide", drugClass: .chemotherapy),
      FormularyEntry(
        name: "paclitaxel protein-bound", displayName: "PACLitaxel protein-bound",
        brands: ["Abraxane"], drugClass: .chemotherapy),
    ])
    let found = LookAlike.misspelled(formulary.drug(named: typed), in: formulary)
    #expect(found?.entry?.name == meant)
  }

  @Test(arguments: [
    // By the measure.
    ("vincristine", "vinblastine"), ("daunorubicin", "doxorubicin"), ("idarubicin", "epirubicin"),
    ("azacitidine", "azacytidine"), ("paclitaxel", "paclitaxel protein-bound"),
    ("doxorubicin", "doxorubicin liposome"), ("trastuzumab", "ado-trastuzumab emtansine"),
    ("fam-trastuzumab deruxtecan", "ado-trastuzumab emtansine"),
    ("sodium chloride 0.9%", "sodium chloride 0.45%"),
    // By the list.
    ("carboplatin", "cisplatin"), ("paclitaxel", "docetaxel"), ("infliximab", "rituximab"),
    ("fluorouracil", "fludarabine"), ("hydromorphone", "morphine"),
  ])
  func `names that look or sound alike are confused, either way round`(one: String, other: String) {
    #expect(areConfused(one, other) && areConfused(other, one))
  }

  @Test(arguments: [
    ("paclitaxel", "ondansetron"), ("paclitaxel", "paclitaxel"), ("rituximab", "nivolumab"),
    ("dexamethasone", "furosemide"), ("iron sucrose", "sodium chloride 0.9%"),
    ("pembrolizumab", "paclitaxel"), ("", "paclitaxel"),
  ])
  func `names that differ are not`(one: String, other: String) {
    #expect(!areConfused(one, other))
  }
}
