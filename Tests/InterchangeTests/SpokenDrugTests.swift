import InfusionRecord
import Interchange
import Testing

/// What nurses say and type, and the drug that has to come first.
struct SpokenDrugTests {
  private let starter = Formulary.starter

  private func first(_ text: String) -> String? {
    starter.search(text).first?.entry.displayName
  }

  @Test(arguments: [
    // Fluids, by abbreviation, by strength, and by the beginning of what is said.
    ("ns", "sodium chloride 0.9%"), ("NS", "sodium chloride 0.9%"), ("nss", "sodium chloride 0.9%"),
    ("normal saline", "sodium chloride 0.9%"), ("normal", "sodium chloride 0.9%"),
    ("saline 0.9", "sodium chloride 0.9%"), ("saline", "sodium chloride 0.9%"),
    ("sal", "sodium chloride 0.9%"),
    ("0.9% ns", "sodium chloride 0.9%"), ("0.9 %", "sodium chloride 0.9%"),
    ("nacl", "sodium chloride 0.9%"), ("NaCl 0.9 %", "sodium chloride 0.9%"),
    ("sodium", "sodium chloride 0.9%"), ("sod", "sodium chloride 0.9%"),
    ("chloride", "sodium chloride 0.9%"), ("1/2 ns", "sodium chloride 0.45%"),
    ("½ NS", "sodium chloride 0.45%"), ("half normal", "sodium chloride 0.45%"),
    ("0.45", "sodium chloride 0.45%"), ("3% saline", "sodium chloride 3%"),
    ("hypertonic", "sodium chloride 3%"), ("d5w", "dextrose 5% in water"),
    ("D5", "dextrose 5% in water"), ("dextrose", "dextrose 5% in water"),
    ("dext", "dextrose 5% in water"), ("d5ns", "dextrose 5% in sodium chloride 0.9%"),
    ("d5 ns", "dextrose 5% in sodium chloride 0.9%"),
    ("d5 1/2 ns", "dextrose 5% in sodium chloride 0.45%"),
    ("D51/2NS", "dextrose 5% in sodium chloride 0.45%"), ("d10", "dextrose 10% in water"),
    ("d50", "dextrose 50%"), ("LR", "lactated ringer's"), ("rl", "lactated ringer's"),
    ("lactated ringers", "lactated ringer's"), ("Lactated Ringer’s", "lactated ringer's"),
    ("ringer's lactate", "lactated ringer's"), ("ringers lactate", "lactated ringer's"),
    ("hartmann", "lactated ringer's"), ("d5lr", "dextrose 5% in lactated ringer's"),
    ("plasmalyte", "plasma-lyte a"), ("plasma-lyte", "plasma-lyte a"),
    ("sterile water", "sterile water for injection"), ("kcl", "potassium chloride"),
    ("potassium", "potassium acetate"), ("bicarb", "sodium bicarbonate"),
    ("mag", "magnesium sulfate"), ("vitamin k", "phytonadione"), ("b12", "cyanocobalamin"),
    ("mvi", "multivitamin infusion"), ("tpn", "parenteral nutrition (amino acids-dextrose)"),
    ("albumin", "albumin human 5%"),
    // Premedication and rescue.
    ("decadron", "dexAMETHasone"), ("dex", "dexAMETHasone"), ("benadryl", "diphenhydrAMINE"),
    ("bena", "diphenhydrAMINE"), ("zofran", "ondansetron"), ("zofran iv", "ondansetron"),
    ("zof", "ondansetron"), ("kytril", "granisetron"), ("aloxi", "palonosetron"),
    ("emend", "fosaprepitant"), ("pepcid", "famotidine"), ("tylenol", "acetaminophen iv"),
    ("Tylenol IV", "acetaminophen iv"), ("iv tylenol", "acetaminophen iv"),
    ("acetaminophen", "acetaminophen iv"), ("toradol", "ketorolac"), ("ativan", "LORazepam"),
    ("solumedrol", "methylPREDNISolone sodium succinate"),
    ("solu-medrol", "methylPREDNISolone sodium succinate"),
    ("solu cortef", "hydrocortisone sodium succinate"), ("phenergan", "promethazine"),
    ("compazine", "prochlorperazine"), ("reglan", "metoclopramide"), ("demerol", "meperidine"),
    ("dilaudid", "HYDROmorphone"), ("morphine sulfate", "morphine"), ("narcan", "naloxone"),
    ("adrenaline", "EPINEPHrine"), ("epi", "EPINEPHrine"), ("leuco", "leucovorin"),
    ("folinic acid", "leucovorin"), ("fusilev", "LEVOleucovorin"), ("mesnex", "mesna"),
    // Chemotherapy.
    ("taxol", "PACLitaxel"), ("tax", "PACLitaxel"), ("pacli", "PACLitaxel"),
    ("abraxane", "PACLitaxel protein-bound"), ("nab-paclitaxel", "PACLitaxel protein-bound"),
    ("taxotere", "DOCEtaxel"), ("5-fu", "fluorouracil"), ("5fu", "fluorouracil"),
    ("5 FU", "fluorouracil"), ("vp-16", "etoposide"), ("vp16", "etoposide"),
    ("cpt-11", "irinotecan"), ("ara-c", "cytarabine"), ("cytoxan", "cyclophosphamide"),
    ("adriamycin", "DOXOrubicin"), ("adria", "DOXOrubicin"), ("doxil", "DOXOrubicin liposomal"),
    ("oncovin", "vinCRIStine"), ("velban", "vinBLAStine"), ("platinol", "CISplatin"),
    ("cddp", "CISplatin"), ("carbo", "CARBOplatin"), ("oxali", "oxaliplatin"),
    ("gemzar", "gemcitabine"), ("gem", "gemcitabine"), ("dtic", "dacarbazine"),
    ("bcnu", "carmustine"), ("mmc", "mitoMYcin"), ("act-d", "DACTINomycin"),
    ("velcade", "bortezomib"), ("alimta", "PEMEtrexed"), ("il-2", "aldesleukin"),
    // Antibodies.
    ("rituxan", "riTUXimab"), ("rituxan hycela", "riTUXimab-hyaluronidase"),
    ("rituxan sc", "riTUXimab-hyaluronidase"), ("herceptin", "trastuzumab"),
    ("t-dm1", "ado-trastuzumab emtansine"), ("tdxd", "fam-trastuzumab deruxtecan"),
    ("keytruda", "pembrolizumab"), ("pembro", "pembrolizumab"), ("opdivo", "nivolumab"),
    ("avastin", "bevacizumab"), ("dara sc", "daratumumab-hyaluronidase"),
    ("remicade", "inFLIXimab"), ("entyvio", "vedolizumab"), ("ocrevus", "ocrelizumab"),
    ("tysabri", "natalizumab"), ("ivig", "immune globulin iv"),
    ("privigen", "immune globulin iv"), ("neupogen", "filgrastim"), ("g-csf", "filgrastim"),
    ("neulasta", "pegfilgrastim"), ("onpro", "pegfilgrastim"), ("procrit", "epoetin alfa"),
    // Iron, bone, antibiotics, blood, catheters.
    ("venofer", "iron sucrose"), ("injectafer", "ferric carboxymaltose"),
    ("feraheme", "ferumoxytol"), ("zometa", "zoledronic acid"), ("reclast", "zoledronic acid"),
    ("prolia", "denosumab"), ("vanc", "vancomycin"), ("vanco", "vancomycin"),
    ("rocephin", "cefTRIAXone"), ("ancef", "ceFAZolin"), ("zosyn", "piperacillin-tazobactam"),
    ("pip/tazo", "piperacillin-tazobactam"), ("cipro", "ciprofloxacin"),
    ("bactrim", "sulfamethoxazole-trimethoprim"), ("pen g", "penicillin g potassium"),
    ("flagyl", "metroNIDAZOLE"), ("cathflo", "alteplase"), ("activase", "alteplase"),
    ("heparin", "heparin"), ("hep lock", "heparin lock flush"), ("lovenox", "enoxaparin"),
    ("ffp", "fresh frozen plasma"), ("prbc", "red blood cells leukoreduced"),
    ("platelets", "platelets pheresis leukoreduced"), ("lasix", "furosemide"),
    ("heparin drip", "heparin"), ("mucomyst", "acetylcysteine"), ("txa", "tranexamic acid"),
  ])
  func `what is said finds its drug first`(text: String, drug: String) {
    #expect(first(text) == drug)
  }

  @Test(arguments: [
    ("MgSO4", ["magnesium sulfate"]), ("mgso4", ["magnesium sulfate"]),
    ("mgso", ["magnesium sulfate"]), ("MS", ["magnesium sulfate", "morphine"]),
    ("MSO4", ["morphine"]), ("MTX", ["methotrexate"]), ("mtx", ["methotrexate"]),
    ("HCT", ["hydrocortisone sodium succinate"]), ("AZT", ["zidovudine"]),
    ("tPA", ["alteplase"]), ("t-pa", ["alteplase"]), ("TNK", ["tenecteplase"]),
    ("TAC", ["triamcinolone acetonide"]), ("CPZ", ["prochlorperazine"]),
    ("APAP", ["acetaminophen iv"]), ("ZnSO4", ["zinc sulfate"]), ("PCA", ["procainamide"]),
    ("IV vanc", ["vancomycin"]), ("nitro", ["nitroglycerin"]), ("nitro drip", ["nitroglycerin"]),
    ("levo", ["levoFLOXacin"]), ("neo", ["phenylephrine"]), ("AT III", ["antithrombin human"]),
    ("banana bag", ["multivitamin infusion"]), ("MS IV", ["magnesium sulfate", "morphine"]),
  ])
  func `an error-prone abbreviation is found and never decides`(text: String, drugs: [String]) {
    let found = starter.search(text)
    #expect(found.errorProne != nil)
    #expect(found.certain == nil)
    #expect(found.prefix(drugs.count).map(\.entry.displayName) == drugs)
    #expect(found.prefix(drugs.count).allSatisfy { $0.isErrorProne })
  }

  @Test(arguments: ["NS", "5-FU", "taxol", "D5W", "LR", "Decadron", "VP-16", "Cathflo", "morphine"])
  func `a whole name, brand or synonym of one drug decides`(text: String) {
    #expect(starter.search(text).certain != nil)
  }

  @Test(arguments: ["ATG", "Stelara", "albutein", "levo", "J3490", "pen"])
  func `a text for several drugs does not decide`(text: String) {
    #expect(starter.search(text).count > 1)
    #expect(starter.search(text).certain == nil)
  }

  @Test func `no concentrate comes before a plain fluid of its name`() {
    for text in [
      "s", "so", "sodium chloride", "saline", "nacl", "d", "de", "dextrose", "d5", "water",
    ] {
      let found = starter.search(text).map(\.entry)
      let families = Dictionary(grouping: found.indices) { position in
        found[position].name.prefix { $0.isLetter }
      }
      for (family, positions) in families where family == "sodium" || family == "dextrose" {
        let fluids = positions.filter { found[$0].drugClass == .hydration }
        let concentrates = positions.filter {
          ["sodium chloride 3%", "dextrose 50%", "dextrose 10% in water"].contains(found[$0].name)
        }
        if let plain = fluids.min(), let strong = concentrates.min() {
          #expect(plain < strong, "\(text)")
        }
      }
    }
  }

  @Test func `accents, apostrophes, hyphens and blanks do not matter`() {
    for text in ["Táxol", "TAXOL", "  taxol ", "ta\u{0301}xol", "Taxol®", "T-axol"] {
      #expect(first(text) == "PACLitaxel")
    }
  }

  @Test func `drugs planned or given today come first among equals only`() {
    func names(_ text: String, _ due: [String]) -> [String] {
      starter.search(text, limit: 2, due: due).map(\.entry.name)
    }
    #expect(names("dex", []).first == "dexamethasone")
    #expect(names("dex", ["dexrazoxane"]).first == "dexrazoxane")
    // A later word is a beginning too; a whole name or synonym is better than any beginning.
    #expect(names("lipo", ["doxorubicin liposomal"]).first == "doxorubicin liposomal")
    #expect(names("paclitaxel", ["paclitaxel protein-bound"]).first == "paclitaxel")
    #expect(
      names("ns", ["sodium chloride 0.9% with potassium chloride"]).first == "sodium chloride 0.9%")
  }

  // MARK: The table

  @Test func `every synonym is of a drug of the formulary and is found`() {
    #expect(starter.synonyms.count >= 450)
    for synonym in starter.synonyms {
      let entry = starter.entries.first { $0.name == synonym.drug }
      #expect(entry != nil, "\(synonym)")
      let best = starter.search(synonym.said).filter { $0.rank <= .wholeSynonym }
      #expect(best.contains { $0.entry === entry }, "\(synonym)")
      // What belongs to another drug by name or brand cannot be said of this one.
      let owner = starter.entry(named: synonym.said)
      #expect(owner == nil || owner === entry, "\(synonym)")
    }
    #expect(Set(starter.synonyms).count == starter.synonyms.count)
  }

  @Test func `only a text that is the same word is said of several drugs`() {
    let shared = Dictionary(grouping: starter.synonyms) { Formulary.fold($0.said) }
      .filter { Set($0.value.map(\.drug)).count > 1 }
    #expect(Set(shared.keys) == ["atg", "ms", "stelara", "lmwh", "vwf", "fviii", "factor 8"])
  }

  @Test(arguments: [
    ("a,b\n", "said.csv:1: the first line names other columns; expected said,drug,kind."),
    (
      "said,drug,kind\nNS,sodium chloride 0.9%,nickname\n",
      "said.csv:2: kind: the word is not a kind of synonym; expected one of brand, synonym,"
        + " abbreviation, error-prone."
    ),
  ])
  func `a table of synonyms with a fault is refused`(text: String, sentence: String) {
    do throws(DocumentError) {
      _ = try SynonymTable.read(Array(text.utf8), file: "said.csv")
      Issue.record("no fault")
    } catch { #expect(error.description == sentence) }
  }
}
