/// A source, named once.
///
/// Facts are taken from public pages and told in our own words. The grade says how the source was
/// read, after the rulebook's scale.
public struct Citation: Sendable, Hashable {
  public enum Grade: String, Sendable, CaseIterable {
    /// The text of an authority was read.
    case authority = "A"
    /// An authority's text as quoted by a named secondary source.
    case quoted = "B"
    /// The opinion of a secondary source.
    case opinion = "C"
    /// General knowledge of the code book, not read.
    case memory = "M"
    /// Our own deduction.
    case deduction = "D"

    public var meaning: String {
      switch self {
      case .authority: "text of an authority, read"
      case .quoted: "text of an authority, as quoted by a named secondary source"
      case .opinion: "opinion of a secondary source"
      case .memory: "general knowledge of the code book; check against a licensed copy"
      case .deduction: "our own deduction; no source says it"
      }
    }
  }

  /// Stable name, `rac-0071`.
  public let name: String
  public let title: String
  /// Section or page, where one applies.
  public let section: String
  /// Year or date as printed, `n.d.` where none is shown.
  public let date: String
  public let grade: Grade
  /// Who quotes it, where it was not read itself.
  public let quotedBy: String?
  public let address: String?

  /// One line for a person.
  public var line: String {
    var parts = [title]
    if !section.isEmpty { parts.append(section) }
    parts.append(date)
    var line = parts.joined(separator: ", ")
    if let quotedBy { line += " (quoted by \(quotedBy))" }
    return line + " [\(grade.rawValue)]"
  }
}

extension Citation {
  /// Every source, once.
  public enum ID: UInt8, CaseIterable, Sendable, Hashable {
    case rac0071, rac0137, palmettoA53778, palmettoAborted, noridianChemo
    case noridianA52953, noridianComplex, noridianA52732, noridianHydration, noridianTPE
    case cmsA58527, cmsA55134, chemo001, mln1783722, ngsAddOn
    case firstCoastMUE, transmittal1702, transmittal902, chapter4, cptRanking
    case aapc157218, aapc170565, aapc145827, aapc149056, aapc172381
    case aapc176906, aapc2006, asco2008, asco2010, premera2019
    case rca4136, rcaNoStop, rcaShort, cptAssistant2007, supercoder2013
    case medlearnJan2022, medlearnNov2021, medlearnAug2023, qhr, haugenMidnight
    case icd10monitorSC, selectHealth09, regence109, codapedia, payerready
    case codingahead, codeBook, deduction

    public var citation: Citation { Citation.all[Int(rawValue)] }
  }
}
