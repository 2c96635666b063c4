import ArgumentParser
import InfusionRecord
import Interchange

/// The formulary file that `--formulary` names, one option of every command that knows drugs.
///
/// Each command declares the option itself: a shared `@OptionGroup` would be read at every start.
enum SiteFormulary {
  static var help: ArgumentHelp {
    ArgumentHelp("Lay this formulary file (CSV) over the built-in one.", valueName: "file")
  }

  /// Has the built-in formulary parsed beside what comes next, such as the opening of the store.
  static func expectStarter() {
    Beside.start { _ = Formulary.starter }
  }

  /// The drugs of the built-in formulary that sessions speak of, or that were typed.
  static func starter(for logs: [EventLog], typed: String? = nil) -> Formulary {
    var texts = typed.map { [$0] } ?? []
    for log in logs {
      for index in log.events.indices {
        if let drug = log.events[index].fact.drug, !texts.contains(drug) { texts.append(drug) }
      }
    }
    return .starter(naming: texts)
  }

  /// The built-in formulary with the file laid over it, or alone where no file is named.
  static func read(_ path: String?) throws(DocumentError) -> Formulary {
    guard let path else { return .starter }
    let file = InputFile(path: path)
    return try Formulary.starter.laying(siteFile: file.bytes(), file: file.name)
  }
}
