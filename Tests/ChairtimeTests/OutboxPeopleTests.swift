import Foundation
import TestSupport
import Testing

/// Who may send charges to the hospital, once people are enrolled.
@Suite(.serialized) struct OutboxPeopleTests {
  private let folder = TemporaryFolder()
  private static let supervisor = "246813"
  private static let nurse = "904271"

  /// Runs a command on the store with what is typed, the first line a PIN.
  private func run(
    _ arguments: [String], typing: String = "", peer: TestPeer? = nil
  ) throws -> BuiltProgram.Ended {
    let path = folder.file("site.toml")
    var text = "[facility]\ntime_zone = \"UTC\"\n"
    if let peer { text += "[hl7]\npeer = \"127.0.0.1:\(peer.port)\"\npeer_seconds = 2\n" }
    try Data(text.utf8).write(to: URL(filePath: path))
    return try BuiltProgram.run(
      arguments + ["--store", folder.file("s.store")], input: Data(typing.utf8), folder: nil,
      environment: ["CHAIRTIME_CONFIG": path])
  }

  private func asSupervisor(
    _ arguments: String..., peer: TestPeer? = nil
  ) throws -> BuiltProgram.Ended {
    try run(
      arguments + ["--actor", "R. SAMPLE", "--pin-stdin"], typing: "\(Self.supervisor)\n",
      peer: peer)
  }

  /// Two signed sessions of a day that are held, then people are enrolled. The site's file with its
  /// peer is accepted, because nothing is sent under a file that no supervisor has accepted.
  private func held(_ peer: TestPeer) throws -> [String] {
    let made = try run(
      ["demo", "--days", "1", "--until", "2026-07-01", "--zone", "UTC"], peer: peer)
    #expect(made.code == 0, "\(made.error)")
    let filled = try run(["outbox", "fill", "--date", "2026-07-01"], peer: peer)
    #expect(filled.code == 0, "\(filled.error)")
    for (arguments, typing) in [
      (["R. SAMPLE", "--role", "supervisor"], "\n\(Self.supervisor)\n"),
      (
        ["N. NOBODY", "--role", "nurse", "--actor", "R. SAMPLE"],
        "\(Self.supervisor)\n\(Self.nurse)\n"
      ),
    ] {
      let added = try run(
        ["people", "add"] + arguments + ["--pin-stdin"], typing: typing, peer: peer)
      #expect(added.code == 0, "\(added.error)")
    }
    let accepted = try asSupervisor("config", "accept", peer: peer)
    #expect(accepted.code == 0, "\(accepted.error)")
    return try lines(peer).map(\.id)
  }

  /// The messages with their states, as a supervisor sees them, without the units that none posts.
  private func lines(_ peer: TestPeer) throws -> [(id: String, state: String)] {
    let listed = try asSupervisor("outbox", "list", "--all", peer: peer)
    #expect(listed.code == 0, "\(listed.error)")
    let messages = listed.output.split(separator: "\n").filter { !$0.hasPrefix("not posted  ") }
    return messages.map { line in
      let words = line.components(separatedBy: "  ")
      return (words[0], words[1])
    }
  }

  private func audit(_ peer: TestPeer) throws -> String {
    let read = try asSupervisor("audit", "--all", peer: peer)
    #expect(read.code == 0, "\(read.error)")
    return read.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func acts(on message: String) -> [[String]] {
    [
      ["outbox", "send"],
      ["outbox", "release", message, "--reason", "looked"],
      ["outbox", "withdraw", message, "--reason", "looked"],
      ["outbox", "settle", message, "--as", "acknowledged", "--reason", "looked"],
      ["outbox", "fill", "--date", "2026-07-01"],
      ["outbox", "write", "/nonexistent/day.hl7"],
    ]
  }

  @Test func `a nurse and a stranger are refused, nothing moves, and it is written down`() throws {
    let peer = try TestPeer(.acknowledge("AA"))
    let before = try held(peer)
    for words in Self.acts(on: before[0]) {
      let nurse = try run(
        words + ["--actor", "N. NOBODY", "--pin-stdin"], typing: "\(Self.nurse)\n", peer: peer)
      #expect(nurse.code == 1, "\(words)")
      #expect(nurse.error.contains("Exporting is for supervisors"), "\(words): \(nurse.error)")
      #expect(nurse.output == "", "\(words)")
      let stranger = try run(words + ["--actor", "X. FICTION"], peer: peer)
      #expect(stranger.code == 1, "\(words)")
      #expect(stranger.error.contains("is not enrolled"), "\(words): \(stranger.error)")
      #expect(stranger.output == "", "\(words)")
    }
    #expect(peer.received.isEmpty)
    #expect(try lines(peer).allSatisfy { $0.state == "held" })
    let audit = try audit(peer)
    let refusals = audit.components(separatedBy: "N. NOBODY was refused: Exporting").count - 1
    #expect(refusals == Self.acts(on: "").count, "\(audit)")
  }

  @Test func `a wrong PIN is refused, nothing moves, and it is written down`() throws {
    let peer = try TestPeer(.acknowledge("AA"))
    let message = try held(peer)[0]
    // Three, because the fourth would have to wait.
    for words in Self.acts(on: message)[1..<4] {
      let ended = try run(
        words + ["--actor", "R. SAMPLE", "--pin-stdin"], typing: "777123\n", peer: peer)
      #expect(ended.code == 1, "\(words)")
      #expect(ended.error == "Wrong PIN for R. SAMPLE. Nothing was done.\n")
      #expect(ended.output == "")
    }
    let waiting = try asSupervisor("outbox", "send", peer: peer)
    #expect(waiting.code == 1)
    #expect(waiting.error.contains("try again in"), "\(waiting.error)")
    #expect(peer.received.isEmpty)
    #expect(try BuiltProgram.run("verify", "--store", folder.file("s.store")).code == 0)
  }

  @Test func `one wrong PIN for sending is refused and in the audit record`() throws {
    let peer = try TestPeer(.acknowledge("AA"))
    _ = try held(peer)
    let ended = try run(
      ["outbox", "send", "--actor", "R. SAMPLE", "--pin-stdin"], typing: "777123\n", peer: peer)
    #expect(ended.code == 1)
    #expect(ended.error == "Wrong PIN for R. SAMPLE. Nothing was done.\n")
    #expect(peer.received.isEmpty)
    #expect(try lines(peer).allSatisfy { $0.state == "held" })
    let failures = try asSupervisor(
      "audit", "--kind", "sign-in-failed", "--format", "json", peer: peer)
    #expect(failures.output.split(separator: "\n").count == 1)
    #expect(failures.output.contains("R. SAMPLE"))
    #expect(!failures.output.contains("777123"))
  }

  @Test func `a supervisor with the PIN sends, releases, withdraws and settles`() throws {
    let peer = try TestPeer(
      .acknowledge("AE", "no such visit"), .acknowledge("AE", "no such visit"), .silence)
    let messages = try held(peer)
    // Two are rejected, the third is not answered.
    let sent = try asSupervisor("outbox", "send", peer: peer)
    #expect(sent.code == 1, "\(sent.output)")
    #expect(peer.received.count == 3)
    #expect(try lines(peer).prefix(4).map(\.state) == ["rejected", "rejected", "sent", "held"])
    let released = try asSupervisor(
      "outbox", "release", messages[0], "--reason", "visit added", peer: peer)
    #expect(released.output == "\(messages[0])  held\n", "\(released.error)")
    let withdrawn = try asSupervisor(
      "outbox", "withdraw", messages[1], "--reason", "made again", peer: peer)
    #expect(withdrawn.output == "\(messages[1])  withdrawn\n", "\(withdrawn.error)")
    let settled = try asSupervisor(
      "outbox", "settle", messages[2], "--as", "acknowledged", "--reason", "billing looked",
      peer: peer)
    #expect(settled.output == "\(messages[2])  acknowledged\n", "\(settled.error)")
    #expect(
      try lines(peer).prefix(4).map(\.state) == ["held", "withdrawn", "acknowledged", "held"])
    // Each step has the name of the person who signed in.
    for message in messages.prefix(3) {
      let page = try asSupervisor("outbox", "show", message, peer: peer)
      #expect(page.output.contains("R. SAMPLE"))
    }
    #expect(try BuiltProgram.run("verify", "--store", folder.file("s.store")).code == 0)
  }
}
