import Crypto
import InfusionRecord

/// The seal over every fact: SHA-256 of its content and of the seal before it.
///
/// To change, remove, insert or move one fact unseen, every later seal would have to be made again,
/// and the last of them would differ from the head somebody wrote down. The bytes that are sealed
/// are listed in `docs/store.md`; they hold everything a reader of the fact relies on.
///
/// ```
///  seal n = SHA-256( seal n−1 ‖ format ‖ session ‖ number ‖ id ‖ kind ‖ minute ‖ recorded
///                    ‖ basis ‖ actor ‖ workstation ‖ reason ‖ body )
/// ```
struct AuditChain {
  /// The seal of the last fact read or written.
  var seal: [UInt8]
  private var bytes: [UInt8] = []

  init(after seal: [UInt8] = Head.empty.hash) {
    self.seal = seal
    bytes.reserveCapacity(512)
  }

  /// The seal of `row` after the seal `predecessor`.
  mutating func sealing(_ row: FactRow, after predecessor: [UInt8]) -> [UInt8] {
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: predecessor)
    add(row.format)
    add(row.session)
    add(row.number)
    add(Int64(bitPattern: row.id.high))
    add(Int64(bitPattern: row.id.low))
    add(row.kind)
    add(row.clinicalMinute)
    add(row.recorded)
    add(row.basis)
    add(row.actor)
    add(row.workstation)
    bytes.append(row.reason == nil ? 0 : 1)
    add(row.reason ?? "")
    add(Int64(row.body.count))
    bytes.append(contentsOf: row.body)
    return [UInt8](SHA256.hash(data: bytes))
  }

  /// Seals `row` and makes it the last.
  mutating func append(_ row: FactRow) -> [UInt8] {
    seal = sealing(row, after: seal)
    return seal
  }

  private mutating func add(_ number: Int64) {
    withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
  }

  private mutating func add(_ text: String) {
    add(Int64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }
}

/// A fact as one row of the store, texts resolved.
struct FactRow {
  var format: Int64
  var session: String
  /// Place in its session, from 1.
  var number: Int64
  var id: Event.ID
  var kind: Int64
  /// Minutes since 1970.
  var clinicalMinute: Int64
  /// Milliseconds since 1970.
  var recorded: Int64
  var basis: Int64
  var actor: String
  var workstation: String
  var reason: String?
  var body: [UInt8]
}

extension FactRow {
  /// The format this program writes.
  static let currentFormat: Int64 = 1

  init(_ event: Event, number: Int) {
    format = FactRow.currentFormat
    session = event.session.text
    self.number = Int64(number)
    id = event.id
    kind = FactBody.number(of: event.fact.kind)
    clinicalMinute = event.clinicalTime.seconds / 60
    recorded = event.recordedTime.milliseconds
    basis = FactBody.number(of: event.basis)
    actor = event.actor
    workstation = event.workstation
    reason = event.reason
    body = FactBody.bytes(of: event.fact)
  }

  /// The event it holds.
  func event() throws(FactBody.Unreadable) -> Event {
    guard format == FactRow.currentFormat else {
      throw FactBody.Unreadable(what: "its format \(format) is unknown")
    }
    guard basis >= 1, basis <= FactBody.bases.count else {
      throw FactBody.Unreadable(what: "its basis \(basis) is unknown")
    }
    let read: Result<Fact, FactBody.Unreadable> = body.withUnsafeBufferPointer { bytes in
      do throws(FactBody.Unreadable) {
        return .success(try FactBody.fact(kind: kind, bytes))
      } catch {
        return .failure(error)
      }
    }
    return Event(
      id: id, session: SessionID(session), clinicalTime: Instant(seconds: clinicalMinute * 60),
      recordedTime: RecordedTime(milliseconds: recorded), actor: actor,
      workstation: workstation, basis: FactBody.bases[Int(basis) - 1], reason: reason,
      fact: try read.get())
  }
}
