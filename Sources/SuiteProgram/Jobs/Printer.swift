import Foundation

/// The account's default printer, through `lp`.
enum Printer {
  private static let command = "/usr/bin/lp"

  /// Prints a text through a pipe, so that no file holds it.
  static func print(_ text: String) throws {
    guard access(command, X_OK) == 0 else {
      throw Complaint("There is no printer here (no \(command)); write a file and print that.")
    }
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: command)
    process.standardInput = pipe
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    try? pipe.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    try? pipe.fileHandleForWriting.close()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Complaint("\(command) did not take the packet; nothing was printed.")
    }
  }
}
