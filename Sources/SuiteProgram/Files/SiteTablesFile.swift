import Glibc
package import Interchange
import PlainText
import SessionStore
package import SessionReview
package import TimelineEngine

/// Tables that a site loads from files of CMS and keeps next to its store.
package protocol SiteTables: Sendable {
  static var none: Self { get }
  /// The site loaded tables, and their file cannot be read.
  static var unreadable: Self { get }
  /// What a fault of the file means and what to do, for a person.
  static func hint(_ fault: DocumentError) -> String

  init(_ bytes: [UInt8], file: String) throws(DocumentError)
}

/// The file of such tables (0600 in a folder of 0700).
///
/// One file stands for all tables, so that loading replaces it whole or not at all. The tables decide what is
/// charged or asked, so a file that other accounts may write is refused.
package struct SiteTablesFile<Tables: SiteTables> {
  package let path: String

  package init(path: String) {
    self.path = path
  }

  /// The tables, and the hash of the bytes they were parsed from; none and empty if nothing was loaded.
  package func read() throws(DocumentError) -> (tables: Tables, hash: String) {
    if access(path, F_OK) != 0 {
      if errno == ENOENT || errno == ENOTDIR { return (.none, "") }
      if errno == EACCES {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        throw DocumentError(
          file: folder.printable,
          found: "the folder cannot be read: this account has no permission",
          expected: "a store in a folder of this account")
      }
    }
    let file = InputFile(path: path, isTrusted: true)
    let bytes = try file.bytes()
    return (try Tables(bytes, file: file.name), Seal.sha256(bytes))
  }

  /// The tables as `read` gives them; if they cannot be read, none, with the reason.
  ///
  /// Recording must go on without them. The hash is then that of no tables that anybody accepted.
  package func readIfPossible() -> (tables: Tables, hash: String, fault: DocumentError?) {
    do throws(DocumentError) {
      let (tables, hash) = try read()
      return (tables, hash, nil)
    } catch {
      let bytes = try? InputFile(path: path, isTrusted: true).bytes()
      return (.unreadable, bytes.map { Seal.sha256($0) } ?? "unreadable", error)
    }
  }

  /// Writes what `json` of the tables made.
  package func keep(_ bytes: [UInt8]) throws { try keep(bytes, at: path) }

  fileprivate func keep(_ bytes: [UInt8], at path: String) throws {
    try OutputFile.makeFolder(of: path)
    let sink = Sink(OutputFile(own: path))
    try sink.take(bytes)
    try sink.finish()
  }
}

/// The file of the edit tables.
package typealias EditTablesFile = SiteTablesFile<EditTables>

extension EditTables: SiteTables {
  package static func hint(_ fault: DocumentError) -> String {
    "The edit tables cannot be read, so nothing is compared with them: \(fault.description) Load the "
      + "published files again with chairtime edits load, which replaces the file."
  }
}

/// The list of the tables of drug codes, in a folder with a file for the rows of each.
package typealias DrugTablesFile = SiteTablesFile<LoadedDrugTables>

extension LoadedDrugTables: SiteTables {
  package static func hint(_ fault: DocumentError) -> String {
    "The tables of drug codes cannot be read, so every line of a drug is held: \(fault.description) "
      + "Load the published files again with chairtime codes load, which replaces them."
  }
}

extension DrugTablesFile {
  /// The built-in tables with the listed ones laid over them. Rows are read when they are first needed.
  package func source(of tables: LoadedDrugTables, hash: String) -> DrugTableSource {
    tables.source(named: "\(path) \(hash)") { table in try rows(of: table) }
  }

  /// The rows of a table. Throws if they are not those that the list was made for.
  package func rows(of table: LoadedDrugTables.Table) throws(DocumentError) -> [UInt8] {
    let file = InputFile(path: rowPath(table), isTrusted: true)
    let bytes = try file.bytes()
    guard Seal.sha256(bytes) == table.hash else {
      throw DocumentError(
        file: file.name, found: "these are not the rows that were loaded",
        expected: "the file as chairtime codes load wrote it")
    }
    return bytes
  }

  /// Writes the rows of a table. The list names them only once `keep` has written it.
  package func keep(_ rows: [UInt8], of table: LoadedDrugTables.Table) throws {
    try keep(rows, at: rowPath(table))
  }

  /// Removes the files of rows that only the list before named.
  package func removeRows(of before: LoadedDrugTables, but after: LoadedDrugTables) {
    let kept = after.tables.map(\.rowFile)
    for table in before.tables where !kept.contains(table.rowFile) { unlink(rowPath(table)) }
  }

  private func rowPath(_ table: LoadedDrugTables.Table) -> String {
    (path.lastIndex(of: "/").map { String(path[...$0]) } ?? "") + table.rowFile
  }
}
