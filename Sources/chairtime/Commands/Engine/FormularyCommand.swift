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
      Without SEARCH lists every drug, one per line. SEARCH is the beginning of a generic name, a brand \
      or one of their words, a HCPCS code, an NDC with or without hyphens, or what a barcode scanner \
      sends. If one drug is found, all its details are shown. If none is found, the exit code is 1.

      --formulary lays a site's file over the built-in formulary and checks it.
      """)

  @Argument(help: ArgumentHelp("What to look for.", valueName: "search"))
  var words: [String] = []

  @Option(name: .customLong("formulary"), help: SiteFormulary.help)
  var formularyFile: String?

  func run() throws {
    let formulary = try SiteFormulary.read(formularyFile)
    let matches = formulary.search(words.joined(separator: " "))
    guard let first = matches.first else {
      throw Complaint(
        "The formulary has no such drug, brand or code; try the beginning of its name.")
    }
    let isOne = matches.count == 1 || (!words.isEmpty && first.rank < .wholeCode)
    try StandardStream.print(
      isOne ? FormularyPage.detail(of: first.entry) : FormularyPage.list(matches))
  }
}
