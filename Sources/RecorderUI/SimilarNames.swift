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
    if name.utf8.allSatisfy({ $0 < 0x80 }) { return plainSoundex(name.utf8) }
    let letters = name.uppercased().filter { $0.isLetter }
    guard let first = letters.first else { return "" }
    var code = String(first)
    var last = digit(first)
    for letter in letters.dropFirst() {
      guard letter.isASCII else {
        code.append(letter)
        continue
      }
      let next = digit(letter)
      if let next, next != last { code.append(next) }
      // H and W do not part two equal sounds; vowels do.
      if letter != "H" && letter != "W" { last = next }
      if code.count == 4 { break }
    }
    return code
  }

  /// The same of a name in plain letters.
  private static func plainSoundex(_ name: String.UTF8View) -> String {
    var code: [UInt8] = []
    var last: UInt8 = 0x30
    for byte in name where (0x61...0x7a).contains(byte | 0x20) {
      let letter = byte & 0xdf
      let next = digits[Int(letter) - 0x41]
      if code.isEmpty {
        code.append(letter)
        last = next
        continue
      }
      if next != 0x30, next != last { code.append(next) }
      if letter != 0x48 && letter != 0x57 { last = next }
      if code.count == 4 { break }
    }
    return String(decoding: code, as: UTF8.self)
  }

  /// The digits of A to Z; 0 for letters without one.
  private static let digits = Array("01230120022455012623010202".utf8)

  private static func digit(_ letter: Character) -> Character? {
    switch letter {
    case "B", "F", "P", "V": "1"
    case "C", "G", "J", "K", "Q", "S", "X", "Z": "2"
    case "D", "T": "3"
    case "L": "4"
    case "M", "N": "5"
    case "R": "6"
    default: nil
    }
  }
}
