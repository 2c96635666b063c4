public import InfusionRecord

/// Whether two patients could be taken for each other.
///
/// The same sound of the family name by American Soundex (as the 1990 census used it) and the same
/// first letter of the given name, or the same birthday and family initial: a warning, never a
/// refusal (SAFER Patient Identification asks for one on lists and at entry).
public enum SimilarNames {
  public static func areAlike(_ one: PatientIdentity, _ two: PatientIdentity) -> Bool {
    Sound(one).isLike(Sound(two))
  }

  /// What of a patient is compared, worked out once.
  struct Sound {
    let mrn: String
    let family: String
    let familyInitial: Character?
    let givenInitial: Character?
    let born: CivilDate?

    init(_ patient: PatientIdentity) {
      mrn = patient.mrn
      family = soundex(patient.family)
      familyInitial = initial(patient.family)
      givenInitial = initial(patient.given)
      born = patient.dateOfBirth
    }

    func isLike(_ other: Sound) -> Bool {
      if mrn == other.mrn { return false }
      if family == other.family, !family.isEmpty, givenInitial == other.givenInitial {
        return true
      }
      return born != nil && born == other.born && familyInitial == other.familyInitial
    }
  }

  /// For each of some patients that could be taken for another: which others, by position.
  static func alike(among patients: [PatientIdentity]) -> [(Int, [Int])] {
    let sounds = patients.map(Sound.init)
    // Only who shares the sound of the family name or the birthday can be alike.
    var bySound: [String: [Int]] = [:]
    var byBirthday: [Int32: [Int]] = [:]
    for (index, sound) in sounds.enumerated() {
      if !sound.family.isEmpty { bySound[sound.family, default: []].append(index) }
      if let born = sound.born { byBirthday[born.dayNumber, default: []].append(index) }
    }
    var found: [(Int, [Int])] = []
    for (index, sound) in sounds.enumerated() {
      var others = bySound[sound.family] ?? []
      others += sound.born.flatMap { byBirthday[$0.dayNumber] } ?? []
      others = Set(others.filter { $0 != index && sound.isLike(sounds[$0]) }).sorted()
      if !others.isEmpty { found.append((index, others)) }
    }
    return found
  }

  private static func initial(_ name: String) -> Character? {
    name.first.flatMap { String($0).uppercased().first }
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
