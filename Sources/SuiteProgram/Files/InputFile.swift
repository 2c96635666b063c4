import Glibc
package import Interchange
import PlainText

/// A file given on the command line; `-` is standard input.
package struct InputFile {
  /// Larger files are no session and no table.
  static let largest = 1 << 28

  package let path: String
  /// Whether the file decides what the program does. Only its owner may then have written it.
  package let isTrusted: Bool

  package init(path: String, isTrusted: Bool = false) {
    self.path = path
    self.isTrusted = isTrusted
  }

  /// The name in messages.
  package var name: String { path == "-" ? "standard input" : path }

  package func bytes() throws(DocumentError) -> [UInt8] {
    let file = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw fault(errno == ENOENT ? "there is no such file" : reason(errno)) }
    defer { if file != 0 { close(file) } }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw fault(reason(errno)) }
    if status.st_mode & S_IFMT == S_IFDIR { throw fault("this is a folder") }
    if isTrusted, file != 0 { try checkOwner(status) }
    var bytes: [UInt8] = []
    let size = Int(status.st_size)
    if size > InputFile.largest { throw tooLarge }
    bytes.reserveCapacity(size + 1)
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = chunk.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw fault(reason(errno))
      }
      if count == 0 { return bytes }
      bytes.append(contentsOf: chunk[..<count])
      if bytes.count > InputFile.largest { throw tooLarge }
    }
  }

  /// Refuses a file another account may have written, and a link another account made.
  private func checkOwner(_ status: stat) throws(DocumentError) {
    func isOurs(_ owner: uid_t) -> Bool { owner == geteuid() || owner == 0 }
    let isOthers =
      status.st_mode & S_IWOTH != 0
      || status.st_mode & S_IWGRP != 0 && status.st_gid != getegid() && status.st_gid != 0
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
