package import InfusionRecord

/// A fact as a store keeps it. Names are texts here, whatever a database keeps for them.
package struct FactRow {
  package var format: Int64
  package var session: String
  /// Place in its session, from 1.
  package var number: Int64
  package var id: Event.ID
  package var kind: Int64
  /// Minutes since 1970.
  package var clinicalMinute: Int64
  /// Milliseconds since 1970.
  package var recorded: Int64
  package var basis: Int64
  package var actor: String
  package var workstation: String
  package var reason: String?
  package var body: [UInt8]

  package init(
    format: Int64, session: String, number: Int64, id: Event.ID, kind: Int64,
    clinicalMinute: Int64, recorded: Int64, basis: Int64, actor: String, workstation: String,
    reason: String?, body: [UInt8]
  ) {
    self.format = format
    self.session = session
    self.number = number
    self.id = id
    self.kind = kind
    self.clinicalMinute = clinicalMinute
    self.recorded = recorded
    self.basis = basis
    self.actor = actor
    self.workstation = workstation
    self.reason = reason
    self.body = body
  }
}

extension FactRow {
  /// The format this program writes.
  package static let currentFormat: Int64 = 1

  package init(_ event: Event, number: Int) {
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

  /// Decodes the event.
  package func event() throws(FactBody.Unreadable) -> Event {
    guard format == FactRow.currentFormat else {
      throw FactBody.Unreadable(what: "its format \(format) is unknown")
    }
    guard let basis = FactBody.basis(basis) else {
      throw FactBody.Unreadable(what: "its basis \(basis) is unknown")
    }
    return Event(
      id: id, session: SessionID(session), clinicalTime: Instant(seconds: clinicalMinute * 60),
      recordedTime: RecordedTime(milliseconds: recorded), actor: actor, workstation: workstation,
      basis: basis, reason: reason, fact: try FactBody.fact(kind: kind, body))
  }
}

extension Event.ID {
  /// The 16 bytes on disk, the most significant first.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(16)
    for word in [high, low] { withUnsafeBytes(of: word.bigEndian) { bytes.append(contentsOf: $0) } }
    return bytes
  }

  /// Decodes 16 bytes; nil for any other number.
  package init?(bytes: [UInt8]) {
    guard bytes.count == 16 else { return nil }
    func word(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
    self.init(high: word(bytes[..<8]), low: word(bytes[8...]))
  }
}
