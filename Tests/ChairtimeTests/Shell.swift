import Foundation
import TestSupport

/// A line run by a shell, as a person would type it.
enum Shell {
  /// Standard output and error of the line, and the shell's exit code.
  static func run(
    _ line: String, input: String = "", home: TemporaryFolder = TemporaryFolder(),
    environment: [String: String] = [:]
  ) throws -> BuiltProgram.Ended {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = URL(filePath: home.path)
    let program = BuiltProgram.path.deletingLastPathComponent().path
    process.environment = [
      "HOME": home.path, "PATH": "\(program):/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC",
      "COLUMNS": "80",
    ].merging(environment) { $1 }
    // Files, not pipes: nothing can fill up and wait. In a folder of their own, beside no store.
    let streams = TemporaryFolder()
    let files = ["in", "out", "err"].map { URL(filePath: streams.file($0)) }
    try Data(input.utf8).write(to: files[0])
    for file in files.dropFirst() { try Data().write(to: file) }
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    return BuiltProgram.Ended(
      code: process.terminationStatus,
      output: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self),
      error: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
  }
}
