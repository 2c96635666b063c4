#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import Interchange
import PlainText
import SuiteProgram

/// Standard output and standard error, unbuffered.
enum StandardStream: Int32 {
  case output = 1
  case error = 2

  /// Writes text and ignores errors, which could not be reported.
  func write(_ text: String) {
    _ = writeAll(Array(text.utf8)[...])
  }

  /// Writes all of `bytes` to standard output.
  static func print(_ bytes: [UInt8]) throws {
    try print(bytes[...])
  }

  static func print(_ bytes: ArraySlice<UInt8>) throws {
    guard output.writeAll(bytes) else {
      throw Complaint("standard output cannot be written: \(reason(errno)).")
    }
  }

  static func print(_ page: TextPage) throws {
    try print(Array(page.text.utf8))
  }

  var isTerminal: Bool { isatty(rawValue) == 1 }

  private func writeAll(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { systemWrite(rawValue, $0) }
      if written < 0 {
        if errno == EINTR { continue }
        return false
      }
      rest = rest.dropFirst(written)
    }
    return true
  }
}

private func systemWrite(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(file, bytes.baseAddress, bytes.count)
}

extension OutputFile {
  /// Refuses to write an export to a terminal.
  ///
  /// Exports hold texts as they were typed, and these may contain escape sequences.
  static func refuseTerminal(_ what: String) throws {
    guard StandardStream.output.isTerminal else { return }
    throw Complaint("\(what) is for programs, not for a terminal; send it to a file or a pipe.")
  }
}
