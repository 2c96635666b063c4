package import InfusionRecord

/// Whether two patients could be confused.
///
/// They are similar if the family names have the same American Soundex (as in the 1990 census) and
/// the given names the same initial, or if birthday and family initial are the same. That is a
/// warning, never a refusal (SAFER Patient Identification asks for one on lists and at entry).
package enum SimilarNames {
  package static func areAlike(_ one: PatientIdentity, _ two: PatientIdentity) -> Bool {
    !alike(among: [Traits(one), Traits(two)]).isEmpty
  }

  /// What is compared.
  struct Traits: Hashable, Sendable {
    let mrn: String
    /// Two patients with one of these in common are similar: Soundex of the family name and given
    /// initial, or birthday and family initial.
    let shared: [String]

    init(_ patient: PatientIdentity) {
      mrn = PatientNumber.folded(patient.mrn)
      var shared: [String] = []
      let sound = soundex(patient.family)
      if !sound.isEmpty { shared.append(sound + " " + initial(patient.given)) }
      // A Soundex code begins with a letter, a day number with a digit or a sign.
      if let born = patient.dateOfBirth {
        shared.append(String(born.dayNumber) + " " + initial(patient.family))
      }
      self.shared = shared
    }
  }

  /// For each patient that is similar to others: its index and theirs.
  static func alike(among patients: [Traits]) -> [(Int, [Int])] {
    var members: [String: [Int]] = [:]
    members.reserveCapacity(2 * patients.count)
    for (index, patient) in patients.enumerated() {
      for trait in patient.shared { members[trait, default: []].append(index) }
    }
    var others = [[Int]](repeating: [], count: patients.count)
    for group in members.values where group.count > 1 {
      for one in group {
        for other in group
        where patients[other].mrn != patients[one].mrn && !others[one].contains(other) {
          others[one].append(other)
        }
      }
    }
    var found: [(Int, [Int])] = []
    for (index, others) in others.enumerated() where !others.isEmpty {
      found.append((index, others.sorted()))
    }
    return found
  }

  private static func initial(_ name: String) -> String {
    String(SearchText.fold(String(name.prefix(1))).uppercased().prefix(1))
  }

  /// A letter and three digits; letters of other alphabets are kept as they are.
  static func soundex(_ name: String) -> String {
    var code = Soundex()
    for letter in SearchText.fold(name).uppercased() {
      if let ascii = letter.asciiValue {
        code.add(ascii)
      } else if letter.isLetter {
        code.add(letter)
      }
    }
    return code.text
  }
}

/// A Soundex code being built from the capitals of a name.
private struct Soundex {
  private(set) var text = ""
  private var length = 0
  private var last = UInt8(ascii: "0")
  private var isFull = false

  /// The digits of A to Z; 0 for letters that have none.
  private static let digits = Array("01230120022455012623010202".utf8)

  mutating func add(_ letter: Character) {
    guard !isFull else { return }
    text.append(letter)
    length += 1
  }

  /// Adds a letter from A to Z; other ASCII is ignored.
  mutating func add(_ ascii: UInt8) {
    guard (0x41...0x5a).contains(ascii), !isFull else { return }
    let next = Soundex.digits[Int(ascii) - 0x41]
    // H and W do not separate two equal digits; vowels do.
    let parts = text.isEmpty || (ascii != UInt8(ascii: "H") && ascii != UInt8(ascii: "W"))
    if text.isEmpty {
      add(Character(Unicode.Scalar(ascii)))
    } else if next != UInt8(ascii: "0"), next != last {
      add(Character(Unicode.Scalar(next)))
    }
    if parts { last = next }
    isFull = length == 4
  }
}
