/// One recorded fact: what happened, when, who recorded it, and how the time is known.
///
/// An event is never edited. A correction is another event (`Fact.eventSuperseded`) with its own
/// author, time and reason; the corrected event stays readable.
///
/// ```
///  clinical time   10:05            when it happened: whole minutes, stored in UTC
///  recorded time   10:07:12.345     when it was stored: milliseconds, UTC
/// ```
package struct Event: Sendable, Hashable, Identifiable {
  package var id: ID
  package var session: SessionID
  /// When it happened, in whole minutes. For `eventSuperseded`: when the replacement happened.
  package var clinicalTime: Instant
  package var recordedTime: RecordedTime
  /// The name of the signed-in person.
  package var actor: String
  package var workstation: String
  /// How the clinical time is known.
  package var basis: TimeBasis
  /// The reason, for facts that need one; nil otherwise.
  package var reason: String?
  package var fact: Fact

  package init(
    id: ID, session: SessionID, clinicalTime: Instant, recordedTime: RecordedTime, actor: String,
    workstation: String, basis: TimeBasis = .observed, reason: String? = nil, fact: Fact
  ) {
    self.id = id
    self.session = session
    self.clinicalTime = clinicalTime
    self.recordedTime = recordedTime
    self.actor = actor
    self.workstation = workstation
    self.basis = basis
    self.reason = reason
    self.fact = fact
  }
}

/// A session's name, unique in a store.
///
/// A session opened at the chair is named by its day and six random characters, `2026-11-23-k7qx2m`;
/// users can type the beginning. An imported session keeps its own name.
package struct SessionID: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let text: String

  package init(_ text: String) {
    self.text = text
  }

  /// A new name for a session of `day`.
  package init(day: CivilDate, using generator: inout some RandomNumberGenerator) {
    // Without i, l and o, which look like 1 and 0, and without u, to avoid words.
    let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")
    var text = day.iso + "-"
    for _ in 0..<6 { text.append(alphabet[Int.random(in: 0..<32, using: &generator)]) }
    self.text = text
  }

  /// What the name of a new session consists of, as the end of a sentence.
  package static let rule =
    "a session's name has 1 to 64 letters, digits, hyphens, points and underscores, and begins with "
    + "a letter or digit"

  /// Whether a new session may have this name. Sessions of earlier versions may have other names.
  package var isPlain: Bool {
    guard (1...64).contains(text.utf8.count), let first = text.utf8.first else { return false }
    return SessionID.isAlphanumeric(first) && text.utf8.allSatisfy(SessionID.isPlain)
  }

  /// Whether this is a name as the program makes it, a day and six letters, or the beginning of one.
  package var isGenerated: Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    return parts.prefix(3).map(\.count) == [4, 2, 2] && parts.count == 4 && parts[3].count <= 6
      && isPlain && parts.prefix(3).allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
  }

  /// The name as a part of a file's name. Bytes outside the alphabet of `isPlain` become underscores.
  package var fileName: String {
    let bytes = text.utf8.prefix(64).map { SessionID.isPlain($0) ? $0 : UInt8(ascii: "_") }
    let name = String(decoding: bytes, as: UTF8.self)
    return name.hasPrefix(".") || name.hasPrefix("-") ? "_" + name.dropFirst() : name
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || "-._".utf8.contains(byte)
  }

  package var description: String { text }

  package static func < (left: SessionID, right: SessionID) -> Bool { left.text < right.text }
}

/// When an event was recorded: milliseconds since 1970-01-01 00:00:00 UTC.
package struct RecordedTime: Sendable, Hashable, Comparable {
  package var milliseconds: Int64

  package init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  /// The time rounded down to the second.
  package var instant: Instant { Instant(seconds: floorDivide(milliseconds, 1000)) }

  package static func < (left: RecordedTime, right: RecordedTime) -> Bool {
    left.milliseconds < right.milliseconds
  }
}

/// How the time of a fact is known.
package enum TimeBasis: String, Sendable, CaseIterable, Hashable {
  case observed
  case reportedByColleague = "reported-by-colleague"
  case pumpLog = "pump-log"
  case computedFromRateAndVolume = "computed-from-rate-and-volume"
  case lastSeenRunning = "last-seen-running"
  case lateEntry = "late-entry"
}

extension Event {
  /// A UUID, version 7: the first 48 bits are milliseconds, so ids sort by time of creation.
  package struct ID: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
      self.high = high
      self.low = low
    }

    /// A new id for a fact recorded at `time`.
    package init(at time: RecordedTime, using generator: inout some RandomNumberGenerator) {
      let stamp = UInt64(bitPattern: time.milliseconds) << 16
      high = stamp | 0x7000 | (generator.next() & 0x0fff)
      low = (generator.next() & 0x3fff_ffff_ffff_ffff) | 0x8000_0000_0000_0000
    }

    /// Reads `0190b6f5-8c1e-7d3a-9f10-2b4c6d8e0f12`; nil for any other text.
    package init?(text: some StringProtocol) {
      var digits: [UInt64] = []
      for (position, byte) in text.utf8.enumerated() {
        if [8, 13, 18, 23].contains(position) {
          guard byte == 0x2d else { return nil }
          continue
        }
        switch byte {
        case 0x30...0x39: digits.append(UInt64(byte - 0x30))
        case 0x61...0x66: digits.append(UInt64(byte - 0x57))
        case 0x41...0x46: digits.append(UInt64(byte - 0x37))
        default: return nil
        }
      }
      guard digits.count == 32, text.utf8.count == 36 else { return nil }
      high = digits[..<16].reduce(0) { $0 << 4 | $1 }
      low = digits[16...].reduce(0) { $0 << 4 | $1 }
    }

    /// The UUID as text: 36 characters, lower case.
    package var text: String {
      var bytes: [UInt8] = []
      bytes.reserveCapacity(36)
      for (word, isFirst) in [(high, true), (low, false)] {
        for nibble in 0..<16 {
          if isFirst ? [8, 12].contains(nibble) : [0, 4].contains(nibble) { bytes.append(0x2d) }
          let digit = UInt8(word >> UInt64(60 - 4 * nibble) & 15)
          bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
        }
      }
      return String(decoding: bytes, as: UTF8.self)
    }

    package var description: String { text }

    package static func < (left: ID, right: ID) -> Bool {
      left.high != right.high ? left.high < right.high : left.low < right.low
    }
  }
}
