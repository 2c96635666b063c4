/// An enrolled person: the name under which facts are recorded, and the role.
///
/// A name is never given to another person, because facts of many years refer to it.
package struct Person: Sendable, Hashable {
  package let name: String
  package var role: Role
  /// Whether the person has left the unit: facts still name the person, but sign-in is refused.
  package var isRetired: Bool

  package init(name: String, role: Role, isRetired: Bool = false) {
    self.name = name
    self.role = role
    self.isRetired = isRetired
  }
}

/// All enrolled people, in alphabetical order.
package struct Roster: Sendable, Hashable {
  package let people: [Person]

  package init(_ people: [Person] = []) {
    self.people = people.sorted {
      ($0.name.lowercased(), $0.name) < ($1.name.lowercased(), $1.name)
    }
  }

  /// Whether nobody was ever enrolled; then the host account has every right.
  package var isEmpty: Bool { people.isEmpty }

  /// The people who may sign in.
  package var active: [Person] { people.filter { !$0.isRetired } }

  package subscript(name: String) -> Person? { people.first { $0.name == name } }

  /// The authority of a person who signed in under this name.
  package func authority(of name: String?) -> Authority {
    if isEmpty { return .account }
    guard let name, let person = self[name], !person.isRetired else { return .nobody }
    return .signedIn(person.role)
  }
}

/// A secret number of 6 to 12 digits.
///
/// The length and the refusal of common patterns follow NIST SP 800-63B 5.1.1.1 and .2. A PIN protects
/// a keyboard in a busy room, not a stolen file. Its descriptions hold no digit, so no log prints it.
package struct PIN: Sendable, Hashable {
  /// Why a text is not a valid PIN.
  package enum Fault: Error, Sendable, Hashable {
    case notDigits
    case wrongLength
    case guessable(GuessablePIN.Pattern)

    package var sentence: String {
      switch self {
      case .notDigits: "A PIN has digits only."
      case .wrongLength: "A PIN has 6 to 12 digits."
      case .guessable(let pattern):
        "This PIN is easy to guess: \(pattern.rawValue). Choose another."
      }
    }
  }

  /// The digits in ASCII.
  package let digits: [UInt8]

  /// A PIN typed to sign in. Any text is accepted here; a wrong PIN fails the check.
  package init(typed text: String) {
    digits = Array(text.utf8.prefix(64))
  }

  /// A newly chosen PIN.
  package init(choosing text: String) throws(Fault) {
    let bytes = Array(text.utf8)
    guard bytes.allSatisfy({ (0x30...0x39).contains($0) }) else { throw .notDigits }
    guard (6...12).contains(bytes.count) else { throw .wrongLength }
    if let pattern = GuessablePIN(bytes.map { Int($0 & 0x0F) }).pattern {
      throw .guessable(pattern)
    }
    digits = bytes
  }
}

extension PIN: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "a PIN" }
  package var debugDescription: String { "a PIN" }
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}
