import ArgumentParser
import InfusionRecord
import Interchange
import SessionStore
import SuiteProgram
import Synchronization

/// The formulary file that `--formulary` names.
///
/// Each command declares the option itself: a shared `@OptionGroup` would be parsed at every start.
enum SiteFormulary {
  static var help: ArgumentHelp {
    ArgumentHelp("Lay this formulary file (CSV) over the built-in one.", valueName: "file")
  }

  /// The built-in formulary with the file laid over it, and the hash of the bytes that were parsed; alone
  /// and empty without a file.
  ///
  /// The file decides the classes of drugs and so what is charged. It must belong to this account or the
  /// administrator, who alone may write it, as the site's configuration.
  static func read(
    _ path: String?
  ) throws(DocumentError) -> (formulary: Formulary, hash: String) {
    guard let path else { return (.starter, "") }
    let file = InputFile(path: path, isTrusted: true)
    let bytes = try file.bytes()
    return (
      try Formulary.starter.laying(siteFile: bytes, file: file.name), Seal.sha256(bytes)
    )
  }
}
