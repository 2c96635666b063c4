import InfusionRecord
import Testing

@testable import Interchange

/// Which drugs of the starter formulary are asked about because of an allergy.
@Suite struct AllergyMatchTests {
  private func match(_ drug: String, _ substance: String) -> AllergyMatch? {
    AllergyMatch.found(
      Formulary.starter.drug(named: drug), among: [Allergy(substance: substance)],
      in: .starter)
  }

  @Test(arguments: [
    ("paclitaxel", "paclitaxel"), ("paclitaxel", "PACLitaxel"), ("paclitaxel", "Taxol"),
    ("paclitaxel protein-bound", "paclitaxel"), ("diphenhydramine", "Benadryl"),
    ("hydrocortisone sodium succinate", "hydrocortisone"), ("morphine", "morphine sulfate"),
    ("rituximab-hyaluronidase", "rituximab"), ("paclitaxel", "latex/Taxol"),
    ("paclitaxel", "Taxol and latex"), ("paclitaxel", "Taxol - rash"),
    ("paclitaxel", "Taxol (rash)"),
    ("diphenhydramine", "tape, Benadryl"),
  ])
  func `a drug is asked about by its name, its brand and a word of its name`(
    drug: String, substance: String
  ) {
    let found = match(drug, substance)
    #expect(found != nil && found?.family == nil, "\(drug), \(substance)")
  }

  @Test(arguments: [
    ("docetaxel", "paclitaxel", "taxanes"), ("carboplatin", "cisplatin", "platinum drugs"),
    ("carboplatin", "Platinum", "platinum drugs"), ("cabazitaxel", "taxanes", "taxanes"),
    ("piperacillin-tazobactam", "penicillin", "penicillins"),
    ("ampicillin-sulbactam", "PCN", "penicillins"),
    ("cefepime", "cephalosporins", "cephalosporins"),
    ("ferumoxytol", "iron dextran", "iron products"), ("fentanyl", "opioids", "opioids"),
    ("ketorolac", "aspirin", "nonsteroidal anti-inflammatory drugs"),
    ("ampicillin-sulbactam", "PCN and latex", "penicillins"),
  ])
  func `a drug is asked about by its family`(drug: String, substance: String, family: String) {
    #expect(match(drug, substance)?.family == family, "\(drug), \(substance)")
  }

  @Test(arguments: [
    ("paclitaxel", "latex"), ("sodium chloride 0.9%", "sodium"), ("cisplatin", "carbamazepine"),
    ("ondansetron", "eggs"), ("rituximab", "infliximab"), ("etoposide", "penicillin"),
  ])
  func `a drug is not asked about by what it is not`(drug: String, substance: String) {
    #expect(match(drug, substance) == nil, "\(drug), \(substance)")
  }

  @Test(arguments: [
    ("latex: rash, carboplatin: anaphylaxis", ["latex: rash", "carboplatin: anaphylaxis"]),
    ("taxol, latex", ["taxol", "latex"]), ("penicillin: rash, hives", ["penicillin: rash, hives"]),
    ("penicillin: rash, hives; latex", ["penicillin: rash, hives", "latex"]),
    ("latex: hives, taxol", ["latex: hives", "taxol"]), (" ; ,", []), ("latex,", ["latex"]),
  ])
  func `allergies are told apart by semicolons and commas`(text: String, allergies: [String]) {
    #expect(Allergy.list(written: text, in: .starter).map(\.written) == allergies)
  }

  @Test func `a substance that is no drug is told, with the drug that it nearly is`() {
    #expect(AllergyMatch.unknown("taxol", in: .starter) == nil)
    #expect(AllergyMatch.unknown("latex", in: .starter)?.contains("no start asks") == true)
    #expect(AllergyMatch.unknown("latex", in: .starter)?.contains("Is it") == false)
    #expect(
      AllergyMatch.unknown("paclitaxal", in: .starter)?.hasSuffix("Is it PACLitaxel?") == true)
  }

  @Test(arguments: [
    ("NKDA", true), ("none known", true), ("No known allergies.", true), ("no", true),
    ("nickel", false), ("not recorded", false), ("", false),
  ])
  func `what charts write for none is no substance`(text: String, isNone: Bool) {
    #expect(Allergy.saysNone(text) == isNone)
  }

  @Test func `the same drug comes before a family`() {
    let found = AllergyMatch.found(
      Formulary.starter.drug(named: "docetaxel"),
      among: [Allergy(substance: "paclitaxel"), Allergy(substance: "docetaxel")], in: .starter)
    #expect(found?.allergy.substance == "docetaxel" && found?.family == nil)
  }

  @Test func `the sentence names the allergy, what it did and the drug`() throws {
    let drug = Formulary.starter.drug(named: "docetaxel")
    let allergies = [Allergy(substance: "paclitaxel", reaction: "flushing")]
    let found = try #require(AllergyMatch.found(drug, among: allergies, in: .starter))
    #expect(
      found.sentence(drug)
        == "ALLERGY recorded: paclitaxel (flushing). DOCEtaxel is of the same family, taxanes.")
  }

  @Test(arguments: [
    ("latex", false), ("eggs", false), ("Taxol", true), ("adhesive tape", false), ("sulfa", true),
    ("IVIG", true),
  ])
  func `it is known which substances ask about no drug`(substance: String, isKnown: Bool) {
    #expect(AllergyMatch.isKnown(substance, in: .starter) == isKnown)
  }
}
