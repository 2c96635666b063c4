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
    for (index, patient) in patients.enumerated() {
      for trait in patient.shared { members[trait, default: []].append(index) }
    }
    var found: [(Int, [Int])] = []
    for (index, patient) in patients.enumerated() {
      var others: [Int] = []
      for trait in patient.shared {
        for other in members[trait] ?? []
        where patients[other].mrn != patient.mrn && !others.contains(other) {
          others.append(other)
        }
      }
      if !others.isEmpty { found.append((index, others.sorted())) }
    }
    return found
  }

  private static func initial(_ name: String) -> String {
    String(name.prefix(1).uppercased().prefix(1))
  }

  /// A letter and three digits; letters outside A to Z stand for themselves in full.
  static func soundex(_ name: String) -> String {
    var code = ""
    var last: Character = "0"
    for letter in name.uppercased() {
      guard let ascii = letter.asciiValue else {
        if letter.isLetter { code.append(letter) }
        continue
      }
      guard (0x41...0x5a).contains(ascii) else { continue }
      let next = digits[Int(ascii) - 0x41]
      // H and W do not part two equal sounds; vowels do.
      let parts = code.isEmpty || (letter != "H" && letter != "W")
      if code.isEmpty {
        code.append(letter)
      } else if next != "0", next != last {
        code.append(next)
      }
      if parts { last = next }
      if code.count == 4 { break }
    }
    return code
  }

  /// The digits of A to Z; 0 for letters without one.
  private static let digits = Array("01230120022455012623010202")
}
