import Glibc
import InfusionRecord
import Interchange
import SQLiteStore
import SessionStore
import TestSupport
import Testing

@testable import SuiteProgram

/// Messages to a peer on a loopback socket, and what is recorded when the peer is not well.
@Suite struct OutboxSendingTests {
  private let folder = TemporaryFolder()
  private let store: SQLiteStore

  init() throws {
    store = try SQLiteStore(StorePlace(path: folder.file("s.store")))
  }

  private static let at = RecordedTime(milliseconds: start.seconds * 1000)

  /// Holds messages named `controls` for a session.
  private func hold(_ controls: String..., session: String = "2026-11-23-one") throws {
    let session = SessionID(session)
    if try store.log(of: session) == nil {
      try store.append(SampleRecord.elsewhere(session.text).events, to: session, expecting: 0)
    }
    try store.change(
      [
        OutboxChange(
          session: session,
          expecting: try store.entries(of: session).reduce(0) { $0 + $1.steps.count },
          withdrawing: [],
          adding: controls.map { control in
            OutboxMessage(
              control: control, session: session, made: Self.at,
              content: Array(
                "MSH|^~\\&|CHAIRTIME|SUITE|||20261123||DFT^P03|\(control)|P|2.5.1\rPID|||1||NOBODY\r"
                  .utf8),
              postings: [
                OutboxMessage.Posting(
                  id: "T\(control)", unit: "U\(control)", isCredit: false, code: "96413", units: 1)
              ])
          })
      ], seen: 0, by: "R. SAMPLE", at: Self.at)
  }

  private func send(
    to port: Int, within time: Duration = .seconds(20)
  ) throws -> (sending: OutboxSending, lines: [String], failure: String?) {
    var lines: [String] = []
    let peer = try #require(HL7Peer("127.0.0.1:\(port)"))
    var sending = try OutboxSending(
      store, to: peer, within: time, under: .now(of: "R. SAMPLE", in: store, to: .export),
      on: Workstation(name: "ws-1") { Self.at }
    ) { lines.append($0) }
    do {
      try sending.send()
      return (sending, lines, nil)
    } catch let complaint as Complaint {
      return (sending, lines, complaint.description)
    }
  }

  private func states() throws -> [String] {
    try store.controls(Set(OutboxState.allCases), limit: 100).compactMap {
      try store.entry($0)?.state.text
    }
  }

  private func received(_ peer: TestPeer) -> [String] { peer.received.compactMap(controlID) }

  // MARK: Answers

  @Test func `messages go out in order, each once, and each answer is recorded`() throws {
    try hold("A1", "A2")
    try hold("B1", session: "2026-11-23-two")
    let peer = try TestPeer(.acknowledge("AA"), .acknowledge("CA"), .acknowledge("AA", "fine"))
    let sent = try send(to: peer.port)
    #expect(sent.failure == nil)
    #expect(received(peer) == ["A1", "A2", "B1"])
    #expect(sent.lines == ["A1  acknowledged", "A2  acknowledged", "B1  acknowledged"])
    #expect(sent.sending.acknowledged == 3)
    #expect(try store.entry("B1")?.steps.map(\.state) == [.held, .sent, .acknowledged])
    #expect(try store.entry("B1")?.steps.last?.note == "AA: fine")
    #expect(try send(to: peer.port).sending.acknowledged == 0)
    #expect(peer.received.count == 3)
  }

  @Test(arguments: ["AE", "AR", "CE", "CR"])
  func `a rejected message stops the later ones of its session, and no other`(code: String) throws {
    try hold("A1", "A2", "A3")
    try hold("B1", session: "2026-11-23-two")
    let peer = try TestPeer(.acknowledge(code, "unknown visit"), .acknowledge("AA"))
    let sent = try send(to: peer.port)
    #expect(sent.failure == nil)
    #expect(received(peer) == ["A1", "B1"])
    #expect(
      [sent.sending.acknowledged, sent.sending.rejected, sent.sending.waiting] == [1, 1, 2])
    #expect(try states() == ["rejected", "held", "held", "acknowledged"])
    #expect(try store.entry("A1")?.steps.last?.note == "\(code): unknown visit")
    // They stay behind it with every later send, until a person decides.
    #expect(try send(to: peer.port).sending.waiting == 2)
    #expect(peer.received.count == 2)
    try store.record(
      OutboxStep(.held, at: Self.at, actor: "R. SAMPLE"), of: "A1", expecting: 3)
    #expect(try send(to: peer.port).sending.acknowledged == 3)
    #expect(received(peer) == ["A1", "B1", "A1", "A2", "A3"])
  }

  /// An answer to A1 without the end of its frame.
  private static let taken = [0x0B] + Array("MSH|^~\\&|A\rMSA|AA|A1\r".utf8)

  private static let no = [0x0B] + Array("MSH|^~\\&|A\rMSA|AR|A1\r".utf8)
  private static let end: [UInt8] = [0x1C, 0x0D]
  private static let moreThanOne = "it sent more than one answer"

  private static let faults: [(answer: TestPeer.Answer, sentence: String)] = [
    (.close, "it closed the connection before its answer was whole"),
    (.half, "it closed the connection before its answer was whole"),
    (.flood, "sent more than 64 KiB without ending an answer"),
    (.anotherID, "it answered another message than the one"),
    (.bytes(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)), "in no MLLP frame"),
    (.bytes([0x0B] + Array("hello".utf8) + [0x1C, 0x0D]), "no HL7 message"),
    (.bytes([0x0B] + Array("MSH|^~\\&|A\r".utf8) + [0x1C, 0x0D]), "there is no MSA"),
    (.bytes([0x0B] + Array("MSH|^~\\&|A\rMSA|ZZ|1\r".utf8) + [0x1C, 0x0D]), "unknown code"),
    (.bytes([0x0B, 0xFF, 0xFE, 0x00, 0x1C, 0x0D]), "no HL7 message"),
    // More behind the answer: no, yes and no, no HL7, another message, a cut one, no frame.
    (.bytes(taken + end + no + end), moreThanOne),
    (.bytes(taken + end + taken + end + no + end), moreThanOne),
    (.bytes(taken + end + [0x0B] + Array("XXX".utf8) + end + no + end), moreThanOne),
    (.bytes(taken + end + [0x0B] + Array("MSH|^~\\&|A\rMSA|AR|A2\r".utf8) + end), moreThanOne),
    (.bytes(taken + end + no), moreThanOne),
    (.bytes(taken + end + no + [0x1C]), moreThanOne),
    (.bytes(taken + end + [0x0D, 0x0A] + Array("NO".utf8)), moreThanOne),
    (.bytes(taken + end + no + [0x1C, 0x0A]), moreThanOne),
    (.bytes(taken + end + [UInt8](repeating: 0x0D, count: 5_000) + no + end), moreThanOne),
    (.bytes(taken + [0x1C, 0x0A]), "ends in 1C 0A; the frame ends in 1C 0D, a carriage return"),
    (.bytes(taken + [0x1C, 0x0B]), "its answer ends in 1C 0B, not in 1C 0D"),
    // An alert and a handshake.
    (.bytes([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46]), "what it sent is TLS"),
    (.bytes([0x16, 0x03, 0x03, 0x00, 0x2A]), "what it sent is TLS"),
    (.bytes([0x15, 0x41]), "in no MLLP frame"),
  ]

  @Test(arguments: faults.indices)
  func `without a right answer a message stays sent, and the same bytes go out again`(
    index: Int
  ) throws {
    let fault = Self.faults[index]
    try hold("A1", "A2")
    let peer = try TestPeer(fault.answer, .acknowledge("AA"))
    let failure = try #require(try send(to: peer.port).failure)
    #expect(failure.contains(fault.sentence), "\(failure)")
    #expect(failure.contains("It is sent and not acknowledged"))
    #expect(!failure.uppercased().contains("NOBODY"))
    // Nothing after it was sent, so the order stays.
    #expect(peer.received.count == 1)
    #expect(try states() == ["sent", "held"])
    let again = try send(to: peer.port)
    #expect(again.failure == nil)
    #expect(received(peer) == ["A1", "A1", "A2"])
    #expect(peer.received[0] == peer.received[1])
    #expect(
      try store.entry("A1")?.steps.map(\.state) == [.held, .sent, .sent, .acknowledged])
  }

  // MARK: Connections

  @Test(arguments: [TestPeer.Answer.silence, .drip])
  func `a peer that does not answer in time ends the sending`(answer: TestPeer.Answer) throws {
    try hold("A1", "A2")
    let peer = try TestPeer(answer)
    let since = ContinuousClock.now
    let sent = try send(to: peer.port, within: .milliseconds(300))
    #expect(since.duration(to: .now) >= .milliseconds(300))
    #expect(sent.failure?.contains("it did not answer in time") == true)
    #expect(try states() == ["sent", "held"])
  }

  @Test func `an answer without its last carriage return is named, and is none`() throws {
    try hold("A1", "A2")
    let peer = try TestPeer(.bytes(Self.taken + [0x1C]))
    let sent = try send(to: peer.port, within: .milliseconds(300))
    #expect(
      sent.failure?.contains(
        "its answer lacks the last carriage return (it ends in 1C; the frame ends in 1C 0D)")
        == true, "\(sent.failure ?? "")")
    #expect(try states() == ["sent", "held"])
  }

  @Test func `segments that end in line feeds are read, and the step says so`() throws {
    try hold("A1")
    let peer = try TestPeer(
      .bytes([0x0B] + Array("MSH|^~\\&|A\nMSA|AA|A1|fine\n".utf8) + [0x1C, 0x0D]))
    #expect(try send(to: peer.port).failure == nil)
    #expect(
      try store.entry("A1")?.steps.last?.note == "AA (its segments end in LF, not CR): fine")
  }

  @Test func `a closed or chatty connection is not used for the next message`() throws {
    try hold("A1", "A2", "A3")
    let peer = try TestPeer(.acknowledgeAndClose, .twice, .acknowledge("AA"))
    let sent = try send(to: peer.port)
    #expect(sent.failure == nil)
    #expect(sent.sending.acknowledged == 3)
    #expect(received(peer) == ["A1", "A2", "A3"])
  }

  @Test func `line ends behind an answer, and the same answer again, contradict nothing`() throws {
    try hold("A1", "A2")
    let answer = Self.taken + Self.end
    let peer = try TestPeer(.bytes(answer + [0x0D, 0x0A] + answer + [0x0A]), .acknowledge("AA"))
    let sent = try send(to: peer.port)
    #expect(sent.failure == nil)
    #expect(sent.sending.acknowledged == 2)
  }

  @Test func `a peer that cannot be reached leaves the message held`() throws {
    try hold("A1")
    let peer = try TestPeer(.acknowledge("AA"))
    peer.stop()
    let sent = try send(to: peer.port)
    #expect(sent.failure?.contains("Message A1 was not sent to 127.0.0.1:\(peer.port)") == true)
    #expect(sent.failure?.contains("it cannot be reached (Connection refused)") == true)
    #expect(sent.failure?.contains("It stays held") == true)
    #expect(try states() == ["held"])
  }

  // MARK: The way to the peer

  @Test func `a peer on a Unix socket of this account gets the message`() throws {
    try hold("A1")
    let path = folder.file("hl7.sock")
    let peer = try TestPeer(at: path, .acknowledge("AA"))
    let address = try #require(HL7Peer("unix:\(path)"))
    var sending = try OutboxSending(
      store, to: address, within: .seconds(20),
      under: .now(of: "R. SAMPLE", in: store, to: .export),
      on: Workstation(name: "ws-1") { Self.at }
    ) { _ in }
    try sending.send()
    #expect(sending.acknowledged == 1)
    #expect(peer.received.count == 1)
    #expect(try states() == ["acknowledged"])
  }

  @Test func `a socket behind which another account listens gets nothing`() throws {
    let path = folder.file("hl7.sock")
    let peer = try TestPeer(at: path, .acknowledge("AA"))
    let address = try #require(HL7Peer("unix:\(path)"))
    #expect(throws: PeerConnection.Fault.otherAccount("daemon")) {
      try PeerConnection(to: address, account: "daemon", within: .seconds(5))
    }
    #expect(throws: PeerConnection.Fault.refused("there is no account nobody-of-that-name")) {
      try PeerConnection(to: address, account: "nobody-of-that-name", within: .seconds(5))
    }
    #expect(peer.received.isEmpty)
    #expect(throws: PeerConnection.Fault.self) {
      let gone = try #require(HL7Peer("unix:\(folder.file("gone.sock"))"))
      _ = try PeerConnection(to: gone, within: .seconds(5))
    }
  }

  /// 192.0.2.0/24 is for documentation (RFC 5737); nothing is sent to it here.
  @Test(arguments: ["192.0.2.7:2575", "[2001:db8::7]:2575", "0.0.0.0:2575"])
  func `a peer that is not on this host gets nothing unless the site allows it`(text: String) throws
  {
    try hold("A1")
    let peer = try #require(HL7Peer(text))
    #expect(throws: PeerConnection.Fault.inClear) {
      try PeerConnection(to: peer, within: .seconds(5))
    }
    var sending = try OutboxSending(
      store, to: peer, within: .seconds(5), under: .now(of: "R. SAMPLE", in: store, to: .export),
      on: Workstation(name: "ws-1") { Self.at }
    ) { _ in }
    do {
      try sending.send()
      Issue.record("it was sent")
    } catch let complaint as Complaint {
      #expect(complaint.description.contains("set peer_in_clear = true in [hl7]"))
      #expect(complaint.description.contains("It stays held"))
    }
    #expect(try states() == ["held"])
  }

  @Test func `a name that no server answers for ends with the deadline`() {
    let began = ContinuousClock.now
    #expect(throws: PeerConnection.Fault.noAddress) {
      _ = try HostLookup.addresses(
        of: "slow.invalid", port: 1, until: Deadline(after: .milliseconds(100))
      ) { _, _ in
        sleep(3)
        return []
      }
    }
    #expect(ContinuousClock.now - began < .seconds(2))
  }

  @Test(arguments: [
    ("127.0.0.1", true), ("127.8.9.1", true), ("::1", true), ("::ffff:127.0.0.1", true),
    ("192.0.2.1", false), ("::", false), ("0.0.0.0", false), ("2001:db8::1", false),
  ])
  func `only loopback addresses are on this host`(host: String, isHere: Bool) throws {
    let found = try HostLookup.addresses(of: host, port: 1, until: Deadline(after: .seconds(5)))
    #expect(!found.isEmpty)
    #expect(found.allSatisfy { $0.isLoopback == isHere })
  }

  @Test func `an unknown host is told`() throws {
    let peer = try #require(HL7Peer("nobody.invalid:2575"))
    #expect(throws: PeerConnection.Fault.noSuchHost) {
      try PeerConnection(to: peer, within: .seconds(5))
    }
  }

  // MARK: The lock

  @Test func `one process sends at a time`() throws {
    let path = folder.file("s.store-outbox")
    var lock: FileLock? = try FileLock(path: path, for: .sending)
    #expect(throws: Complaint.self) { try FileLock(path: path, for: .sending) }
    withExtendedLifetime(lock) {}
    lock = nil
    lock = try FileLock(path: path, for: .sending)
  }
}
