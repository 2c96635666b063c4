import ArgumentParser
import InfusionRecord
import Interchange
import SuiteProgram
import Synchronization

/// The formulary file that `--formulary` names.
///
/// Each command declares the option itself: a shared `@OptionGroup` would be parsed at every start.
enum SiteFormulary {
  static var help: ArgumentHelp {
    ArgumentHelp("Lay this formulary file (CSV) over the built-in one.", valueName: "file")
  }

  /// The built-in formulary with the file laid over it, or alone without a file.
  static func read(_ path: String?) throws(DocumentError) -> Formulary {
    guard let path else { return .starter }
    let file = InputFile(path: path)
    return try Formulary.starter.laying(siteFile: file.bytes(), file: file.name)
  }
}
