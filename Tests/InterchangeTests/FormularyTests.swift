import Foundation
import InfusionRecord
import Interchange
import Testing

struct FormularyTests {
  private let header =
    "name,display_name,brands,hcpcs,ndcs,class,techniques,typical_minutes,contested,basis,source,"
    + "payer,payer_class,payer_from,payer_to,payer_source\n"

  private func laid(_ text: String, on formulary: Formulary = .starter) throws(DocumentError)
    -> Formulary
  {
    try formulary.laying(siteFile: Array(text.utf8), file: "site.csv")
  }

  private func fault(_ text: String) -> String {
    do throws(DocumentError) {
      _ = try laid(text)
      return "no fault"
    } catch {
      return error.description
    }
  }

  // MARK: The starter

  @Test func `the starter formulary is read and every entry is complete`() {
    let starter = Formulary.starter
    #expect(starter.entries.count >= 680)
    for entry in starter.entries {
      #expect(entry.name == Formulary.fold(entry.name))
      #expect(Formulary.fold(entry.displayName) == entry.name)
      #expect(!entry.basis.isEmpty)
      #expect(!entry.source.isEmpty)
      // What is instilled or implanted is not given by any technique of the recorder.
      #expect(!entry.techniques.isEmpty || entry.drugClass == .other)
      #expect(starter.entry(named: entry.displayName) == entry)
      for brand in entry.brands { #expect(starter.entry(named: brand) == entry) }
    }
    #expect(Set(starter.entries.map(\.name)).count == starter.entries.count)
    // Codes for drugs without a code of their own are shared.
    let unspecific: Set = ["J3490", "J3590", "J9999"]
    let codes = starter.entries.flatMap(\.hcpcs).filter { !unspecific.contains($0) }
    #expect(Set(codes).count == codes.count)
    #expect(
      starter.entries.filter { $0.source.contains("/") }.allSatisfy { $0.source.hasPrefix("http") })
  }

  @Test func `the built-in table passes the checks of a site's file`() throws {
    // It is read without them at every start.
    let read = try Formulary.reading(
      Formulary.starterTable, file: "formulary.csv", sources: [:])
    #expect(read.entries.map(\.name) == Formulary.starter.entries.map(\.name))
  }

  /// FDA and ISMP lists of look-alike drug names with recommended tall man letters.
  @Test(arguments: [
    "azaCITIDine", "CARBOplatin", "ceFAZolin", "cefOXitin", "cefTRIAXone", "CISplatin",
    "DACTINomycin", "DAPTOmycin", "DAUNOrubicin", "dexAMETHasone", "diphenhydrAMINE", "DOCEtaxel",
    "DOXOrubicin", "EPINEPHrine", "epiRUBicin", "eriBULin", "fentaNYL", "HYDROmorphone",
    "hydrOXYzine", "HYDROXYprogesterone caproate", "IDArubicin", "inFLIXimab", "levoFLOXacin",
    "LEVOleucovorin", "LORazepam", "methylPREDNISolone sodium succinate", "mitoMYcin",
    "mitoXANTRONE", "PACLitaxel", "PACLitaxel protein-bound", "PEMEtrexed", "PRALAtrexate",
    "riTUXimab", "romiDEPsin", "romiPLOStim", "vinBLAStine", "vinCRIStine",
  ])
  func `names of the tall man lists have their letters`(name: String) {
    #expect(Formulary.starter.entry(named: name)?.displayName == name)
  }

  // MARK: Resolving

  @Test func `a drug is the same by name, display name or brand in any case`() {
    let starter = Formulary.starter
    let drug = starter.drug(named: "paclitaxel")
    for text in ["PACLitaxel", "TAXOL", " taxol ", "Paclitaxel"] {
      #expect(starter.drug(named: text) == drug)
    }
    #expect(starter.drug(named: "paclitaxel  protein-bound") != drug)
    #expect(starter.drug(named: "abraxane") == starter.drug(named: "paclitaxel  protein-bound"))
  }

  @Test func `a drug the formulary lacks is compared with folded case and single blanks`() {
    let starter = Formulary.starter
    #expect(starter.drug(named: "Study  Drug X ").identity == "study drug x")
    #expect(starter.drug(named: "Study  Drug X ").text == "Study  Drug X ")
    #expect(starter.drug(named: "STUDY\tDRUG ÄX") == starter.drug(named: "study drug äx"))
    #expect(starter.drug(named: "Study Drug X").entry == nil)
  }

  // MARK: A site's file

  @Test func `a site's line adds a drug`() throws {
    let formulary = try laid(
      header
        + "Fictionumab,fictionUMAB,Sampla|Nobodiva,J9998,0002-7510-01|00003377211,complex-biologic,"
        + "infusion|sc,30-60,yes,Our committee,Minutes of 2 March 2026,,,,,\n")
    let entry = try #require(formulary.entry(named: "SAMPLA"))
    #expect(entry.name == "fictionumab")
    #expect(entry.displayName == "fictionUMAB")
    #expect(entry.hcpcs == ["J9998"])
    #expect(entry.ndcs == ["00002751001", "00003377211"])
    #expect(entry.drugClass == .complexBiologic)
    #expect(entry.techniques == [.infusion, .subcutaneous])
    #expect(entry.typicalMinutes == 30...60)
    #expect(entry.isContested)
    #expect(formulary.entries.count == Formulary.starter.entries.count + 1)
  }

  @Test func `a site's line replaces what it fills in and keeps the rest`() throws {
    let before = try #require(Formulary.starter.entry(named: "rituximab"))
    let formulary = try laid("name,class,contested,brands\nRiTuXimab,therapeutic,no,-\n")
    let after = try #require(formulary.entry(named: "rituximab"))
    #expect(after.drugClass == .therapeutic)
    #expect(!after.isContested)
    #expect(after.brands.isEmpty)
    #expect(after.displayName == "riTUXimab")
    #expect(after.hcpcs == before.hcpcs)
    #expect(after.source == before.source)
    #expect(formulary.entry(named: "Rituxan") == nil)
    #expect(formulary.entries.count == Formulary.starter.entries.count)
  }

  @Test func `a payer's class applies from its first day to its last`() throws {
    let formulary = try laid(
      """
      name,payer,payer_class,payer_from,payer_to,payer_source
      infliximab,Example Health,therapeutic,2024-01-01,2024-12-31,Bulletin 7
      infliximab,Example Health,chemotherapy,2025-01-01,,Bulletin 8
      infliximab,Other Plan,therapeutic,2024-06-01,,Letter
      """)
    let entry = try #require(formulary.entry(named: "infliximab"))
    func drugClass(_ payer: String?, _ year: Int, _ month: Int, _ day: Int) -> Drug.Class {
      entry.drugClass(payer: payer, on: CivilDate(year: year, month: month, day: day)).0
    }
    #expect(drugClass("example health", 2023, 12, 31) == .complexBiologic)
    #expect(drugClass("example health", 2024, 1, 1) == .therapeutic)
    #expect(drugClass("Example Health", 2024, 12, 31) == .therapeutic)
    #expect(drugClass("Example Health", 2025, 1, 1) == .chemotherapy)
    #expect(drugClass("other plan", 2024, 5, 31) == .complexBiologic)
    #expect(drugClass("medicare", 2025, 1, 1) == .complexBiologic)
    #expect(drugClass(nil, 2025, 1, 1) == .complexBiologic)
    #expect(
      entry.drugClass(payer: "other plan", on: CivilDate(year: 2025, month: 1, day: 1)).1?.source
        == "Letter")
  }

  @Test func `the starter knows a payer that bars a drug from the chemotherapy codes`() throws {
    let entry = try #require(Formulary.starter.entry(named: "Trelstar"))
    let day = try #require(CivilDate(year: 2022, month: 4, day: 26))
    #expect(entry.drugClass(payer: "AmeriHealth", on: day).0 == .therapeutic)
    #expect(entry.drugClass(payer: "AmeriHealth", on: day + -1).0 == .hormonalAntineoplastic)
  }

  @Test(arguments: [
    ("", "site.csv:1: the file is empty; expected a first line with the names of the columns."),
    (
      "drug,class\n",
      "site.csv:1: the column \"drug\" is not known; expected some of name, display_name, brands,"
        + " hcpcs, ndcs, class, techniques, typical_minutes, contested, basis, source, payer,"
        + " payer_class, payer_from, payer_to, payer_source."
    ),
    (
      "name,clas\n",
      "site.csv:1: the column \"clas\" is not known; expected some of name, display_name, brands,"
        + " hcpcs, ndcs, class, techniques, typical_minutes, contested, basis, source, payer,"
        + " payer_class, payer_from, payer_to, payer_source (did you mean \"class\"?)."
    ),
    ("name,class,name\n", "site.csv:1: the column \"name\" is there twice; expected it once."),
    ("class\n", "site.csv:1: the column \"name\" is missing; expected it in the first line."),
    (
      "name,class\n ,other\n",
      "site.csv:2: name: the cell is empty; expected the drug's generic name."
    ),
    (
      "name,class\nx,chemo\n",
      "site.csv:2: class: the word is not a class; expected one of chemotherapy,"
        + " hormonal-antineoplastic, complex-biologic, therapeutic, hydration, other."
    ),
    (
      "name,hcpcs\nx,J1234\n",
      "site.csv:2: class: the cell is empty and the drug is new; expected one of chemotherapy,"
        + " hormonal-antineoplastic, complex-biologic, therapeutic, hydration, other."
    ),
    (
      "name,class\nx,other\ny,other\nX,other\n",
      "site.csv:4: name: the drug is described on line 2 too; expected one line for each drug."
    ),
    (
      "name,class\ninfliximab,\n",
      "site.csv:2: name: the line says nothing about the drug; expected a class or a payer's class."
    ),
    (
      "name,class,hcpcs\nx,other,J12\n",
      "site.csv:2: hcpcs: a code is not of HCPCS form; expected five digits, or a capital letter"
        + " and four digits."
    ),
    (
      "name,class,ndcs\nx,other,123\n",
      "site.csv:2: ndcs: a code is not an NDC; expected ten or eleven digits, with hyphens as on"
        + " the label."
    ),
    (
      "name,class,techniques\nx,other,infusion|drip\n",
      "site.csv:2: techniques: a word is not a technique; expected some of infusion, push, im, sc,"
        + " sc-infusion, pump, pump-disconnect, pump-refill, implanted-pump-refill,"
        + " on-body-injector, flush, oral."
    ),
    (
      "name,class,typical_minutes\nx,other,90-30\n",
      "site.csv:2: typical_minutes: the cell is not a duration; expected minutes such as 30, or a"
        + " range such as 30-90."
    ),
    (
      "name,class,contested\nx,other,maybe\n",
      "site.csv:2: contested: the cell is not an answer; expected yes or no."
    ),
    (
      "name,class,basis\nx,other,\"a\u{1B}[2J\"\n",
      "site.csv:2: basis: the cell holds a control character; expected printable text."
    ),
    (
      "name,class,brands\nx,other,B\ny,other,b\n",
      "site.csv:3: brands: another line has a drug of the same name or brand; expected a name for"
        + " one drug only."
    ),
    (
      "name,payer_class\ninfliximab,other\n",
      "site.csv:2: payer_class: the cell is filled but names no payer; expected a payer too."
    ),
    (
      "name,payer,payer_class\ninfliximab,P,other\n",
      "site.csv:2: payer_from: the cell is empty; expected the day the payer's class starts."
    ),
    (
      "name,payer,payer_class,payer_from\ninfliximab,P,other,2024-01-01\n",
      "site.csv:2: payer_source: the cell is empty; expected where the payer says so."
    ),
    (
      "name,payer,payer_class,payer_from,payer_source\ninfliximab,P,other,1/1/24,S\n",
      "site.csv:2: payer_from: the cell is not a date; expected YYYY-MM-DD."
    ),
    (
      "name,payer,payer_class,payer_from,payer_to,payer_source\ninfliximab,P,other,2024-01-02,2024-01-01,S\n",
      "site.csv:2: payer_to: the last day is before the first; expected a later day."
    ),
    (
      "name,payer,payer_class,payer_from,payer_to,payer_source\n"
        + "infliximab,P,other,2024-01-01,,S\ninfliximab,p,other,2025-01-01,,S\n",
      "site.csv:3: payer_from: the payer's class overlaps the one from 2024-01-01; expected one"
        + " class for the payer on each day."
    ),
  ])
  func `a site's file with a fault is refused with its line`(text: String, sentence: String) {
    #expect(fault(text) == sentence)
  }

  @Test func `the example in the guide is a site's file`() throws {
    let guide = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/formulary.md")
    let text = try String(contentsOf: guide, encoding: .utf8)
    let start = try #require(text.range(of: "```\nname,"))
    let end = try #require(text.range(of: "```\n", range: start.upperBound..<text.endIndex))
    let formulary = try laid("name," + text[start.upperBound..<end.lowerBound])
    #expect(formulary.entry(named: "fictionumab")?.ndcs == ["50242006001"])
    #expect(formulary.entry(named: "infliximab")?.payerOverrides.count == 2)
    // Every column is described.
    for column in header.dropLast().split(separator: ",") {
      #expect(text.contains("| `\(column)` |"))
    }
  }

  @Test(arguments: [
    ("typical_minutes", "0", true), ("typical_minutes", "100000", true),
    ("typical_minutes", "100001", false), ("typical_minutes", "30-30", true),
    ("typical_minutes", "30-29", false), ("typical_minutes", "1-2-3", false),
    ("basis", String(repeating: "b", count: 4096), true),
    ("basis", String(repeating: "b", count: 4097), false), ("hcpcs", "J123", false),
    ("hcpcs", "J1234", true), ("hcpcs", "J12345", false), ("hcpcs", "[1234", false),
    ("hcpcs", "Z1234", true), ("hcpcs", "j1234", false),
  ])
  func `values at a limit are accepted, values beyond it are refused`(
    column: String, value: String, isAllowed: Bool
  ) {
    let found = fault("name,class,\(column)\nfictionumab,other,\(value)\n")
    #expect((found == "no fault") == isAllowed, "\(found)")
  }
}
