/// How many audit entries there are of the kinds that are read by an index.
///
/// Every entry carries the counts up to and including itself, sealed with the rest of its body. So the
/// last entry tells whether a store's indexes of people and attempts are complete, without reading the
/// whole record. It also carries what the seals of the entries before it add up to, list by list, so an old
/// entry that decides a right, the configuration or a restriction is compared before it is believed.
package struct AuditTally: Sendable, Hashable {
  /// Entries that enrol or retire a person or change a role or a PIN.
  package private(set) var people: Int64 = 0
  /// Entries that accept a configuration.
  package private(set) var configurations: Int64 = 0
  /// Entries that restrict or release a patient, or open something with a reason.
  package private(set) var restrictions: Int64 = 0
  /// Entries about a person: those above, and sign-ins that failed or not. nil in an entry of a store
  /// before version 7.
  package private(set) var persons: Int64? = 0
  /// The lists up to the entry before this one; nil in an entry of a program that wrote none.
  package private(set) var lists: AuditLists? = AuditLists()
  /// `CountedFailures.text` before this entry; nil in an entry of a program that wrote none.
  package var failures: String? = CountedFailures().text

  package init() {}

  package mutating func count(kind: Int64, isAboutPerson: Bool) {
    if AuditTally.decidesPeople(kind) { people += 1 }
    if kind == AuditRow.number(of: .configurationAccepted) { configurations += 1 }
    if AuditTally.decidesRestrictions(kind) { restrictions += 1 }
    if isAboutPerson, let count = persons { persons = count + 1 }
  }

  /// Adds the seal of an entry that was counted, for the entries after it.
  package mutating func add(kind: Int64, seal: [UInt8]) { lists?.add(kind: kind, seal: seal) }

  /// How many entries a list has.
  package subscript(_ list: AuditLists.List) -> Int64 {
    switch list {
    case .people: people
    case .configurations: configurations
    case .restrictions: restrictions
    }
  }

  /// Whether entries of a kind enrol or retire a person or change a role or a PIN.
  package static func decidesPeople(_ kind: Int64) -> Bool {
    [.enrolled, .pinSet, .roleGiven, .retired].contains { AuditRow.number(of: $0) == kind }
  }

  /// Whether entries of a kind decide which records are hidden, and from whom.
  package static func decidesRestrictions(_ kind: Int64) -> Bool {
    [.restricted, .released, .glassBroken, .tookOver].contains { AuditRow.number(of: $0) == kind }
  }
}

extension AuditRow {
  /// The counts that the row carries; nil in a row of a store before version 5.
  package var tally: AuditTally? {
    guard let members = try? members() else { return nil }
    func count(_ key: String) -> Int64? {
      guard case .number(let count)? = members[key] else { return nil }
      return Int64(exactly: count)
    }
    guard let people = count("people"), let configurations = count("configurations") else {
      return nil
    }
    // Rows of version 5 carry no count of restrictions, and there was nothing to count.
    var lists: AuditLists?
    if case .text(let text)? = members["lists"] { lists = AuditLists(text: text) }
    var failures: String?
    if case .text(let text)? = members["failures"] { failures = text }
    return AuditTally(
      people: people, configurations: configurations, restrictions: count("restrictions") ?? 0,
      persons: count("persons"), lists: lists, failures: failures)
  }

  /// The end of the outbox's chain as the row knew it; nil if the outbox was empty.
  package var outboxHead: Head? {
    guard case .text(let text)? = try? members()["outbox"] else { return nil }
    return Head(text)
  }

  /// Makes the row carry `tally`, and the end of the outbox's chain.
  ///
  /// So the audit record tells that the outbox was removed, as the checkpoints in the outbox tell that of
  /// the audit record.
  package mutating func carry(_ tally: AuditTally, outbox: Head) throws(StoreError) {
    guard case .object(var members)? = try? CompactJSON.read(body) else {
      throw .invalid(what: "an audit entry is no object")
    }
    members.append(("people", .number(Double(tally.people))))
    members.append(("configurations", .number(Double(tally.configurations))))
    members.append(("restrictions", .number(Double(tally.restrictions))))
    if let persons = tally.persons { members.append(("persons", .number(Double(persons)))) }
    if let lists = tally.lists { members.append(("lists", .text(lists.text))) }
    if let failures = tally.failures { members.append(("failures", .text(failures))) }
    if outbox.count > 0 { members.append(("outbox", .text(outbox.description))) }
    body = []
    CompactJSON.write(.object(members), to: &body)
  }
}

extension AuditTally {
  fileprivate init(
    people: Int64, configurations: Int64, restrictions: Int64, persons: Int64?, lists: AuditLists?,
    failures: String?
  ) {
    self.people = people
    self.configurations = configurations
    self.restrictions = restrictions
    self.persons = persons
    self.lists = lists
    self.failures = failures
  }
}
