/// Moving a whole record from one store to another, row by row with its seals.
///
/// The seals do not depend on the kind of store, so the heads of both are equal afterwards. Whoever kept a head
/// can go on with it.
package protocol RecordSource: AnyObject {
  /// Gives all rows to `sink`, as they were at one moment.
  func read(into sink: any RecordSink) throws(StoreError)
}

/// An empty store that takes a record.
///
/// Facts come first, then the audit record, then the outbox, because each refers to those before it.
package protocol RecordSink: AnyObject {
  func add(_ facts: [SealedFact]) throws
  func add(_ entries: [SealedEntry]) throws
  func add(_ rows: [SealedOutboxRow]) throws
}

/// A store that can take a record while it is empty.
package protocol RecordTarget: AnyObject {
  /// Calls `body` with a sink; what it took is kept if `body` returns. Throws if the store is not empty.
  func receive(_ body: (any RecordSink) throws -> Void) throws(StoreError)
}

/// A fact with its seal.
package struct SealedFact {
  package let row: FactRow
  package let seal: [UInt8]

  package init(row: FactRow, seal: [UInt8]) {
    self.row = row
    self.seal = seal
  }
}

/// An audit entry with its seal.
package struct SealedEntry {
  package let row: AuditRow
  package let seal: [UInt8]

  package init(row: AuditRow, seal: [UInt8]) {
    self.row = row
    self.seal = seal
  }
}

/// A row of the outbox with its number among those of its kind, and its seal.
package struct SealedOutboxRow {
  package let row: OutboxRow
  package let number: Int64
  package let seal: [UInt8]

  package init(row: OutboxRow, number: Int64, seal: [UInt8]) {
    self.row = row
    self.number = number
    self.seal = seal
  }
}

/// Gives rows on if they follow each other as they were sealed.
///
/// A record that was changed is not copied: the copy would have seals that fit the change.
package final class RecordCheck: RecordSink {
  package private(set) var facts = Head.empty
  package private(set) var audit = Head.empty
  package private(set) var outbox = Head.empty
  /// The seals of the facts, for the audit entries that know them.
  private var factSeals: [UInt8] = []
  private let sink: any RecordSink
  private let location: String

  /// - Parameter location: where the rows come from, as messages name it.
  package init(before sink: any RecordSink, of location: String) {
    self.sink = sink
    self.location = location
  }

  private func altered(_ sentence: String) -> StoreError {
    .altered(path: location, what: sentence)
  }

  package func add(_ rows: [SealedFact]) throws {
    for one in rows {
      guard FactChain(after: facts.hash).sealing(one.row) == one.seal else {
        throw altered("Fact \(facts.count + 1) was altered.")
      }
      facts = Head(count: facts.count + 1, hash: one.seal)
      factSeals += one.seal
    }
    try sink.add(rows)
  }

  package func add(_ entries: [SealedEntry]) throws {
    for one in entries {
      guard let fact = seal(ofFact: Int(one.row.facts)),
        one.row.seal(after: audit.hash, fact: fact) == one.seal
      else { throw altered("Audit entry \(audit.count + 1) was altered.") }
      audit = Head(count: audit.count + 1, hash: one.seal)
    }
    try sink.add(entries)
  }

  package func add(_ rows: [SealedOutboxRow]) throws {
    for one in rows {
      guard one.row.seal(after: outbox.hash, number: one.number) == one.seal else {
        throw altered("Entry \(outbox.count + 1) of the outbox was altered.")
      }
      outbox = Head(count: outbox.count + 1, hash: one.seal)
    }
    try sink.add(rows)
  }

  private func seal(ofFact position: Int) -> [UInt8]? {
    if position == 0 { return Head.empty.hash }
    guard (1...facts.count).contains(position) else { return nil }
    return Array(factSeals[(position - 1) * 32..<position * 32])
  }
}

/// The list of sessions as it follows from facts that come in their order.
package struct SessionNumbers {
  /// A session of the list.
  package struct Listed {
    package let name: String
    package let number: Int64
    package fileprivate(set) var version: Int64 = 0
    package fileprivate(set) var listing = SessionListing()
    /// Whether it was in the list before the facts that were added last.
    package fileprivate(set) var isKnown = false

    fileprivate init(name: String, number: Int64) {
      self.name = name
      self.number = number
    }
  }

  private var sessions: [[UInt8]: Listed] = [:]

  package init() {}

  /// Adds facts; returns the number of each one's session, and the sessions that changed.
  package mutating func add(
    _ facts: [SealedFact]
  ) throws(FactBody.Unreadable) -> (numbers: [Int64], changed: [Listed]) {
    var numbers: [Int64] = []
    var changed: Set<[UInt8]> = []
    for fact in facts {
      let key = Array(fact.row.session.utf8)
      var listed =
        sessions[key] ?? Listed(name: fact.row.session, number: Int64(sessions.count + 1))
      listed.version += 1
      listed.listing.apply(try fact.row.event())
      sessions[key] = listed
      numbers.append(listed.number)
      changed.insert(key)
    }
    let rows = changed.compactMap { sessions[$0] }.sorted { $0.number < $1.number }
    for key in changed { sessions[key]?.isKnown = true }
    return (numbers, rows)
  }
}

extension RecordTarget {
  /// Takes the whole record of `source`; returns what was checked on the way. Nothing is kept if a row is not
  /// as it was sealed.
  package func take(
    recordOf source: any RecordSource, at location: String
  ) throws(StoreError) -> RecordCheck {
    var done: RecordCheck?
    try receive { sink in
      let check = RecordCheck(before: sink, of: location)
      try source.read(into: check)
      done = check
    }
    guard let done else { throw .invalid(what: "the record was not read") }
    return done
  }
}
