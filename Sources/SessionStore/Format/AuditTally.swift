/// How many audit entries there are of the kinds that decide who may do what.
///
/// Every entry carries the counts up to and including itself, sealed with the rest of its body. So the
/// last entry tells whether a store's index of enrolments is complete, without reading the whole record.
package struct AuditTally: Sendable, Hashable {
  /// Entries that enrol or retire a person or change a role or a PIN.
  package private(set) var people: Int64 = 0
  /// Entries that accept a configuration.
  package private(set) var configurations: Int64 = 0
  /// Entries that restrict or release a patient, or open something with a reason.
  package private(set) var restrictions: Int64 = 0

  package init() {}

  package mutating func count(kind: Int64) {
    if AuditTally.decidesPeople(kind) { people += 1 }
    if kind == AuditRow.number(of: .configurationAccepted) { configurations += 1 }
    if AuditTally.decidesRestrictions(kind) { restrictions += 1 }
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
    guard let members = try? members(), case .number(let people)? = members["people"],
      case .number(let configurations)? = members["configurations"]
    else { return nil }
    var restrictions = 0.0
    // Rows of version 5 carry no such count, and there was nothing to count.
    if case .number(let count)? = members["restrictions"] { restrictions = count }
    return AuditTally(
      people: Int64(people), configurations: Int64(configurations),
      restrictions: Int64(restrictions))
  }

  /// Makes the row carry `tally`.
  package mutating func carry(_ tally: AuditTally) throws(StoreError) {
    guard case .object(var members)? = try? CompactJSON.read(body) else {
      throw .invalid(what: "an audit entry is no object")
    }
    members.append(("people", .number(Double(tally.people))))
    members.append(("configurations", .number(Double(tally.configurations))))
    members.append(("restrictions", .number(Double(tally.restrictions))))
    body = []
    CompactJSON.write(.object(members), to: &body)
  }
}

extension AuditTally {
  fileprivate init(people: Int64, configurations: Int64, restrictions: Int64) {
    self.people = people
    self.configurations = configurations
    self.restrictions = restrictions
  }
}
