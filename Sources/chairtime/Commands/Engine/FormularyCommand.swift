import ArgumentParser
import InfusionRecord
import Interchange
import SuiteProgram

/// `chairtime formulary`: lists or searches the drugs of the formulary.
struct FormularyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "formulary",
    abstract: "List or search the formulary.",
    discussion: """
      Without SEARCH lists every drug, one per line. SEARCH is the beginning of a generic name, a brand, \
      a name that is said (NS, 5-FU, Decadron) or one of their words, a HCPCS code, an NDC with or \
      without hyphens, or what a barcode scanner sends. Accents, apostrophes and hyphens do not matter. \
      If one drug is found, all its details are shown. An abbreviation on the ISMP list of error-prone \
      abbreviations (MgSO4) is found too, but never decides alone. If no drug is found, the exit code is \
      1.

      --formulary lays a site's file over the built-in formulary and checks it.
      """)

  @Argument(help: ArgumentHelp("What to look for.", valueName: "search"))
  var words: [String] = []

  @Option(name: .customLong("formulary"), help: SiteFormulary.help)
  var formularyFile: String?

  func run() throws {
    let formulary = try SiteFormulary.read(formularyFile).formulary
    let matches = formulary.search(words.joined(separator: " "))
    guard !matches.isEmpty else {
      throw Complaint(
        "The formulary has no such drug, brand or code; try the beginning of its name.")
    }
    if !words.isEmpty, let match = matches.certain, match.rank != .wholeCode || matches.count == 1 {
      try StandardStream.print(
        FormularyPage.detail(of: match.entry, said: formulary.synonyms(of: match.entry)))
    } else {
      try StandardStream.print(FormularyPage.list(matches))
    }
  }
}
