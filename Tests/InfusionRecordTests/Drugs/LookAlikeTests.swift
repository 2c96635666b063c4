import InfusionRecord
import Testing

@Suite struct LookAlikeTests {
  private func areConfused(_ one: String, _ other: String) -> Bool {
    let formulary = Formulary([])
    return LookAlike.areConfused(formulary.drug(named: one), formulary.drug(named: other))
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
