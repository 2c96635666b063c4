import Glibc
package import Interchange
import PlainText
import SessionStore
package import TimelineEngine

/// The CMS edit tables that a site loaded, next to its store (0600 in a folder of 0700).
///
/// One file holds all tables, so that loading replaces it whole or not at all. The tables decide what a
/// reviewer is asked, so a file that other accounts may write is refused.
package struct EditTablesFile {
  package let path: String

  package init(path: String) {
    self.path = path
  }

  /// The tables, and the hash of the bytes they were parsed from; none and empty if nothing was loaded.
  package func read() throws(DocumentError) -> (tables: EditTables, hash: String) {
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
    return (try EditTables(bytes, file: file.name), Seal.sha256(bytes))
  }

  /// The tables as `read` gives them; if they cannot be read, none, with the reason.
  ///
  /// Recording must go on without them. The hash is then that of no tables that anybody accepted.
  package func readIfPossible() -> (tables: EditTables, hash: String, fault: DocumentError?) {
    do throws(DocumentError) {
      let (tables, hash) = try read()
      return (tables, hash, nil)
    } catch {
      let bytes = try? InputFile(path: path, isTrusted: true).bytes()
      return (.unreadable, bytes.map { Seal.sha256($0) } ?? "unreadable", error)
    }
  }

  /// What a fault of the file means and what to do, for a person.
  package static func hint(_ fault: DocumentError) -> String {
    "The edit tables cannot be read, so nothing is compared with them: \(fault.description) Load the "
      + "published files again with chairtime edits load, which replaces the file."
  }

  /// Writes what `EditTables.json` made.
  package func keep(_ bytes: [UInt8]) throws {
    let file = OutputFile(own: path)
    try OutputFile.makeFolder(of: path)
    let sink = Sink(file)
    try sink.take(bytes)
    try sink.finish()
  }

  /// Reads a published file line by line.
  package static func published(
    _ path: String, setting: EditTables.Setting?, quarter: Quarter?
  ) throws(DocumentError) -> EditFile {
    let file = InputFile(path: path)
    var lines = try file.lines(limit: 1 << 16)
    var reader = EditFileReader(file: file.name)
    while let line = try lines.next() {
      if line.isTooLong {
        throw DocumentError(
          file: file.name, line: line.number, found: "the line is longer than 65536 bytes",
          expected: "a row of a table")
      }
      try reader.take(line.bytes, line: line.number)
    }
    return try reader.finish(setting: setting, quarter: quarter)
  }
}
