package import InfusionRecord

/// Compares the rows of the list of sessions with the facts since a base, whose rows a digest stands for.
///
/// Sessions without a later fact must be listed as they were at the base. The rows of the others are computed
/// from their facts.
package struct SessionListCheck {
  private struct Row: Hashable {
    var day: Int64
    var status: Int64

    init(day: Int64, status: Int64) {
      self.day = day
      self.status = status
    }

    init(_ listing: SessionListing) {
      day = Int64(listing.day?.dayNumber ?? -1)
      status = SessionListing.number(of: listing.status ?? .open)
    }
  }

  private let base: SessionListDigest
  private var changes: [Int64: (before: SessionListing?, now: SessionListing)] = [:]
  private var before = SessionListDigest.Rows()
  private var now = SessionListDigest.Rows()
  private var last: Int64 = 0
  private var isRight = true

  package init(after base: SessionListDigest) {
    self.base = base
  }

  /// Takes a fact of a session that has facts after the base, in the order of its facts.
  package mutating func take(_ event: Event, of session: Int64, isAfterBase: Bool) {
    var listing = changes[session] ?? (nil, SessionListing())
    listing.now.apply(event)
    if !isAfterBase { listing.before = listing.now }
    changes[session] = listing
  }

  /// Checks the next row of the list; the rows come in the order of their numbers.
  package mutating func check(_ number: Int64, day: Int64, status: Int64) {
    if number != last + 1 { isRight = false }
    last = number
    now.add(number, day: day, status: status)
    guard let change = changes[number] else {
      before.add(number, day: day, status: status)
      return
    }
    if Row(change.now) != Row(day: day, status: status) { isRight = false }
    if let earlier = change.before.map(Row.init) {
      before.add(number, day: earlier.day, status: earlier.status)
    }
  }

  /// The digest of the rows, if they are what the facts make; otherwise nil.
  ///
  /// - Parameter added: the facts after the base that can say who a patient is.
  package func digest(adding added: Int64) -> SessionListDigest? {
    guard isRight, SessionListDigest(before).hash == base.hash,
      changes.keys.allSatisfy({ $0 <= last })
    else { return nil }
    return SessionListDigest(now, patientFacts: base.patientFacts + added)
  }
}
