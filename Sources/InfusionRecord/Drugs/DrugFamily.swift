/// Drugs that share what patients react to, as far as the formulary has them or patients name them.
///
/// The formulary's class decides codes and says nothing of allergies, so families are a list of their own.
/// Sources: the contraindications and warnings of the labels, and the chemical subgroups of the ATC
/// classification. Reviewed 1-Dec-2026.
struct DrugFamily: Sendable {
  /// In the plural, as sentences have it.
  let name: String
  /// What people say for the family, folded, without a plural s.
  let said: [String]
  /// The beginnings of the words that name its drugs.
  let stems: [String]

  init(_ name: String, said: [String] = [], _ stems: [String]) {
    self.name = name
    self.said = [DrugFamily.singular(name)] + said
    self.stems = stems
  }

  /// Whether a name of a drug is of the family.
  func contains(_ words: [String]) -> Bool {
    words.contains { word in stems.contains { word.hasPrefix($0) } }
  }

  /// Whether a text of an allergy names the family or a drug of it.
  func isNamed(by text: String, _ words: [String]) -> Bool {
    let singular = DrugFamily.singular(text)
    return said.contains(singular) || contains(words)
  }

  static func singular(_ text: String) -> String {
    text.count > 4 && text.hasSuffix("s") ? String(text.dropLast()) : text
  }

  static let all = [
    DrugFamily("taxanes", said: ["taxol"], ["paclitaxel", "docetaxel", "cabazitaxel"]),
    DrugFamily(
      "platinum drugs", said: ["platinum", "platin", "platinum compound"],
      ["carboplatin", "cisplatin", "oxaliplatin"]),
    DrugFamily(
      "anthracyclines", ["daunorubicin", "doxorubicin", "epirubicin", "idarubicin"]),
    DrugFamily(
      "vinca alkaloids", said: ["vinca"], ["vincristine", "vinblastine", "vinorelbine"]),
    DrugFamily(
      "asparaginases", said: ["asparaginase"], ["asparaginase", "pegaspargase", "calaspargase"]),
    DrugFamily(
      "penicillins", said: ["pcn", "augmentin", "unasyn", "zosyn"],
      ["penicillin", "ampicillin", "amoxicillin", "piperacillin", "nafcillin", "oxacillin"]),
    DrugFamily(
      "cephalosporins", said: ["keflex", "ancef", "rocephin", "maxipime"], ["cef", "cephalexin"]),
    DrugFamily(
      "sulfonamides", said: ["sulfa", "sulpha", "sulfa drug", "bactrim", "septra"],
      ["sulfamethoxazole", "sulfadiazine", "sulfasalazine"]),
    DrugFamily(
      "glycopeptides", said: ["vanc", "vanco"], ["vancomycin", "telavancin", "dalbavancin"]),
    DrugFamily(
      "benzodiazepines", said: ["benzo"], ["lorazepam", "midazolam", "diazepam", "alprazolam"]),
    DrugFamily(
      "heparins", said: ["lovenox", "fragmin"], ["heparin", "enoxaparin", "dalteparin"]),
    DrugFamily(
      "filgrastims", said: ["neulasta", "neupogen"], ["filgrastim", "pegfilgrastim", "tbo"]),
    DrugFamily("carbapenems", ["ertapenem", "meropenem", "imipenem"]),
    DrugFamily("macrolides", ["azithromycin", "erythromycin", "clarithromycin"]),
    DrugFamily(
      "quinolones", said: ["fluoroquinolone"],
      ["levofloxacin", "ciprofloxacin", "moxifloxacin"]),
    DrugFamily("aminoglycosides", ["gentamicin", "tobramycin", "amikacin"]),
    DrugFamily(
      "iron products", said: ["iron", "iv iron", "intravenous iron"],
      ["iron", "ferric", "ferumoxytol"]),
    DrugFamily(
      "corticosteroids", said: ["steroid", "cortisone"],
      ["dexamethasone", "methylprednisolone", "hydrocortisone", "prednisone", "prednisolone"]),
    DrugFamily(
      "opioids", said: ["opiate", "narcotic"],
      ["morphine", "hydromorphone", "fentanyl", "meperidine", "oxycodone", "codeine"]),
    DrugFamily(
      "nonsteroidal anti-inflammatory drugs", said: ["nsaid"],
      ["ketorolac", "ibuprofen", "naproxen", "aspirin", "diclofenac"]),
    DrugFamily(
      "serotonin antagonists", said: ["setron"],
      ["ondansetron", "granisetron", "palonosetron"]),
    DrugFamily("phenothiazines", ["prochlorperazine", "promethazine", "chlorpromazine"]),
    DrugFamily(
      "bisphosphonates", ["zoledronic", "pamidronate", "ibandronate", "alendronate"]),
    DrugFamily(
      "immune globulins", said: ["ivig", "immunoglobulin", "gamma globulin"], ["globulin"]),
    DrugFamily(
      "pegylated drugs", said: ["peg", "polyethylene glycol"], ["peg"]),
  ]
}
