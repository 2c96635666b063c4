/// What the seals of the audit entries that decide something add up to, list by list.
///
/// ```
///  sum n = the first 16 bytes of SHA-256( sum n−1 ‖ seal of the entry )
/// ```
///
/// A seal is bound to its place only by the entries after it, and a store of years has too many of those to
/// read for each act. These sums bind each list to the last entry instead.
package struct AuditLists: Sendable, Hashable {
  /// A list of entries that is read without the rest of the record.
  package enum List: CaseIterable, Sendable {
    case people
    case configurations
    case restrictions

    /// The list of the entries of a kind; nil if they decide nothing.
    package init?(kind: Int64) {
      if AuditTally.decidesPeople(kind) {
        self = .people
      } else if kind == AuditRow.number(of: .configurationAccepted) {
        self = .configurations
      } else if AuditTally.decidesRestrictions(kind) {
        self = .restrictions
      } else {
        return nil
      }
    }
  }

  private static let length = 16
  private var sums: [List: [UInt8]] = [:]

  package init() {}

  /// Reads the sums as an entry carries them; nil if the text is anything else.
  package init?(text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == List.allCases.count else { return nil }
    for (list, part) in zip(List.allCases, parts) {
      guard let sum = bytes(hexadecimal: part), [0, AuditLists.length].contains(sum.count) else {
        return nil
      }
      if !sum.isEmpty { sums[list] = sum }
    }
  }

  package var text: String {
    List.allCases.map { hexadecimal(self[$0]) }.joined(separator: ".")
  }

  /// The sum of a list, empty if the list is.
  package subscript(_ list: List) -> [UInt8] { sums[list] ?? [] }

  /// Adds an entry that was sealed, if it decides something.
  package mutating func add(kind: Int64, seal: [UInt8]) {
    guard let list = List(kind: kind) else { return }
    var bytes = SealedBytes(after: self[list])
    bytes.add(raw: seal)
    sums[list] = Array(bytes.seal.prefix(AuditLists.length))
  }
}

extension AuditLists.List {
  /// What the entries decide, in words.
  private var subject: String {
    switch self {
    case .people: "a person"
    case .configurations: "the configuration"
    case .restrictions: "a restricted record"
    }
  }

  /// Why entries are not the whole list as it was sealed, compared with the counts of the last entry.
  package enum Fault: Error, Sendable, Hashable {
    /// Entries are missing, or others are among them.
    case incomplete
    /// A sentence that says what was altered.
    case altered(String)
  }

  /// Throws if `entries`, oldest first, are not the whole list as it was sealed.
  ///
  /// - Parameters:
  ///   - last: the place of the audit record's last entry, which carries `tally`.
  package func check(
    _ entries: [(place: Int, row: AuditRow, seal: [UInt8])], by tally: AuditTally, at last: Int
  ) throws(Fault) {
    guard entries.allSatisfy({ AuditLists.List(kind: $0.row.kind) == self }),
      Int64(entries.count) == tally[self]
    else { throw .incomplete }
    guard let known = tally.lists else { return }
    var sums = AuditLists()
    for (place, row, seal) in entries where place < last { sums.add(kind: row.kind, seal: seal) }
    guard sums[self] == known[self] else {
      throw .altered("An entry about \(subject) was altered in the audit record.")
    }
  }
}
