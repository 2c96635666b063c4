import ArgumentParser
import InfusionRecord
import Interchange
import SuiteProgram
import Synchronization

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
    .starter(naming: (typed.map { [$0] } ?? []) + drugs(of: logs))
  }

  /// What sessions call their drugs.
  private static func drugs(of logs: [EventLog]) -> [String] {
    var texts: [String] = []
    for log in logs {
      for index in log.events.indices {
        if let drug = log.events[index].fact.drug, !texts.contains(drug) { texts.append(drug) }
      }
    }
    return texts
  }

  /// The built-in formulary with the file laid over it, or alone where no file is named.
  static func read(_ path: String?) throws(DocumentError) -> Formulary {
    guard let path else { return .starter }
    let file = InputFile(path: path)
    return try Formulary.starter.laying(siteFile: file.bytes(), file: file.name)
  }

  /// The drugs of the built-in formulary that sessions speak of, one stretch of them after another.
  final class Spoken: Sendable {
    private let known = Mutex<(texts: [String], formulary: Formulary)>(([], Formulary([])))

    /// The drugs of all stretches so far.
    var formulary: Formulary { known.withLock { $0.formulary } }

    /// The drugs of these sessions, and those of the stretches before.
    func formulary(for logs: [EventLog]) -> Formulary {
      let texts = SiteFormulary.drugs(of: logs)
      return known.withLock { known in
        let new = texts.filter { !known.texts.contains($0) }
        if new.isEmpty { return known.formulary }
        var entries = known.formulary.entries
        for entry in Formulary.starter(naming: new).entries
        where !entries.contains(where: { $0.name == entry.name }) {
          entries.append(entry)
        }
        known = (known.texts + new, Formulary(entries))
        return known.formulary
      }
    }
  }
}
