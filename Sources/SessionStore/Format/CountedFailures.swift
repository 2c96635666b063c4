/// The wrong PINs that count: of each person those since the last right PIN, new PIN or enrolment.
///
/// ```
///  sum = the first 16 bytes of SHA-256( … SHA-256( SHA-256( seal 1 ) ‖ seal 2 ) … ‖ seal n )
/// ```
///
/// Every audit entry carries how many there are before it and what their seals add up to. So the last entry
/// tells whether one of them was given to another person, moved to another place or made a right PIN, even
/// for a moment: a store finds them by person, and would count those that it finds.
package struct CountedFailures: Sendable, Hashable {
  private struct Failure: Hashable {
    let person: String
    let seal: [UInt8]
  }

  private static let length = 16
  private var failures: [Failure] = []
  private var sum: [UInt8] = []

  package init() {}

  /// Kinds of entries after which the wrong PINs of their person do not count any more.
  package static let resets = [AuditAction.Kind.enrolled, .pinSet, .signedIn].map {
    AuditRow.number(of: $0)
  }
  package static let failure = AuditRow.number(of: .signInFailed)

  /// Whether an entry of this kind can change what counts.
  package static func isChanged(byKind kind: Int64) -> Bool {
    kind == failure || resets.contains(kind)
  }

  /// Takes the next entry of the record. The spellings of a name, composed or not, are one person.
  package mutating func take(kind: Int64, person: String?, seal: [UInt8]) {
    guard let person else { return }
    if kind == CountedFailures.failure {
      failures.append(Failure(person: person, seal: seal))
      add(seal)
    } else if CountedFailures.resets.contains(kind),
      failures.contains(where: { $0.person == person })
    {
      failures.removeAll { $0.person == person }
      sum = []
      for failure in failures { add(failure.seal) }
    }
  }

  private mutating func add(_ seal: [UInt8]) {
    var bytes = SealedBytes(after: sum)
    bytes.add(raw: seal)
    sum = Array(bytes.seal.prefix(CountedFailures.length))
  }

  /// As entries carry it: the count, a point, the sum in hexadecimal digits.
  package var text: String { "\(failures.count).\(hexadecimal(sum))" }

  /// The sentence about wrong PINs that are not those that the last entry carries.
  package static let alteredSentence = "An entry about a wrong PIN was altered in the audit record."
}
