package import InfusionRecord
package import Interchange
package import TimelineEngine

// The files that CMS publishes, read line by line.

extension EditFile {
  package static func read(
    _ path: String, setting: EditTables.Setting?, quarter: Quarter?
  ) throws(DocumentError) -> EditFile {
    let file = InputFile(path: path)
    var reader = EditFileReader(file: file.name)
    try file.eachLine { line, number throws(DocumentError) in try reader.take(line, line: number) }
    return try reader.finish(setting: setting, quarter: quarter)
  }
}

extension DrugFile {
  /// - Parameter known: the tables that the file is laid over.
  package static func read(
    _ path: String, quarter: Quarter?, known: DrugTables
  ) throws(DocumentError) -> DrugFile {
    let file = InputFile(path: path)
    var reader = DrugFileReader(file: file.name, known: known)
    try file.eachLine { line, number throws(DocumentError) in try reader.take(line, line: number) }
    return try reader.finish(quarter: quarter)
  }
}

extension InputFile {
  /// Passes each line without its line feed, with its number.
  fileprivate func eachLine(
    _ take: ([UInt8], Int) throws(DocumentError) -> Void
  ) throws(DocumentError) {
    var lines = try lines(limit: 1 << 16)
    while let line = try lines.next() {
      if line.isTooLong {
        throw DocumentError(
          file: name, line: line.number, found: "the line is longer than 65536 bytes",
          expected: "a row of a table")
      }
      try take(line.bytes, line.number)
    }
  }
}
