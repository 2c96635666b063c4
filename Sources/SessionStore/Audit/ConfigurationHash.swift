/// The SHA-256 of each file that decides what sessions come to and where charges go.
///
/// Each hash is that of the bytes that were parsed, so it stands for what the program does and not for
/// what the file holds by now. A hash is empty if there is no such file.
package struct ConfigurationHash: Sendable, Hashable {
  /// The site's configuration.
  package var site: String
  /// The formulary that is laid over the built-in one.
  package var formulary: String
  /// The edit tables of CMS.
  package var editTables: String
  /// The list of the loaded tables of drug codes, which holds the hash of each.
  package var drugTables: String

  package init(
    site: String = "", formulary: String = "", editTables: String = "", drugTables: String = ""
  ) {
    self.site = site
    self.formulary = formulary
    self.editTables = editTables
    self.drugTables = drugTables
  }

  /// Reads what `text` wrote. A text without names is the hash of the site's configuration.
  package init(text: String) {
    self.init()
    for part in text.split(separator: " ") {
      let pair = part.split(separator: ":", maxSplits: 1).map(String.init)
      switch (pair.first, pair.count) {
      case ("formulary", 2): formulary = pair[1]
      case ("edit-tables", 2): editTables = pair[1]
      case ("drug-tables", 2): drugTables = pair[1]
      case ("site", 2): site = pair[1]
      default: site = String(part)
      }
    }
  }

  /// `HASH`, or `site:HASH formulary:HASH edit-tables:HASH drug-tables:HASH` without the parts that are
  /// empty.
  ///
  /// The audit record and signatures hold this text.
  package var text: String {
    if formulary.isEmpty, editTables.isEmpty, drugTables.isEmpty { return site }
    return [
      ("site", site), ("formulary", formulary), ("edit-tables", editTables),
      ("drug-tables", drugTables),
    ].filter { !$0.1.isEmpty }.map { "\($0.0):\($0.1)" }.joined(separator: " ")
  }

  package var isEmpty: Bool { text.isEmpty }

  /// The files with the beginnings of their hashes, as words of a sentence.
  package var words: String {
    if isEmpty { return "that there is no site configuration" }
    return [
      ("the site configuration", site), ("the formulary", formulary),
      ("the edit tables", editTables), ("the tables of drug codes", drugTables),
    ].filter { !$0.1.isEmpty }.map { "\($0.0) \($0.1.prefix(12))" }.joined(separator: ", ")
  }

  /// What differs from the hashes that were accepted, as a sentence with advice; nil if nothing does.
  package func difference(from accepted: ConfigurationHash) -> String? {
    let what: String
    if site != accepted.site {
      what = "The site's configuration changed since a supervisor accepted it"
    } else if formulary != accepted.formulary {
      what =
        formulary.isEmpty
        ? "A supervisor accepted a formulary, and this runs without one"
        : "The formulary is not the one that a supervisor accepted"
    } else if editTables != accepted.editTables {
      what = "The edit tables changed since a supervisor accepted them"
    } else if drugTables != accepted.drugTables {
      what = "The tables of drug codes changed since a supervisor accepted them"
    } else {
      return nil
    }
    return what
      + "; look at what changed, then run chairtime config accept. A program that began before must be started again."
  }
}
