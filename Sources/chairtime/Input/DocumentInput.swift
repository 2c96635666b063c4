import Glibc
import Interchange
import SuiteProgram

/// The session documents of a command line, one after another: files, folders, lists of files and
/// standard input.
///
/// Only the names are read here, and of standard input the bytes; memory holds one piece at a time.
struct DocumentInput {
  /// The most documents of a batch. A smaller batch costs more thread switches; a larger one delays
  /// output.
  private static let largestBatch = 64

  private var names: ArraySlice<String>
  /// A list of files that is not open yet.
  private var list: String?
  /// The rest of the folder that was named last.
  private var files: ArraySlice<String> = []
  private var stream: DocumentStream?
  private var isStreamEmpty = true
  private var lines: LineReader?
  private var listName = ""
  private var isListEmpty = true

  /// - Parameters:
  ///   - names: files, folders, or `-` for standard input.
  ///   - list: a file that names more files and folders, one path a line or each ended by NUL.
  init(_ names: [String], list: String? = nil) {
    self.names = names[...]
    self.list = list
  }

  /// The next documents that can be had together without waiting for input; nil at the end.
  mutating func nextBatch() -> [InputDocument]? {
    guard let first = next() else { return nil }
    var batch = [first]
    while batch.count < DocumentInput.largestBatch, let document = nextBuffered() {
      batch.append(document)
    }
    return batch
  }

  /// The next document; nil at the end.
  mutating func next() -> InputDocument? {
    while true {
      if let document = nextBuffered() { return document }
      do throws(DocumentError) {
        if stream != nil {
          if let document = try readStream() { return document }
        } else if lines != nil {
          try readList()
        } else if let list = list.take() {
          listName = InputFile(path: list).name
          lines = try InputFile(path: list).lines(limit: Int(PATH_MAX)).acceptingNUL()
        } else {
          return nil
        }
      } catch {
        return .fault(error)
      }
    }
  }

  /// The next document if its name or its bytes were read already.
  private mutating func nextBuffered() -> InputDocument? {
    while true {
      if let file = files.popFirst() { return .file(file) }
      do throws(DocumentError) {
        if stream != nil {
          guard let document = stream?.nextBuffered() else { return nil }
          return found(document)
        } else if let line = lines?.nextBuffered() {
          try read(line)
        } else if let name = names.popFirst() {
          try open(name)
        } else {
          return nil
        }
      } catch {
        return .fault(error)
      }
    }
  }

  /// Names a file, or opens a folder or standard input.
  private mutating func open(_ path: String) throws(DocumentError) {
    let file = InputFile(path: path)
    if path == "-" {
      isStreamEmpty = true
      stream = DocumentStream(try file.lines())
    } else if file.isFolder {
      let found = try jsonFiles(in: path, expected: "session documents")
      files = found.map { file.path(of: $0) }[...]
    } else {
      files = [path]
    }
  }

  // MARK: Standard input

  /// Reads the next document; nil at the end.
  private mutating func readStream() throws(DocumentError) -> InputDocument? {
    do throws(DocumentError) {
      if let document = try stream?.next() { return found(document) }
    } catch {
      stream = nil
      throw error
    }
    stream = nil
    // The JSON reader has the sentence for a document without content.
    return isStreamEmpty ? .text([], line: 1, isLine: false) : nil
  }

  private mutating func found(_ document: DocumentStream.Document) -> InputDocument {
    isStreamEmpty = false
    guard document.isTooLong else {
      return .text(document.bytes, line: document.line, isLine: document.isLine)
    }
    return .fault(
      DocumentError(
        file: InputFile.standardInput.name, line: document.line,
        found: "the document is larger than 256 megabytes", expected: "a smaller one"))
  }

  // MARK: List

  /// Reads the next line of the list, or ends it.
  private mutating func readList() throws(DocumentError) {
    let line: LineReader.Line?
    do throws(DocumentError) {
      line = try lines?.next()
    } catch {
      lines = nil
      throw error
    }
    if let line { return try read(line) }
    lines = nil
    guard isListEmpty else { return }
    throw DocumentError(
      file: listName, found: "the list names no file", expected: "one path per line")
  }

  private mutating func read(_ line: LineReader.Line) throws(DocumentError) {
    if line.bytes.isEmpty { return }
    isListEmpty = false
    let bytes = line.number == 1 ? InputFile.withoutByteOrderMark(line.bytes) : line.bytes[...]
    guard !line.isTooLong, !bytes.contains(0),
      let path = String(validating: bytes, as: UTF8.self)
    else {
      throw DocumentError(
        file: listName, line: line.number, found: "the line is no path",
        expected: "the path of a session document")
    }
    // Standard input may be the list itself; in a list, - is a file of that name.
    try open(path == "-" ? "./-" : path)
  }
}
