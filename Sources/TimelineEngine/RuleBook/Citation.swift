/// A source that rules and numbers rest on.
///
/// We took facts from public pages and state them in our own words. The grade says how we read the
/// source, on the rulebook's scale.
package struct Citation: Sendable, Hashable {
  package enum Grade: String, Sendable, CaseIterable {
    /// We read the text of an authority.
    case authority = "A"
    /// An authority's text as quoted by a named secondary source.
    case quoted = "B"
    /// The opinion of a secondary source.
    case opinion = "C"
    /// General knowledge of the code book, which we did not read.
    case memory = "M"
    /// Our own deduction.
    case deduction = "D"

    package var meaning: String {
      switch self {
      case .authority: "text of an authority, read"
      case .quoted: "text of an authority, as quoted by a named secondary source"
      case .opinion: "opinion of a secondary source"
      case .memory: "general knowledge of the code book; check against a licensed copy"
      case .deduction: "our own deduction; no source says it"
      }
    }
  }

  package let id: ID
  package let title: String
  /// Section or page; empty if none applies.
  package let section: String
  /// Year or date as printed, `n.d.` if the source shows none.
  package let date: String
  package let grade: Grade
  /// Who quotes it, if we did not read the source itself.
  package let quotedBy: String?
  package let address: String?

  init(
    _ id: ID, _ title: String, section: String = "", date: String, grade: Grade,
    quotedBy: String? = nil, address: String? = nil
  ) {
    self.id = id
    self.title = title
    self.section = section
    self.date = date
    self.grade = grade
    self.quotedBy = quotedBy
    self.address = address
  }

  /// Stable name, `rac-0071`.
  package var name: String { id.rawValue }

  /// What it says, as far as we rely on it, in our own words.
  package var says: String { id.says }

  /// One line: title, section, date, quoting source and grade.
  package var line: String {
    var parts = [title]
    if !section.isEmpty { parts.append(section) }
    parts.append(date)
    var line = parts.joined(separator: ", ")
    if let quotedBy { line += " (quoted by \(quotedBy))" }
    return line + " [\(grade.rawValue)]"
  }
}

extension Citation {
  /// Every source made once, because an export reads a source for each reason.
  private static let table: [ID: Citation] = Dictionary(
    uniqueKeysWithValues: ID.allCases.map { ($0, $0.made) })
  private static let lines = table.mapValues(\.line)

  /// The line of a source.
  static func line(of id: ID) -> String { lines[id] ?? "" }

  fileprivate static func named(_ id: ID) -> Citation { table[id] ?? id.made }
}

extension Citation.ID {
  /// The source with this name.
  package var citation: Citation { Citation.named(self) }
}

extension Citation {
  /// Every source, by its stable name.
  package enum ID: String, CaseIterable, Sendable, Hashable {
    case rac0071 = "rac-0071"
    case rac0137 = "rac-0137"
    case palmettoA53778 = "palmetto-a53778"
    case palmettoAborted = "palmetto-aborted"
    case noridianChemo = "noridian-chemo"
    case noridianA52953 = "noridian-a52953"
    case noridianComplex = "noridian-complex"
    case noridianA52732 = "noridian-a52732"
    case noridianHydration = "noridian-hydration"
    case noridianTPE = "noridian-tpe"
    case noridianPostPay = "noridian-post-pay"
    case noridianWyoming = "noridian-wyoming"
    case cmsA58527 = "cms-a58527"
    case cmsA55134 = "cms-a55134"
    case chemo001 = "chemo-001"
    case mln1783722 = "mln-1783722"
    case ngsAddOn = "ngs-add-on"
    case firstCoastMUE = "first-coast-mue"
    case transmittal1702 = "transmittal-1702"
    case transmittal902 = "transmittal-902"
    case chapter4 = "claims-manual-4-230"
    case cptRanking = "cpt-ranking"
    case cptFurtherPush = "cpt-further-push"
    case cptMidnight = "cpt-midnight"
    case aapc157218 = "aapc-157218"
    case aapc170565 = "aapc-170565"
    case aapc145827 = "aapc-145827"
    case aapc149056 = "aapc-149056"
    case aapc172381 = "aapc-172381"
    case aapc176906 = "aapc-176906"
    case aapc2006 = "aapc-2006"
    case aapcSimultaneous = "aapc-simultaneous"
    case aapcDisconnect = "aapc-disconnect"
    case asco2008 = "asco-2008"
    case asco2010 = "asco-2010"
    case premera2019 = "premera-2019"
    case rca4136 = "rca-4136"
    case rcaNoStop = "rca-no-stop"
    case rcaShort = "rca-short"
    case cptAssistant2007 = "cpt-assistant-2007"
    case supercoder2013 = "supercoder-2013"
    case medlearnJan2022 = "medlearn-jan-2022"
    case medlearnNov2021 = "medlearn-nov-2021"
    case medlearnAug2023 = "medlearn-aug-2023"
    case medlearnDec2024 = "medlearn-dec-2024"
    case qhr = "qhr"
    case haugenMidnight = "haugen-midnight"
    case haugenQuestions = "haugen-questions"
    case icd10monitorSC = "icd10monitor-sc"
    case selectHealth09 = "select-health-09"
    case regence109 = "regence-109"
    case codapedia = "codapedia"
    case careCost = "care-cost"
    case payerready = "payerready"
    case codingahead = "codingahead"
    case ucla2009 = "ucla-2009"
    case hcpcs2025 = "hcpcs-2025"
    case codingahead96372 = "codingahead-96372"
    case cptAssistantMay2010 = "cpt-assistant-may-2010"
    case hcpro2008 = "hcpro-2008"
    case miamiOBC = "miami-obc"
    case hiiGuide = "hii-guide"
    case cpiExperts2006 = "cpi-experts-2006"
    case ahima107707 = "ahima-107707"
    case icd10monitor49453 = "icd10monitor-49453"
    case cgsDrugUnits = "cgs-cope140894"
    case cmsDiscarded = "cms-discarded-drugs"
    case firstCoastDrugs = "first-coast-0503966"
    case noridianDrugs = "noridian-jw-jz"
    case rac0074 = "rac-0074"
    case ngsWaste = "ngs-4990260"
    case ngsImaging = "ngs-11025084"
    case ngsPatientSupply = "ngs-3999440"
    case chapter17Units = "claims-manual-17-10"
    case chapter17Waste = "claims-manual-17-40"
    case cmsPackageUnits = "cms-package-units"
    case rta2017 = "rta-2017"
    case uhcMaryland = "uhc-maryland-2025"
    case aapc147401 = "aapc-147401"
    case icd10monitorVials = "icd10monitor-vials"
    case palmettoJ9355 = "palmetto-j9355"
    case cmsSharedVial = "cms-shared-vial"
    case msho2026 = "msho-2026"
    case cam078 = "cam-078"
    case palmettoWaste = "palmetto-jmb-jw"
    case palmettoUnlisted = "palmetto-noc"
    case amerihealthNDC = "amerihealth-ndc"
    case cmsDrugFiles = "cms-drug-files"
    case priorityRoute = "priority-ja-jb"
    case noridianSelf = "noridian-self-administered"
    case rxtrail340B = "rxtrail-340b"
    case hopaRounding = "hopa-rounding"
    case codeBook = "code-book"
    case deduction = "deduction"
  }
}
