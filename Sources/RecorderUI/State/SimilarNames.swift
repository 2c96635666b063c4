public import InfusionRecord

/// Whether two patients could be taken for each other.
///
/// The same sound of the family name by American Soundex (as the 1990 census used it) and the same
/// first letter of the given name, or the same birthday and family initial: a warning, never a
/// refusal (SAFER Patient Identification asks for one on lists and at entry).
public enum SimilarNames {
  public static func areAlike(_ one: PatientIdentity, _ two: PatientIdentity) -> Bool {
    !alike(among: [Traits(one), Traits(two)]).isEmpty
  }

  /// What of a patient is compared.
  struct Traits: Hashable, Sendable {
    let mrn: String
    /// Whoever shares one of these can be taken for the other: the sound of the family name with the
    /// given name's initial, the birthday with the family name's.
    let shared: [String]

    init(_ patient: PatientIdentity) {
      mrn = patient.mrn
      var shared: [String] = []
      let sound = soundex(patient.family)
      if !sound.isEmpty { shared.append(sound + " " + initial(patient.given)) }
      // A sound begins with a letter, this with a digit or a sign.
      if let born = patient.dateOfBirth {
        shared.append(String(born.dayNumber) + " " + initial(patient.family))
      }
      self.shared = shared
    }
  }

  /// For each of some patients that could be taken for another: which others, by position.
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
    String(name.prefix(1).uppercased().prefix(1))
  }

  /// A letter and three digits; letters outside A to Z stand for themselves in full.
  static func soundex(_ name: String) -> String {
    var code = Soundex()
    let name = name.uppercased()
    if name.utf8.allSatisfy({ $0 < 0x80 }) {
      for ascii in name.utf8 { code.add(ascii) }
    } else {
      for letter in name {
        if let ascii = letter.asciiValue {
          code.add(ascii)
        } else if letter.isLetter {
          code.add(letter)
        }
      }
    }
    return code.text
  }
}

/// A sound as it grows by the capitals of a name.
private struct Soundex {
  private(set) var text = ""
  private var length = 0
  private var last = UInt8(ascii: "0")
  private var isFull = false

  /// The digits of A to Z; 0 for letters without one.
  private static let digits = Array("01230120022455012623010202".utf8)

  mutating func add(_ letter: Character) {
    guard !isFull else { return }
    text.append(letter)
    length += 1
  }

  /// Takes up a letter from A to Z; anything else in ASCII is passed over.
  mutating func add(_ ascii: UInt8) {
    guard (0x41...0x5a).contains(ascii), !isFull else { return }
    let next = Soundex.digits[Int(ascii) - 0x41]
    // H and W do not part two equal sounds; vowels do.
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
