import Foundation
import Glibc
import InfusionRecord
import SessionStore
import SQLiteStore

/// A `store-writer` process.
final class WriterProcess {
  private let process = Process()
  private let output: URL

  /// The program in the build folder of the tests.
  static let path: String = {
    var folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    for _ in 0..<6 {
      let candidate = folder.appending(path: "store-writer").path
      if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
      folder.deleteLastPathComponent()
    }
    return ".build/debug/store-writer"
  }()

  /// Starts `store-writer`; `through` is a command in front of it.
  init(
    _ store: String, name: String, count: Int, session: String? = nil, in folder: String,
    through wrap: [String] = []
  ) throws {
    output = URL(filePath: folder).appending(path: "out-\(UUID().uuidString)")
    try Data().write(to: output)
    let command =
      wrap + [WriterProcess.path, store, name, String(count)] + (session.map { [$0] } ?? [])
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
  }

  deinit {
    if process.isRunning { Glibc.kill(process.processIdentifier, SIGKILL) }
    try? FileManager.default.removeItem(at: output)
  }

  /// Stops it until `resume`, so that it does not slow down the checks.
  func pause() { Glibc.kill(process.processIdentifier, SIGSTOP) }

  func resume() { Glibc.kill(process.processIdentifier, SIGCONT) }

  func kill() { Glibc.kill(process.processIdentifier, SIGKILL) }

  @discardableResult
  func wait() -> Int32 {
    process.waitUntilExit()
    return process.terminationReason == .exit
      ? process.terminationStatus : 128 + process.terminationStatus
  }

  var isRunning: Bool { process.isRunning }

  /// Its output so far.
  var lines: [String] {
    let data = (try? Data(contentsOf: output)) ?? Data()
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// The acknowledged facts. A line that was cut off by the kill is no acknowledgement.
  var acknowledged: [Event.ID] {
    lines.compactMap { $0.hasPrefix("ack ") ? Event.ID(text: $0.dropFirst(4)) : nil }
  }

  /// Waits until its output satisfies `isSaid`, or it has ended.
  func waitUntil(_ isSaid: ([String]) -> Bool) {
    while process.isRunning, !isSaid(lines) { usleep(500) }
  }
}

/// The number of rounds of a heavy test: from an environment variable, otherwise `usually`.
func rounds(_ variable: String, usually: Int) -> Int {
  ProcessInfo.processInfo.environment[variable].flatMap(Int.init) ?? usually
}

/// Whether a tool is installed.
func isInstalled(_ tool: String) -> Bool {
  (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":").contains {
    FileManager.default.isExecutableFile(atPath: "\($0)/\(tool)")
  }
}
