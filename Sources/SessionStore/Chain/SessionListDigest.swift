import Crypto
import InfusionRecord

/// What the list of sessions comes to, in a form that a checkpoint holds.
///
/// The list is computed from the facts and is in no chain of its own. With this value, a store compares
/// its list with the facts after the checkpoint alone, whatever the list's length.
///
/// ```
///  1417 900 5c3e… 101 107       facts about patients, sessions, hash of all rows, the open sessions
/// ```
package struct SessionListDigest: Sendable, Hashable {
  /// The number of facts that can say who a patient is: what an index by record number must hold.
  package var patientFacts: Int64 = 0
  package private(set) var sessions: Int64 = 0
  /// SHA-256 over the number, the day and the status of each session, in the order of the numbers.
  package private(set) var hash: [UInt8]
  package private(set) var open: Set<Int64> = []

  /// The digest of an empty list.
  package init() {
    self.init(Rows())
  }

  /// The digest of these rows.
  package init(_ rows: Rows, patientFacts: Int64 = 0) {
    self.patientFacts = patientFacts
    sessions = rows.count
    open = rows.open
    hash = [UInt8](SHA256.hash(data: rows.bytes))
  }

  /// Reads what `text` wrote; nil for any other text.
  package init?(text: String) {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count >= 3, let patientFacts = Int64(parts[0]), let sessions = Int64(parts[1]),
      let hash = bytes(hexadecimal: parts[2]), hash.count == 32
    else { return nil }
    self.patientFacts = patientFacts
    self.sessions = sessions
    self.hash = hash
    for part in parts[3...] {
      guard let number = Int64(part) else { return nil }
      open.insert(number)
    }
  }

  /// The digest as a checkpoint seals it.
  package var text: String {
    (["\(patientFacts)", "\(sessions)", hexadecimal(hash)] + open.sorted().map(String.init))
      .joined(separator: " ")
  }

  /// Applies a fact to the set of open sessions.
  package mutating func apply(kind: Int64, of session: Int64) {
    switch kind {
    case SessionListDigest.opens, SessionListDigest.reopens: open.insert(session)
    case SessionListDigest.closes, SessionListDigest.reviews: open.remove(session)
    default: break
    }
  }

  private static let opens = FactBody.number(of: .sessionOpened)
  private static let reopens = FactBody.number(of: .sessionReopened)
  private static let closes = FactBody.number(of: .sessionClosed)
  private static let reviews = FactBody.number(of: .sessionReviewed)

  /// The kinds of facts that `apply` depends on.
  package static let statusKinds = [opens, closes, reopens, reviews]
  /// The kinds of facts that can say who a patient is.
  package static let patientKinds = [opens, FactBody.number(of: .eventSuperseded)]

  /// The kinds of facts that an opening with its corrections and moves consists of.
  package static let openingKinds = patientKinds + [FactBody.number(of: .movedToChair)]

  /// Rows of the list, added in the order of their numbers.
  package struct Rows {
    fileprivate var bytes: [UInt8] = []
    fileprivate var count: Int64 = 0
    fileprivate var open: Set<Int64> = []

    package init() {}

    package mutating func add(_ number: Int64, day: Int64, status: Int64) {
      for value in [number, day, status] {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
      }
      count += 1
      if status == SessionListing.number(of: .open) { open.insert(number) }
    }
  }
}
