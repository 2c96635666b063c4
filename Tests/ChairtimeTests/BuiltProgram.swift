import Foundation
import TestSupport
import Testing

/// The built program from the folder of these tests, run as a user runs it.
enum BuiltProgram {
  struct Ended: Equatable {
    var code: Int32
    var output: String
    var error: String
  }

  /// The folder of the test bundle holds the program too.
  static let path: URL = {
    var folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    for _ in 0..<6 {
      let candidate = folder.appending(path: "chairtime")
      if FileManager.default.isExecutableFile(atPath: candidate.path),
        !candidate.hasDirectoryPath
      {
        return candidate
      }
      folder.deleteLastPathComponent()
    }
    return URL(filePath: ".build/debug/chairtime")
  }()

  static func run(
    _ arguments: String..., input: String = "", folder: URL? = nil
  ) throws -> Ended {
    try run(arguments, input: Data(input.utf8), folder: folder)
  }

  static func run(
    _ arguments: [String], input: Data, folder: URL?, environment: [String: String] = [:]
  ) throws -> Ended {
    let process = process(arguments, environment: environment)
    process.currentDirectoryURL = folder
    return try run(process, input: input)
  }

  /// Runs a process to its end and reads what it wrote.
  static func run(_ process: Process, input: Data) throws -> Ended {
    // Files instead of pipes, because a pipe that is full would block the process.
    let streams = TemporaryFolder()
    let names = ["input", "output", "error"].map { URL(filePath: streams.file($0)) }
    try input.write(to: names[0])
    for name in names.dropFirst() { try Data().write(to: name) }
    process.standardInput = try FileHandle(forReadingFrom: names[0])
    process.standardOutput = try FileHandle(forWritingTo: names[1])
    process.standardError = try FileHandle(forWritingTo: names[2])
    try process.run()
    process.waitUntilExit()
    return Ended(
      code: process.terminationReason == .uncaughtSignal
        ? -process.terminationStatus : process.terminationStatus,
      output: String(decoding: try Data(contentsOf: names[1]), as: UTF8.self),
      error: String(decoding: try Data(contentsOf: names[2]), as: UTF8.self))
  }
}

extension BuiltProgram {
  /// The program, ready to be started, in an environment of its own.
  static func process(_ arguments: [String], environment: [String: String] = [:]) -> Process {
    let process = Process()
    process.executableURL = path
    process.arguments = arguments
    process.environment = [
      "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC", "COLUMNS": "80",
    ]
    .merging(environment) { $1 }
    return process
  }
}

/// A folder for one test, gone when the test is over.
final class TestFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "chairtime-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: url.appending(path: name))
  }
}

/// The folder of the published sessions.
let conformanceFolder = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent()
  .appending(path: "Conformance")
