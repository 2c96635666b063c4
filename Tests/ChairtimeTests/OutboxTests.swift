import Foundation
import TestSupport
import Testing

/// Charges sent to a peer on a real socket, and what becomes of each when the peer is not well.
@Suite(.serialized) struct OutboxTests {
  private let folder = TemporaryFolder()

  private func run(
    _ arguments: [String], input: String = "", peer: TestPeer? = nil, seconds: Int = 20
  ) throws -> BuiltProgram.Ended {
    try BuiltProgram.run(
      arguments + ["--store", folder.file("chair.store"), "--actor", "R. SAMPLE"],
      input: Data(input.utf8), folder: nil, environment: try environment(peer, seconds))
  }

  private func run(_ arguments: String..., peer: TestPeer? = nil, seconds: Int = 20) throws
    -> BuiltProgram.Ended
  {
    try run(arguments, peer: peer, seconds: seconds)
  }

  private func environment(_ peer: TestPeer?, _ seconds: Int) throws -> [String: String] {
    let path = folder.file("site.toml")
    var text = "[facility]\ntime_zone = \"UTC\"\n"
    if let peer { text += "[hl7]\npeer = \"127.0.0.1:\(peer.port)\"\npeer_seconds = \(seconds)\n" }
    try Data(text.utf8).write(to: URL(filePath: path))
    return ["CHAIRTIME_CONFIG": path]
  }

  private func list(_ arguments: String...) throws -> [String] {
    let ended = try BuiltProgram.run(
      ["outbox", "list"] + arguments + ["--store", folder.file("chair.store")], input: Data(),
      folder: nil)
    #expect(ended.code == 0, "\(ended.error)")
    return ended.output.split(separator: "\n").map(String.init)
  }

  /// The states of the messages, in order.
  private func states() throws -> [String] {
    try list("--all").map { $0.components(separatedBy: "  ")[1] }
  }

  /// A closed session of 96413 and two further hours, not signed off; its name.
  private func session(
    family: String = "Tester", number: Int = 1, hasVisit: Bool = true
  ) throws -> String {
    let opened = try run(
      ["session", "open", "--chair", "\(number)", "--zone", "UTC", "--at", "-300"],
      input: """
        family: \(family)
        given: Amara
        born: 04-Feb-1961
        sex: female
        mrn: 9000041\(number)
        visit: \(hasVisit ? "V\(number)" : "")
        """)
    #expect(opened.code == 0, "\(opened.error)")
    let name = String(opened.output.split(separator: "\n").first ?? "")
    for arguments in [
      ["session", "site", name, "port", "--kind", "port", "--at", "-295"],
      ["session", "start", name, "paclitaxel", "--site", "port", "--at", "-290"],
      ["session", "stop", name, "paclitaxel", "--at", "-130"],
      ["session", "close", name, "--at", "-100", "--anyway"],
    ] {
      let ended = try run(arguments)
      #expect(ended.code == 0, "\(arguments): \(ended.error)\(ended.output)")
    }
    return name
  }

  /// Sessions signed off and held in the outbox; their names.
  private func filled(_ count: Int = 1, family: String = "Tester") throws -> [String] {
    var names: [String] = []
    for number in 1...count { names.append(try session(family: family, number: number)) }
    for name in names {
      let signed = try run("review", "--sign-off", name)
      #expect(signed.code == 0, "\(signed.error)")
    }
    let filled = try fill(names[0])
    #expect(filled.code == 0, "\(filled.error)")
    #expect(filled.output.split(separator: "\n").count == count)
    return names
  }

  private func fill(_ name: String) throws -> BuiltProgram.Ended {
    try run("outbox", "fill", "--date", String(name.prefix(10)))
  }

  /// Moves the stop of a session's infusion to an hour after its start, and signs it off again.
  private func correct(_ name: String, stop: String = "-230") throws {
    for arguments in [
      ["session", "reopen", name, "--reason", "stop misread"],
      ["session", "amend", name, "4", "--at", stop, "--reason", "stop misread"],
      ["session", "close", name, "--anyway"], ["review", "--sign-off", name],
    ] {
      let ended = try run(arguments)
      #expect(ended.code == 0, "\(arguments): \(ended.error)\(ended.output)")
    }
  }

  @Test func `a signed session without an account number is in no message, and every list says so`()
    throws
  {
    let name = try session(hasVisit: false)
    let signed = try run(
      "review", "--sign-off", name, "--anyway", "--reason", "the account follows")
    #expect(signed.code == 0, "\(signed.error)")
    let words = "3 units without an account number (96413 96415×2)"
    #expect(signed.output.hasSuffix("  \(words), not posted\n"))
    let filled = try fill(name)
    #expect(filled.output == "")
    #expect(filled.error.contains("1 session is left out of the outbox: it has no visit or"))
    #expect(try list() == ["not posted  \(name)  \(words)"])
    let line = try #require(try list("--format", "json").first)
    #expect(line.contains("\"state\":\"not posted\""))
    #expect(
      line.contains("{\"code\":\"96415\",\"units\":2,\"cause\":\"no account number\"}"), "\(line)")
    let day = try run("review", "--date", String(name.prefix(10)))
    #expect(day.output.contains("reviewed, 3 units not posted"))
    #expect(day.output.contains("not posted: \(words)"))
    let text = try run("export", "--date", String(name.prefix(10)), "--format", "csv")
    #expect(text.output.contains("\"no account number\"") && !text.output.contains("\"reviewed\""))
  }

  // MARK: The peer answers

  @Test func `a message that is taken is acknowledged, and nothing waits`() throws {
    let names = try filled(2)
    let peer = try TestPeer(.acknowledge("AA"), .acknowledge("CA"))
    let sent = try run("outbox", "send", peer: peer)
    #expect(sent.code == 0, "\(sent.error)")
    #expect(sent.output.hasSuffix("2 messages acknowledged, 0 rejected\n"))
    #expect(peer.received.count == 2)
    #expect(try states() == ["acknowledged", "acknowledged"])
    #expect(try list() == [])
    // Neither is filled in or sent a second time.
    #expect(try fill(names[0]).output == "")
    #expect(try run("outbox", "send", peer: peer).output == "0 messages acknowledged, 0 rejected\n")
    #expect(peer.received.count == 2)
  }

  @Test func `a message that is refused keeps the reason, and a person may release it`() throws {
    let names = try filled()
    let peer = try TestPeer(
      .acknowledge("AE", "Unknown visit of TESTER\u{1B}[2J\u{202E}"), .acknowledge("AA"))
    let sent = try run("outbox", "send", peer: peer)
    #expect(sent.code == 2)
    #expect(sent.output.contains("rejected (AE)"))
    #expect(!(sent.output + sent.error).contains("TESTER"))
    let control = try #require(controlID(of: peer.received[0]))
    let page = try BuiltProgram.run(
      "outbox", "show", control, "--store", folder.file("chair.store"))
    #expect(
      page.output.contains("rejected, R. SAMPLE: AE: Unknown visit of TESTER^[[2J\u{FFFD}"))
    // A program reads the peer's words, too.
    let json = try #require(try list("--format", "json").first)
    #expect(json.contains("\"note\":\"AE: Unknown visit of TESTER^[[2J"), "\(json)")
    // Neither send nor fill touches it before a person decides.
    #expect(try run("outbox", "send", peer: peer).output == "0 messages acknowledged, 0 rejected\n")
    #expect(try fill(names[0]).output == "")
    #expect(peer.received.count == 1)
    let released = try run("outbox", "release", control, "--reason", "visit added there")
    #expect(released.output == "\(control)  held\n")
    #expect(try run("outbox", "send", peer: peer).code == 0)
    #expect(peer.received.count == 2)
    #expect(peer.received[0] == peer.received[1])
    #expect(try states() == ["acknowledged"])
  }

  // MARK: The peer does not answer as it must

  @Test func `without a peer there is a sentence, and everything stays held`() throws {
    _ = try filled()
    let unnamed = try run("outbox", "send")
    #expect(unnamed.code == 1)
    #expect(unnamed.error.contains("There is no peer to send to"))
    #expect(try states() == ["held"])
  }

  @Test func `killed between sending and recording, the same id and bytes go out again`() throws {
    _ = try filled(1)
    let peer = try TestPeer(.silence, .acknowledge("AA"))
    let process = BuiltProgram.process(
      ["outbox", "send", "--store", folder.file("chair.store"), "--actor", "R. SAMPLE"],
      environment: try environment(peer, 60))
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    #expect(peer.waitFor(1))
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(try states() == ["sent"])
    #expect(try run("outbox", "send", peer: peer).code == 0)
    #expect(peer.received.count == 2)
    #expect(peer.received[0] == peer.received[1])
    #expect(try list("--all")[0].contains("acknowledged"))
    #expect(try list("--all")[0].contains("sent 2 times"))
  }

  @Test func `two that send at once do not send one message twice`() throws {
    _ = try filled(1)
    let peer = try TestPeer(.silence, .acknowledge("AA"))
    let process = BuiltProgram.process(
      ["outbox", "send", "--store", folder.file("chair.store"), "--actor", "R. SAMPLE"],
      environment: try environment(peer, 60))
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    #expect(peer.waitFor(1))
    let second = try run("outbox", "send", peer: peer)
    #expect(second.code == 1)
    #expect(second.error.contains("Another chairtime is sending from this store"))
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(peer.received.count == 1)
    // The lock ended with its process.
    #expect(try run("outbox", "send", peer: peer).code == 0)
  }

  // MARK: Corrections

  /// Sums by code over what a peer took, as a library that is not ours reads it.
  private func sums(_ messages: [[UInt8]]) throws -> [String: Int] {
    let found = try IndependentScript.run(
      "hl7_postings.py", [], input: Array(messages.joined(separator: [0x0D])))
    struct Found: Decodable { let sums: [String: Int] }
    return try JSONDecoder().decode(Found.self, from: found).sums.filter { $0.value != 0 }
  }

  @Test func `a correction is credit and charge, and the sum is the statement`() throws {
    let names = try filled()
    let peer = try TestPeer(.acknowledge("AA"))
    #expect(try run("outbox", "send", peer: peer).code == 0)
    #expect(try sums(peer.received) == ["96413": 1, "96415": 2])
    try correct(names[0])
    // No day is named: what was sent is looked at by itself.
    #expect(try run("outbox", "send", peer: peer).code == 0)
    #expect(peer.received.count == 2)
    #expect(try sums(peer.received) == ["96413": 1])
    #expect(try sums([peer.received[1]]) == ["96415": -2])
    // Back to what it was: credited ids are not used again, and the sum is the first statement.
    try correct(names[0], stop: "-130")
    #expect(try run("outbox", "send", peer: peer).code == 0)
    #expect(peer.received.count == 3)
    #expect(try sums(peer.received) == ["96413": 1, "96415": 2])
    struct Charges: Decodable { let charges: [String] }
    let ids = try JSONDecoder().decode(
      Charges.self,
      from: IndependentScript.run(
        "hl7_postings.py", [], input: Array(peer.received.joined(separator: [0x0D]))))
    #expect(Set(ids.charges).count == ids.charges.count)
  }

  @Test
  func `a person records the outcome of an unanswered message, and withdraws one that must change`()
    throws
  {
    let names = try filled()
    let peer = try TestPeer(.silence, .acknowledge("AA"))
    #expect(try run("outbox", "send", peer: peer, seconds: 1).code == 1)
    let control = try #require(controlID(of: peer.received[0]))
    let early = try run("outbox", "withdraw", control, "--reason", "typo")
    #expect(early.code == 1)
    #expect(early.error.contains("is sent, not held or rejected; it was left so"))
    let settled = try run(
      "outbox", "settle", control, "--as", "rejected", "--reason", "billing looked: not there")
    #expect(settled.output == "\(control)  rejected\n")
    #expect(try run("outbox", "withdraw", control, "--reason", "made again").code == 0)
    #expect(try fill(names[0]).output.hasSuffix("  held\n"))
    #expect(try run("outbox", "send", peer: peer).code == 0)
    #expect(peer.received.count == 2)
    #expect(controlID(of: peer.received[1]) != control)
    #expect(try states() == ["withdrawn", "acknowledged"])
  }

  @Test func `a batch file holds what is held, once`() throws {
    _ = try filled(2)
    let path = folder.file("day.hl7")
    let written = try run("outbox", "write", path)
    #expect(written.output == "2 messages written to \(path)\n")
    let text = try String(decoding: Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    #expect(text.hasPrefix("FHS|") && text.hasSuffix("BTS|2\rFTS|1\r"))
    #expect(try states() == ["acknowledged", "acknowledged"])
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let next = folder.file("next.hl7")
    #expect(
      try run("outbox", "write", next).output == "No message is held; \(next) was not written.\n")
    #expect(!FileManager.default.fileExists(atPath: next))
  }

  @Test func `only supervisors decide where the site names them`() throws {
    _ = try filled()
    let path = folder.file("named.toml")
    try Data("[roles]\nsupervisors = [\"J. NOBODY\"]\n".utf8).write(to: URL(filePath: path))
    let ended = try BuiltProgram.run(
      ["outbox", "fill", "--actor", "R. SAMPLE", "--store", folder.file("chair.store")],
      input: Data(), folder: nil, environment: ["CHAIRTIME_CONFIG": path])
    #expect(ended.code == 1)
    #expect(ended.error == "R. SAMPLE is not among the site's supervisors; nothing was changed.\n")
  }

  // MARK: Names

  @Test(arguments: [
    "O|Fiction", "Sample^Tester", "A&B", "One~Two", "Back\\slash", "All|^~\\& of them",
    "\\X0D\\", "Björn 李 عربي", "Nobody\u{0301}",
  ])
  func `a name with delimiters arrives as it was`(name: String) throws {
    _ = try filled(1, family: name)
    let peer = try TestPeer(.acknowledge("AA"))
    #expect(try run("outbox", "send", peer: peer).code == 0)
    struct Found: Decodable { let names: [String] }
    let found = try JSONDecoder().decode(
      Found.self, from: IndependentScript.run("hl7_postings.py", [], input: peer.received[0]))
    #expect(found.names == [name])
  }

  @Test func `the store verifies with what was sent, and a backup holds it`() throws {
    _ = try filled(2)
    let peer = try TestPeer(.acknowledge("AA"), .acknowledge("AE", "no"))
    #expect(try run("outbox", "send", peer: peer).code == 2)
    let store = folder.file("chair.store")
    #expect(try BuiltProgram.run("verify", "--store", store).code == 0)
    let copy = folder.file("copy.store")
    #expect(try BuiltProgram.run("backup", copy, "--store", store).code == 0)
    let before = try BuiltProgram.run("outbox", "list", "--all", "--store", store)
    let after = try BuiltProgram.run("outbox", "list", "--all", "--store", copy)
    #expect(before == after)
    #expect(before.output.split(separator: "\n").count == 2)
  }
}
