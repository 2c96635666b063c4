import Foundation
import Glibc
import InfusionRecord
import TestSupport

/// Terminals (`shift-terminal`) that work through a day on one store, and what is done to them.
struct Shift {
  let store: String
  let patients: Int
  let chairs = 82
  private(set) var terminals: [ShiftTerminalProcess] = []
  /// What was said by those that are gone.
  private(set) var acknowledged: [Event.ID] = []
  private(set) var kills = 0
  private(set) var hangUps = 0
  /// How many of these came before the minute's work was done.
  private(set) var struckAtWork = 0
  /// Memory of the one terminal that nothing happens to, in KiB, minute by minute.
  private(set) var resident: [Int] = []
  private let folder: String
  private let count: Int
  /// The words that start a terminal's program on its machine.
  private let machine: (Int) -> [String]

  init(
    store: String, patients: Int, folder: String, terminals count: Int = 4,
    on machine: @escaping (Int) -> [String] = { _ in [] }
  ) throws {
    self.store = store
    self.patients = patients
    self.folder = folder
    self.count = count
    self.machine = machine
    for number in 0..<count { terminals.append(try start(number)) }
  }

  private func start(_ number: Int) throws -> ShiftTerminalProcess {
    try ShiftTerminalProcess(
      [store, "\(number)", "\(count)", "\(patients)", "\(chairs)"], on: machine(number),
      output: folder + "/terminal-\(number)")
  }

  /// One minute on all terminals; `fault` strikes one of them while they work.
  ///
  /// - Parameter meanwhile: what happens to the store while they work.
  /// - Returns: patients who are in a chair or still to come, on all terminals.
  mutating func minute(
    _ minute: Int, fault: (terminal: Int, signal: Int32)?, meanwhile: () throws -> Void = {}
  ) throws -> Int {
    for terminal in terminals { terminal.say("minute \(minute)") }
    try meanwhile()
    if let fault {
      usleep(UInt32.random(in: 0...30_000))
      let struck = terminals[fault.terminal]
      if fault.signal == SIGKILL { kills += 1 } else { hangUps += 1 }
      struck.end(by: fault.signal)
      if !struck.isDone(minute) { struckAtWork += 1 }
      acknowledged += struck.acknowledged
      let fresh = try start(fault.terminal)
      terminals[fault.terminal] = fresh
      fresh.say("minute \(minute)")
    }
    var left = 0
    for terminal in terminals { left += try terminal.waitForDone(minute) }
    if let size = terminals[0].lastResident { resident.append(size) }
    return left
  }

  /// Ends the day: everybody leaves.
  mutating func end() throws {
    for terminal in terminals {
      terminal.say("end")
      terminal.wait()
      acknowledged += terminal.acknowledged
    }
  }
}

/// A process that works at one terminal, on standard input and a file.
final class ShiftTerminalProcess {
  private let process = Process()
  private let input = Pipe()
  private let output: FileHandle
  private var partial: [UInt8] = []
  private(set) var acknowledged: [Event.ID] = []
  private(set) var lastResident: Int?
  /// Units of each session as the screens had them at the end, by the session's name.
  private(set) var shown: [String: Int] = [:]
  private(set) var conflicts = 0
  private(set) var complaints: [String] = []
  private var done: (minute: Int, left: Int)?

  struct Gone: Error, CustomStringConvertible {
    let description: String
  }

  init(_ arguments: [String], on machine: [String] = [], output path: String) throws {
    try Data().write(to: URL(filePath: path))
    output = try FileHandle(forReadingFrom: URL(filePath: path))
    let program = BuiltProgram.path.deletingLastPathComponent().appending(path: "shift-terminal")
    let words = machine + [program.path] + arguments
    process.executableURL = URL(filePath: words[0])
    process.arguments = Array(words.dropFirst())
    process.standardInput = input
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: path))
    process.standardError = FileHandle.nullDevice
    try process.run()
  }

  deinit { if process.isRunning { Glibc.kill(process.processIdentifier, SIGKILL) } }

  func say(_ line: String) {
    // Where it is gone, so is the line.
    try? input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8))
  }

  /// A kill, or a hang-up: its terminal is gone with its input.
  func end(by signal: Int32) {
    Glibc.kill(process.processIdentifier, signal)
    if signal != SIGKILL { try? input.fileHandleForWriting.close() }
    wait()
  }

  func wait() {
    process.waitUntilExit()
    read()
  }

  func isDone(_ minute: Int) -> Bool { done?.minute == minute }

  /// Waits until a minute's work is done; what is left to do after it.
  func waitForDone(_ minute: Int) throws -> Int {
    while true {
      let isRunning = process.isRunning
      read()
      if let done, done.minute == minute { return done.left }
      if !isRunning { throw Gone(description: "a terminal ended by itself: \(complaints)") }
      usleep(1000)
    }
  }

  private func read() {
    guard let data = try? output.readToEnd(), !data.isEmpty else { return }
    // A line cut off by a kill is no acknowledgement.
    partial += data
    while let end = partial.firstIndex(of: 10) {
      take(String(decoding: partial[..<end], as: UTF8.self))
      partial.removeFirst(end + 1)
    }
  }

  private func take(_ line: String) {
    let words = line.split(separator: " ")
    switch words.first {
    case "ack": if let id = Event.ID(text: words[1]) { acknowledged.append(id) }
    case "resident": lastResident = Int(words[1])
    case "done": done = (Int(words[1]) ?? 0, Int(words[2]) ?? 0)
    case "shown": shown[String(words[1])] = Int(words[2])
    case "conflicts": conflicts = Int(words[1]) ?? 0
    case "error", "refused": complaints.append(line)
    default: break
    }
  }
}
