import Glibc
package import Interchange
import PlainText
import SessionStore

/// A file given on the command line; `-` is standard input.
package struct InputFile {
  /// Larger files are no session and no table.
  package static let largest = 1 << 28

  package let path: String
  /// Whether the file decides what the program does, so that only its owner may be able to write it.
  package let isTrusted: Bool

  package init(path: String, isTrusted: Bool = false) {
    self.path = path
    self.isTrusted = isTrusted
  }

  package static let standardInput = InputFile(path: "-")

  /// The file's name in messages.
  package var name: String { path == "-" ? "standard input" : path }

  package var isFolder: Bool {
    var status = stat()
    return path != "-" && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The path of the file `name` in this folder.
  package func path(of name: String) -> String {
    path.hasSuffix("/") ? path + name : "\(path)/\(name)"
  }

  /// A text without the mark that some programs put before UTF-8.
  package static func withoutByteOrderMark(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
  }

  /// The whole content, at most `largest` bytes.
  package func bytes() throws(DocumentError) -> [UInt8] {
    let (descriptor, status) = try opened()
    let size = Int(status.st_size)
    if size > InputFile.largest { throw tooLarge }
    var bytes: [UInt8] = []
    // One byte more than the size: the read that fills it less than whole has met the end.
    var room = max(size + 1, 1 << 12)
    while true {
      var count = 0
      let chunk = [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
        count = descriptor.read(into: UnsafeMutableRawBufferPointer(buffer))
        filled = max(0, count)
      }
      if count < 0 { throw fault(reason(errno)) }
      if count == 0 { return bytes }
      if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
      if bytes.count > InputFile.largest { throw tooLarge }
      room = max(1 << 12, min(room - count, 1 << 16))
    }
  }

  /// The whole content as a text, which is UTF-8 and holds no NUL.
  package func text() throws(DocumentError) -> String {
    let bytes = try bytes()
    guard !bytes.contains(0) else {
      throw DocumentError(
        file: name, found: "it holds a NUL character", expected: "text without it")
    }
    let whole = InputFile.withoutByteOrderMark(bytes)
    guard let text = String(validating: whole, as: UTF8.self) else {
      throw DocumentError(file: name, found: "it is not UTF-8", expected: "text in UTF-8")
    }
    return text
  }

  /// The content line by line.
  ///
  /// - Parameter limit: the longest line in bytes.
  package func lines(limit: Int = largest) throws(DocumentError) -> LineReader {
    let descriptor = try opened().descriptor
    return LineReader(limit: limit) { buffer throws(DocumentError) in
      let count = descriptor.read(into: buffer)
      if count < 0 { throw fault(reason(errno)) }
      return count
    }
  }

  /// An open file, closed with its last reference.
  private final class Descriptor {
    let number: Int32

    init(_ number: Int32) {
      self.number = number
    }

    deinit {
      if number != 0 { close(number) }
    }

    /// The count of bytes read; 0 at the end, negative for an error in `errno`.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
      while true {
        let count = Glibc.read(number, buffer.baseAddress, buffer.count)
        if count >= 0 || errno != EINTR { return count }
      }
    }
  }

  private func opened() throws(DocumentError) -> (descriptor: Descriptor, status: stat) {
    // A pipe is a good input, but no settings: opening it must not wait for its writer.
    let flags = O_RDONLY | O_CLOEXEC | (isTrusted ? O_NONBLOCK : 0)
    let number = path == "-" ? 0 : open(path, flags)
    guard number >= 0 else {
      throw fault(errno == ENOENT ? "there is no such file" : reason(errno))
    }
    let descriptor = Descriptor(number)
    var status = stat()
    guard fstat(number, &status) == 0 else { throw fault(reason(errno)) }
    if status.st_mode & S_IFMT == S_IFDIR { throw fault("this is a folder") }
    if isTrusted, number != 0 { try checkOwner(status) }
    return (descriptor, status)
  }

  /// Refuses a file that another account may have written, and a link that another account made.
  private func checkOwner(_ status: stat) throws(DocumentError) {
    func isOurs(_ owner: uid_t) -> Bool { owner == geteuid() || owner == 0 }
    // Several accounts may have one group, that of this account too.
    let isOthers =
      status.st_mode & S_IWOTH != 0 || status.st_mode & S_IWGRP != 0 && status.st_gid != 0
    var link = stat()
    let found: String
    if status.st_mode & S_IFMT != S_IFREG {
      found = "this is no plain file"
    } else if !isOurs(status.st_uid) {
      found = "the file belongs to another account"
    } else if isOthers {
      found = "others may write it"
    } else if lstat(path, &link) == 0, !isOurs(link.st_uid) {
      found = "the link belongs to another account"
    } else if let unsafe = FolderChain.unsafeFolder(above: path) {
      throw DocumentError(
        file: name, found: "another account may replace files in \(unsafe.printable)",
        expected: "folders that their owner or root alone may write (chmod go-w)")
    } else {
      return
    }
    throw DocumentError(
      file: name, found: found, expected: "a file that its owner alone may write (chmod 600)")
  }

  private var tooLarge: DocumentError { fault("the file is larger than 256 megabytes") }

  private func fault(_ found: String) -> DocumentError {
    DocumentError(file: name, found: found, expected: "a file that can be read")
  }
}
