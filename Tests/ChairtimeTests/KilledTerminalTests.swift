import Foundation
import InfusionRecord
import PostgresStore
import SessionStore
import TestServer
import TestSupport
import Testing

/// A terminal on a server that is killed before it sends, while it waits for an answer, and after one.
///
/// strace kills a whole command at its n-th send or receive. `CHAIRTIME_KILLS=1000` kills it at each.
struct KilledTerminalTests {
  private let folder = TemporaryFolder()

  private func run(_ through: [String], _ arguments: [String]) throws -> BuiltProgram.Ended {
    let process = BuiltProgram.process(arguments, environment: ["HOME": folder.path])
    if let first = through.first {
      process.executableURL = URL(filePath: first)
      process.arguments = Array(through.dropFirst()) + [BuiltProgram.path.path] + arguments
    }
    return try BuiltProgram.run(process, input: Data())
  }

  private func calls(_ call: String, _ arguments: [String]) throws -> Int {
    let file = folder.file("calls")
    let ended = try run(
      ["/usr/bin/strace", "-f", "-o", file, "-e", "trace=\(call)", "-e", "signal=none"], arguments)
    #expect(ended.code == 0, "strace is needed: bash .ci/setup tests\n\(ended.error)")
    return try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
      .filter { $0.contains("\(call)(") }.count
  }

  @Test func `a terminal killed at any send or receive loses nothing and records nothing twice`()
    throws
  {
    let server = try TestServer.shared(.c)
    try server.addSuite("killed")
    let host = server.folder.split(separator: "/").map { "%2F\($0)" }.joined()
    let place = "postgres://test_reviewer@\(host)/record?suite=killed&patience=60"
    let store = try PostgresStore(server.address(of: "killed"))
    var record = SampleRecord(session: "s1", seed: 5)
    record.openWithPort()
    try store.append(record.events, to: record.session, expecting: 0)
    func note(_ text: String) throws -> [String] {
      try Data(text.utf8).write(to: URL(filePath: folder.file("note")))
      return ["session", "note", "s1", "--text-file", folder.file("note"), "--store", place]
    }
    func count(_ text: String) throws -> Int {
      try store.log(of: record.session)?.events.filter {
        if case .noteAdded(text, _) = $0.fact { true } else { false }
      }.count ?? 0
    }
    let isFull = ProcessInfo.processInfo.environment["CHAIRTIME_KILLS"] != nil
    var (killed, kept, acknowledged) = (0, 0, 0)
    for call in ["sendto", "recvfrom"] {
      let total = try calls(call, try note("\(call) undisturbed"))
      #expect(total > 20)
      // The append is among the last of them.
      let places = isFull ? Array(1...total) : [total * 3 / 4, total - 4, total - 2, total]
      for place in places {
        let text = "\(call) \(place)"
        let ended = try run(
          [
            "/usr/bin/strace", "-f", "-o", "/dev/null", "-e", "trace=\(call)", "-e",
            "inject=\(call):signal=KILL:when=\(place)",
          ], try note(text))
        let found = try count(text)
        #expect(found <= 1, "\(text)")
        if ended.code == 0 {
          acknowledged += 1
          #expect(found == 1, "\(text)")
        } else {
          killed += 1
          kept += found
          // The nurse looks again, and enters what is not there.
          if found == 0 { #expect(try run([], try note(text)).code == 0) }
          #expect(try count(text) == 1, "\(text)")
        }
      }
    }
    #expect(killed > 4)
    #expect(try store.verify().problems == [])
    print(
      "\(killed) commands killed on a server: \(kept) had recorded, \(acknowledged) acknowledged")
  }
}
