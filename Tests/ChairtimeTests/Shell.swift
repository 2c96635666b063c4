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
    return try BuiltProgram.run(process, input: Data(input.utf8))
  }
}
