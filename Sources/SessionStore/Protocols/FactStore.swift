package import InfusionRecord

/// Where facts are kept: appended, read, followed; never changed.
///
/// Small on purpose, so that a server for several machines can stand behind it as well as a file.
/// An append names the version of the log it was decided on. If somebody else recorded something in
/// that session meanwhile, nothing is written and the caller is told what it was, to look again.
///
/// ```
///  log of s  version 6 ──► decide ──► append(expecting 6) ──► durable, acknowledged
///                                          └─ version is 7 by now ──► changedMeanwhile([event 7])
/// ```
package protocol FactStore: AnyObject {
  /// Appends all of `batches` or none; when it returns, they are on durable storage.
  @discardableResult
  func append(_ batches: [Append]) throws(StoreError) -> Head

  /// The session's log, or nil where there is no such session.
  func log(of session: SessionID) throws(StoreError) -> EventLog?

  /// What `transform` makes of each session of these days, by local day of opening, in the order they
  /// were opened.
  ///
  /// `transform` gets a stretch of sessions and may be called on several processors while others are
  /// read; it gives as many results, in order. One day is in memory at a time. What `body` throws ends
  /// the reading.
  func read<Made: Sendable>(
    _ days: ClosedRange<CivilDate>, _ transform: @escaping @Sendable ([EventLog]) -> [Made],
    _ body: (Made) throws -> Void
  ) throws

  /// The names of the sessions of these days, in the order in which `read` gives them.
  func sessions(of days: ClosedRange<CivilDate>) throws(StoreError) -> [SessionID]

  /// What `transform` makes of each session that is open, in the order they were opened.
  ///
  /// As in `read`, it gets a stretch of sessions, on several processors; it may leave some out.
  func board<Made: Sendable>(
    _ transform: @escaping @Sendable ([EventLog]) -> [Made]
  ) throws(StoreError) -> [Made]

  /// The last visit of a patient, by record number as it stands, that was opened before a day; nil where
  /// there was none.
  func lastVisit(of mrn: String, before day: CivilDate) throws(StoreError) -> EventLog?

  /// The sessions whose names begin with `prefix`, newest first, at most `limit`.
  func sessions(named prefix: String, limit: Int) throws(StoreError) -> [SessionID]

  /// The event's session, for an id in full.
  func session(of event: Event.ID) throws(StoreError) -> SessionID?

  /// Which sessions have facts after `head`, from this process or any other.
  func changes(since head: Head) throws(StoreError) -> Changes

  /// How many facts there are, and the hash that seals them.
  func head() throws(StoreError) -> Head

  /// What tells of others' facts without being asked; nil where `changes` must be asked each second.
  func changeSignal() -> (any ChangeSignal)?

  /// Does what some later fact would else have to wait for; called where nobody waits, time and again.
  func tidy()
}

extension FactStore {
  package func tidy() {}

  /// Appends `events` to a session decided on at `version`.
  @discardableResult
  package func append(
    _ events: [Event], to session: SessionID, expecting version: Int
  ) throws(StoreError) -> Head {
    try append([Append(session: session, expecting: version, events: events)])
  }

  /// Each session of these days, by local day of opening, in the order they were opened.
  package func read(
    _ days: ClosedRange<CivilDate>, _ body: (EventLog) throws -> Void
  ) throws {
    try read(days, { $0 }, body)
  }

  /// Every session that is open, in the order they were opened.
  package func board() throws(StoreError) -> [EventLog] { try board { $0 } }

  /// The sessions of one day.
  package func logs(on day: CivilDate) throws -> [EventLog] {
    var logs: [EventLog] = []
    try read(day...day) { logs.append($0) }
    return logs
  }
}

/// Events to append to one session.
package struct Append: Sendable {
  package var session: SessionID
  /// How many events the session had when these were decided on; 0 opens it.
  package var expecting: Int
  package var events: [Event]

  package init(session: SessionID, expecting: Int, events: [Event]) {
    self.session = session
    self.expecting = expecting
    self.events = events
  }
}

/// The end of the audit chain: how many facts there are, and the hash over the last and all before.
///
/// Written `5500000:9f3c…`. Kept outside the store, it proves later that nothing before it was
/// altered and that the tail was not cut.
package struct Head: Sendable, Hashable, CustomStringConvertible {
  package let count: Int
  /// 32 bytes.
  package let hash: [UInt8]

  package init(count: Int, hash: [UInt8]) {
    self.count = count
    self.hash = hash
  }

  /// Before the first fact.
  package static let empty = Head(count: 0, hash: [UInt8](repeating: 0, count: 32))

  /// Reads `5500000:9f3c…`; nil for anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let count = Int(parts[0]), count >= 0, parts[1].utf8.count == 64 else {
      return nil
    }
    var hash: [UInt8] = []
    var half: UInt8?
    for byte in parts[1].utf8 {
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte - 0x30
      case 0x61...0x66: digit = byte - 0x57
      case 0x41...0x46: digit = byte - 0x37
      default: return nil
      }
      if let high = half {
        hash.append(high << 4 | digit)
        half = nil
      } else {
        half = digit
      }
    }
    self.init(count: count, hash: hash)
  }

  package var description: String { "\(count):\(hexadecimal(hash))" }
}

/// What happened in a store since a head.
package struct Changes: Sendable {
  package let head: Head
  /// The sessions with new facts, each once, in the order of their first new fact.
  package let sessions: [SessionID]

  package init(head: Head, sessions: [SessionID]) {
    self.head = head
    self.sessions = sessions
  }

  package var isEmpty: Bool { sessions.isEmpty }
}

package func hexadecimal(_ bytes: [UInt8]) -> String {
  let digits = Array("0123456789abcdef".utf8)
  var text: [UInt8] = []
  text.reserveCapacity(bytes.count * 2)
  for byte in bytes {
    text.append(digits[Int(byte >> 4)])
    text.append(digits[Int(byte & 15)])
  }
  return String(decoding: text, as: UTF8.self)
}
