#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import Interchange

/// Standard output and standard error, unbuffered.
enum StandardStream: Int32 {
  case output = 1
  case error = 2

  /// Writes text and ignores errors, which could not be reported.
  func write(_ text: String) {
    _ = writeAll(Array(text.utf8))
  }

  /// Writes all of `bytes` to standard output.
  static func print(_ bytes: [UInt8]) throws {
    guard output.writeAll(bytes) else {
      throw Complaint("standard output cannot be written: \(reason(errno)).")
    }
  }

  static func print(_ page: TextPage) throws {
    try print(Array(page.text.utf8))
  }

  var isTerminal: Bool { isatty(rawValue) == 1 }

  private func writeAll(_ bytes: [UInt8]) -> Bool {
    var start = 0
    while start < bytes.count {
      let written = bytes[start...].withUnsafeBytes { systemWrite(rawValue, $0) }
      if written < 0 {
        if errno == EINTR { continue }
        return false
      }
      start += written
    }
    return true
  }
}

private func systemWrite(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(file, bytes.baseAddress, bytes.count)
}

/// The system's message for an error number.
func reason(_ number: Int32) -> String {
  guard let text = strerror(number) else { return "error \(number)" }
  return String(cString: text)
}
